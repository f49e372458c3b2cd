"""Points that run on through the chapters of a paper, sub-points in brackets called 款, and annexes by every kind of number."""

import pytest
from agreement import document

from contract_audit.clauses import parse, references
from contract_audit.model import Reference

HEAD = ("投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司")
RUNNING = (
    "一、总则", "1．双方守信。", "2．投资两亿元。", "二、用地", "3．用地六十亩。", "4．甲方交地。", "三、建设", "5．乙方开工。",
    "6．乙方投产。", "四、责任", "7．【】", "8．双方另议。",
)  # fmt: skip


def found(*lines: str) -> list[Reference]:
    text = document(*HEAD, *lines)
    return [one for one in references(text, parse(text)) if one.kind in ("clause", "attachment")]


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("违反第5条的，赔偿损失。", True),
        ("第4条约定的期限顺延。", True),
        ("按第6条、第8条办理。", True),
        ("违反第18条的，赔偿损失。", False),
        ("依照第二条处理。", True),  # the second heading
        ("依照第十九条处理。", False),
    ],
)
def test_a_figure_means_the_point_that_bears_it(sentence: str, there: bool) -> None:
    lines = [line.replace("【】", sentence) for line in RUNNING]
    assert {one.target is not None for one in found(*lines) if one.text in sentence} == {there}


def test_points_begun_anew_are_not_told_apart_by_figures() -> None:
    lines = [
        "一、总则",
        "1．双方守信。",
        "2．投资。",
        "二、用地",
        "1．用地。",
        "2．按第2条办理。",
        "三、其他",
        "1．另议。",
    ]
    assert all(one.target is not None for one in found(*lines))


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("依照本协议第一条第（四）款办理。", False),
        ("依照本协议第一条第（二）款办理。", True),
        ("依照第一条第（三）项、第（二）款办理。", False),
    ],
)
def test_points_in_brackets_are_called_paragraphs_too(sentence: str, there: bool) -> None:
    lines = ["第一条 责任", "（一）赔偿；", "（二）顺延。", f"第二条 {sentence}", "第三条 另议。"]
    assert {one.target is not None for one in found(*lines)} == {there}


@pytest.mark.parametrize(
    ("said", "pages", "missing"),
    [
        ("附件：（一）宗地图；（二）资信证明。", ("附件（一）宗地图（另附图纸）", "附件（二）资信证明（复印件）"), []),
        ("附件：（一）宗地图；（二）资信证明。", ("附件（一）宗地图",), ["（二）资信证明"]),
        (
            "附件包括：（一）A-06、B-07地块图；（二）设备清单。",
            ("附件（一） A-06、B-07地块图", "附件（二） 设备清单"),
            [],
        ),
        ("附件：《明细表》《位置图》。", ("附件一：明细表", "附件二：位置图"), []),
        ("附件：《明细表》《位置图》《承诺书》。", ("附件一：明细表", "附件二：位置图"), ["《承诺书》"]),
        ("四至见附件（二）。", ("附件（一）明细表",), ["附件（二）"]),
        ("四至见附件（一）。", ("附件（一）明细表",), []),
        ("附件：《建设内容表》《交付清单》。", ("附件：", "一、建设内容表（略，随本稿）", "二、交付清单"), []),
        ("附件：《建设内容表》《交付清单》。", ("附件：", "一、建设内容表（略，随本稿）"), ["《交付清单》"]),
        ("附件包括：1.A-06地块图；2.设备清单。", ("附件1 A-06地块图", "附件2 设备清单"), []),
    ],
)
def test_annexes_are_found_by_numbers_in_brackets_and_by_names(
    said: str, pages: tuple[str, ...], missing: list[str]
) -> None:
    signed = ("甲方（盖章）：", "乙方（盖章）：", "日期：")
    rest = [line for page in pages for line in (page, "见图。")]
    lines = ("第一条 双方守信。", f"第二条 {said}", "第三条 另议。", *signed, *rest)
    assert [one.text for one in found(*lines) if one.kind == "attachment" and one.target is None] == missing
