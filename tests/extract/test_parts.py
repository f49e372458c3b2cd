"""Rows that tell a part of what is owed, that deny the rest or say that it is done, and that together make up the whole."""

from datetime import date
from decimal import Decimal

import pytest

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
