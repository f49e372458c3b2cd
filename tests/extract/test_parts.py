"""Rows that tell a part of what is owed, that deny the rest or say that it is done, and that together make up the whole."""

from datetime import date
from decimal import Decimal

import pytest

from contract_audit.deeds import event, is_apart, recorded
from contract_audit.extract import settle
from contract_audit.model import Context, Evidence
from tests.extract.conftest import Understand

AS_OF = date(2025, 3, 1)
Row = tuple[str, str] | tuple[str, str, int]


def proofs(understand: Understand, text: str, *rows: Row) -> list[str | None]:
    """The row that proves each dated duty of `text`; rows are matter, day and yuan."""
    evidence = tuple(
        Evidence(
            contract="x",
            matter=matter,
            done_on=date.fromisoformat(day),
            proof="登记单",
            amount=Decimal(yuan[0]) if yuan else None,
        )
        for matter, day, *yuan in rows
    )
    paper = settle(understand(text), Context(as_of=AS_OF, evidence=evidence))
    return [duty.proof_matter for duty in paper.obligations if duty.due]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("乙方于2024年6月30日前建好连栋温室300亩。", "连栋温室第一片210亩建成", "连栋温室剩余90亩建成，番茄苗送检"),
        ("甲方于2024年6月30日前为16个村的服务点全部揭牌。", "沙河等11个村服务点揭牌", "其余5个村服务点揭牌"),
        ("甲方于2024年6月30日前移交净地45亩。", "净地先移交32亩", "剩余13亩净地移交，附着物补偿款结清"),
    ],
)
def test_the_rest_that_is_done_completes_the_whole(understand: Understand, text: str, first: str, last: str) -> None:
    assert proofs(understand, text, (first, "2024-05-20"), (last, "2024-06-25")) == [last]


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("甲方于2024年6月30日前平整场地75亩。", "推土机平出50亩，其余有一片果园"),
        ("甲方于2024年6月30日前完成9户村民的搬迁。", "最后一批签完搬迁补偿协议，人未走"),
        ("乙方于2024年6月30日前完成礼堂翻修及电路检测。", "电路检测报告出具，礼堂吊顶还在施工"),
        ("乙方于2024年6月30日前完成综合楼竣工验收。", "综合楼竣工验收会召开，提出整改7条"),
    ],
)
def test_what_a_row_says_of_the_rest_keeps_the_duty_open(understand: Understand, text: str, matter: str) -> None:
    assert proofs(understand, text, (matter, "2024-06-20")) == [None]


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("甲方于2024年6月30日前建成3号标准厂房。", "3号标准厂房钢柱立起"),
        ("甲方于2024年6月30日前将35千伏专线送电至厂区。", "35kV专线竖杆完成"),
        ("乙方于2024年6月30日前首台光热机组并网。", "1号机组定子吊装"),
        ("甲方于2024年6月30日前把通村公路拓宽到6米。", "通村公路拓宽勘测"),
        ("甲方于2024年6月30日前建成中水管线并接入管网。", "中水管线穿铁路段顶管完成"),
    ],
)
def test_a_step_of_works_is_not_the_works(understand: Understand, text: str, matter: str) -> None:
    assert set(proofs(understand, text, (matter, "2024-06-20"))) == {None}


def test_a_step_that_is_owed_itself_is_proved_by_it(understand: Understand) -> None:
    text = "乙方于2024年6月30日前完成塔吊吊装。"
    assert proofs(understand, text, ("塔吊吊装", "2024-06-20")) == ["塔吊吊装"]


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("管委会于2024年6月30日前交付职工公寓90套。", "职工公寓钥匙51把交企业"),
        ("甲方于2024年6月30日前修好灌溉水闸14座。", "灌溉水闸9处修好"),
        ("乙方于2024年6月30日前与12名技师签订劳动合同。", "技师劳动合同签订8份"),
        ("甲方于2024年6月30日前把五个村的土地交给乙方。", "南坪村土地交乙方"),
        ("甲方于2024年6月30日前把高岭、白塔、石桥三个村的土地交给乙方。", "高岭村、石桥村土地交乙方"),
    ],
)
def test_fewer_in_another_classifier_or_by_name_are_a_part(understand: Understand, text: str, matter: str) -> None:
    assert proofs(understand, text, (matter, "2024-06-20")) == [None]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("管委会于2024年6月30日前交付职工公寓90套。", "职工公寓钥匙51把交企业", "职工公寓钥匙39把交企业"),
        ("甲方于2024年6月30日前建成实训楼、图书馆和学生公寓。", "实训楼、图书馆建成", "学生公寓建成"),
        ("甲方于2024年6月30日前把高岭、白塔、石桥三个村的土地交给乙方。", "高岭村、石桥村土地交乙方", "白塔村土地交乙方"),
        ("乙方应在2024年6月30日前将清雪车3辆、撒盐机1台运到甲方指定地点。", "清雪车2辆到货", "清雪车第3辆、撒盐机到货"),
    ],
)  # fmt: skip
def test_parts_by_name_and_number_make_up_the_whole(understand: Understand, text: str, first: str, last: str) -> None:
    assert proofs(understand, text, (first, "2024-05-20")) == [None]
    assert proofs(understand, text, (first, "2024-05-20"), (last, "2024-06-25")) == [last]


