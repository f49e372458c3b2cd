"""Days of one project that clash or do not: an opening before completion, a part told next by its own name, another thing."""

import pytest

from tests.engine.conftest import Judge, make_rule

CONFLICT = make_rule("{kind: obligation, test: conflicting, side: [government, investor]}")
TERMS = make_rule("{kind: agree, what: terms}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("酒店一期2027年12月31日前完工，2027年10月1日对外试营业；二期2029年12月31日前完工。", True),
        ("乙方应于2027年12月31日前建成民营医院并通过竣工验收，2027年9月1日开诊。", True),
        ("乙方应于2027年12月31日前建成酒店，2027年10月1日正式迎客。", True),
        ("项目2027年9月30日前竣工，2027年10月1日对外试营业，2028年1月1日正式开业。", False),
        ("乙方应于2027年3月31日前投产；2028年9月20日前把蚝壳粉车间建成，2029年12月31日前把冷库扩到3000吨。", False),
        ("乙方应于2027年6月30日前投产，2028年6月30日前建成主体厂房。", True),
        (
            "县城至景区18公里旅游公路，甲方于2026年9月30日前完成改造并通过交工验收。\n甲方于2026年11月30日前开通县城至景区的旅游班线。",
            False,
        ),
    ],
)
def test_an_opening_waits_for_completion_and_not_for_further_parts(judge: Judge, text: str, found: bool) -> None:
    assert bool(judge(text, CONFLICT).findings) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("乙方应于2027年3月31日前投产；2028年9月20日前把蚝壳粉车间建成。", False),
        ("乙方应于2027年3月31日前投产，2028年9月20日前全部厂房建成。", True),
    ],
)
def test_so_it_is_with_the_days_of_works(judge: Judge, text: str, found: bool) -> None:
    assert bool(judge(text, TERMS).findings) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("乙方应于2027年6月30日前试生产。\n乙方应于2027年10月20日前建成自用污水处理站。", False),
        ("乙方应于2027年6月30日前试生产。\n乙方应于2027年10月20日前建成锅炉房。", False),
        ("乙方应于2027年6月30日前试生产。\n乙方应于2027年10月20日前建成厂房。", True),
    ],
)
def test_a_plant_of_its_own_beside_the_line_need_not_come_first(judge: Judge, text: str, found: bool) -> None:
    assert bool(judge(text, CONFLICT).findings) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲方于2027年12月15日前移交1号车间。\n乙方于2027年11月10日前完成设备进场。", True),
        ("甲方于2027年12月15日前移交1号车间。\n乙方于2027年11月10日前缴清租金，设备进场后再核定数额。", False),
    ],
)
def test_what_comes_later_waits_for_no_place(judge: Judge, text: str, found: bool) -> None:
    assert bool(judge(text, CONFLICT).findings) is found
