"""Days counted from what another duty owes, from lots that make it up, and from days that the paper states itself."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

HEAD = "项目投资协议\n甲方：松源县人民政府\n乙方：松源川禾食品有限公司\n签订日期：2021年5月6日\n"
AS_OF = date(2023, 12, 31)


def _rows(*rows: tuple[str, ...]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof=proof)
        for matter, day, *rest in rows
        for proof in (rest[0] if rest else "凭证",)
    )


def _settled(understand: Understand, body: str, *rows: tuple[str, ...], head: str = HEAD) -> tuple[Obligation, ...]:
    paper = settle(understand(f"{head}{body}\n", whole=True), Context(as_of=AS_OF, evidence=_rows(*rows)))
    return paper.obligations


def _due(duties: tuple[Obligation, ...], anchor: str) -> date | None:
    return next(duty.due for duty in duties if (duty.anchor or "").endswith(anchor))


# An agreement, rows of evidence, the anchor of a duty in it, and the day that follows.
NAMED = [
    pytest.param(
        "一、甲方2021年8月31日前动员沿河养殖户91户全部迁出水库。\n二、养殖户迁完之后30日内，乙方清除网箱。\n三、甲方2021年底前修通环湖路。",
        [("末一户收网上岸，水面封闭", "2021-08-20")],
        "养殖户迁完",
        date(2021, 9, 19),
        id="a proof in other words",
    ),
    pytest.param(
        "一、甲方2021年8月31日前出具取水方案批复。\n二、乙方取得取水批复后4个月内建成泵房。\n三、甲方2022年6月30日前建成游园。",
        [("取水方案批复送达川禾", "2021-08-26", "批文")],
        "取得取水批复",
        date(2021, 12, 26),
        id="what one side gives the other gets",
    ),
    pytest.param(
        "一、甲方2021年9月30日前将300亩林地移交乙方使用。\n二、乙方自林地全部移交之日起20日内支付首年租金45万元。\n三、甲方2022年底前通水。",
        [("林地移交190亩", "2021-09-10"), ("林地移交110亩，三方签字", "2021-10-15")],
        "林地全部移交",
        date(2021, 11, 4),
        id="lots that make up the whole",
    ),
    pytest.param(
        "一、东片52亩甲方于2021年7月底前交地，西片47亩甲方于2021年10月底前交地。\n二、乙方自全部土地交付之日起6个月内建成1号车间。",
        [("东片52亩交地", "2021-07-20"), ("西片47亩交地", "2021-11-08")],
        "全部土地交付",
        date(2022, 5, 8),
        id="the last of several",
    ),
    pytest.param(
        "一、甲方2021年9月30日前将300亩林地移交乙方使用。\n二、乙方自林地全部移交之日起20日内支付首年租金45万元。\n三、甲方2022年底前通水。",
        [("林地移交190亩", "2021-09-10")],
        "林地全部移交",
        None,
        id="the first lot is not the whole",
    ),
    pytest.param(
        "一、乙方自领到食品生产许可证之日起45日内投料。\n二、甲方2021年底前修通门前路。\n三、乙方2021年7月底前注册公司。",
        [("市监局发证，可以开工生产", "2021-11-02", "食品生产许可证副本")],
        "领到食品生产许可证",
        date(2021, 12, 17),
        id="the paper itself is the proof",
    ),
    pytest.param(
        "一、乙方自领到食品生产许可证之日起45日内投料。\n二、甲方2021年底前修通门前路。\n三、乙方2021年7月底前注册公司。",
        [("食品生产许可申请窗口受理", "2021-10-12", "受理回执")],
        "领到食品生产许可证",
        None,
        id="what is asked for is not got",
    ),
    pytest.param(
        "一、投产满半年后15日内，乙方报送审计报告。\n二、乙方2021年11月30日前投产。\n三、甲方2022年底前通水。",
        [("川禾正式投产", "2021-11-20")],
        "投产满半年",
        date(2022, 6, 4),
        id="half a year on",
    ),
    pytest.param(
        "一、乙方2022年1月31日前投产，以首批罐头成品检验入库为准。\n二、投产之日起3个月内，甲方退还保证金30万元。\n三、甲方2022年底前通水。",
        [("首批罐头成品检验合格入库", "2022-01-18")],
        "投产",
        date(2022, 4, 18),
        id="what a term is told by",
    ),
]


@pytest.mark.parametrize(("body", "rows", "anchor", "due"), NAMED)
def test_day_of_what_an_anchor_names(
    body: str, rows: list[tuple[str, ...]], anchor: str, due: date | None, understand: Understand
) -> None:
    assert _due(_settled(understand, body, *rows), anchor) == due


def test_first_payment_is_the_one_due_first(understand: Understand) -> None:
    body = (
        "一、甲方2021年7月31日前支付工程欠款180万元，2022年7月31日前支付工程欠款220万元。\n"
        "二、乙方收到首笔款后10日内撤回起诉。\n三、甲方2022年底前通水。"
    )
    duties = _settled(understand, body, ("付川禾工程欠款180万元", "2021-07-28"))
    assert _due(duties, "收到首笔款") == date(2021, 8, 7)


# The head of a paper, and the day from which what its body owes is counted.
SIGNED = [
    ("合同订立于2020年3月9日，双方信守。\n甲方：松源县人民政府\n乙方：川禾公司\n", "签约"),
    ("2020年3月9日，甲乙双方就冷库租赁事宜签订本合同。\n甲方：松源县人民政府\n乙方：川禾公司\n", "立约"),
    (
        "补充协议（三）\n甲方：松源县人民政府\n乙方：川禾公司\n本协议自双方签字之日即2020年3月9日生效。\n",
        "本补充协议生效",
    ),
    ("租赁协议\n甲方：松源县人民政府\n乙方：川禾公司\n双方就此签署协议（签署日2020年3月9日）。\n", "签署"),
]


@pytest.mark.parametrize(("head", "anchor"), SIGNED)
def test_day_of_signing_in_other_words(head: str, anchor: str, understand: Understand) -> None:
    duties = _settled(understand, f"一、乙方自{anchor}之日起20日内交押金8万元。\n二、甲方2022年底前通水。", head=head)
    assert _due(duties, anchor) == date(2020, 3, 29)


def test_day_that_the_paper_states_itself(understand: Understand) -> None:
    body = "一、乙方在通告印发后10日内清场。印发日期：2021年5月12日。\n二、甲方2022年底前通水。"
    assert _due(_settled(understand, body), "通告印发") == date(2021, 5, 22)


# Words that name a day, and the day; None where they owe nothing by it.
DAYS = [
    ("剩余货款60万元，乙方以2022年9月15日为最后付款日付清。", date(2022, 9, 15)),
    ("2022年造林不少于400亩，以2022年10月20日清点结果为准。", date(2022, 10, 20)),
    ("便桥由甲方在2022年4月15日前拓宽到可以会车。", date(2022, 4, 15)),
    ("甲方为乙方预留宿舍20间，自2022年3月1日起可用，届时由甲方交付钥匙。", date(2022, 3, 1)),
    ("甲方开工前三十日，将坐标成果移交乙方，最迟2022年2月20日。", date(2022, 2, 20)),
    ("质保期至2022年6月30日届满，甲方在期满后20日内退还质保金9万元。", date(2022, 7, 20)),
    ("其中2022年7月1日至2022年8月31日为装修期，不收租金。", None),
    (
        "第二条 乙方按下表缴款：\n| 序号 | 费用所属期 | 缴款日 | 金额（元） |\n| 1 | 2022年3月至5月 | 2022年2月20日前 | 96000 |",
        date(2022, 2, 20),
    ),
    ("租期自2021年7月1日起至2024年6月30日止。", None),
]


@pytest.mark.parametrize(("words", "due"), DAYS)
def test_last_days(words: str, due: date | None, understand: Understand) -> None:
    duties = [duty for duty in _settled(understand, words) if duty.due is not None]
    assert [duty.due for duty in duties] == ([] if due is None else [due])
