"""What proves the whole of a duty and what only a part: lengths, lots, two deeds, an acceptance shown by its paper; odd times."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

AS_OF = date(2026, 6, 30)


def owed(understand: Understand, text: str, *rows: tuple[str, str, str]) -> list[Obligation]:
    evidence = tuple(
        Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof=proof)
        for matter, day, proof in rows
    )
    paper = settle(understand(text), Context(as_of=AS_OF, evidence=evidence))
    return [duty for duty in paper.obligations if duty.due_end]


ROAD = "甲方应于2025年6月30日前建成厂区至国道1.2公里水泥路并通车。"


@pytest.mark.parametrize(
    ("text", "matter", "status"),
    [
        (ROAD, "国道连接水泥路通车900米", "overdue"),
        (ROAD, "国道连接水泥路1190米通车", "done_on_time"),  # as surveyed
        ("甲方应于2025年6月30日前建成围墙420米、高3米。", "围墙砌筑260米，高3米", "overdue"),
        ("甲方应于2025年6月30日前建成宽60米、长800米的主干道。", "主干道800米建成通车，宽60米", "done_on_time"),
        ("甲方应于2025年6月30日前将自来水管道接至用地红线外。", "自来水管道1300米铺设完成，接到红线", "done_on_time"),
    ],
)
def test_works_are_measured_by_how_far_they_run(understand: Understand, text: str, matter: str, status: str) -> None:
    (duty,) = owed(understand, text, (matter, "2025-06-20", "签证单"))
    assert duty.status == status


def test_lengths_laid_one_after_the_other_make_up_the_whole(understand: Understand) -> None:
    text = "甲方应于2025年6月30日前敷设DN300供水管道2200米至厂区。"
    rows = ("供水管道敷设1400米", "2025-05-20", "签证"), ("供水管道余下800米敷设完", "2025-08-20", "签证")
    (duty,) = owed(understand, text, *rows)
    assert (duty.status, duty.done_on) == ("done_late", date(2025, 8, 20))


@pytest.mark.parametrize(
    ("first", "then", "done_on"),
    [
        ("项目地块首批80亩交地", "项目地块第二批70亩交地", date(2025, 9, 20)),
        ("加工区地块移交", "加工区剩余60亩地块移交", date(2025, 9, 20)),
        ("项目净地整体移交", "剩余青苗补偿款发放", date(2025, 6, 20)),
        ("净地交付", "净地租金余款付清", date(2025, 6, 20)),
    ],
)
def test_the_last_lot_completes_what_names_no_quantity(
    understand: Understand, first: str, then: str, done_on: date
) -> None:
    rows = (first, "2025-06-20", "交地确认书"), (then, "2025-09-20", "单据")
    (duty,) = owed(understand, "甲方应于2025年6月30日前交付项目净地。", *rows)
    assert duty.done_on == done_on


def test_lots_that_are_owed_by_days_of_their_own_are_told_apart(understand: Understand) -> None:
    text = "甲方应于2025年6月30日前交付一期用地，2025年12月31日前交付二期用地。"
    rows = ("一期用地移交", "2025-06-20", "交接单"), ("二期用地移交", "2025-12-20", "交接单")
    assert [duty.status for duty in owed(understand, text, *rows)] == ["done_on_time", "done_on_time"]


LICENCE = ("项目公司取得执照", "2024-06-20", "营业执照")


@pytest.mark.parametrize(
    ("text", "rows", "status"),
    [
        ("成立项目公司并实缴注册资本2000万元", [LICENCE], "overdue"),
        ("成立项目公司并实缴注册资本2000万元", [LICENCE, ("公司股东到资1500万元", "2024-08-25", "函")], "overdue"),
        (
            "成立项目公司并实缴注册资本2000万元",
            [LICENCE, ("注册资本2000万元实缴到位", "2024-06-25", "验资报告")],
            "done_on_time",
        ),
        ("成立项目公司，注册资本2000万元", [LICENCE], "done_on_time"),
    ],
)
def test_the_first_of_two_deeds_is_not_both(
    understand: Understand, text: str, rows: list[tuple[str, str, str]], status: str
) -> None:
    (duty,) = owed(understand, f"乙方应于2024年6月30日前{text}。", *rows)
    assert duty.status == status


@pytest.mark.parametrize(
    ("proof", "status"), [("交工验收证书", "done_on_time"), ("竣工验收备案表", "done_on_time"), ("施工日志", "overdue")]
)
def test_an_acceptance_is_shown_by_its_paper(understand: Understand, proof: str, status: str) -> None:
    text = "甲方应于2025年6月30日前完成纬三路施工并通过竣工验收，建设资金已纳入2024年度政府投资计划。"
    (duty,) = owed(understand, text, ("纬三路建成通车", "2025-06-10", proof))
    assert duty.status == status


@pytest.mark.parametrize(
    ("matter", "status"), [("项目一期进场打桩", "done_on_time"), ("场地围挡、临建搭设", "overdue")]
)
def test_works_are_begun_with_the_first_pile(understand: Understand, matter: str, status: str) -> None:
    (duty,) = owed(understand, "项目一期应于2025年6月30日前动工。", (matter, "2025-06-10", "监理日志"))
    assert duty.status == status


@pytest.mark.parametrize(("row", "again"), [("测风塔树立", True), ("标牌树立", False), ("水文站建设", False)])
def test_an_object_known_by_its_name_alone_is_done_once(understand: Understand, row: str, again: bool) -> None:
    table = f"| 节点 | 责任方 | 时间 |\n| {row} | 乙方 | 2025年10月31日 |\n| 场地交付 | 甲方 | 2025年12月31日 |"
    text = f"乙方应于2025年10月31日前立起测风塔4座。\n{table}"
    found = owed(understand, text, ("4座测风塔立塔完毕", "2025-10-28", "现场验收记录"))
    assert (found[1].status == "done_on_time") is again


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("项目2025年12月31日前完工，2025年10月1日对外试营业。", date(2025, 10, 1)),
        ("酒店2025年5月1日前建成，2025年8月8日正式迎客。", date(2025, 8, 8)),
        ("学校2025年6月30日前竣工，2025年9月1日正式开学。", date(2025, 9, 1)),
    ],
)
def test_a_bare_day_before_an_opening_is_its_day(understand: Understand, text: str, due: date) -> None:
    assert due in {duty.due for duty in owed(understand, text)}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("你公司2024年2月26日送来的《项目计划书》收到了。", 0),
        ("贵公司2024年2月20日来函收悉。", 0),
        ("乙方2024年6月30日前送来施工图纸。", 1),
        ("乙方应于2024年6月30日前向甲方来函确认。", 1),
    ],
)
def test_when_a_paper_came_is_no_day_for_anything(understand: Understand, text: str, count: int) -> None:
    assert len(owed(understand, text)) == count


def test_places_side_by_side_have_each_its_own_beginning_and_term(understand: Understand) -> None:
    text = (
        "甲方应于2025年12月31日前将1号、2号冷库交付乙方。\n"
        "乙方应自1号冷库交付之日起90日内、2号冷库交付之日起120日内分别投入运营。"
    )
    rows = (
        ("一号库钥匙交接", "2025-12-22", "交接清单"),
        ("二号库钥匙交接", "2026-02-10", "交接清单"),
        ("一号库首票榴莲入库开仓", "2026-03-15", "入库单"),
    )
    _, one, two = owed(understand, text, *rows)
    assert (one.due, one.status, one.done_on) == (date(2026, 3, 22), "done_on_time", date(2026, 3, 15))
    assert (two.due, two.status) == (date(2026, 6, 10), "overdue")


@pytest.mark.parametrize(("paid", "recurs"), [("当季服务费", True), ("首期服务费", False)])
def test_what_is_paid_for_the_quarter_recurs(understand: Understand, paid: str, recurs: bool) -> None:
    (duty,) = owed(understand, f"甲方自对账确认之日起四十日内支付{paid}。")
    assert bool(duty.recurrence) is recurs


INSTALMENTS = """
| 期次 | 支付期限 | 金额（万元） |
| 第一期 | 2024年12月31日前 | 60 |
| 第二期 | 2025年6月30日前 | 60 |
| 第三期 | 2025年12月31日前 | 66 |
| 合计 | | 186 |"""


@pytest.mark.parametrize(
    "lead",
    ["前款按下表支付，资金已列入县级预算，甲方不得以财力紧张为由延期：", "上述补偿款的支付安排如下，甲方不得延期："],
)
def test_a_table_of_instalments_is_owed_by_the_debtor(understand: Understand, lead: str) -> None:
    rows = (
        ("6亩地补偿首笔60万元", "2024-12-27", "支付凭证"),
        ("6亩地补偿第二笔付40万元", "2025-06-28", "支付凭证"),
        ("6亩地补偿第二笔补付20万元", "2025-08-15", "支付凭证"),
    )
    text = f"双方确认，甲方尚欠乙方地上建筑物补偿款186万元。\n{lead}{INSTALMENTS}"
    found = owed(understand, text, *rows)
    assert [(duty.side, duty.status) for duty in found] == [
        ("government", "done_on_time"),
        ("government", "done_late"),
        ("government", "overdue"),
    ]
