"""Rows that the first joining leaves over: joined where they are each other's best by far, doubtful where only possible."""

from datetime import date

import pytest

from contract_audit.extract import settle, settle_all
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

AS_OF = date(2024, 6, 30)


def row(matter: str, day: str, number: int | None = None) -> Evidence:
    return Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof="登记单", row=number)


def duties(understand: Understand, text: str, *rows: Evidence) -> list[Obligation]:
    paper = settle(understand(text), Context(as_of=AS_OF, evidence=rows))
    return [duty for duty in paper.obligations if duty.due_end]


@pytest.mark.parametrize(
    ("text", "matter", "day"),
    [
        ("乙方在本县登记设立学校举办主体，注册资金5000万元，并于2023年9月30日前到位。", "举办主体注册资金5000万元到位", "2023-09-29"),
        ("地块内的两座高压塔由供电所迁走，甲方负责于2023年9月30日前办结。", "高压塔2座迁改完毕", "2023-09-26"),
        ("A座已经盖好，甲方于2023年9月30日之前把钥匙交到乙方手上。", "A座钥匙及清册点交", "2023-09-18"),
    ],
)  # fmt: skip
def test_what_stands_before_a_duty_in_its_sentence_tells_which_row_proves_it(
    understand: Understand, text: str, matter: str, day: str
) -> None:
    (duty,) = duties(understand, text, row(matter, day))
    assert (duty.status, duty.done_on, duty.doubt) == ("done_on_time", date.fromisoformat(day), None)


def test_of_two_plants_told_by_letter_each_has_its_own_record(understand: Understand) -> None:
    text = "甲方于2023年6月20日前交付A座厂房。\n甲方于2023年9月30日前交付C座厂房。"
    first, second = duties(understand, text, row("C座点交", "2023-11-06"), row("A座点交", "2023-06-18"))
    assert (first.status, second.status, second.days_late) == ("done_on_time", "done_late", 37)


@pytest.mark.parametrize(
    "matter", ["招商推介会", "县领导走访项目工地", "污水干管施工图审查完成", "污水干管管沟开挖六成"]
)
def test_rows_of_other_things_and_of_parts_leave_a_duty_overdue_without_doubt(
    understand: Understand, matter: str
) -> None:
    (duty,) = duties(understand, "甲方应于2023年12月31日前将污水干管铺设至厂区西门外。", row(matter, "2023-12-20"))
    assert (duty.status, duty.doubt) == ("overdue", None)


@pytest.mark.parametrize(
    ("due", "done", "status", "doubted", "named"),
    [("2023-12-31", "2023-12-20", "overdue", True, True), ("2023-09-30", "2023-12-20", "overdue", False, True)],
)
def test_a_row_that_may_prove_a_duty_leaves_no_doubt_where_it_is_late_itself(
    understand: Understand, due: str, done: str, status: str, doubted: bool, named: bool
) -> None:
    day = date.fromisoformat(due)
    words = f"甲方应于{day.year}年{day.month}月{day.day}日前将厂区"
    text = f"{words}东侧污水管接通。\n{words}西侧污水管接通。"
    for duty in duties(understand, text, row("厂区侧污水管接通", done, 7)):
        assert (duty.status, duty.doubt is not None) == (status, doubted)
        assert ("第7行" in f"{duty.doubt}{duty.chain}") == named


def test_a_row_that_fits_two_duties_makes_their_delay_doubtful_and_is_named(understand: Understand) -> None:
    text = "甲方应于2023年12月31日前将厂区东侧污水管接通。\n甲方应于2023年12月31日前将厂区西侧污水管接通。"
    found = duties(understand, text, row("厂区侧污水管接通", "2023-12-28", 7))
    assert {(duty.status, duty.doubt) for duty in found} == {
        ("overdue", "履行情况第7行“厂区侧污水管接通”（2023-12-28）可能是其履行凭证，但不能确定")
    }


def test_a_row_that_tells_what_a_duty_counts_from_does_not_prove_it(understand: Understand) -> None:
    text = "甲方应自收到乙方征占用草原申请材料之日起20个工作日内审查完毕。"
    given = Context(as_of=AS_OF, evidence=(row("收到征占用草原申请材料", "2024-03-01"),))
    paper, _ = settle_all(understand(text), given)
    (duty,) = [one for one in paper.obligations if one.due_end]
    assert (duty.due, duty.done_on) == (date(2024, 3, 29), None)


def test_a_bare_hand_over_is_the_one_right_before_it_and_no_other(understand: Understand) -> None:
    text = (
        "甲方应于2023年9月30日前交付烘干中心。\n"
        "种质资源库由甲方建设，2024年6月25日前交乙方保管使用；乙方自接收之日起60日内完成首批材料入库。"
    )
    *_, last = duties(understand, text, row("烘干中心交付", "2023-09-05"))
    assert (last.due, last.status) == (None, "pending")


