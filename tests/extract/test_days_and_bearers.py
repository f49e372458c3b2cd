"""Days that need what stands around them, and who owes what lists and headings say."""

from datetime import date

import pytest

from tests.extract.conftest import Understand


def dues(text: str, understand: Understand, **how: object) -> list[date | None]:
    return [duty.due for duty in understand(text, **how).obligations if duty.due is not None]


@pytest.mark.parametrize(
    "defined",
    [
        "1号楼移交之日即起租日，乙方自起租日起15日内交付首季租金。",
        "2号库交接单签署之日即为计租日。\n乙方自计租日起15日内交付首季租金。",
        "厂房交付之日为起租日。\n乙方自起租日起15日内交付首季租金。",
        "厂房移交之日就是起租日。\n乙方应自起租日起15日内交付首季租金。",
        "三方签署房屋移交单之日即是计租日。\n自计租日起15日内，乙方交付首季租金。",
    ],
)
def test_a_day_that_is_said_to_be_another_is_that_event(defined: str, understand: Understand) -> None:
    from contract_audit.extract.duties.defined import event_of_day

    paper = understand(defined)
    duty = next(duty for duty in paper.obligations if duty.offset == "P15D")
    event = event_of_day(paper.document.text, paper.document.text[duty.due_start : duty.due_end])
    assert event is not None
    assert any(word in event for word in ("移交", "交接", "交付"))


@pytest.mark.parametrize(
    "words",
    [
        "从写这份承诺那天起两个月内，镇里把水接到厂门口。",
        "自写下本承诺书之日起两个月内，镇里把水接到厂门口。",
        "自立本字据之日起两个月内，镇里把水接到厂门口。",
        "自签下这份协议之日起两个月内，甲方把水接到厂门口。",
        "从签好字那天起两个月内，甲方把水接到厂门口。",
    ],
)
def test_who_writes_a_paper_signs_it(words: str, understand: Understand) -> None:
    assert dues(words, understand, day="2017年3月9日") == [date(2017, 5, 9)]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("乙方9月30日前缴清欠租（租金系2019年评估确定）；10月20日前报送评价报告。", date(2025, 10, 20)),
        ("乙方9月30日前交齐2021年度的报表，12月31日前设备投资达到1500万元。", date(2025, 12, 31)),
        ("该厂房2020年建成，乙方应于11月15日前完成装修。", date(2025, 11, 15)),
        ("原补贴2018年停止执行，甲方在3月20日前书面答复乙方。", date(2026, 3, 20)),
        ("经2022年3月核算的欠款，甲方在10月31日前付清。", date(2025, 10, 31)),
    ],
)
def test_a_day_without_a_year_is_of_the_year_of_the_paper(words: str, due: date, understand: Understand) -> None:
    assert due in dues(words, understand, day="2025年8月20日")


@pytest.mark.parametrize(
    "words",
    [
        "乙方、丙方在10月31日前对账完毕并签署对账单，确认的金额自签署之日起30日内付清。",
        "乙方、丙方10月底前签署结算书，余款自签字之日起30日内付清。",
        "甲方10月31日前与乙方签订交接单，尾款自签订之日起30日内付清。",
        "双方10月31日前办妥核对清册，甲方自签章之日起30日内付清。",
    ],
)
def test_signing_another_paper_is_not_the_signing_of_this_one(words: str, understand: Understand) -> None:
    duty = next(duty for duty in understand(words, day="2025年8月20日").obligations if duty.offset == "P30D")
    assert duty.due is None


@pytest.mark.parametrize(
    "words", ["自签署之日起30日内，甲方付清。", "本协议一式四份，自签字之日起30日内，甲方付清欠款。"]
)
def test_a_bare_signing_is_of_this_paper(words: str, understand: Understand) -> None:
    assert dues(words, understand, day="2025年8月20日") == [date(2025, 9, 19)]


