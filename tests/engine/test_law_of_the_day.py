from datetime import date
from typing import Literal

import pytest

from contract_audit import audit
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings
from tests.engine.conftest import Judge, make_pack, make_rule

CHECK = "{kind: provision, groups: [{any: [县级留成]}]}"
TEXT = "甲方奖励县级留成。"


def laws(result: object) -> list[tuple[str, str | None]]:
    return [(basis.law, basis.article) for basis in result.findings[0].basis]


@pytest.mark.parametrize(
    ("day", "article"),
    [("2021年3月1日", "11"), ("2025年6月16日", "12")],
)
def test_the_signing_date_selects_the_version(judge: Judge, day: str, article: str) -> None:
    rule = make_rule(CHECK, basis=[{"law": "sme2020", "article": "11"}, {"law": "sme2025", "article": "12"}])
    result = judge(TEXT, rule, day=day)
    assert [found for _, found in laws(result)] == [article]
    assert result.findings[0].in_force


@pytest.mark.parametrize(("day", "in_force"), [("2016年12月31日", False), ("2017年1月1日", True)])
def test_what_bound_provinces_first_is_cited_from_the_day_it_binds_counties(
    judge: Judge, day: str, in_force: bool
) -> None:
    rule = make_rule(CHECK, basis=[{"law": "gf34_2016", "article": "第三部分（三）"}])
    finding = judge(TEXT, rule, day=day).findings[0]
    assert finding.in_force is in_force
    assert [basis.in_force_from for basis in finding.basis] == [date(2016, 6, 1)]


def test_later_law_is_a_hint_one_grade_lower(judge: Judge) -> None:
    rule = make_rule(CHECK, basis=[{"law": "fcr", "article": "10"}])
    finding = judge(TEXT, rule, day="2019年5月1日").findings[0]
    assert (finding.in_force, finding.severity) == (False, "medium")
    assert "不溯及既往" in finding.message


def test_law_of_neither_day_says_nothing(judge: Judge) -> None:
    rule = make_rule(CHECK, basis=[{"law": "guaranty", "article": "8"}])
    assert not judge(TEXT, rule, day="2022年5月1日").findings


@pytest.mark.parametrize(("day", "protected"), [("2015年5月9日", True), ("2015年5月10日", False)])
def test_promises_before_the_notice_of_2015_are_existing_commitments(judge: Judge, day: str, protected: bool) -> None:
    finding = judge(TEXT, make_rule(CHECK, existing_commitment=True), day=day).findings[0]
    assert ("存量承诺" in finding.message) is protected
    assert finding.severity == ("medium" if protected else "high")
    assert any("25号" in (basis.number or "") for basis in finding.basis) is protected


def test_articles_from_memory_are_marked_uncertain(judge: Judge) -> None:
    rule = make_rule(CHECK, basis=[{"law": "land39", "article": "11"}])
    assert [basis.certain for basis in judge(TEXT, rule).findings[0].basis] == [False]


def test_an_inferred_end_selects_and_is_not_printed(judge: Judge) -> None:
    rule = make_rule(CHECK, basis=[{"law": "fcr_detail2021", "article": "15"}, {"law": "fcr", "article": "10"}])
    cited = judge(TEXT, rule, day="2022年5月1日").findings[0].basis
    assert [(basis.article, basis.in_force_to, basis.certain) for basis in cited] == [("15", None, True)]
    assert [basis.article for basis in judge(TEXT, rule, day="2025年5月1日").findings[0].basis] == ["10"]


@pytest.mark.parametrize(("day", "articles"), [("2024年7月31日", ["15"]), ("2024年8月1日", ["10"])])
def test_what_is_cited_until_a_day_gives_way_to_a_more_direct_law(judge: Judge, day: str, articles: list[str]) -> None:
    bases = [
        {"law": "fcr_detail2021", "article": "15", "until": date(2024, 7, 31)},
        {"law": "fcr_detail2021", "article": "15", "until": date(2024, 7, 31), "where": ["留成"]},
        {"law": "fcr", "article": "10"},
    ]
    assert [found for _, found in laws(judge(TEXT, make_rule(CHECK, basis=bases), day=day))] == articles


