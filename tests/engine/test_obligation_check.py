from datetime import date

import msgspec
import pytest

from contract_audit.model import Evidence
from tests.engine.conftest import Judge, make_rule

CONFLICT = "{kind: obligation, test: conflicting, side: [government, investor]}"
BEFORE = "{kind: obligation, test: before_signing, side: [government, investor]}"
UNDATED = "{kind: obligation, test: missing_deadline, words: [供水, 道路, 厂房], acts: [接至, 修建, 交付]}"
SHORT = (
    "{kind: obligation, test: infeasible, days: 60, words: [厂房], acts: [交付], given: [{label: 在建, any: [新建]}]}"
)
NO_STANDARD = "{kind: obligation, test: missing_standard, kinds: [plant], words: [验收, 附件], acts: [交付]}"


def quotes(result: object) -> list[str]:
    return [finding.quote for finding in result.findings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("乙方应于2027年6月30日前开工建设。\n乙方应于2027年3月31日前竣工投产。", True),
        ("乙方应于2027年10月底前投料试产，车间主体于2028年1月底前封顶。", True),
        ("甲方应于2026年9月30日前架通10千伏药谷线路。\n甲方应于2026年12月31日前完成10千伏药谷线路送电。", True),
        ("乙方应于2027年10月31日前取得施工许可证，于2027年8月31日前开工。", True),
        ("项目应于2027年6月30日前达产。\n达产时间由双方按2027年12月31日掌握。", True),
        ("甲方应于2026年9月30日前移交大厦18至22层。\n乙方应于2026年8月31日前完成前述楼层的装修并迁入办公。", True),
        ("甲方应于2026年6月30日前移交大厦18至22层。\n乙方应于2026年8月31日前完成前述楼层的装修并迁入办公。", False),
        ("甲方应于2026年10月31日前将二号厂房移交乙方。\n二号厂房的消防验收由甲方组织，时间为2026年12月20日前。", True),
        ("2026年8月31日前，小学部、初中部建成并开学。\n2027年8月31日前，高中部建成并开学。", False),
        ("1号厂房主体已封顶，甲方应于2026年5月20日前交付乙方。\n2号厂房在建，甲方应于2026年8月31日前交付乙方。", False),
        ("乙方应于2026年12月31日前完成固定资产投资1.2亿元。\n乙方应于2028年6月30日前完成全部固定资产投资。", False),
        ("乙方应于2027年8月31日前取得施工许可证，于2027年10月31日前开工。", False),
        ("乙方应于2026年8月31日前开工，于2027年12月31日前办妥不动产权登记。", False),
        ("乙方应于2027年10月31日前取得二期施工许可证，于2027年8月31日前一期开工。", False),  # two phases
        ("乙方应于2027年3月31日前开工，2028年6月30日前竣工投产。", False),
        ("一期于2027年6月30日前投产。\n二期于2028年6月30日前开工。", False),  # two phases
        ("甲方应于2026年9月30日前交付1号厂房，2026年12月31日前交付2号厂房。", False),  # two buildings
        ("乙方应于2027年3月31日前投产。\n甲方应于2027年6月30日前开工建设道路。", False),  # two bearers
    ],
)
def test_dates_that_cannot_both_hold(judge: Judge, text: str, found: bool) -> None:
    assert bool(quotes(judge(text, make_rule(CONFLICT)))) is found


def test_more_duties_than_are_all_held_against_each_other_are_told(judge: Judge) -> None:
    days = [f"乙方应于20{30 + number // 12}年{number % 12 + 1}月5日前提交第{number}份报表。" for number in range(330)]
    result = judge("\n".join(days), make_rule(CONFLICT))
    assert [item.missing.split("，")[0] for item in result.undecided] == ["义务过多"]
    assert not judge("\n".join(days[:100]), make_rule(CONFLICT)).undecided