def test_of_a_list_with_numbers_each_thing_must_be_complete(understand: Understand) -> None:
    text = "乙方应在2024年6月30日前运到冲锋舟6艘、救生圈200件。"
    rows = ("冲锋舟4艘、救生圈120件到货", "2024-05-20"), ("冲锋舟2艘到货", "2024-06-25")
    assert proofs(understand, text, *rows) == [None]


# Attribution compares a row with all duties of its paper: it says nothing in a paper with fewer than three.
BESIDE = "\n甲方于2024年8月31日前接通天然气。\n乙方于2024年9月30日前取得排污许可证。"


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        (
            "项目公司注册资本6000万元，成立后于2024年6月30日前实缴不少于1500万元。",
            [("股东缴入资本金", "2024-06-20", 15000000)],
            "股东缴入资本金",
        ),
        (
            "乙方于2024年6月30日前到位二期资金7000万元。",
            [("企业账户进款", "2024-05-10", 30000000), ("企业账户二次进款，累计七千万", "2024-06-25", 40000000)],
            "企业账户二次进款，累计七千万",
        ),
        (
            "乙方于2024年12月31日前累计完成固定资产投资不低于9000万元。",
            [("2023年固投入库3300万元", "2023-12-29"), ("2024年当年固投入库6100万元", "2024-12-27")],
            "2024年当年固投入库6100万元",
        ),
        (
            "乙方于2024年12月31日前累计完成固定资产投资不低于9000万元。",
            [("2023年固投入库3300万元", "2023-12-29"), ("2024年固投累计6100万元", "2024-12-27")],
            None,
        ),
    ],
)
def test_sums_that_are_owed_at_least_are_reached_over_time(
    understand: Understand, text: str, rows: list[Row], expected: str | None
) -> None:
    assert proofs(understand, text + BESIDE, *rows)[0] == expected


def test_of_equal_debts_one_paid_in_two_parts_is_paid_in_its_turn(understand: Understand) -> None:
    text = (
        "租金付款表：\n| 期次 | 付款期限 | 租金（元） |\n| 1 | 2024年3月25日前 | 86000 |\n"
        "| 2 | 2024年6月25日前 | 86000 |\n| 3 | 2024年9月25日前 | 86000 |"
    )
    rows = (
        ("交房租", "2024-03-22", 86000), ("交房租一部分", "2024-06-20", 50000), ("交房租其余部分", "2024-06-28", 36000),
        ("交房租", "2024-09-24", 86000),
    )  # fmt: skip
    assert proofs(understand, text, *rows)[:3] == [rows[0][0], rows[2][0], rows[3][0]]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("施工方于2024年6月30日前向甲方移交湖滨路工程的竣工资料。", ("付湖滨路工程款", "2024-06-20", 2000000)),
        ("甲方于2024年6月30日前修复泵站1号、2号水泵并试水。", ("泵站1号水泵修复试水，2号水泵等配件", "2024-06-20")),
    ],
)
def test_what_tells_of_another_thing_is_no_proof(understand: Understand, text: str, row: Row) -> None:
    assert proofs(understand, text + BESIDE, row)[0] is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("甲方于2024年6月30日前将三栋标准厂房移交乙方。", "A栋标准厂房移交", "B、C栋标准厂房移交"),
        ("甲方于2024年6月30日前把柳沟、杨沟两个片区的房屋征收完毕。", "柳沟片区房屋征收完毕", "杨沟片区房屋征收完毕"),
        ("甲方于2024年6月30日前办妥用地手续，并移交施工场地。", "用地手续办结", "施工场地移交"),
        ("甲方于2024年6月30日前竖好路灯150盏。", "路灯90杆竖好亮灯", "路灯60杆竖好亮灯"),
    ],
)
def test_one_of_several_is_a_part_and_all_are_the_whole(
    understand: Understand, text: str, first: str, last: str
) -> None:
    assert proofs(understand, text, (first, "2024-05-20")) == [None]
    assert proofs(understand, text, (first, "2024-05-20"), (last, "2024-06-25")) == [last]


def test_an_instalment_paid_in_parts_is_counted_from_when_it_was_paid_up(understand: Understand) -> None:
    text = (
        "甲方分两期付清工程款：\n| 期次 | 金额（万元） | 付款时间 |\n| 第一期 | 430 | 2024年3月31日前 |\n"
        "| 第二期 | 370 | 2024年12月31日前 |\n"
        "乙方收齐第一期款项之日起15日内，向法院申请撤诉。"
    )
    rows = ("付工程欠款（第一期，先付）", "2024-03-28", 2500000), ("付工程欠款（第一期补足）", "2024-04-20", 1800000)
    evidence = tuple(
        Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof="回单", amount=Decimal(yuan))
        for matter, day, yuan in rows
    )
    found = settle(understand(text), Context(as_of=AS_OF, evidence=evidence)).obligations
    assert [duty.proof_matter for duty in found if duty.due == date(2024, 3, 31)] == [rows[1][0]]
    assert [duty.due for duty in found if duty.anchor] == [date(2024, 5, 5)]


@pytest.mark.parametrize(
    ("told", "sought"),
    [
        ("经八路建成通车", "建成经三路并通车"),
        ("西溪桥通车", "建成东溪桥"),
        ("经三路北80亩地块场地平整", "建成经三路并通车"),
    ],
)
def test_works_of_another_name_are_another_event(told: str, sought: str) -> None:
    assert is_apart(recorded(told), event(sought))
