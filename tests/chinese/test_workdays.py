from datetime import date

import pytest

from contract_audit.chinese.feasts import feast
from contract_audit.chinese.workdays import add_months, or_next_workday, shifted


@pytest.mark.parametrize(
    ("day", "offset", "workday", "expected"),
    [
        (date(2023, 1, 30), "P20D", True, date(2023, 2, 27)),
        (date(2024, 4, 8), "P15D", True, date(2024, 4, 28)),  # 28 April 2024, a Sunday, was worked for the May holiday
        (date(2023, 9, 28), "P1D", True, date(2023, 10, 7)),  # over the National Day holiday, a Saturday worked
        (date(2023, 1, 31), "P1M", False, date(2023, 2, 28)),
        (date(2024, 2, 29), "P1Y", False, date(2025, 2, 28)),
        (date(2022, 6, 24), "P4M", False, date(2022, 10, 24)),
        (date(2023, 4, 8), "P60D", False, date(2023, 6, 7)),
        (date(2023, 4, 8), "PT48H", False, date(2023, 4, 10)),
        (date(2023, 3, 15), "P1M15D", False, date(2023, 4, 30)),
    ],
)
def test_days_are_counted_as_the_law_counts_them(day: date, offset: str, workday: bool, expected: date) -> None:
    assert shifted(day, offset, workday=workday) == expected


def test_counting_back() -> None:
    assert shifted(date(2024, 9, 17), "P3D", workday=True, back=True) == date(2024, 9, 12)
    assert shifted(date(2024, 3, 31), "P1M", back=True) == date(2024, 2, 29)


@pytest.mark.parametrize("offset", ["P0.5M", "PT36H", "five days"])
def test_what_cannot_be_counted_is_not_guessed(offset: str) -> None:
    assert shifted(date(2023, 1, 1), offset) is None


def test_working_days_beyond_the_published_calendar_are_unknown() -> None:
    assert shifted(date(2098, 1, 1), "P5D", workday=True) is None
    assert add_months(date(9999, 12, 1), 1) is None


def test_lunar_feasts() -> None:
    assert feast(2023, "春节") == date(2023, 1, 22)
    assert feast(2024, "元宵节") == date(2024, 2, 24)
    assert feast(2024, "中秋节") == date(2024, 9, 17)
    assert feast(1990, "春节") is None


def test_a_day_of_rest_gives_way_to_the_next_working_day() -> None:
    assert or_next_workday(date(2023, 5, 19)) == date(2023, 5, 19)
    assert or_next_workday(date(2023, 9, 29)) == date(2023, 10, 7)  # a feast, and a Saturday that is worked
    assert or_next_workday(date(2098, 1, 4)) == date(2098, 1, 6)  # no calendar yet: Saturdays and Sundays
