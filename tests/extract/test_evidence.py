"""Rows as an office clerk words them: what proves a duty, what only a part of it, what another's."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

AS_OF = date(2024, 6, 30)
OTHERS = "甲方应于2025年3月31日前建成园区幼儿园。\n乙方应于2025年6月30日前达产。\n甲方应于2025年9月30日前拨付奖励资金80万元。"
Row = tuple[str, str]


def duties(understand: Understand, text: str, *rows: Row) -> list[Obligation]:
    evidence = tuple(
        Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof="登记单") for matter, day in rows
    )
    paper = settle(understand(f"{text}\n{OTHERS}"), Context(as_of=AS_OF, evidence=evidence))
    return [duty for duty in paper.obligations if duty.due_end][:-3]


@pytest.mark.parametrize(
    ("text", "row", "status"),
    [
        ("乙方应于2023年9月30日前实缴注册资本3,500万元。", ("公司出资3,500万元到账", "2023-09-27"), "done_on_time"),
        ("乙方应于2023年9月30日前购置检测仪器，费用不低于1,200万元。", ("买入检测仪器6台（1,260万元）", "2023-09-12"), "done_on_time"),
        ("甲方应于2023年9月30日前完成项目土方平整。", ("地块土方回填整平", "2023-09-21"), "done_on_time"),
        ("甲方应于2023年9月30日前完成排洪沟清淤加固。", ("排洪渠疏浚、护坡砌筑验收", "2023-09-20"), "done_on_time"),
        ("甲方应于2023年9月30日前建成变电站并向乙方供电。", ("110kV变电站启动送电", "2023-10-08"), "done_late"),
        ("乙方应于2023年9月30日前招收员工不少于80人。", ("新员工86名签劳动合同", "2023-09-26"), "done_on_time"),
        ("乙方应于2023年9月30日前完成施工图送审。", ("全套蓝图上传审图平台受理", "2023-09-05"), "done_on_time"),
        ("乙方应于2023年9月30日前主体工程正式开工。", ("监理签发开工令（1#厂房）", "2023-09-18"), "done_on_time"),
        ("甲方应于2023年9月30日前建成三栋厂房。", ("1#—3#厂房竣工验收合格", "2023-09-25"), "done_on_time"),
        ("乙方应于2023年9月30日前首批三台机组进场就位。", ("机组三台开箱并在1#楼就位", "2023-10-12"), "done_late"),
        ("乙方应于2023年9月30日前向甲方交诚意金60万元。", ("诚意金陆拾万元入账", "2023-09-28"), "done_on_time"),
        ("乙方在园区用工应不少于200人，其中2023年底前不少于50人。", ("参保缴费职工54人", "2023-12-28"), "done_on_time"),
        ("甲方应于2023年9月30日前开通公交站点。", ("6路公交延伸，厂前路口站启用", "2023-09-18"), "done_on_time"),
    ],
)  # fmt: skip
def test_a_row_in_other_words_proves_the_duty(understand: Understand, text: str, row: Row, status: str) -> None:
    (duty,) = [one for one in duties(understand, text, row) if one.due is not None]
    assert (duty.status, duty.proof_matter) == (status, row[0])


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("乙方应于2023年9月30日前取得排污许可证。", ("排污许可申请材料已报市局", "2023-09-12")),
        ("甲方应于2023年9月30日前敷设供水管和污水管至红线。", ("给水管通水", "2023-09-12")),
        ("甲方应于2023年9月30日前完成员工公寓装修并交付使用。", ("公寓楼墙面粉刷", "2023-09-12")),
        ("甲方应于2023年9月30日前铺好试车跑道，并装好照明。", ("跑道摊铺结束", "2023-09-12")),
        ("甲方应于2023年9月30日前三栋厂房竣工验收备案。", ("1#楼取得竣工验收备案表（2#、3#楼消防整改中）", "2023-09-12")),
        ("乙方应于2023年9月30日前投产1号窑炉和2号窑炉。", ("1号窑炉点火投产", "2023-09-12")),
        ("乙方应于2023年9月30日前向甲方提交安全生产应急预案。", ("报送安全生产标准化自评", "2023-09-12")),
        ("甲方应于2023年9月30日前完成围墙砌筑。", ("隔壁地块围墙砌完", "2023-09-12")),
        ("甲方应于2023年9月30日前加固两座桥梁。", ("东桥加固完成，西桥因汛期暂停", "2023-09-12")),
        ("甲方应于2023年9月30日前完成厂房竣工验收。", ("化学品库安全设施竣工验收通过", "2023-09-12")),
        ("乙方应于2023年9月30日前取得发明专利申请10件、授权3件。", ("发明专利申请11件", "2023-09-12")),
        ("乙方应于2023年9月30日前竣工投产。", ("员工食堂试营业", "2023-09-12")),
        ("甲方应于2023年9月30日前组织三场用工对接会。", ("第2场用工对接会", "2023-09-12")),
    ],
)  # fmt: skip
def test_a_part_a_first_step_and_anothers_are_no_proof(understand: Understand, text: str, row: Row) -> None:
    (duty,) = duties(understand, text, row)
    assert (duty.status, duty.done_on) == ("overdue", None)


def test_one_of_two_things_owed_together_leaves_the_delay_to_a_person(understand: Understand) -> None:
    (duty,) = duties(understand, "乙方应于2023年9月30日前建成围墙和门卫室。", ("围墙砌筑640米完工", "2023-09-12"))
    assert (duty.status, duty.doubt) == (
        "overdue",
        "履行情况“围墙砌筑640米完工”（2023-09-12）可能是其履行凭证，但不能确定",
    )


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("乙方应于2023年9月30日前投放鱼苗不少于50万尾。", "鲈苗30万尾下塘", "鲈苗22万尾下塘"),
        ("乙方应于2023年9月30日前缴清土地价款1,860万元。", "地价款首付930万元入库", "地价款尾数930万元入库"),
        ("乙方应于2023年9月30日前投产1号窑炉和2号窑炉。", "1号窑炉点火投产", "2号窑炉点火投产"),
        ("甲方应于2023年9月30日前敷设供水管和污水管至红线。", "给水管通水", "污水管接通"),
    ],
)
def test_parts_together_make_the_whole_on_the_last_day(understand: Understand, text: str, one: str, other: str) -> None:
    (duty,) = duties(understand, text, (one, "2023-08-02"), (other, "2023-09-25"))
    assert (duty.status, duty.done_on) == ("done_on_time", date(2023, 9, 25))


def test_the_rest_of_a_stated_share_is_reckoned_of_the_whole(understand: Understand) -> None:
    text = "乙方应于2023年6月30日前实缴注册资本的百分之三十，即4,500万元，余款在2023年底前缴足。"
    first, rest = duties(
        understand, text, ("首次出资到账4,500万元", "2023-06-21"), ("第二次出资6,000万元到账", "2023-12-27")
    )
    assert first.status == "done_on_time"
    assert (rest.status, rest.done_on) == ("overdue", None)


def test_a_row_with_the_sum_of_one_instalment_is_that_one(understand: Understand) -> None:
    text = "乙方应于2023年6月30日前支付使用费30万元。\n乙方应于2023年9月30日前支付使用费20万元。"
    one, other = duties(understand, text, ("付使用费20万元", "2023-06-28"))
    assert (one.status, other.done_on) == ("overdue", date(2023, 6, 28))


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ((("油库竣工验收通过", "2023-12-20"),), "pending"),  # it did not fail
        ((("油库竣工验收通过", "2024-05-20"),), "overdue"),  # later than that: it had failed
        ((), "overdue"),
    ],
)
def test_what_is_owed_for_a_failure_is_not_late_where_nothing_failed(
    understand: Understand, rows: tuple[Row, ...], status: str
) -> None:
    text = "油库未能通过竣工验收的，甲方应于2024年1月31日前协调临时库房800平方米。"
    (duty,) = [one for one in duties(understand, text, *rows) if one.due is not None]
    assert duty.status == status


def test_a_bare_failure_is_that_of_the_duty_before(understand: Understand) -> None:
    text = "乙方应于2023年9月30日前交付首套设备；若未交付，应于2023年10月31日前书面说明原因。"
    first, second = duties(understand, text, ("首套设备交付", "2023-09-22"))
    assert (first.status, second.status) == ("done_on_time", "pending")
