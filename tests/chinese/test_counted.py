"""Days counted from the ends of a stretch of days, and the feasts they are counted from."""

from datetime import date

import pytest

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.feasts import feast


def last_day(words: str) -> str | None:
    (moment,) = dates(words, Frame(date(2023, 6, 15)))[0]
    return str(moment.until) if moment.sure else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025年端午节前的最后一个工作日", "2025-05-30"), ("2024年中秋节前最后一个工作日以前", "2024-09-14"),
        ("2025年五一假期前最后一个工作日", "2025-04-30"), ("2024年11月的最后一个工作日前", "2024-11-29"),
        ("2024年6月末个工作日前", "2024-06-28"), ("2023年四季度最后一个工作日之前", "2023-12-29"),
        ("2023年底前最后一个工作日", "2023-12-29"), ("2025年1月1日前的最后一个工作日", "2024-12-31"),
        ("2024年9月倒数第二个工作日前", "2024-09-29"), ("2024年10月首个工作日前", "2024-10-08"),
        ("2025年2月第三个工作日前", "2025-02-07"), ("2024年五一节后首个工作日前", "2024-05-06"),
        ("2025年国庆长假后的第二个工作日前", "2025-10-10"), ("2024年9月第二个星期五前", "2024-09-13"),
        ("2024年8月最后一个周三", "2024-08-28"), ("2024年第三季度的最后一日前", "2024-09-30"),
        ("2024年第一天", "2024-01-01"), ("2024年第三季度结束前", "2024-09-30"), ("2024年度终了前", "2024-12-31"),
        ("2024年年中前", "2024-06-30"), ("2024年8月月中之前", "2024-08-15"), ("2090年9月最后一个工作日", None),
        ("2024年9月第九个星期五前", "2024-09-30"),
    ],
)  # fmt: skip
def test_days_are_counted_inside_before_and_after_a_stretch(words: str, day: str | None) -> None:
    assert last_day(words) == day


@pytest.mark.parametrize(
    ("year", "words", "day"),
    [
        (2024, "双十一", "2024-11-11"), (2024, "十一", "2024-10-01"), (2025, "重阳节", "2025-10-29"),
        (2025, "小满", "2025-05-21"), (2023, "秋分", "2023-09-23"), (2024, "春分", "2024-03-20"), (2024, "春节", "2024-02-10"),
        (2024, "国庆长假结束", "2024-10-07"), (2025, "春节假期结束", "2025-02-04"), (2024, "国庆假期", "2024-10-01"),
        (2025, "年关", "2025-01-29"), (2045, "重阳节", "None"), (2045, "国庆长假结束", "None"), (2024, "施工", "None"),
    ],
)  # fmt: skip
def test_feasts_have_their_days(year: int, words: str, day: str) -> None:
    assert str(feast(year, words)) == day
