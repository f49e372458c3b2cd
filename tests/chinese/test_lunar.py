"""Days of the lunar calendar against the published calendars of those years."""

from datetime import date

import pytest

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.lunar import lunar_day


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2023, "正", "初十", date(2023, 1, 31)), (2024, "正", "十六", date(2024, 2, 25)),
        (2023, "腊", "廿三", date(2024, 2, 2)), (2022, "腊", "三十", date(2023, 1, 21)), (2024, "腊", "廿九", date(2025, 1, 28)),
        (2024, "腊", "三十", None), (2021, "冬", "十五", date(2021, 12, 18)), (2020, "冬", "初一", date(2020, 12, 15)),
        (2023, "八", "十六", date(2023, 9, 30)), (2022, "五", "二十", date(2022, 6, 18)), (2023, "三", "初三", None),
    ],
)  # fmt: skip
def test_lunar_days(year: int, month: str, day: str, expected: date | None) -> None:
    assert lunar_day(year, month, day) == expected


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("二〇二三年正月初十", date(2023, 1, 31)),
        ("2023年腊月廿三前", date(2024, 2, 2)),
        ("农历八月十六以前", date(2023, 9, 30)),
        ("三月初十以前", date(2023, 3, 10)),
        ("今年十月一以前", date(2023, 10, 1)),
    ],
)
def test_lunar_dates_in_text(text: str, until: date) -> None:
    moments, _ = dates(text, Frame(date(2023, 1, 31)))
    assert [moment.until for moment in moments] == [until]
