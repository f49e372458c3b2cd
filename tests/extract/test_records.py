"""Rows in clerks' words: what tells that a duty is done, and what tells only of a step before it, of another or of a part."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.model import Context, Evidence
from tests.extract.conftest import Understand

AS_OF = date(2025, 3, 1)


def proof_of(understand: Understand, text: str, *rows: tuple[str, str]) -> list[str | None]:
    """The row that proves each dated duty of `text`."""
    evidence = tuple(
        Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof="凭证") for matter, day in rows
    )
    paper = settle(understand(text), Context(as_of=AS_OF, evidence=evidence))
    return [duty.proof_matter for duty in paper.obligations if duty.due_end]


DONE = (
    ("甲方于2024年6月30日前把办学许可证发给学校。", "办学许可证核发"),
    ("甲方于2024年6月30日前将净地交到乙方手上。", "宗地现场界桩点交"),
    ("甲方于2024年6月30日前修通厂区东侧的排水沟，沟长260米。", "东侧排水沟挖通砌好260米"),
    ("乙方于2024年6月30日前动工。", "加工厂挖基槽，放了鞭炮"),
    ("乙方于2024年6月30日前实缴注册资本4000万元。", "公司实收资本2500万+1500万到齐"),
    ("甲方于2024年6月30日前将进场道路拓宽为双向四车道。", "港区进场道路四车道改造交工"),
    ("管委会于2024年6月30日前交付人才公寓20套。", "人才公寓20户门锁密码发给企业行政"),
    ("企业于2024年6月30日前支付第二季度租金36万元。", "二季度租金36万元"),
    ("甲方于2024年6月30日前建成共享检测室一期。", "公共检测中心一期上线"),
)
NOT_DONE = (
    ("甲方于2024年6月30日前将除尘设备招标完毕。", "除尘设备开标因不足三家流标"),
    ("合作社于2024年6月30日前与农户签订订单合同200份。", "订单合同样本发到村里200份"),
    ("镇政府于2024年6月30日前完成水渠清淤3公里。", "水渠清淤完成测量放样3公里"),
    ("管委会于2024年6月30日前拨付物流补助75万元。", "物流补助75万元列入下批拨款计划"),
    ("管委会于2024年6月30日前兑现首台套奖励90万元。", "首台套奖励90万元完成部门会签"),
    ("企业于2024年6月30日前偿还借用资金200万元。", "借用资金200万元展期协议签字"),
    ("镇政府于2024年6月30日前在基地竖起宣传牌。", "宣传牌图样定了稿"),
    ("企业于2024年6月30日前支付第二季度租金36万元。", "二季度租金36万元支票退票"),
    ("甲方于2024年6月30日前将污水处理站扩到每天3000吨。", "镇污水厂改扩一期1500吨调试出水，二期设备未到"),
    ("甲方于2024年6月30日前拆除厂门前的围挡并补种两侧绿化。", "厂门前围挡拆清（绿化待来年补栽）"),
    ("甲方于2024年6月30日前盖好宿舍两栋共9600平方米。", "宿舍A栋4800平方米验收合格，B栋砌体阶段"),
    ("甲方于2024年6月30日前将污水处理站改造完工。", "镇中心幼儿园改造完工"),
    ("乙方于2024年6月30日前招用本县劳动力50人。", "本县劳动力报名50人，待面试"),
)


@pytest.mark.parametrize(("text", "matter"), DONE)
def test_other_words_for_what_is_done(understand: Understand, text: str, matter: str) -> None:
    assert proof_of(understand, text, (matter, "2024-06-20")) == [matter]


@pytest.mark.parametrize(("text", "matter"), NOT_DONE)
def test_a_step_before_a_failure_or_a_part_is_no_proof(understand: Understand, text: str, matter: str) -> None:
    assert set(proof_of(understand, text, (matter, "2024-06-20"))) == {None}


def test_equal_sums_are_paid_in_the_order_of_their_days(understand: Understand) -> None:
    text = "乙方分三笔退回财政：2024年4月末退60万元，2024年7月末退60万元，余下60万元在2024年10月末退清。"
    rows = ("退缴装修补助60万元（一）", "2024-04-29"), ("退缴装修补助60万元（二）", "2024-08-04")
    assert proof_of(understand, text, *rows) == [rows[0][0], rows[1][0], None]


def test_what_the_other_side_pays_is_no_return_of_money(understand: Understand) -> None:
    text = "余下60万元由乙方在2024年10月31日前退清。"
    assert proof_of(understand, text, ("县财政局补付设备款余下60万元", "2024-10-20")) == [None]


def test_two_payments_make_up_a_sum_that_stands_before(understand: Understand) -> None:
    text = "因土地迟延移交，甲方补偿乙方停工损失38万元，于2024年6月30日前付清。"
    rows = ("付停工补偿20万元", "2024-06-12"), ("付停工补偿尾数18万元", "2024-07-20")
    assert proof_of(understand, text, *rows) == [rows[1][0]]