@pytest.mark.parametrize("again", ["11号厂房", "十一号厂房"])
def test_of_many_buildings_told_alike_the_one_told_twice_is_found(judge: Judge, again: str) -> None:
    rows = [f"乙方应于2027年{number % 12 + 1}月5日前完成{number}号厂房的竣工验收。" for number in range(2, 62)]
    later = f"乙方应于2029年3月1日前完成{again}的竣工验收。"
    assert quotes(judge("\n".join(rows), make_rule(CONFLICT))) == []
    found = quotes(judge("\n".join([*rows, later]), make_rule(CONFLICT)))
    assert found == ["2027年12月5日前完成11号厂房的竣工验收"]


def test_the_other_date_is_related(judge: Judge) -> None:
    text = "乙方应于2027年6月30日前开工建设。\n乙方应于2027年3月31日前竣工投产。"
    finding = judge(text, make_rule(CONFLICT, message="{other}")).findings[0]
    assert finding.quote == "2027年3月31日前竣工投产"
    assert finding.message == "开工建设（2027年6月30日）"
    assert finding.related[0].quote == "2027年6月30日前开工建设"


@pytest.mark.parametrize(("mode", "found"), [("signed", False), ("draft", True)])
def test_a_draft_is_held_against_the_day_of_review(judge: Judge, mode: str, found: bool) -> None:
    text = "甲方应于2025年12月31日前交付净地。"
    result = judge(text, make_rule(BEFORE), mode=mode, as_of=date(2026, 5, 1))
    assert bool(quotes(result)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲方负责将供水管接至厂区。", True),
        ("甲方负责将供水管接至厂区。\n甲方应于2027年6月底前修建道路。", True),
        ("甲方负责将供水管接至厂区。\n甲方应于2027年6月底前将供水管接至红线。", False),
        ("甲方应于2027年6月底前将供水管接至厂区。", False),
        ("乙方负责将供水管接至车间。", False),
    ],
)
def test_a_duty_without_time_counts_unless_the_thing_has_one_elsewhere(judge: Judge, text: str, found: bool) -> None:
    assert bool(quotes(judge(text, make_rule(UNDATED)))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲方新建的厂房于2025年7月20日前交付乙方。", True),
        ("甲方应在本协议签订后三十日内交付新建厂房。", True),
        ("甲方的厂房于2025年7月20日前交付乙方。", False),  # nothing says that it is not built
        ("甲方新建的厂房于2026年7月20日前交付乙方。", False),
    ],
)
def test_days_from_signing_are_too_few_where_the_condition_holds(judge: Judge, text: str, found: bool) -> None:
    assert bool(quotes(judge(text, make_rule(SHORT)))) is found


@pytest.mark.parametrize(
    ("text", "found"), [("甲方应于2027年6月底前交付厂房。", True), ("厂房验收后由甲方交付。", False)]
)
def test_a_standard_anywhere_is_enough(judge: Judge, text: str, found: bool) -> None:
    assert bool(quotes(judge(text, make_rule(NO_STANDARD)))) is found


def test_a_delay_that_an_unplaced_row_may_disprove_is_left_to_a_person(judge: Judge) -> None:
    text = "甲方应于2025年12月31日前将厂区东侧污水管接通。\n甲方应于2025年12月31日前将厂区西侧污水管接通。"
    row = Evidence(contract="x", matter="厂区侧污水管接通", done_on=date(2025, 12, 28), proof="", row=7)
    rule = make_rule("{kind: obligation, test: overdue, side: [government]}", message="{limit}")
    findings = judge(text, rule, evidence=(row,)).findings
    assert {finding.verdict for finding in findings} == {"review"}
    assert "第7行“厂区侧污水管接通”（2025-12-28）" in findings[0].message
    assert {finding.verdict for finding in judge(text, rule).findings} == {"fail"}
    late = msgspec.structs.replace(row, done_on=date(2026, 2, 28))
    findings = judge(text, rule, evidence=(late,)).findings
    assert {finding.verdict for finding in findings} == {"fail"}
    assert "第7行“厂区侧污水管接通”（2026-02-28）可能是其履行凭证；即使是，也已逾期" in findings[0].message