BASES = [
    {"law": "quality", "article": "5"},
    {"law": "eia", "article": "25", "where": ["环评"]},
    {"law": "fire", "article": "13", "where": ["@消防"]},
]
LATER = "{kind: provision, groups: [{any: [补办]}]}"


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("甲方同意环评于投产后补办。", ["5", "25"]),
        ("甲方同意消防验收于投产后补办。", ["5", "13"]),
        ("甲方同意手续于投产后补办。", ["5"]),
    ],
)
def test_an_article_is_cited_for_its_own_matter(judge: Judge, text: str, articles: list[str]) -> None:
    result = judge(text, make_rule(LATER, basis=BASES), words={"消防": ("消防",)})
    assert [found for _, found in laws(result)] == articles


def test_all_are_cited_where_none_would_be_left(judge: Judge) -> None:
    result = judge("甲方同意手续于投产后补办。", make_rule(LATER, basis=BASES[1:]), words={"消防": ("消防",)})
    assert [found for _, found in laws(result)] == ["25", "13"]


def test_a_matter_whose_law_came_later_does_not_bring_in_another(judge: Judge) -> None:
    result = judge(
        "甲方同意消防验收于投产后补办。", make_rule(LATER, basis=BASES), day="2019年3月1日", words={"消防": ("消防",)}
    )
    assert [found for _, found in laws(result)] == ["5"]


def test_the_parties_decide_where_no_words_do(judge: Judge) -> None:
    bases = [
        {"law": "soa", "article": "47", "where": ["国有企业"], "parties": ["platform_company"]},
        {"law": "pubasset", "article": "36", "where": ["机关"], "parties": ["government"]},
    ]
    rule = make_rule("{kind: provision, groups: [{any: [不评估]}]}", basis=bases)
    assert [found for _, found in laws(judge("甲方同意厂房不评估。", rule))] == ["36"]
    assert [found for _, found in laws(judge("甲方同意国有企业的厂房不评估。", rule))] == ["47"]


MINUTES = """云岭县人民政府专题会议纪要
〔2022〕7号
2022年3月10日，副县长李明主持召开会议，研究恒远制造有限公司项目有关事宜，纪要如下：
一、{text}
二、各有关单位按职责抓好落实。
云岭县人民政府办公室
2022年3月12日
"""
PROMISED = "{kind: provision, groups: [{any: [县级留成]}]}"


def test_where_no_party_is_known_what_stands_in_is_cited() -> None:
    basis = [
        {"law": "obe", "article": "31", "parties": ["government"]},
        {"law": "eia", "article": "25", "where": ["环评"]},
    ]
    document = txt.read(MINUTES.format(text="县政府奖励企业县级留成。").encode(), "纪要.txt", Settings())
    pack = make_pack(make_rule(PROMISED, basis=basis))
    found = audit.judge(audit.understand(document), pack, Context(as_of=date(2026, 6, 30)))
    assert [article for _, article in laws(found)] == ["31"]


def test_a_line_is_printed_once(judge: Judge) -> None:
    basis = [
        {"law": "eia", "article": "25", "where": ["环评"]},
        {"law": "eia", "article": "25", "where": ["补办"]},
    ]
    assert [found for _, found in laws(judge("甲方同意环评于投产后补办。", make_rule(LATER, basis=basis)))] == ["25"]


@pytest.mark.parametrize(
    ("basis", "articles"),
    [
        ([{"law": "obe", "article": "31"}, {"law": "civil", "article": "577"}, {"law": "aa", "article": "19"}], ["31"]),
        ([{"law": "civil", "article": "577"}, {"law": "civil", "article": "7"}], ["7"]),
        ([{"law": "civil", "article": "577"}], ["19"]),  # 公文处理工作条例
        # What is owed by a contract concluded elsewhere: the article on contracts names minutes.
        ([{"law": "civil", "article": "577"}, {"law": "civil", "article": "509", "kinds": ["纪要"]}], ["509"]),
        # No words answer: the article on papers of one side, not those of other matters.
        ([{"law": "civil", "article": "577"}, {"law": "eia", "article": "25", "where": ["环评"]}], ["19"]),
    ],
)
def test_minutes_are_no_contract(basis: list[dict[str, str]], articles: list[str]) -> None:
    assert cited_in_minutes("县政府奖励企业县级留成。", basis, "delivery.vague_deadline") == articles


