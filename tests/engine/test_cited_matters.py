"""The bases of the rules as they stand: each is cited for its own matter."""

from datetime import date

import pytest

from contract_audit.engine import load_rules
from contract_audit.trial import try_text

CONSENT = "联合检查乙方的，须经招商局同意后方可进厂。"
EXCEPT = "除安全检查外，各部门到乙方检查的，须经招商局同意后方可进厂。"
RETURN = "乙方每年投资回报不足8%的，由县城投公司补足。"
BUYING = "乙方停产的，由县城投公司按账面原值收购其设备。"
GOODS = "质量保证金为货款总价的10%，质保期二年满后退还。"
WORKS = "工程质量保证金按结算价的10%扣留，缺陷责任期二年满后退还。"
CASH = "工程质量保证金按结算价的10%以现金扣留，缺陷责任期二年满后退还。"
PRICE = "乙方生产用电按每度0.42元结算，超出部分由县财政补贴。"
CLASS = "乙方生产用电按农业排灌类价格计收，差额由县财政补贴。"
ORAL = "本协议与县主要领导当面答复不一致的，以当面答复为准。"
QUOTA = "甲方将本县年度规模内的120兆瓦风电建设指标直接划归乙方，不再组织竞争性配置。"
GRASS = "风机点位在林草手续批下来以前，乙方即可组织机械进场剥离表土、开挖基础，各部门不得叫停。"
SPOKEN = "扶持资金的兑现口径由县长与乙方董事长当面议定，不再逐项书面记载。"
UNWRITTEN = "本协议未写明的优惠，以县主要领导当面答复为准。"
FUMES = "投产后两年内废气浓度高于排放限值的，环保部门不作处理。"
WITHIN = "本协议先行签署，县政府常务会议审议手续由甲方后补。"
SOLE = "全县中小学生饮用奶由乙方一家供应，不再引进其他供应商。"
LENT = "乙方参加竞买所需的保证金，由县城投公司先行借给乙方，乙方摘牌后归还。"
BETTER = "县里今后给予其他企业更优惠条件的，乙方自动比照享受。"
FIRM = "乙方贷款到期还不上的，由县城投公司代偿。"


@pytest.mark.parametrize(
    ("text", "rule", "day", "cited", "not_cited"),
    [
        (
            CONSENT,
            "ENF001",
            date(2019, 5, 1),
            "安全生产法（2014修正）62",
            "行政处罚法（1996，2009、2017修正）15",
        ),
        (CONSENT, "ENF001", date(2023, 5, 1), "安全生产法（2021修正）65", "环境保护法（2014修订）24"),
        (EXCEPT, "ENF001", date(2023, 5, 1), "行政处罚法（2021修订）54", "安全生产法（2021修正）65"),
        (RETURN, "DBT", date(2023, 5, 1), "财预〔2017〕50号三", "民法典259"),
        (RETURN, "DBT", date(2016, 5, 1), "国发〔2014〕43号二", "物权法57"),
        (BUYING, "DBT", date(2023, 5, 1), "国务院国资委令第12号6", "民法典259"),
        (GOODS, "PAY", date(2023, 5, 1), "国务院令第728号8", "国务院令第728号12"),
        (WORKS, "PAY", date(2023, 5, 1), "建质〔2017〕138号7", "国务院令第728号12"),
        (CASH, "PAY", date(2023, 5, 1), "国务院令第728号12", "国务院令第728号8"),
        (PRICE, "PRI", date(2023, 5, 1), "电力法43", "电力法41"),
        (CLASS, "PRI", date(2023, 5, 1), "电力法41", "电力法43"),
        (ORAL, "SUC", date(2023, 5, 1), "民法典466", "民法典510"),
        (ORAL, "SUC", date(2016, 5, 1), "合同法125", "合同法61"),
        (SPOKEN, "SUC", date(2023, 5, 1), "民法典469", "民法典510"),
        (UNWRITTEN, "SUC", date(2023, 5, 1), "民法典469", "民法典510"),
        (QUOTA, "COM", date(2025, 5, 1), "国务院令第783号8", "国务院令第783号10"),
        (GRASS, "APR", date(2023, 5, 1), "草原法（2021修正）38", "国务院令第279号5"),
        (FUMES, "ENV", date(2013, 5, 1), "大气污染防治法（2000修订）13", "水污染防治法（2008修订）9"),
        (FUMES, "ENV", date(2023, 5, 1), "环境保护法（2014修订）60", "大气污染防治法（2000修订）13"),
        (
            WITHIN,
            "UVR",
            date(2023, 5, 1),
            "国务院令第713号30",
            "中共中央关于全面推进依法治国若干重大问题的决定健全依法决策机制部分",
        ),
        (SOLE, "COM", date(2023, 5, 1), "反垄断法（2022修正）39", "反垄断法（2022修正）40"),
        (LENT, "LND", date(2023, 5, 1), "国办发〔2006〕100号一", "民法典259"),
        (BETTER, "UVR", date(2013, 5, 1), "国发〔2004〕10号第三部分“合理行政”", "预算法（1994）47"),
        (FIRM, "DBT003", date(2023, 5, 1), "企业国有资产法30", "预算法（2014、2018修正）35"),
    ],
)
def test_a_basis_is_cited_for_its_own_matter(text: str, rule: str, day: date, cited: str, not_cited: str) -> None:
    findings = try_text(text, load_rules(), signed_on=day).findings
    of_rule = [found for found in findings if found.rule.startswith(rule)]
    lines = [f"{basis.number or basis.law}{basis.article}" for found in of_rule for basis in found.basis]
    assert any(line.removeprefix("中华人民共和国") == cited for line in lines), lines
    assert not any(line.removeprefix("中华人民共和国") == not_cited for line in lines), lines
