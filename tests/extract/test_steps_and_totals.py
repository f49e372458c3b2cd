"""Parts and steps that prove nothing, totals, and days that are told behind: both sides of each."""

from datetime import date
from decimal import Decimal

import pytest

from contract_audit.deeds import event, is_less, is_one_of_two, recorded
from contract_audit.extract import settle
from contract_audit.extract.performance.joining import records
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

HEAD = "项目合作协议\n甲方：松源县人民政府\n乙方：松源川禾食品有限公司\n签订日期：2021年5月6日\n"


def _settled(understand: Understand, body: str, *rows: tuple[str, ...], head: str = HEAD) -> tuple[Obligation, ...]:
    evidence = tuple(
        Evidence(
            contract="x",
            matter=matter,
            done_on=date.fromisoformat(day),
            proof="凭证",
            amount=Decimal(rest[0]) if rest else None,
        )
        for matter, day, *rest in rows
    )
    return settle(
        understand(f"{head}{body}\n", whole=True), Context(as_of=date(2023, 12, 31), evidence=evidence)
    ).obligations


@pytest.mark.parametrize(
    ("duty", "told", "part"),
    [
        ("敷设两路光缆", "南路由光缆敷设完毕", True),
        ("敷设两路光缆", "两路光缆敷设完毕", False),
        ("安装两台货梯", "B3楼1#货梯装完", True),
        ("安装两台货梯", "B3楼1#、2#货梯装完", False),
        ("建成粮仓", "粮仓骨架立完", True),
        ("建成粮仓", "粮仓验收移交", False),
        ("取得养殖许可证", "养殖许可专家现场踏勘", True),
        ("取得养殖许可证", "养殖许可证核发", False),
        ("在岗工人应达260人", "社保缴费人数 231", True),
        ("在岗工人应达260人", "社保缴费人数 268", False),
        ("道路与天桥由甲方修建，道路通车", "东侧道路通车", False),
    ],
)
def test_a_step_or_some_of_several_is_a_part(duty: str, told: str, part: bool) -> None:
    assert is_less(recorded(told), event(duty)) == part


def test_an_office_of_two_names_owes_no_two_things() -> None:
    told = recorded("规划条件核定")
    assert not is_one_of_two(told, event("由自然资源和规划局牵头完成规划条件核定"))
    assert is_one_of_two(recorded("围墙砌完"), event("建成围墙和门卫室"))


@pytest.mark.parametrize(
    ("matter", "events", "short"),
    [("40个电池舱就位，共50个", 1, True), ("新生报到，合计291人", 1, False), ("车间腾空，设备20台运走", 2, False)],
)
def test_a_bare_total_belongs_to_what_is_told_before_it(matter: str, events: int, short: bool) -> None:
    row = Evidence(contract="x", matter=matter, done_on=date(2023, 5, 1), proof="记录")
    told = records((row,), date(2023, 6, 1))
    assert (len(told), told[0].told.short) == (events, short)


ROAD = (
    "一、甲方2021年6月30日前交付校舍。\n二、甲方拓宽机耕道2.6公里，2022年6月15日前完工。\n三、乙方2022年底前招工80人。"
)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([("机耕道1.9公里拓宽到4.5米", "2022-06-10")], "overdue"),
        ([("机耕道2.6公里拓宽完工", "2022-06-10")], "done_on_time"),
        ([("机耕道拓宽1.9公里完工", "2022-06-01"), ("机耕道拓宽0.7公里完工", "2022-06-10")], "done_on_time"),
    ],
)
def test_a_part_alone_is_not_the_whole(rows: list[tuple[str, str]], status: str, understand: Understand) -> None:
    duty = next(one for one in _settled(understand, ROAD, *rows) if one.due == date(2022, 6, 15))
    assert duty.status == status


@pytest.mark.parametrize(
    ("body", "rows", "anchor", "due"),
    [
        (
            "一、农户流转签字由甲方组织，2021年9月15日前签到户；签字完毕之日起20日内，乙方付清首年租金63万元。\n"
            "二、甲方2022年6月30日前修通道路。\n三、乙方2022年底前并网。",
            [("412户流转合同全部签字", "2021-09-10")],
            "签字完毕",
            "2021-09-30",
        ),
        (
            "一、甲方2021年7月1日将大厦六层移交乙方。\n二、乙方自收楼之日起30日内接通专线，45日内首批座席120个上线。",
            [("六层移交川禾", "2021-07-12"), ("慧标科技入驻六层", "2022-08-22")],
            "收楼",
            "2021-08-11 2021-08-26",
        ),
        (
            "一、乙方首期收购款3000万元应在2021年12月31日前支付。\n二、乙方2021年6月10日前支付定金600万元。\n"
            "三、乙方首期收购款到账后60日内，甲方办理产权过户。",
            [("川禾定金", "2021-06-23", "6000000")],
            "首期收购款到账",
            "None",
        ),
        (
            "一、加工厂所用的自来水、天然气由甲方在2021年12月31日之前全部接通到厂。\n"
            "二、速冻车间应在甲方全部接通水、气之日起120天内投料试产。\n三、乙方2023年底前用工80人。",
            [("厂内自来水开栓", "2021-12-14"), ("燃气公司到厂点火", "2022-02-09")],
            "全部接通水、气",
            "2022-06-09",
        ),
        (
            "一、甲方2021年8月31日前把园舍移交乙方，园舍保修金15万元由甲方存入共管账户。\n"
            "二、乙方自接收园舍之日起五个月内完成装修。",
            [("园舍移交教体局", "2021-09-25")],
            "接收园舍",
            "2022-02-25",
        ),
        (
            "一、甲方2021年7月1日前交付三、四层。\n二、乙方接房后75日内8条缝制线开动。\n三、乙方2022年底前用工80人。",
            [("三四层移交川禾", "2021-07-13")],
            "接房",
            "2021-09-26",
        ),
    ],
    ids=[
        "another signing",
        "the same event again",
        "another payment",
        "all of several",
        "given, not paid",
        "any rooms",
    ],
)
def test_the_event_that_is_counted_from(
    body: str, rows: list[tuple[str, ...]], anchor: str, due: str, understand: Understand
) -> None:
    found = [one for one in _settled(understand, body, *rows) if (one.anchor or "").endswith(anchor)]
    assert " ".join(str(one.due) for one in found) == due