def test_how_papers_are_worded_is_cited_for_faults_of_wording_alone() -> None:
    basis: list[dict[str, object]] = [{"law": "civil", "article": "577"}]
    assert cited_in_minutes("县政府奖励企业县级留成。", basis, "payment.audit_condition") == ["577"]


@pytest.mark.parametrize(("who", "article"), [("县政府", "31"), ("县城投公司", "7"), ("县财政局会同县城投公司", "31")])
def test_a_company_named_in_minutes_is_bound_as_a_firm(who: str, article: str) -> None:
    """It is no party of the paper; its name says what it is, unless an organ acts with it."""
    bases = [{"law": "obe", "article": "31", "binds": "public"}, {"law": "civil", "article": "7", "binds": "firms"}]
    assert cited_in_minutes(f"{who}应当奖励企业县级留成。", bases) == [article]


def cited_in_minutes(
    text: str, basis: list[dict[str, object]], category: str = "review.blank_field"
) -> list[str | None]:
    document = txt.read(MINUTES.format(text=text).encode(), "纪要.txt", Settings())
    pack = make_pack(make_rule(PROMISED, basis=basis, category=category))
    found = audit.judge(audit.understand(document), pack, Context(as_of=date(2026, 6, 30)))
    return [article for _, article in laws(found)]


@pytest.mark.parametrize(("text", "articles"), [(TEXT, ["347"]), ("甲方奖励成交后的县级留成。", [None])])
def test_what_is_general_yields_to_what_is_nearer(judge: Judge, text: str, articles: list[str | None]) -> None:
    bases = [
        {"law": "civil", "article": "347", "unless": ["成交"]},
        {"law": "gbf100_2006", "where": ["成交"]},
    ]
    assert [found for _, found in laws(judge(text, make_rule(CHECK, basis=bases)))] == articles


def test_what_is_meant_for_letters_is_cited_in_letters(judge: Judge) -> None:
    bases = [{"law": "obe", "article": "31"}, {"law": "civil", "article": "7", "kinds": ["函"]}]
    assert [found for _, found in laws(judge(TEXT, make_rule(CHECK, basis=bases)))] == ["31"]


DUTY = "{kind: obligation, test: overdue, side: [investor]}"
PERFORMED = [
    {"law": "contract1999", "article": "60", "selected_by": "due"},
    {"law": "contract1999", "article": "107"},
    {"law": "civil", "article": "509", "selected_by": "due"},
]


@pytest.mark.parametrize(
    ("due", "articles"),
    [("2020年12月31日", ["60", "107"]), ("2021年1月1日", ["107", "509", "20"])],
)
def test_how_an_older_contract_is_performed_is_judged_by_the_law_of_that_day(
    judge: Judge, due: str, articles: list[str]
) -> None:
    """法释〔2020〕15号 20: the chapter on performance governs what is performed after the Civil Code came into force."""
    result = judge(f"乙方应于{due}前开工建设。", make_rule(DUTY, basis=PERFORMED), day="2019年3月1日")
    assert [found for _, found in laws(result)] == articles
    assert result.findings[0].in_force


@pytest.mark.parametrize(("mode", "articles"), [("signed", ["510"]), ("draft", ["470"])])
def test_a_draft_is_no_contract_in_force(mode: Literal["signed", "draft"], articles: list[str]) -> None:
    bases = [
        {"law": "civil", "article": "510", "mode": "signed"},
        {"law": "civil", "article": "470", "mode": "draft"},
    ]
    document = txt.read(
        f"投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n第一条 {TEXT}\n".encode(), "a.txt", Settings()
    )
    found = audit.judge(
        audit.understand(document),
        make_pack(make_rule(CHECK, basis=bases)),
        Context(as_of=date(2026, 6, 30), mode=mode),
    )
    assert [article for _, article in laws(found)] == articles


@pytest.mark.parametrize(
    ("text", "articles"),
    [("甲方奖励县级留成。", ["31"]), ("乙方分享县级留成。", ["7"]), ("乙方分享县级留成，甲方同意。", ["31", "7"])],
)
def test_what_binds_organs_is_not_cited_for_firms(judge: Judge, text: str, articles: list[str]) -> None:
    bases = [{"law": "obe", "article": "31", "binds": "public"}, {"law": "civil", "article": "7", "binds": "firms"}]
    rule = make_rule("{kind: provision, side: [government, investor], groups: [{any: [县级留成]}]}", basis=bases)
    assert [found for _, found in laws(judge(text, rule))] == articles