def test_a_row_with_several_days_has_a_duty_for_each_column(understand: Understand) -> None:
    text = (
        "项目分期如下：\n| 子项目 | 规模 | 开工期限 | 建成期限 |\n"
        "| 风电A区 | 40万千瓦 | 2022年11月30日前 | 2023年8月31日前 |\n| 储能站 | 14万千瓦 | 2023年4月30日前 | 2023年10月15日前 |"
    )
    rows = (row("储能站开工", "2023-04-21"), row("风电A区开工", "2022-11-18"), row("风电A区建成", "2023-09-20"))
    found = duties(understand, text, *rows)
    assert [duty.status for duty in found] == ["done_on_time", "done_late", "done_on_time", "overdue"]


def test_a_quoted_day_that_is_moved_in_the_same_sentence_no_longer_holds(understand: Understand) -> None:
    text = (
        "主协议第七条约定的“乙方2023年9月底前种子加工线投产”，现延长到2023年11月30日前。\n"
        "将主协议第四条“甲方于2023年6月30日前建成灌溉管网”调整为“甲方于2023年10月31日前建成灌溉管网”。"
    )
    rows = (row("种子加工线正式投产", "2023-11-18"), row("灌溉管网建成", "2023-10-29"))
    found = duties(understand, text, *rows)
    assert [(duty.due, duty.status) for duty in found] == [
        (date(2023, 11, 30), "done_on_time"), (date(2023, 10, 31), "done_on_time"),
    ]  # fmt: skip


def test_a_state_of_accounts_on_a_day_owes_nothing_on_that_day(understand: Understand) -> None:
    text = "甲方欠付补贴截至2023年12月31日为512700元，甲方于2024年9月30日前结清。"
    assert [duty.due for duty in duties(understand, text)] == [date(2024, 9, 30)]


def test_the_return_of_the_papers_own_receipt_is_no_duty(understand: Understand) -> None:
    assert duties(understand, "请乙方于2023年4月20日前将回执寄回。") == []


def test_a_day_defined_by_an_event_is_that_event(understand: Understand) -> None:
    text = (
        "“交付日”指甲方将定制厂房移交乙方并签署交付证书之日。\n甲方应于竣工验收合格后15个工作日内实现交付日。\n"
        "监测站由甲方负责建设，期限为交付日起8个月。"
    )
    rows = (
        row("定制厂房竣工验收合格", "2023-04-03"),
        row("定制厂房交付证书签署", "2023-05-10"),
        row("公寓移交", "2023-06-01"),
    )
    *_, hand_over, station = duties(understand, text, *rows)
    assert (hand_over.due, hand_over.done_on) == (date(2023, 4, 24), date(2023, 5, 10))
    assert (station.due, station.offset) == (date(2024, 1, 10), "P8M")


def test_a_number_reached_by_the_way_makes_a_target_doubtful(understand: Understand) -> None:
    text = "乙方2023年度收购本镇柑橘不少于4000吨，最迟2024年2月底前把收购台账交到甲方。"
    target, report = duties(understand, text, row("2023年柑橘收购台账报甲方（4210吨）", "2024-02-24"))
    assert (target.status, report.status) == ("overdue", "done_on_time")
    assert target.doubt == "履行情况“2023年柑橘收购台账报甲方（4210吨）”（2024-02-24）可能是其履行凭证，但不能确定"
    short, _ = duties(understand, text, row("2023年柑橘收购台账报甲方（3210吨）", "2024-02-24"))
    assert (short.status, short.doubt) == ("overdue", None)


def test_a_named_work_is_the_last_of_the_events_it_counts_from(understand: Understand) -> None:
    text = "乙方应在高压线杆迁移、场地堆土清运完成之后15日内开工。"
    rows = (row("高压线杆迁移", "2023-10-26"), row("场地堆土清运完成", "2023-12-08"))
    (duty,) = duties(understand, text, *rows)
    assert duty.due == date(2023, 12, 23)


def test_terms_that_a_sentence_moves_and_days_told_beside_a_feast(understand: Understand) -> None:
    text = (
        "主协议第四条“投产后六个月内”改为“投产后八个月内”，由乙方完成设备安装。\n"
        "甲方在2023年小满（5月21日）以前把旧窑拆净。\n甲方在2024年春节（2月10日）前修好院墙。\n"
        "自旧窑拆净那天往后数，二十天内甲方把围墙补齐。"
    )
    moved, *found = duties(understand, text, row("旧窑拆净、砖渣清运", "2023-05-20"))
    assert moved.offset == "P8M"
    assert [duty.due for duty in found] == [date(2023, 5, 21), date(2024, 2, 10), date(2023, 6, 9)]


def test_the_shell_of_a_pool_is_no_pool(understand: Understand) -> None:
    (duty,) = duties(
        understand, "消防水池由甲方于2023年12月31日前建成投入使用。", row("消防水池池体浇筑完成", "2023-12-20")
    )
    assert (duty.status, duty.done_on) == ("overdue", None)


def test_records_behind_the_signatures_do_not_date_the_signing(understand: Understand) -> None:
    text = (
        "入驻协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n第一条 甲方在2023年10月15日前交付厂房。\n"
        "甲方：云岭县人民政府（盖章）　代表：李明　2023年3月15日\n乙方：恒远制造有限公司（盖章）　代表：王强　2023年3月15日\n"
        "后附：履行记录\n记录一：2023年10月14日，厂房移交完毕。\n"
    )
    assert understand(text, whole=True).fact("signed_on").value == date(2023, 3, 15)
