"""Parties of headings of other forms, and credit codes wherever the name stands."""

import pytest

from tests.extract.conftest import Understand

CODE = "91339663MAQM275F9J"


def parties(text: str, understand: Understand) -> dict[str, str]:
    return {party.role: party.name for party in understand(text, whole=True).parties}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "签约方：云岭县人民政府（简称“县政府”），住所府前路1号\n签约方：恒远制造（云岭）有限公司（简称“公司”）",
            {"甲方": "云岭县人民政府", "乙方": "恒远制造（云岭）有限公司"},
        ),
        (
            "白湾镇人民政府\n关于支持轴承厂落户的承诺书\n恒远制造有限公司：\n镇班子商量后，云岭县白湾镇人民政府向贵公司承诺如下：",
            {"甲方": "云岭县白湾镇人民政府", "乙方": "恒远制造有限公司"},
        ),
        (
            "本协议由下列双方订立：\n（1）云岭县人民政府（下称“甲方”）；\n（2）恒远制造有限公司（下称“乙方”）。",
            {"甲方": "云岭县人民政府", "乙方": "恒远制造有限公司"},
        ),
        (
            "当事人：云岭县人民政府\n当事人：恒远制造有限公司\n当事人：云岭县城建投资有限公司",
            {"甲方": "云岭县人民政府", "乙方": "恒远制造有限公司", "丙方": "云岭县城建投资有限公司"},
        ),
        (
            "云政招函〔2026〕7号恒远软件（云岭）有限公司：\n贵公司来函收悉，云岭县招商工作专班代表云岭县人民政府承诺如下。\n云岭县招商工作专班",
            {"甲方": "云岭县招商工作专班", "乙方": "恒远软件（云岭）有限公司"},
        ),
        (
            "鹤汀市云岭区人民政府望江门街道办事处\n关于项目入驻的复函\n恒远软件有限公司：\n来函收悉，复函如下。",
            {"甲方": "鹤汀市云岭区人民政府望江门街道办事处", "乙方": "恒远软件有限公司"},
        ),
        (
            "甲方：云岭县人民政府\n乙方：恒远制造有限公司\n丙方：云岭县驻京招商联络处（就第四条向乙方作出承诺）",
            {"甲方": "云岭县人民政府", "乙方": "恒远制造有限公司", "丙方": "云岭县驻京招商联络处"},
        ),
        (
            "申请人：恒远制造有限公司\n被申请人：云岭县青坪镇人民政府\n被申请人：云岭县商务局\n第三人：云岭县城建投资有限公司",
            {
                "甲方": "恒远制造有限公司",
                "乙方": "云岭县青坪镇人民政府",
                "丙方": "云岭县商务局",
                "丁方": "云岭县城建投资有限公司",
            },
        ),
        (
            "甲方：云岭县人民政府\n乙方：恒远制造有限公司\n丙方：云岭县城建投资有限公司\n鉴证方：云岭县公路管理段（2024年改革时撤销）",
            {
                "甲方": "云岭县人民政府",
                "乙方": "恒远制造有限公司",
                "丙方": "云岭县城建投资有限公司",
                "丁方": "云岭县公路管理段",
            },
        ),
        (
            "出租方：云岭开投资产运营有限公司\n承租方：恒远制造有限公司\n支持方：云岭经济开发区管理委员会",
            {"甲方": "云岭开投资产运营有限公司", "乙方": "恒远制造有限公司", "丙方": "云岭经济开发区管理委员会"},
        ),
        (
            "甲方：云岭县人民政府\n乙方：恒远制造有限公司\n项目公司：恒远云岭电机有限公司（乙方全资子公司）\n甲、乙双方及项目公司签订本合同。",
            {"甲方": "云岭县人民政府", "乙方": "恒远制造有限公司", "丙方": "恒远云岭电机有限公司"},
        ),
        (
            "甲方：云岭县人民政府\n乙方：恒远制造有限公司\n项目公司：恒远云岭电机有限公司\n双方签订本合同。",
            {"甲方": "云岭县人民政府", "乙方": "恒远制造有限公司"},
        ),
        (
            "委托人：恒远制造有限公司\n代建人：云岭县城发建设管理有限公司\n一、工程",
            {"甲方": "恒远制造有限公司", "乙方": "云岭县城发建设管理有限公司"},
        ),
        (
            "用能方／出租方：恒远纺织有限公司\n投资方／承租方：晴川新能源有限公司",
            {"甲方": "恒远纺织有限公司", "乙方": "晴川新能源有限公司"},
        ),
        (
            "甲方　沿江地：云岭县人民政府\n乙方　山区地：青川县人民政府",
            {"甲方": "云岭县人民政府", "乙方": "青川县人民政府"},
        ),
        (
            "甲方：云岭县人民政府\n乙方：周大山等四人（拟设立云岭果蔬有限公司）",
            {"甲方": "云岭县人民政府", "乙方": "周大山等四人"},
        ),
        (
            "出租及服务方（下称“甲方”）：云岭经济开发区管理委员会\n承租及投资方（下称“乙方”）：恒远制造有限公司",
            {"甲方": "云岭经济开发区管理委员会", "乙方": "恒远制造有限公司"},
        ),
    ],
)
def test_the_heading_names_the_parties(head: str, expected: dict[str, str], understand: Understand) -> None:
    assert parties(f"轴承项目协议书\n{head}\n第一条 双方守信。\n第二条 另议。\n", understand) == expected


