"""Wholes told with what their parts are made of, in capitals, across columns, and in two places."""

from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from contract_audit import audit, engine, trial
from contract_audit.authoring.wording import meaning
from contract_audit.rulespec import AgreeCheck, Pack

AS_OF = date(2026, 6, 30)
ACROSS = (
    "年度计划（万元）：\n| 年度 | 设备 | 土建 | 小计 |\n| 2024 | 1000 | 800 | 1800 |\n| 2025 | 2000 | 500 | {total} |"
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def sums(text: str, pack: Pack) -> list[str]:
    found = trial.try_text(text, pack, as_of=AS_OF).findings
    return [one.quote for one in found if one.category == "review.sum_mismatch"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "代建总价3,900万元（大写：叁仟玖佰万元整），其中土建2,600万元，安装800万元，其他400万元。",
            "代建总价3,800万元（大写：叁仟捌佰万元整），其中土建2,600万元，安装800万元，其他400万元。",
        ),
        (ACROSS.format(total=2600), ACROSS.format(total=2500)),
        (
            "第一条 项目总投资5亿元。\n第六条 以项目总投资6亿元为基数。",
            "第一条 项目总投资5亿元。\n第六条 以项目总投资5亿元为基数。",
        ),
    ],
)
def test_wrong_and_right(wrong: str, right: str, pack: Pack) -> None:
    assert len(sums(wrong, pack)) == 1
    assert sums(right, pack) == []


def test_what_a_part_is_made_of_is_no_part_of_the_whole(pack: Pack) -> None:
    text = (
        "第二条 投资总额：项目总投资80000万元（大写：捌亿元整），其中：固定资产投资65,000万元，含设备购置费4.1亿元、建安工程费2.2亿元；"
        "铺底流动资金1.5亿元。\n第三条 注册资本：贰亿元人民币。"
    )
    assert sums(text, pack) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "项目总投资6亿元，其中固定资产投资5.2亿元，分两期：一期投资3.4亿元，二期投资2.4亿元。",
            "项目总投资6亿元，其中固定资产投资5.2亿元，分两期：一期投资3.4亿元，二期投资2.6亿元。",
        ),
        (
            "第一条 项目总投资3.6亿元。\n第二条 项目总投资3亿元，分两年投入。",
            "下表变更如下：\n| 条款 | 原文 | 变更后 |\n| 第二条 | 总投资3.6亿元，固定资产投资2.9亿元 | 总投资3亿元，固定资产投资2.4亿元 |",
        ),
    ],
)
def test_a_whole_divided_twice_or_changed_is_no_mismatch(wrong: str, right: str, pack: Pack) -> None:
    assert sums(wrong, pack)
    assert sums(right, pack) == []


def test_a_duty_of_one_word_is_named(pack: Pack) -> None:
    found = trial.try_text("乙方应于2026年1月30日前开工。", pack, as_of=AS_OF).findings
    assert ["“开工”" in one.message for one in found if one.category == "delivery.overdue"] == [True]


def test_every_comparison_has_words_for_the_book(pack: Pack) -> None:
    kinds = get_args(get_type_hints(AgreeCheck)["what"])
    assert all(meaning(AgreeCheck(what=kind), pack) for kind in kinds)


def test_an_empty_file_is_audited_without_findings(tmp_path: Path, pack: Pack) -> None:
    path = tmp_path / "空.txt"
    path.write_text("", encoding="utf-8")
    assert audit.audit(path, pack, as_of=AS_OF).findings == ()
