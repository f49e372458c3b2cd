"""Anchors told by the place, by numbers, by who comes, by what the clause is about; demands, and signings of other papers."""

import pytest

from tests.extract.conftest import Understand, settled_by


def due_of_last(understand: Understand, text: str, *matters: str) -> str:
    """The due date of the last duty with an offset, with a record of each matter, each a day later."""
    return str([duty for duty in settled_by(understand(text), *matters) if duty.offset][-1].due)


@pytest.mark.parametrize(
    ("text", "matters", "due"),
    [
        ("甲方自2号楼移交之日起30日内退还押金60万元。", ("1#楼备案表、钥匙交承租人，双方签移交单",), "None"),
        ("甲方自2号楼移交之日起30日内退还押金60万元。", ("2#楼钥匙交承租人，双方签移交单",), "2023-07-01"),
        ("甲方自3号库移交之日起30日内退还押金。", ("3#、4#库点交，签移交单",), "2023-07-01"),
        ("甲方自2号车间竣工验收之日起30日内退还押金。", ("一、二号车间竣工验收",), "2023-07-01"),
        ("甲方自5号厂房交付之日起30日内退还押金。", ("4号厂房交付乙方",), "None"),
    ],
)
def test_a_numbered_building_is_no_other(text: str, matters: tuple[str, ...], due: str, understand: Understand) -> None:
    assert due_of_last(understand, text, *matters) == due


@pytest.mark.parametrize(
    ("text", "matters", "due"),
    [
        (
            "自乙方人员入驻办公楼之日起20日内，甲方接通专线。",
            ("9层点交给恒远", "恒远一班人搬进9层办公"),
            "2023-06-22",
        ),
        ("自乙方团队搬入孵化楼之日起20日内，甲方接通专线。", ("恒远团队入驻孵化楼",), "2023-06-21"),
        ("自乙方员工进驻之日起20日内，甲方接通宽带。", ("3层钥匙移交恒远",), "None"),
        ("自乙方入驻办公之日起20日内，甲方接通宽带。", ("3层钥匙移交恒远", "恒远迁入3层办公"), "2023-06-22"),
        ("自乙方人员到岗入驻之日起20日内，甲方接通宽带。", ("恒远职工搬到新楼上班",), "2023-06-21"),
    ],
)
def test_people_come_on_the_day_they_move_in(
    text: str, matters: tuple[str, ...], due: str, understand: Understand
) -> None:
    assert due_of_last(understand, text, *matters) == due


@pytest.mark.parametrize(
    ("text", "matters", "due"),
    [
        (
            "乙方连续三年亏损的，可以书面要求甲方接收设备，甲方应在接到要求后九十日内付清。",
            ("厂房专变送上电，总水表出水", "恒远送来工艺条件书"),
            "None",
        ),
        (
            "乙方连续三年亏损的，可以书面要求甲方接收设备，甲方应在接到要求后九十日内付清。",
            ("恒远来函，要求接收设备",),
            "2023-08-30",
        ),
        ("乙方可以请求甲方回购厂房，甲方应在收到请求后30日内付清。", ("收到恒远保证金50万元",), "None"),
        ("甲方收到乙方催告后15日内支付。", ("收到恒远月度报表",), "None"),
    ],
)
def test_a_demand_is_no_other_thing_that_comes(
    text: str, matters: tuple[str, ...], due: str, understand: Understand
) -> None:
    assert due_of_last(understand, text, *matters) == due


@pytest.mark.parametrize(
    ("text", "matters", "due"),
    [
        (
            "乙方自交地之日起3个月内取得施工许可证。材料齐全的，县住建局自受理之日起5日内作出决定。",
            ("环评报告表窗口收件", "住建窗口受理恒远施工证"),
            "2023-06-07",
        ),
        (
            "甲方以竞争性磋商采购“塑料价格指数”编制服务，乙方成交。乙方提交年度成果后15日内由甲方组织验收；验收通过之日起30日内，甲方付清价款。",
            ("塑料指数年度成果验收",),
            "2023-07-01",
        ),
        (
            "甲方采购乙方的园区管网普查服务。成果报来后组织验收，验收通过之日起30日内，甲方付清价款。",
            ("食堂竣工验收",),
            "None",
        ),
    ],
)
def test_a_bare_event_is_of_what_the_clause_is_about(
    text: str, matters: tuple[str, ...], due: str, understand: Understand
) -> None:
    assert due_of_last(understand, text, *matters) == due


@pytest.mark.parametrize(
    "matter", ["站前路北42亩点交签单", "园区大道东侧66亩点交，双方签确认书", "纬三路南边地块30亩交接完毕"]
)
def test_acres_handed_over_are_land_whatever_road_they_lie_at(matter: str, understand: Understand) -> None:
    text = "甲方自出让合同签订之日起30日内交付宗地。\n乙方自交地之日起60日内报送环评文件。"
    assert due_of_last(understand, text, matter) == "2023-07-31"


@pytest.mark.parametrize(
    "matter", ["2号楼验收完毕，钥匙、竣工图交恒远", "2#厂房移交，竣工图纸一并点交", "2号厂房钥匙及竣工图交接"]
)
def test_what_goes_with_the_keys_counts_from_that_day(matter: str, understand: Understand) -> None:
    text = "自2号厂房移交之日起20日内，甲方将该厂房竣工图提供给乙方。"
    assert due_of_last(understand, text, matter) == "2023-06-21"


@pytest.mark.parametrize(
    ("matters", "due"),
    [
        (("东片71亩点交", "西片41亩点交（高压塔已迁走）"), "2023-10-02"),
        (("地块北侧60亩交接", "南侧30亩交接", "余下22亩交接完"), "2023-10-03"),
        (("112亩宗地点交签单",), "2023-10-01"),
    ],
)
def test_land_given_in_pieces_is_given_with_the_last(
    matters: tuple[str, ...], due: str, understand: Understand
) -> None:
    text = "项目用地112亩，甲方在2023年5月底前移交。\n乙方自宗地移交完成之日起4个月内开工。"
    assert due_of_last(understand, text, *matters) == due


@pytest.mark.parametrize(
    ("matters", "due"),
    [
        (("恒远报齐一期厂房登记资料", "恒远一期厂房出证"), "2023-06-21"),
        (("恒远登记材料交齐，窗口受理",), "2023-06-21"),
        (("登记要件补齐",), "2023-06-21"),
    ],
)
def test_papers_all_handed_in_begin_the_term(matters: tuple[str, ...], due: str, understand: Understand) -> None:
    text = "乙方9月15日前向登记机构交齐登记材料；甲方自材料交齐之日起20日内作出是否登记的决定。"
    assert due_of_last(understand, text, *matters) == due


@pytest.mark.parametrize(
    ("matters", "due"),
    [
        (("城投转恒远工程款", "城投、恒远争议部分对账单签字（认定71万元）"), "2023-07-02"),
        (("城投与恒远的对账单签署",), "2023-07-01"),
    ],
)
def test_a_statement_of_account_is_signed_when_it_is_signed(
    matters: tuple[str, ...], due: str, understand: Understand
) -> None:
    text = "县城投公司、恒远公司在10月31日前对账完毕并签署对账单，对账确认的金额自签署之日起30日内付清。"
    assert due_of_last(understand, text, *matters) == due