@pytest.mark.parametrize(
    ("who", "article"),
    [
        ("青溪县人民政府", "25"),
        ("青溪县青石镇人民政府", "42"),
        ("青溪县商务局", "42"),
        ("青溪经济开发区管理委员会", None),
    ],
)
def test_a_law_is_cited_for_the_bodies_that_it_is_addressed_to(who: str, article: str | None) -> None:
    """The regulation on decisions is addressed to counties; departments and townships follow it, committees are not named."""
    bases = [
        {"law": "major", "article": "25", "bodies": ["government"]},
        {"law": "major", "article": "42", "bodies": ["department", "township"]},
        {"law": "plenum2014", "bodies": ["committee"]},
    ]
    lines = f"投资协议\n甲方：{who}\n乙方：青禾食品有限公司\n签订日期：2023年6月16日\n一、甲方奖励县级留成。"
    understood = audit.understand(txt.read(lines.encode(), "试验.txt", Settings()))
    finding = audit.judge(
        understood, make_pack(make_rule(CHECK, basis=bases)), Context(as_of=date(2026, 6, 30))
    ).findings[0]
    assert [basis.article for basis in finding.basis] == [article]


def test_what_is_addressed_to_nobody_here_yields_where_nothing_binds(judge: Judge) -> None:
    """The firm bears it: what speaks of organs is all that is left, and of that only what is addressed to one of them."""
    bases = [
        {"law": "major", "article": "25", "bodies": ["department"], "binds": "public"},
        {"law": "fcr", "article": "18", "binds": "public"},
    ]
    rule = make_rule("{kind: provision, side: [investor], groups: [{any: [县级留成]}]}", basis=bases)
    assert [found for _, found in laws(judge("乙方分享县级留成。", rule))] == ["18"]


@pytest.mark.parametrize(
    ("who", "article"),
    [("甲方", "509"), ("岚溪县人民政府", "509"), ("县政府", "509"), ("县水利局", "523"), ("县自来水公司", "523")],
)
def test_what_a_third_person_is_to_perform_is_owed_by_the_debtor(who: str, article: str) -> None:
    """A bureau or a company that is no party binds itself by no contract of others; a party's short name is the party."""
    bases = [
        {"law": "civil", "article": "509", "owed_by": "sides"},
        {"law": "civil", "article": "523", "owed_by": "others"},
    ]
    check = "{kind: provision, side: [government], groups: [{any: [县级留成]}]}"
    lines = (
        f"投资协议\n甲方：岚溪县人民政府\n乙方：青禾食品有限公司\n签订日期：2023年6月16日\n一、{who}应当奖励县级留成。"
    )
    understood = audit.understand(txt.read(lines.encode(), "试验.txt", Settings()))
    pack = make_pack(make_rule(check, basis=bases))
    finding = audit.judge(understood, pack, Context(as_of=date(2026, 6, 30))).findings[0]
    assert [basis.article for basis in finding.basis] == [article]


def test_what_the_sentence_says_before_tells_of_the_matter(judge: Judge) -> None:
    """支持方式如需变动，… is quoted with what follows: the article on changes speaks of it."""
    bases = [
        {"law": "civil", "article": "544", "where": ["变动"]},
        {"law": "civil", "article": "469", "unless": ["变动"]},
    ]
    rule = make_rule(CHECK, basis=bases)
    assert [found for _, found in laws(judge("标准如需变动，甲方奖励县级留成。", rule))] == ["544"]
    assert [found for _, found in laws(judge("标准不得变动。甲方奖励县级留成。", rule))] == ["469"]


@pytest.mark.parametrize(("binds", "articles"), [("public", ["7"]), ("party", ["31"])])
def test_who_pleads_a_reason_need_not_bear_it(judge: Judge, binds: str, articles: list[str]) -> None:
    """The firm bears what the office pleads: the article on offices is about it where one is a party."""
    bases = [
        {"law": "obe", "article": "31", "where": ["县级留成"], "binds": binds},
        {"law": "civil", "article": "7", "parties": ["government"]},
    ]
    rule = make_rule("{kind: provision, side: [government, investor], groups: [{any: [县级留成]}]}", basis=bases)
    assert [found for _, found in laws(judge("乙方放弃县级留成。", rule))] == articles