@pytest.mark.parametrize(
    "words",
    [
        "原协议约定丙方于2024年9月30日前建成的消防水池，日期不作调整，丙方承担迟延责任。",
        "甲方于2024年9月30日前交付的二号厂房，原定期限不变，甲方照常履行。",
        "乙方应于2024年9月30日前建成的污水站，该期限维持不变，不因本协议顺延。",
        "原协议约定甲方2024年9月30日前投用的变电站，时限仍按原约定，由甲方负责。",
    ],
)
def test_a_day_that_stays_as_it_was_is_due(words: str, understand: Understand) -> None:
    assert dues(words, understand, day="2024年11月8日") == [date(2024, 9, 30)]


@pytest.mark.parametrize(
    "words",
    [
        "因总包单位退场，原协议约定的2号厂房2023年12月31日前交付、专用间隔2024年3月31日前投用均未能实现。",
        "原合同约定的2023年6月30日前通车、9月30日前供水，至今未完成。",
        "原协议规定的乙方2023年底前投产一直未能兑现。",
    ],
)
def test_what_was_agreed_and_did_not_come_about_is_told(words: str, understand: Understand) -> None:
    assert dues(words, understand, day="2024年11月8日") == []


@pytest.mark.parametrize(
    ("heading", "row", "side"),
    [
        ("三、企业侧节点", "首批设备进场 | 2023年9月30日前", "investor"),
        ("三、园区侧节点", "食堂开餐 | 2023年9月30日前", "government"),
        ("三、投资方应办事项", "取得体系证书 | 2023年9月30日前", "investor"),
        ("三、企业一方的进度", "取得体系证书 | 2023年9月30日前", "investor"),
        ("三、县里这边的任务", "食堂开餐 | 2023年9月30日前", "government"),
        ("三、乙方履约节点", "取得体系证书 | 2023年9月30日前", "investor"),
    ],
)
def test_a_table_under_a_heading_is_owed_by_whom_it_names(
    heading: str, row: str, side: str, understand: Understand
) -> None:
    text = (
        "入园协议书\n甲方：云岭县经济开发区管理委员会\n乙方：恒远制造有限公司\n2023年3月15日签订。\n一、项目\n（一）生产轴承。\n"
        f"{heading}\n| 节点 | 完成时限 |\n| {row} |\n四、其他\n（一）另议。\n2023年3月15日\n"
    )
    assert [duty.side for duty in understand(text, whole=True).obligations if duty.due is not None] == [side]


@pytest.mark.parametrize(
    ("heading", "item", "side"),
    [
        ("第十条（承租人投资进度）", "2022年12月31日前，自购设备累计投资3600万元", "investor"),
        ("第十条（出租人建设进度）", "2022年12月31日前，货运出入口建成通行", "government"),
        ("第十条 承租人的节点", "2022年12月31日前，参保员工达到180人", "investor"),
    ],
)
def test_a_heading_by_the_role_of_a_lease_names_the_bearer(
    heading: str, item: str, side: str, understand: Understand
) -> None:
    text = (
        "厂房租赁协议\n出租人：云岭县鼎础产业发展有限公司（国有独资公司，下称“鼎础公司”）\n承租人：凌远注塑有限公司（下称“凌远公司”）\n"
        f"双方于2021年4月16日签订。\n第九条（其他）另议。\n{heading}\n10.1 {item}。\n2021年4月16日\n"
    )
    assert [duty.side for duty in understand(text, whole=True).obligations if duty.due is not None] == [side]


@pytest.mark.parametrize(
    ("heading", "side"),
    [
        ("二、镇里做的事（要花的钱已经镇人代会通过，列在预算单子上）", "government"),
        ("二、厂里做的事（样样要办到）", "investor"),
        ("二、我们镇里该办的事（分四样）", "government"),
    ],
)
def test_the_remark_behind_a_heading_does_not_hide_who_owes(heading: str, side: str, understand: Understand) -> None:
    text = (
        "关于支持办厂的承诺书\n云岭恒丰薯业有限公司：\n欢迎办厂。\n一、厂子\n1、出粉丝3000吨。\n"
        f"{heading}\n1、机耕道800米，2017年5月底前弄好。\n云岭县云门镇人民政府\n2017年3月9日\n"
    )
    assert [duty.side for duty in understand(text, whole=True).obligations if duty.due is not None] == [side]


