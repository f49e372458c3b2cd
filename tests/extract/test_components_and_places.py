"""What is not the whole, or not the thing: one building of a phase, a road of another name, another hand-over; starts and aims."""

from datetime import date

import pytest

from contract_audit.deeds import event, is_other_thing, recorded
from contract_audit.extract import settle
from contract_audit.extract.performance.components import components, is_component
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

AS_OF = date(2026, 6, 30)
OTHERS = "\n甲方应于2024年1月31日前交付净地100亩。\n乙方应于2027年12月31日前投产。"


def owed(understand: Understand, text: str, *rows: tuple[str, str, str]) -> list[Obligation]:
    evidence = tuple(
        Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof=proof)
        for matter, day, proof in rows
    )
    return list(settle(understand(text + OTHERS), Context(as_of=AS_OF, evidence=evidence)).obligations)


@pytest.mark.parametrize(
    ("matter", "status"),
    [
        ("温泉酒店单体竣工验收", "overdue"),
        ("游客中心竣工验收", "overdue"),
        ("一期工程全部竣工验收", "done_on_time"),
        ("一期酒店、游客中心、栈道均通过竣工验收", "done_on_time"),
    ],
)
def test_one_building_is_not_the_phase(understand: Understand, matter: str, status: str) -> None:
    text = (
        "一期建设温泉酒店（320间客房）、游客中心、环湖栈道9公里；二期建设民宿。\n"
        "乙方应于2025年8月31日前完成一期工程竣工验收。"
    )
    duty = owed(understand, text, (matter, "2025-08-20", "验收记录"))[0]
    assert (duty.status, duty.doubt) == (status, None)


def test_what_a_phase_consists_of() -> None:
    text = "项目一期建设温泉酒店（320间客房）、游客中心、环湖栈道9公里；二期工程包括民宿聚落和亲子营地。三期待定。"
    assert components(text) == {"1": ("温泉酒店", "游客中心", "环湖栈道"), "2": ("民宿聚落", "亲子营地")}
    assert is_component(text, event("一期工程竣工验收"), "温泉酒店竣工验收")
    assert not is_component(text, event("一期温泉酒店竣工验收"), "温泉酒店竣工验收")
    assert not is_component(text, event("一期工程开工"), "温泉酒店开工")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("创新六路路面铺装完工", "创新八路通车", True),
        ("纬五路通车", "纬三路建成通车", True),
        ("B2第二路市电", "具备二路市电", False),
        ("园区主干路通车", "园区道路通车", False),
    ],
)
def test_roads_are_told_apart_by_their_names(one: str, other: str, apart: bool) -> None:
    assert is_other_thing(one, other) is apart


def test_a_road_of_another_name_leaves_no_doubt(understand: Understand) -> None:
    duty = owed(understand, "甲方应于2025年6月30日前建成创新八路并通车。", ("创新六路通车", "2025-06-20", "验收单"))[0]
    assert (duty.status, duty.doubt) == ("overdue", None)


def test_a_building_of_another_number_leaves_no_doubt(understand: Understand) -> None:
    duty = owed(understand, "甲方应于2025年6月30日前移交3号厂房。", ("5号厂房移交乙方", "2025-06-20", "交接单"))[0]
    assert (duty.status, duty.doubt) == ("overdue", None)


@pytest.mark.parametrize(
    ("matter", "status"),
    [
        ("中转库投用，仓储面积1.2万平方米", "overdue"),
        ("中转库投用，仓储面积2.1万平方米", "done_on_time"),
    ],
)
def test_a_size_behind_a_comma_measures_what_stands_before_it(understand: Understand, matter: str, status: str) -> None:
    text = "乙方应于2025年6月30日前建成中转库并形成2万平方米仓储面积。"
    assert owed(understand, text, (matter, "2025-06-20", "备案表"))[0].status == status