VAGUE = "{kind: obligation, test: vague, kinds: [plant, land, infrastructure]}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("从省道岔口到厂门的村道，甲方等开春以后抽时间拓宽硬化。", ["等开春以后抽时间拓宽硬化"]),
        ("甲方在2027年入冬前后移交2号厂房。", ["2027年入冬前后移交2号厂房"]),
        ("甲方于2027年6月30日前移交2号厂房。", []),
        ("甲方在土地成交后30日内移交净地。", []),
        ("甲方于每年汛期前移交厂区排水沟的维护记录，每月25日前清理场地。", []),
        ("乙方等开春以后拓宽厂内道路。", []),
    ],
)
def test_times_that_name_no_day(judge: Judge, text: str, found: list[str]) -> None:
    assert quotes(judge(text, make_rule(VAGUE))) == found


def test_a_day_that_closes_its_phrase_is_quoted_with_it(judge: Judge) -> None:
    overdue = make_rule("{kind: obligation, test: overdue, side: [government]}")
    text = "经乙方同意，2号厂房移交的时间调整为2026年1月31日前，移交标准不变。"
    assert quotes(judge(text, overdue)) == ["2号厂房移交的时间调整为2026年1月31日前"]


@pytest.mark.parametrize("words", ["项目用地,面积约60亩;乙方配合", "项目用地；面积约60亩", "项目用地"])
def test_a_quote_ends_at_half_width_marks_too(judge: Judge, words: str) -> None:
    overdue = make_rule("{kind: obligation, test: overdue, side: [government]}")
    assert quotes(judge(f"甲方应于2026年1月31日前交付{words}。", overdue)) == ["2026年1月31日前交付项目用地"]


FROM_ANY = "{kind: obligation, test: infeasible, days: 60, any_event: true, words: [公寓, 厂房], acts: [交付, 移交]}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # from the start of building that the sentence tells, not from the signing
        ("公寓于2025年10月1日破土动工，甲方于11月15日前交付使用。", True),
        ("公寓于2025年10月1日破土动工，甲方于2026年11月15日前交付使用。", False),
        ("公寓于2025年10月1日交接图纸，甲方于11月15日前交付使用。", False),
        # the line above a table says what its rows are about
        (
            "厂房工期安排\n| 阶段 | 责任方 | 时限 |\n| 设计 | 甲方 | 签约后第5日 |\n| 移交项目公司 | 甲方 | 签约后第45日 |",
            True,
        ),
        (
            "设备安排\n| 阶段 | 责任方 | 时限 |\n| 设计 | 甲方 | 签约后第5日 |\n| 移交项目公司 | 甲方 | 签约后第45日 |",
            False,
        ),
    ],
)
def test_days_from_the_start_and_rows_under_their_line(judge: Judge, text: str, found: bool) -> None:
    assert bool(quotes(judge(text, make_rule(FROM_ANY)))) is found


def test_a_finding_says_what_its_day_was_counted_from_and_what_shows_it(judge: Judge) -> None:
    rule = make_rule("{kind: obligation, test: overdue, side: [government]}", message="{limit}")
    handed = Evidence(contract="x", matter="厂房移交", done_on=date(2025, 8, 11), proof="移交单", row=5)
    text = "甲方应自厂房交付之日起四个月内接通供水。"
    (counted,) = judge(text, rule, evidence=(handed,)).findings
    assert counted.facts["start"] == "2025-08-11 厂房移交（履约情况表第5行）＋4个月＝2025-12-11"
    assert counted.confidence_reason == "按履约情况表认定"
    (written,) = judge("甲方应于2025年12月31日前接通供水。", rule).findings
    assert "start" not in written.facts and "未提供履约情况表" in written.confidence_reason


def test_a_missing_parameter_is_named_with_the_papers_own_value_and_whom_to_ask(judge: Judge) -> None:
    check = (
        "{kind: compare, ratio: {numerator: fixed_investment_yuan, denominator: land_mu}, op: lt, "
        'limit: {local: 投资强度_万元每亩, scale: "10000"}}'
    )
    (item,) = judge("项目固定资产投资3亿元，项目用地100亩。", make_rule(check)).undecided
    assert "本协议：固定资产投资3亿元÷用地面积100亩＝300万元/亩" in item.missing
    assert "财政" in item.action and "“投资强度_万元每亩”" in item.action and "--local" in item.action