def test_a_target_beside_a_prohibition_is_a_duty(understand: Understand) -> None:
    text = "乙方2018年6月底前厂里做工的不少于80人，保险按国家规定上齐，不能少一个。"
    assert dues(text, understand, day="2017年3月9日") == [date(2018, 6, 30)]


def test_what_stands_below_a_table_is_no_item_of_its_last_row(understand: Understand) -> None:
    text = (
        "甲方负责下列配套：\n| 序号 | 项目 | 内容 | 完成时限 |\n| 1 | 给水 | DN300管道接到红线 | 2024年6月30日前 |\n"
        "| 2 | 集散中心 | 3200平方米，配车位400个 | 2024年12月31日前 |\n前条所列工程依法招标，资金列入2023年至2024年政府投资计划。"
    )
    assert dues(text, understand) == [date(2024, 6, 30), date(2024, 12, 31)]


@pytest.mark.parametrize(
    "words",
    ["本约定签字后生效，管到2028年12月31日", "本协议有效至2028年12月31日", "本约定自签字起一直管至2028年12月31日"],
)
def test_how_long_a_paper_holds_is_no_duty(words: str, understand: Understand) -> None:
    assert dues(f"{words}，一式四份。", understand) == []


@pytest.mark.parametrize(
    ("head", "who", "task", "side"),
    [
        ("责任单位", "开发区", "室外消火栓补装12个", "government"),
        ("责任单位", "县发展改革委", "协调供电公司完成增容", "government"),
        ("责任方", "恒远制造有限公司", "向镇政府报送安全评价报告", "investor"),
        ("承办单位", "县城建投资有限公司", "东门路面摊铺", "government"),
        ("牵头部门", "县住建局", "督促恒远公司拆除围挡", "government"),
        ("完成主体", "企业方", "配合住建局完成管线迁改", "investor"),
    ],
)
def test_the_column_of_who_is_responsible_names_the_bearer(
    head: str, who: str, task: str, side: str, understand: Understand
) -> None:
    text = f"其余事项按下表办理：\n| 序号 | 事项 | {head} | 时限 |\n| 1 | {task} | {who} | 2023年12月31日前 |"
    assert [duty.side for duty in understand(text).obligations if duty.due is not None] == [side]


@pytest.mark.parametrize(
    "words",
    [
        "验收通过之日起30日内，付清全部价款，以转账方式支付。",
        "成果验收合格后20日内一次性支付服务费。",
        "竣工结算审核完成之日起28日内结清尾款。",
    ],
)
def test_who_has_accepted_pays_the_price(words: str, understand: Understand) -> None:
    text = f"甲方以竞争性磋商采购指数编制服务，乙方成交。\n（一）乙方提交成果。\n（二）{words}"
    duty = next(duty for duty in understand(text).obligations if duty.offset)
    assert duty.side == "government"


@pytest.mark.parametrize(
    ("contractor", "words", "side"),
    [
        ("经公开招标承建", "县城投、宏基公司在10月31日前对账完毕", "government"),
        ("承揽", "县城投、宏基公司于10月31日前签署结算书", "government"),
        ("负责施工", "县城投和宏基公司在10月31日前核对工程量", "government"),
        ("是项目投资方", "县城投、宏基公司在10月31日前对账完毕", "both"),
    ],
)
def test_what_a_party_owes_with_its_builder_is_owed_by_the_party(
    contractor: str, words: str, side: str, understand: Understand
) -> None:
    text = (
        "云岭县人民政府专题会议纪要\n关于解决恒远电子材料公司基板项目遗留问题的专题会议纪要\n"
        "8月15日，县长主持会议，研究恒远电子材料（云岭）有限公司（以下称恒远公司）基板项目的问题。会议议定：\n"
        f"一、管网由云岭县城建投资集团有限公司（以下称县城投）发包，宏基市政工程有限公司（以下称宏基公司）{contractor}。\n"
        f"二、{words}。\n云岭县人民政府办公室 2025年8月20日印发\n"
    )
    assert [duty.side for duty in understand(text, whole=True).obligations if duty.due is not None] == [side]