MINUTES = (
    "会议纪要\n2021年6月11日，甲方（青峰镇产业园办公室）与乙方（青峰玻璃制品有限公司）召开协调会，形成纪要：\n{body}\n"
    "以上时间均指2021年。\n{printed}\n"
)


@pytest.mark.parametrize(
    ("body", "printed", "due"),
    [
        ("镇所五个工作日内完成复核测量，时限自本纪要印发之次日计。", "本纪要于2021年6月16日印发。", "2021-06-23"),
        ("用电由甲方自本纪要印发之日起10日内接入，本纪要6月16日印发。", "", "2021-06-26"),
        ("用电由甲方自会议召开之日起10日内接入。", "本纪要于2021年6月16日印发。", "2021-06-21"),
        ("设施由乙方建设，最晚10月31日安装调试完成。", "", "2021-10-31"),
    ],
)
def test_minutes_count_from_the_day_they_were_printed(
    body: str, printed: str, due: str, understand: Understand
) -> None:
    duties = understand(MINUTES.format(body=body, printed=printed), whole=True).obligations
    assert due in [str(duty.due) for duty in duties]


PAID = (
    "一、甲方收到发票后20日内支付运维费60万元。\n"
    "二、乙方资助7个村，每村15万元，计105万元，2022年12月31日前到位。\n三、甲方2021年底前交付厂房。"
)


def test_an_invoice_is_no_payment(understand: Understand) -> None:
    rows = [("川禾开来运维费发票", "2022-07-21", "600000")]
    assert _settled(understand, PAID, *rows)[0].proof_matter is None
    paid = _settled(understand, PAID, *rows, ("付川禾运维费", "2022-08-01", "600000"))
    assert paid[0].proof_matter == "付川禾运维费"


def test_what_each_gets_is_not_what_is_owed_in_all(understand: Understand) -> None:
    rows = [("川禾转来村资助款，前四村", "2022-10-15", "600000"), ("川禾转来村资助款，后三村", "2022-12-20", "450000")]
    done = next(one for one in _settled(understand, PAID, *rows) if one.due == date(2022, 12, 31))
    half = next(one for one in _settled(understand, PAID, rows[0]) if one.due == date(2022, 12, 31))
    assert (done.status, half.status) == ("done_on_time", "overdue")


@pytest.mark.parametrize(("words", "recurs"), [("每学年开学前", True), ("学校开学前", False)])
def test_what_comes_every_year_is_no_event(words: str, recurs: bool, understand: Understand) -> None:
    duty = understand(f"甲方应于{words}划拨经费。").obligations[0]
    assert (duty.recurrence is not None) == recurs


def test_a_row_long_before_the_event_proves_nothing_that_counts_from_it(understand: Understand) -> None:
    body = "一、乙方2021年10月31日前开诊。\n二、人行天桥由甲方在开诊后90日内启用。\n三、甲方2021年6月30日前迁走阀井。"
    rows = [("门诊开诊", "2022-11-20"), ("阀井改到路外", "2021-06-13")]
    duty = next(one for one in _settled(understand, body, *rows) if one.anchor)
    assert (str(duty.due), duty.status) == ("2023-02-18", "overdue")


@pytest.mark.parametrize(("matter", "status"), [("景区票务系统升级", "overdue"), ("索道支架装到位", "done_on_time")])
def test_what_has_no_word_of_the_duty_and_tells_no_act_proves_nothing(
    matter: str, status: str, understand: Understand
) -> None:
    body = "一、甲方2021年6月30日前移交用地。\n二、乙方2021年10月31日前完成索道支架安装。\n三、甲方2022年底前铺完步道1100米。"
    rows = [("用地移交", "2021-06-20"), (matter, "2021-10-20")]
    duty = next(one for one in _settled(understand, body, *rows) if one.due == date(2021, 10, 31))
    assert duty.status == status


@pytest.mark.parametrize(("matter", "due"), [("付首期收购款（部分）", None), ("付首期收购款", "2022-02-18")])
def test_a_part_of_a_payment_is_not_that_it_came(matter: str, due: str | None, understand: Understand) -> None:
    body = (
        "一、乙方首期收购款3000万元应在2021年12月31日前支付。\n二、乙方首期收购款到账后60日内，甲方办理产权过户。\n"
        "三、乙方2022年底前用工80人。"
    )
    amount = "18000000" if due is None else "30000000"
    duty = next(one for one in _settled(understand, body, (matter, "2021-12-20", amount)) if one.anchor)
    assert duty.due == (None if due is None else date.fromisoformat(due))
