from datetime import date, time

import pytest

from contract_audit.chinese.dates import Frame, Moment, dates
from contract_audit.chinese.masks import mask
from contract_audit.chinese.text import fold_text

TODAY = date(2023, 6, 15)


def read(text: str, today: date | None = TODAY) -> list[Moment]:
    return dates(mask(fold_text(text)), Frame(today))[0]


def edges(text: str, today: date | None = TODAY) -> tuple[str, str]:
    (moment,) = read(text, today)
    return str(moment.since), str(moment.until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2023年2月1日", "2023-02-01", "2023-02-01"), ("二〇一九年十一月", "2019-11-01", "2019-11-30"),
        ("贰零贰叁年陆月叁拾日", "2023-06-30", "2023-06-30"), ("2023.2.1", "2023-02-01", "2023-02-01"),
        ("20230630前", "None", "2023-06-30"), ("23年6月底", "2023-06-30", "2023-06-30"),
        ("2024年上半年", "2024-01-01", "2024-06-30"), ("2024年第四季度", "2024-10-01", "2024-12-31"),
        ("2024年前三季度", "2024-01-01", "2024-09-30"), ("2024年2月下旬", "2024-02-21", "2024-02-29"),
        ("2023年年底前", "None", "2023-12-31"), ("2024年元月底前", "None", "2024-01-31"), ("六月廿八日", "2023-06-28", "2023-06-28"),
        ("不迟于2025年3月15日", "None", "2025-03-15"), ("2024年1月1日以后", "2024-01-01", "None"),
        ("至2034年12月31日止", "None", "2034-12-31"), ("2023年5月8日-12日", "2023-05-08", "2023-05-12"),
        ("2026年1月至12月", "2026-01-01", "2026-12-31"), ("2022年6月1日起至2032年5月31日", "2022-06-01", "2032-05-31"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"), ("国庆节前", "None", "2023-09-30"), ("2024年春节前", "None", "2024-02-09"),
        ("正月十五以前", "None", "2023-02-05"), ("7月15日前", "None", "2023-07-15"), ("明年6月", "2024-06-01", "2024-06-30"),
        ("去年11月", "2022-11-01", "2022-11-30"), ("本月20日前", "None", "2023-06-20"), ("年内", "2023-01-01", "2023-12-31"),
        ("6.30前", "None", "2023-06-30"), ("2023年6月30日（星期五）前", "None", "2023-06-30"),
    ],
)  # fmt: skip
def test_every_writing_gives_the_same_days(text: str, since: str, until: str) -> None:
    assert edges(text) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "达产后年产值",
        "50年",
        "满30日",
        "2000万元",
        "每年",
        "2025年  月  日",
        "一年半",
        "滨河路2023号",
        "前三年",
        "每延误一月按十万元",
    ],
)
def test_lengths_amounts_and_blanks_are_no_dates(text: str) -> None:
    assert read(text) == []


def test_a_day_that_does_not_exist_is_unsure() -> None:
    (moment,) = read("2023年2月30日")
    assert (moment.since, moment.until, moment.sure) == (None, None, False)


def test_the_year_comes_from_the_nearest_full_date_and_else_from_the_day_of_reading() -> None:
    first, second = read("2019年4月10日摘牌，6月30日前缴清")
    assert (first.until, second.until) == (date(2019, 4, 10), date(2019, 6, 30))
    assert read("6月30日前缴清", None)[0].sure is False


def test_the_following_year_is_sure_only_beside_the_year_it_follows() -> None:
    assert [(one.until, one.sure) for one in read("2021年12月20日签订，次年1月31日前设立")][1] == (
        date(2022, 1, 31),
        True,
    )
    assert read("于次年3月31日前拨付")[0].sure is False


def test_clock_times_are_kept() -> None:
    (moment,) = read("2023年4月18日9时30分")
    assert (moment.since_time, moment.until_time) == (time(9, 30), time(9, 30))