@pytest.mark.parametrize(
    ("text", "matter", "status"),
    [
        ("乙方应于2025年6月30日前开工建设一场区。", "一场区首台风机基坑开挖（开工报告）", "done_on_time"),
        ("乙方应于2025年6月30日前启动一期建设。", "一期破土动工", "done_on_time"),
        ("乙方应于2025年6月30日前建成一期厂房。", "一期厂房基坑开挖", "overdue"),
        ("甲方应于2025年6月30日前举办专场招聘会不少于2场。", "用工洽谈第二场（恒远专场）", "done_on_time"),
        ("甲方应于2025年6月30日前举办专场招聘会不少于2场。", "与人社局洽谈招聘会方案", "overdue"),
    ],
)
def test_starts_and_talks(understand: Understand, text: str, matter: str, status: str) -> None:
    assert owed(understand, text, (matter, "2025-06-20", "开工令" if "工" in matter else "签到册"))[0].status == status


def test_a_verb_behind_the_last_object_is_of_each(understand: Understand) -> None:
    text = "甲方应于2025年3月31日前将6号库、2025年6月30日前将7号库移交乙方，移交时签署交接单。"
    rows = ("6#库移交", "2025-03-20", "交接单"), ("7#库移交", "2025-08-20", "交接单")
    first, second = owed(understand, text, *rows)[:2]
    assert (first.status, first.done_on) == ("done_on_time", date(2025, 3, 20))
    assert (second.status, second.done_on) == ("done_late", date(2025, 8, 20))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("甲方向乙方采购肥料的，另签合同，自交付之日起三十日内付款。", None),
        ("甲方应在厂房交付之日起三十日内退还押金10万元。", date(2025, 7, 20)),
    ],
)
def test_the_delivery_of_what_is_bought_is_no_hand_over_of_a_plant(
    understand: Understand, text: str, due: date | None
) -> None:
    text += "\n甲方应于2025年6月30日前交付标准厂房8000平方米。"
    assert owed(understand, text, ("标准厂房移交", "2025-06-20", "交接单"))[0].due == due


def test_what_was_agreed_once_is_not_owed(understand: Understand) -> None:
    text = "原协议约定“2024年6月30日前投产”，变更为：一期线于2025年6月30日前投料试车。"
    duty = owed(understand, text, ("一期线投料试车", "2025-06-20", "试车报告"))[0]
    assert (duty.due, duty.status) == (date(2025, 6, 30), "done_on_time")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("余款110万元由甲方看2025年底可用财力再议。", None),
        ("补助由甲方按2025年底在册人数核定。", None),
        ("余款110万元由甲方于2025年底前付清。", date(2025, 12, 31)),
        ("年利用小时数低于2800小时的，差额由甲方于次年二月底前补足。", None),
    ],
)
def test_a_state_on_a_day_and_each_following_year_are_no_due_days(
    understand: Understand, text: str, due: date | None
) -> None:
    days = {duty.due for duty in owed(understand, text)} - {None, date(2024, 1, 31), date(2027, 12, 31)}
    assert days == (set() if due is None else {due})


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("乙方达产后年纳税不少于2600万元，用于评价，不与任何奖励挂钩。", "investor"),
        ("门票收入不足3600万元的，不足的部分由甲方补齐。", "government"),
        ("满五年未上市的，乙方按本金受让甲方所持股权。", "investor"),
        ("甲方不以乙方纳税额不少于2600万元作为奖励条件。", None),
    ],
)
def test_aims_and_shortfalls_are_duties_without_a_day(understand: Understand, text: str, side: str | None) -> None:
    found = [duty for duty in understand(text).obligations if not duty.due_end]
    assert [duty.side for duty in found] == ([] if side is None else [side])


def test_who_stands_behind_a_remark_owes(understand: Understand) -> None:
    text = "1号车间（8600平方米，已封顶）由甲方于2025年6月30日前移交乙方，移交以竣工验收合格为准。"
    assert understand(text).obligations[0].side == "government"


def test_talks_are_no_part_of_what_was_held() -> None:
    assert not recorded("用工洽谈第二场（恒远专场）").parts
    assert recorded("与企业洽谈选址").parts