@pytest.mark.parametrize(
    "head",
    [
        f"签约双方：云岭县人民政府（以下称县政府）与恒远制造有限公司（以下称公司，统一社会信用代码{CODE}）",
        f"签约方：云岭县人民政府（简称“县政府”）\n签约方：恒远制造有限公司（简称“公司”），统一社会信用代码{CODE}",
        f"甲方：云岭县人民政府\n乙方：恒远制造有限公司\n乙方恒远制造有限公司（信用代码：{CODE}）系本地企业。",
    ],
)
def test_the_code_behind_the_name_is_its_own(head: str, understand: Understand) -> None:
    paper = understand(f"轴承项目协议书\n{head}\n第一条 双方守信。\n第二条 另议。\n", whole=True)
    assert [party.uscc for party in paper.parties if party.name == "恒远制造有限公司"] == [CODE]


def test_the_code_of_another_firm_is_not_taken(understand: Understand) -> None:
    head = f"甲方：云岭县人民政府\n乙方：恒远制造有限公司，母公司为大成实业有限公司，信用代码{CODE}"
    paper = understand(f"轴承项目协议书\n{head}\n第一条 双方守信。\n第二条 另议。\n", whole=True)
    assert [party.uscc for party in paper.parties if party.role == "甲方"] == [None]


def test_minutes_about_one_firm_name_it(understand: Understand) -> None:
    head = "云岭县人民政府办公室\n现场办公会议纪要\n〔2024〕8号\n关于研究轴承项目的纪要\n会议听取恒远制造有限公司（以下称恒远公司）汇报。"
    paper = understand(f"{head}\n一、县里修路。\n", whole=True)
    fact = paper.fact("party_b")
    assert fact is not None
    assert fact.value == "恒远制造有限公司"


def test_the_code_of_the_project_company_is_not_the_investor_s(understand: Understand) -> None:
    head = (
        "甲方：云岭县人民政府\n乙方：恒远制造有限公司\n"
        f"项目公司：恒远云岭电机有限公司（统一社会信用代码{CODE}）\n三方签订本合同。"
    )
    paper = understand(f"轴承项目协议书\n{head}\n第一条 双方守信。\n第二条 另议。\n", whole=True)
    assert {party.role: party.uscc for party in paper.parties} == {"甲方": None, "乙方": None, "丙方": CODE}


@pytest.mark.parametrize(
    ("second", "third", "sides"),
    [
        (
            "蓉岫文旅投资集团有限公司",
            "云岭县文旅投资有限责任公司（县属国有独资企业）",
            ["government", "investor", "government"],
        ),
        ("云岭县城市建设投资有限公司", "恒岳交投置业集团有限公司", ["government", "government", "investor"]),
        ("云岭县城市建设投资有限公司", "云岭县产业发展投资有限公司", ["government", "government", "investor"]),
    ],
)
def test_of_firms_with_public_names_the_stranger_invests(
    second: str, third: str, sides: list[str], understand: Understand
) -> None:
    head = f"项目合同书\n甲方：云岭县人民政府\n乙方：{second}\n丙方：{third}\n三方约定如下：\n一、各方守约。\n"
    assert [party.side for party in understand(head, whole=True).parties] == sides


@pytest.mark.parametrize(
    ("second", "told", "sides"),
    [
        ("云岭县国盛商贸有限责任公司（县属国有大型企业）", "", ["government", "government", "investor"]),
        ("国盛商贸有限责任公司", "乙方系云岭县财政局出资设立的公司。", ["government", "government", "investor"]),
        ("国盛商贸有限责任公司", "乙方系民营企业。", ["government", "investor", "investor"]),
    ],
)
def test_a_company_of_the_county_is_known_by_what_is_told(
    second: str, told: str, sides: list[str], understand: Understand
) -> None:
    head = (
        f"合作协议书\n甲方：云岭县人民政府\n乙方：{second}\n丙方：恒远制造有限公司\n{told}三方约定如下：\n一、守约。\n"
    )
    assert [party.side for party in understand(head, whole=True).parties] == sides
