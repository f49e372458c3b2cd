"""Intensity, tax by the mu and planning indicators against what the paper itself tells and the office gives."""

from datetime import date
from decimal import Decimal

import pytest

from contract_audit import audit, engine, trial
from contract_audit.examplespec import Example
from contract_audit.model import Finding
from contract_audit.readers import txt
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings

LOCAL = {"投资强度_万元每亩": Decimal(260), "亩均税收_万元每亩": Decimal(12)}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def found(text: str, category: str, pack: Pack, local: dict[str, Decimal] | None = None) -> list[Finding]:
    example = Example(text=text, as_of=date(2026, 6, 30), local=local or {})
    findings = trial.judge_example(example, pack).findings
    return [item for item in findings if item.category == f"review.{category}" and item.verdict == "fail"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("占地35亩，总投资3000万元，每亩地上的投入在一百二十万元以上。", "占地20亩，总投资3000万元，每亩地上的投入在一百二十万元以上。"),
        ("总投资9000万元，用地面积45亩，亩均固定资产投资不少于310万元。", "总投资9000万元，用地面积25亩，亩均固定资产投资不少于310万元。"),
        ("1.一期固定资产投资7.2亿元。\n2.一期用地160亩，投资强度不低于680万元/亩。",
         "1.一期固定资产投资7.2亿元。\n2.一期用地160亩，投资强度不低于450万元/亩。"),
        ("1.一期固定资产投资7.2亿元，二期固定资产投资10亿元。\n2.二期用地160亩，投资强度不低于680万元/亩。",
         "1.一期固定资产投资7.2亿元，二期固定资产投资11亿元。\n2.二期用地160亩，投资强度不低于680万元/亩。"),
    ],
)  # fmt: skip
def test_an_intensity_beyond_what_is_invested(wrong: str, right: str, pack: Pack) -> None:
    assert found(wrong, "low_intensity", pack)
    assert found(right, "low_intensity", pack) == []


def test_intensity_and_tax_by_the_mu_side_by_side_are_two_wrongs(pack: Pack) -> None:
    text = "用地75亩，固定资产投资9000万元。投资强度为每亩310万元，投产后每亩年税收4.8万元。"
    assert {item.rule for item in found(text, "low_intensity", pack, LOCAL)} >= {"REV008"}
    assert len(found(text, "low_intensity", pack, LOCAL)) == 2


@pytest.mark.parametrize(
    "words", ["每亩年税收4.8万元", "亩均年税收4.8万元", "每亩每年缴纳税收4.8万元", "亩均税收4.8万元"]
)
def test_tax_by_the_mu_is_no_tax_of_the_whole(words: str) -> None:
    text = f"项目投资协议书\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n一、投产后{words}。"
    understanding = audit.understand(txt.read(text.encode(), "示例.txt", Settings()))
    assert understanding.fact("tax_yuan") is None
    told = understanding.fact("tax_yuan_per_mu")
    assert told is not None and told.value == Decimal(48_000)


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("原料堆场配消防水池。其中办公楼、食堂、宿舍和绿地前的接待中心合计用地6.9亩", True),
        ("其中行政办公、生活服务设施占地7.5亩", True),
        ("其中办公楼、食堂、宿舍合计用地4.9亩", False),
        ("原料堆场用地6.9亩", False),
    ],
)
def test_land_under_offices_and_dormitories(part: str, wrong: bool, pack: Pack) -> None:
    text = f"占地75亩，为国有工业用地，由县自然资源局挂牌出让。{part}。"
    assert bool(found(text, "planning_indicator", pack)) == wrong
