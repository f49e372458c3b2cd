"""Firms said to be something in one place and another in another, and parties that nobody can name."""

from datetime import date

import pytest

from contract_audit import engine
from contract_audit.audit import judge, understand
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings

PAPER = """{title}
甲方：{first}
乙方：{second}
第一条 {body}
第二条 争议由人民法院管辖，本协议自双方签字盖章之日起生效。
甲方（盖章）：
乙方（盖章）：
"""
COUNTY, FIRM = "青溪县人民政府", "江州安丰冷链有限公司"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def quotes(
    pack: Pack,
    body: str = "乙方投资建设冷库。",
    *,
    title: str = "冷库投资协议",
    first: str = COUNTY,
    second: str = FIRM,
) -> list[str]:
    text = PAPER.format(title=title, first=first, second=second, body=body)
    paper = understand(txt.read(text.encode(), "试验.txt", Settings()))
    found = judge(paper, pack, Context(as_of=date(2026, 6, 30), mode="draft")).findings
    return [item.quote for item in found if item.category == "review.party_inconsistency"]


@pytest.mark.parametrize(
    "first",
    [f"{COUNTY}或青溪县商务局", f"{COUNTY}（或青溪县农业农村局，以实际用印单位为准）", "青溪县人民政府/青溪经济开发区管理委员会"],
)  # fmt: skip
def test_one_body_or_another(first: str, pack: Pack) -> None:
    assert quotes(pack, first=first)
    assert quotes(pack, first=f"{COUNTY}（以下简称县政府）") == []


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        (
            "乙方设立项目公司“青溪安丰供应链有限公司”。\n青溪鲜达物流有限公司作为项目公司，负责运营。",
            "青溪鲜达物流有限公司",
        ),
        ("保证人为江州润泰实业有限公司。\n乙方不履行的，由保证人江州泰和商贸有限公司承担。", "江州泰和商贸有限公司"),
        ("江州鲜达冷储有限公司应于明年六月底前投产。", "江州鲜达冷储有限公司"),
        ("乙方投资建设冷库，戊方应于三十日内出具保函。", "戊方应于三十日内出具保函"),
    ],
)
def test_another_in_the_place_of_one(body: str, quoted: str, pack: Pack) -> None:
    assert quotes(pack, body) == [quoted]


@pytest.mark.parametrize(
    "body",
    [
        "乙方设立项目公司“青溪安丰供应链有限公司”。\n项目公司（青溪安丰供应链有限公司）负责运营。",
        "一期项目公司为青溪安丰供应链有限公司，二期项目公司为青溪鲜达物流有限公司。",
        "项目公司为青溪安丰供应链有限公司，2025年更名，项目公司现为青溪鲜达物流有限公司。",
        "厂房由青溪城投建设有限公司代建，青溪城投建设有限公司应于年底前完成建设。",
        "项目公司为国有独资公司，运营单位为专业公司。",
    ],
)
def test_each_in_its_own_place(body: str, pack: Pack) -> None:
    assert quotes(pack, body) == []


def test_another_firm_signed_what_is_supplemented(pack: Pack) -> None:
    title = "《冷库投资协议》补充协议"
    told = "甲方与江州鲜丰果业有限公司于2022年5月签订《冷库投资协议》（以下简称原协议）。"
    assert quotes(pack, f"{told}\n竣工时间顺延半年。", title=title) == [FIRM]
    assert quotes(pack, f"{told}该公司已更名为{FIRM}。\n竣工时间顺延半年。", title=title) == []
    assert quotes(pack, f"甲方与{FIRM}于2022年5月签订原协议。\n竣工时间顺延半年。", title=title) == []


def test_another_firm_in_the_title(pack: Pack) -> None:
    assert quotes(pack, title="江州鲜丰果业有限公司冷库投资协议") == ["江州鲜丰果业有限公司"]
    assert quotes(pack, title=f"{FIRM}冷库投资协议") == []


def test_a_third_that_does_not_sign(pack: Pack) -> None:
    third = "青溪县交通投资有限公司"
    text = PAPER.format(title="冷库投资协议", first=COUNTY, second=f"{FIRM}\n丙方：{third}", body="丙方负责修建道路。")
    for end, wanted in (("", [third]), (f"丙方（盖章）：{third}\n", [])):
        paper = understand(txt.read((text + end).encode(), "试验.txt", Settings()))
        found = judge(paper, pack, Context(as_of=date(2026, 6, 30), mode="draft")).findings
        assert [item.quote for item in found if item.category == "review.party_inconsistency"] == wanted


def test_a_number_of_a_role_that_the_heading_lacks(pack: Pack) -> None:
    text = PAPER.format(
        title="冷库投资协议", first=COUNTY, second="见下\n乙方一：江州安丰冷链有限公司\n乙方二：江州鲜达果业有限公司",
        body="乙方一建设冷库，{who}负责销售。",
    )  # fmt: skip
    for who, wanted in (("乙方四", ["乙方四"]), ("乙方二", [])):
        paper = understand(txt.read(text.format(who=who).encode(), "试验.txt", Settings()))
        found = judge(paper, pack, Context(as_of=date(2026, 6, 30), mode="draft")).findings
        assert [item.quote for item in found if item.quote.startswith("乙方")] == wanted


@pytest.mark.parametrize(
    ("codes", "wrong"),
    [
        (("11410327MB0X123459", "91410327MA4X12345P"), False),
        (("11410327MB0X123459", "11410327MB0X123459"), True),
        (("91410100MA45ABCD12", "91410327MA4X12345P"), True),
    ],
)
def test_codes_of_another_kind_or_party(codes: tuple[str, str], wrong: bool, pack: Pack) -> None:
    first, second = (f"{name}\n统一社会信用代码：{code}" for name, code in zip((COUNTY, FIRM), codes, strict=True))
    assert bool(quotes(pack, first=first, second=second)) == wrong