def test_the_notice_that_protects_contracts_is_not_cited_for_minutes() -> None:
    text = MINUTES.format(text="县政府奖励企业县级留成。").replace("2022", "2014")
    pack = make_pack(make_rule(PROMISED, existing_commitment=True))
    understood = audit.understand(txt.read(text.encode(), "纪要.txt", Settings()))
    finding = audit.judge(understood, pack, Context(as_of=date(2026, 6, 30))).findings[0]
    assert "存量承诺" in finding.message
    assert not any("25号" in (basis.number or "") for basis in finding.basis)


@pytest.mark.parametrize(("day", "scope"), [("2019年5月1日", "签订后施行"), ("2024年9月1日", "")])
def test_law_that_came_later_says_why_it_is_cited(judge: Judge, day: str, scope: str) -> None:
    cited = judge(TEXT, make_rule(CHECK, basis=[{"law": "fcr", "article": "10"}]), day=day).findings[0].basis
    assert [basis.scope.startswith(scope) and bool(basis.scope) is bool(scope) for basis in cited] == [True]


def test_what_protects_a_promise_stands_alone_where_nothing_forbade_it(judge: Judge) -> None:
    rule = make_rule(CHECK, basis=[{"law": "gf34_2016", "article": "第三部分（三）"}], existing_commitment=True)
    (cited,) = judge(TEXT, rule, day="2014年5月9日").findings[0].basis
    assert (cited.number, cited.article, cited.scope) == ("国发〔2015〕25号", "三", "衔接适用于此前签订的合同")


LETTER = """云岭县人民政府承诺书
恒远制造有限公司：
    为支持贵公司项目建设，我县郑重承诺：
    一、我县奖励贵公司县级留成。
    二、本承诺书自签章之日起生效。
云岭县人民政府
2022年3月12日
"""


@pytest.mark.parametrize(
    ("basis", "scopes"),
    [
        ([{"law": "civil", "article": "511"}], ["适用于对方接受后成立的合同"]),
        # What names such papers for a matter speaks of a contract concluded elsewhere.
        ([{"law": "civil", "article": "509", "kinds": ["承诺书"], "where": ["留成"]}], [""]),
        ([{"law": "civil", "article": "470", "kinds": ["承诺书"]}], ["适用于对方接受后成立的合同"]),
        ([{"law": "obe", "article": "31"}], [""]),
    ],
)
def test_a_letter_is_a_contract_only_once_accepted(basis: list[dict[str, object]], scopes: list[str]) -> None:
    pack = make_pack(make_rule(PROMISED, basis=basis))
    understood = audit.understand(txt.read(LETTER.encode(), "承诺书.txt", Settings()))
    found = audit.judge(understood, pack, Context(as_of=date(2026, 6, 30)))
    assert understood.kind == "承诺书"
    assert [basis.scope for basis in found.findings[0].basis] == scopes


def test_minutes_speak_of_the_contract_that_they_lead_to() -> None:
    rule = make_rule(PROMISED, basis=[{"law": "civil", "article": "470", "kinds": ["纪要"]}])
    understood = audit.understand(
        txt.read(MINUTES.format(text="县政府奖励企业县级留成。").encode(), "纪要.txt", Settings())
    )
    (cited,) = audit.judge(understood, make_pack(rule), Context(as_of=date(2026, 6, 30))).findings[0].basis
    assert cited.scope == "适用于据此另行订立的合同"


@pytest.mark.parametrize(("who", "article"), [("青溪县城市建设投资有限公司", "32"), ("青溪县人民政府", "18")])
def test_a_contract_of_firms_alone_binds_firms(who: str, article: str) -> None:
    """Nobody in particular bears what is agreed: where only firms sign, what binds organs is not about it."""
    bases = [{"law": "fcr", "article": "18", "binds": "public"}, {"law": "soa", "article": "32", "binds": "firms"}]
    lines = f"厂房租赁合同\n甲方：{who}\n乙方：青禾食品有限公司\n签订日期：2025年6月16日\n一、县级留成随后补办。"
    rule = make_rule("{kind: provision, side: [both, unknown], groups: [{any: [县级留成]}]}", basis=bases)
    understood = audit.understand(txt.read(lines.encode(), "试验.txt", Settings()))
    (cited,) = audit.judge(understood, make_pack(rule), Context(as_of=date(2026, 6, 30))).findings[0].basis
    assert cited.article == article
