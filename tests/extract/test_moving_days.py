"""Days that move, terms that the paper defines, a supplement behind the agreement in the same file, targets told together."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.model import Context, Evidence, Understanding
from tests.extract.conftest import Understand

AS_OF = date(2025, 3, 1)


def _settled(paper: Understanding, rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    evidence = tuple(
        Evidence(contract="协议", matter=matter, done_on=date.fromisoformat(day), proof="") for matter, day in rows
    )
    duties = settle(paper, Context(as_of=AS_OF, evidence=evidence)).obligations
    return [(str(duty.due), duty.status) for duty in duties if duty.due]


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        (
            "甲方应于2024年3月31日前接通施工给水。\n乙方应于2024年6月30日前开工。\n施工给水每迟延一日，开工期限顺延一日。",
            [("施工给水接通", "2024-04-10"), ("厂房开工", "2024-07-08")],
            [("2024-03-31", "done_late"), ("2024-07-10", "done_on_time")],
        ),
        (
            "甲方应于2024年6月30日前将职工宿舍60套移交乙方。",
            [("双方签认宿舍移交顺延至2024年9月30日", "2024-06-20"), ("宿舍60套移交", "2024-09-25")],
            [("2024-09-30", "done_on_time")],
        ),
        (
            "甲方应于2024年6月30日前将职工宿舍60套移交乙方。",
            [("乙方来函希望宿舍推迟到2024年9月30日", "2024-06-20")],
            [("2024-06-30", "overdue")],
        ),
        (
            "乙方应于2024年6月30日前开工，开工之日起6个月内投产。\n本协议所称“开工”，指取得施工许可证并浇筑首个独立基础；"
            "所称“投产”，指首批合格样品检验入库。",
            [("厂房首个独立基础浇筑", "2024-06-20"), ("首批样品检验合格入库", "2024-12-30")],
            [("2024-06-30", "done_on_time"), ("2024-12-20", "done_late")],
        ),
        (
            "乙方累计固定资产投资，2023年、2024年、2025年年底分别达到3000万元、1.1亿元、1.9亿元。",
            [("累计固投3150万元", "2023-12-20"), ("累计固投9640万元", "2024-12-30")],
            [("2023-12-31", "done_on_time"), ("2024-12-31", "overdue"), ("2025-12-31", "running")],
        ),
        (
            "乙方应当在2024年3月31日前完成职工食堂装修。",
            [("甲方同意食堂装修延期一个月", "2024-03-25"), ("食堂装修完工", "2024-04-20")],
            [("2024-04-30", "done_on_time")],
        ),
        (
            "在2023年12月31日、2024年12月31日及2025年12月31日之前，乙方累计固定资产投资应分别不少于3,000万元、9,000万元和15,000万元。",
            [("累计固投3260万元", "2023-12-20")],
            [("2023-12-31", "done_on_time"), ("2024-12-31", "overdue"), ("2025-12-31", "running")],
        ),
        (
            "乙方应于2024年12月31日前完成公司增资至3000万元。",
            [("注册资本变更登记3000万元", "2024-12-19")],
            [("2024-12-31", "done_on_time")],
        ),
        (
            "甲方应于移交日前第十五（15）日完成厂房的消防验收。\n“移交日”指甲方将厂房移交乙方之日。",
            [("厂房移交", "2024-09-13"), ("厂房消防验收合格", "2024-09-01")],
            [("2024-08-29", "done_late")],
        ),
        (
            "甲方应于2024年3月31日前完成双路供电。\n乙方2023年用工不少于50人，2024年不少于90人。",
            [("10千伏第一路送电", "2024-03-20"), ("年末在册用工57人", "2023-12-28")],
            [("2024-03-31", "overdue"), ("2023-12-31", "done_on_time"), ("2024-12-31", "overdue")],
        ),
        (
            "1号、2号、3号厂房分别于2024年3月31日、6月30日、9月30日前由甲方交付。",
            [("1号厂房交付", "2024-03-20"), ("2号厂房移交乙方", "2024-07-09")],
            [("2024-03-31", "done_on_time"), ("2024-06-30", "done_late"), ("2024-09-30", "overdue")],
        ),
        (
            "乙方应于2024年3月31日前办结公司注册、项目备案、环评报批。",
            [("公司注册", "2024-01-20"), ("项目备案", "2024-02-10"), ("环评批复", "2024-04-02")],
            [("2024-03-31", "done_late")],
        ),
        (
            "甲方应于2024年1月31日前接通临时用电，2024年9月30日前接通正式用电。",
            [("临时用电接通", "2024-01-28"), ("永久用电送电", "2024-10-10")],
            [("2024-01-31", "done_on_time"), ("2024-09-30", "done_late")],
        ),
        (
            "乙方应于2024年1月31日前报送环评报告书，县生态环境部门受理后60日内作出审批决定。",
            [("环评报告书受理", "2024-01-26"), ("环评批复", "2024-03-20")],
            [("2024-01-31", "done_on_time"), ("2024-03-26", "done_on_time")],
        ),
        (
            "甲方应于2024年1月31日前建成园区二路。\n乙方应于2024年9月30日前竣工。",
            [("厂房竣工验收合格", "2024-09-20")],
            [("2024-01-31", "overdue"), ("2024-09-30", "done_on_time")],
        ),
        (
            "甲方应于2024年3月31日前把燃气管通至厂区。",
            [("燃气管敷设至厂西500米", "2024-03-20")],
            [("2024-03-31", "overdue")],
        ),
    ],
)
def test_days_and_statuses(
    text: str, rows: list[tuple[str, str]], expected: list[tuple[str, str]], understand: Understand
) -> None:
    assert _settled(understand(text), rows) == expected


def test_a_supplement_behind_the_agreement_has_its_own_day_and_moves_the_day_it_refers_to(
    understand: Understand,
) -> None:
    signing = "甲方（盖章）：云岭县人民政府\n乙方（盖章）：恒远制造有限公司\n"
    paper = understand(
        "云岭县轴承项目投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n"
        "第一条 甲方应于2024年3月31日前完成下列事项：\n（1）平整场地；\n（2）接入施工电源。\n"
        f"第二条 乙方应于2024年12月31日前投产。\n{signing}2023年3月15日\n"
        "《云岭县轴承项目投资协议》补充协议\n签约日期：2024年2月1日\n"
        "一、原协议第一条第（2）项的完成期限调整为2024年6月30日。\n"
        f"二、乙方应自本补充协议签订之日起10日内报送方案。\n{signing}2024年2月1日\n",
        whole=True,
    )
    signed = paper.fact("signed_on")
    assert signed is not None and str(signed.value) == "2023-03-15"
    duties = settle(paper, Context(as_of=AS_OF)).obligations
    days = {paper.document.text[duty.start : duty.end]: (str(duty.due), duty.status) for duty in duties if duty.due}
    assert days["接入施工电源"] == ("2024-06-30", "changed")
    assert days["乙方应自本补充协议签订之日起10日内报送方案"] == ("2024-02-11", "overdue")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2023年3月15日，双方在商会会议室达成以下备忘：", "2023-03-15"),
        ("本计划书自2023年9月8日起执行。", "2023-09-08"),
        ("今天两家坐下来，二〇二三年正月初十写成以下约定：", "2023-01-31"),
    ],
)
def test_the_day_of_signing_in_a_sentence(line: str, day: str, understand: Understand) -> None:
    paper = understand(
        f"合作备忘\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n{line}\nB1 12月底前在县里注册公司。\n", whole=True
    )
    signed = paper.fact("signed_on")
    assert signed is not None and str(signed.value) == day
    assert [str(duty.due) for duty in paper.obligations if duty.due] == ["2023-12-31"]


@pytest.mark.parametrize(
    ("text", "anchor", "offset"),
    [
        ("乙方应自开工之日起10个月内，另加冬季停工4个月封顶。", "开工", "P14M"),
        ("土地交付满半年乙方应当封顶。", "土地交付", "P6M"),
        ("乙方应于试生产前取得排污许可证，并自试生产之日起三个月内完成验收。", "试生产", None),
        ("乙方应于投产次月起算的第六个月月末前招工达到200人。", "投产", None),
    ],
)
def test_anchors(text: str, anchor: str, offset: str | None, understand: Understand) -> None:
    duty = understand(text).obligations[0]
    assert (duty.anchor, duty.offset) == (anchor, offset)


def test_days_move_without_any_evidence_too(understand: Understand) -> None:
    text = (
        "甲方应于2024年3月31日前接通施工给水。\n乙方应于2025年6月30日前开工。\n施工给水每迟延一日，开工期限顺延一日。"
    )
    assert _settled(understand(text), []) == [("2024-03-31", "overdue"), ("2026-05-31", "running")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("原协议第一条的交付日期变更为2024年9月30日。", [("2024-09-30", "changed"), ("2024-06-30", "overdue")]),
        ("原协议第二条的投产日期延长至2024年12月31日。", [("2024-03-31", "overdue"), ("2024-12-31", "changed")]),
        (
            "原协议第二条变更为：“乙方应于2024年12月31日前投产，年产5万台。”",
            [("2024-03-31", "overdue"), ("2024-12-31", "changed")],
        ),
    ],
)
def test_a_supplement_moves_the_day_of_the_clause_it_names(
    change: str, expected: list[tuple[str, str]], understand: Understand
) -> None:
    text = (
        "投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n一、甲方应于2024年3月31日前交付厂房。\n"
        "二、乙方应于2024年6月30日前投产。\n甲方（盖章）：云岭县人民政府\n乙方（盖章）：恒远制造有限公司\n2023年5月12日\n"
        "补充协议\n双方于2023年5月12日签订《投资协议》（以下称原协议），现作以下变更：\n"
        f"一、{change}\n甲方（盖章）：云岭县人民政府\n乙方（盖章）：恒远制造有限公司\n2024年2月19日\n"
    )
    assert _settled(understand(text, whole=True), [])[:2] == expected


def test_a_supplement_names_a_row_of_the_table_by_its_number(understand: Understand) -> None:
    """The row and the words that move it are one debt, paid in two parts by the new day."""
    text = """云岭县泵站清偿协议书
甲方：云岭县人民政府
乙方：恒远制造有限公司
第一条 甲方分期清偿乙方代建的雨水泵站工程款：
| 期次 | 款项 | 金额（万元） | 付款时间 |
| 1 | 雨水泵站工程款首期 | 620 | 2024年1月25日前 |
| 2 | 雨水泵站工程款二期 | 760 | 2024年6月30日前 |
第二条 本协议自双方签字盖章之日起生效。
甲方（盖章）：云岭县人民政府
乙方（盖章）：恒远制造有限公司
2023年11月30日
补充协议（一）
一、清偿表第2期的付款时间由2024年6月30日前改为2024年9月30日前，其余各期不动。
甲方（盖章）：云岭县人民政府
乙方（盖章）：恒远制造有限公司
2024年6月20日
"""
    rows = [
        ("雨水泵站工程款首期620万元", "2024-01-19"),
        ("雨水泵站工程款二期第一笔400万元", "2024-08-30"),
        ("雨水泵站工程款二期第二笔360万元", "2024-09-28"),
    ]
    assert _settled(understand(text, whole=True), rows) == [
        ("2024-01-25", "done_on_time"),
        ("2024-09-30", "done_on_time"),
        ("2024-09-30", "done_on_time"),
    ]
