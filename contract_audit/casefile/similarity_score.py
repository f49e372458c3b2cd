"""How much each thing that two projects share counts, in one plain table, so that every sum can be checked by hand.

One point means that a coincidence is ten times less likely: a mark that one paper in a hundred carries counts 2. What the
collection is too small to tell is taken from `chance`. Marks of one kind or group depend on one another, so each is held
to a most. (Fellegi and Sunter, "A theory for record linkage", 1969.)
"""

import logging
import math
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

Group = Literal["who", "where", "what", "size", "text"]


class Weight(msgspec.Struct, frozen=True):
    """What a shared mark of one kind counts.

    `each` is the most for one mark, `most` for all of the kind; `chance`: how often two unlike projects share it.
    """

    group: Group
    each: float
    most: float
    chance: float


MACHINES, PRODUCT, TEXT = "设备", "产品", "相同文字"
WEIGHTS: dict[str, Weight] = {
    "信用代码": Weight("who", 4.0, 4.0, 0.0001),
    "企业名称": Weight("who", 4.0, 4.0, 0.0001),
    "字号": Weight("who", 1.0, 1.0, 0.001),
    "法定代表人": Weight("who", 2.5, 2.5, 0.001),
    "股东": Weight("who", 2.5, 4.0, 0.001),
    "宗地": Weight("where", 4.0, 4.0, 0.0005),
    "地点": Weight("where", 1.2, 2.0, 0.01),
    "项目名称": Weight("what", 1.5, 1.5, 0.001),
    PRODUCT: Weight("what", 1.5, 1.5, 0.005),
    "产能": Weight("what", 1.2, 1.2, 0.02),
    MACHINES: Weight("what", 1.2, 3.5, 0.02),
    "总投资": Weight("size", 1.5, 1.5, 0.01),
    "固定资产投资": Weight("size", 1.0, 1.0, 0.01),
    "用地": Weight("size", 1.2, 1.2, 0.02),
    "建筑面积": Weight("size", 2.0, 2.0, 0.005),
    "就业人数": Weight("size", 0.8, 0.8, 0.03),
    TEXT: Weight("text", 2.5, 2.5, 0.005),
}
GROUPS: dict[str, Group] = {kind: weight.group for kind, weight in WEIGHTS.items()}
MOST: dict[Group, float] = {"who": 5.0, "where": 4.5, "what": 6.0, "size": 4.0, "text": 2.5}
SAME_TRADE = 0.15  # a machine that the trade uses anyway, in another number
_TEXT_FULL = 0.80  # this share of a paper's rare phrases found in the other counts in full
_TEXT_SIZE = 20  # collections of so many papers tell boilerplate from own words half as well as large ones
_COUNTED = frozenset({"产能", "总投资", "固定资产投资", "用地", "建筑面积", "就业人数"})
_ROUND = {1: 8, 2: 2, 3: 1}  # by significant figures: how much oftener than `chance` two projects share such a number
_PRIOR = 100  # papers' worth of trust in `chance`
_SAME_PRODUCT = 0.25  # weighted overlap of terms below which products are not alike


def mark_points(kind: str, words: str, shared_by: int, size: int) -> float:
    """Points for sharing a mark that `shared_by` others of `size` papers carry; a round figure tells less."""
    weight = WEIGHTS[kind]
    chance = weight.chance * (_ROUND[min(_figures(words), 3)] if kind in _COUNTED else 1)
    share = (max(0, shared_by) + _PRIOR * chance) / (size + _PRIOR)
    return max(0.0, min(weight.each, -math.log10(share)))


def _figures(words: str) -> int:
    """Significant figures of the number in the words: 31,000平方米 → 2."""
    return max(1, len("".join(char for char in words if char.isdigit()).strip("0")))


def text_points(containment: float, size: int) -> float:
    """Points for the share (0…1, by weight) of a paper's rare phrases that stand in the other."""
    return WEIGHTS[TEXT].most * min(1.0, containment / _TEXT_FULL) * size / (size + _TEXT_SIZE)


def by_group(points: dict[str, float]) -> dict[Group, float]:
    """Points by group, each group held to its most."""
    sums: dict[Group, float] = {}
    for kind, value in points.items():
        sums[GROUPS[kind]] = sums.get(GROUPS[kind], 0.0) + value
    return {group: min(MOST[group], value) for group, value in sums.items()}


def rounded(points: float) -> Decimal:
    """Points as they are printed."""
    return Decimal(str(round(points, 1)))


# ---- Products by their terms -----------------------------------------------------------------------------------

# Words that any project has; what is left is what it makes.
_EVERY_PROJECT = frozenset(
    {
        "项目", "建设", "投资", "生产", "年产", "基地", "生产线", "产品", "主要", "内容", "规模", "设备", "车间",
        "厂房", "研发", "综合", "配套", "设施", "以及", "建成", "达产", "加工", "制造", "产业园", "产业", "园区",
        "公司", "有限公司", "工程", "中心", "新建", "总投资", "建筑面积", "平方米", "万元", "亿元", "万吨", "从事",
        "经营", "范围", "技术", "系列", "相关", "用于", "采用", "购置", "引进", "形成", "能力", "仓库", "办公",
        "办公楼", "宿舍", "科技", "计划", "一期", "二期", "分期", "占地", "标准", "标准化", "智能", "智能化", "高端",
        "绿色", "现代", "先进", "库房", "原料", "成品", "检测", "动力", "食堂", "综合楼", "研发楼", "研发中心",
        "检测中心", "大楼", "门卫", "职工", "公寓", "倒班", "自动化", "年度", "乙方", "甲方", "双方", "企业", "实施",
        "以上", "万套", "万台", "万件", "万只", "条", "栋", "其中", "包括", "等", "及", "和", "与", "的", "为",
        "在", "由", "年", "万", "亿", "吨", "台", "套", "件", "只",
    }
)  # fmt: skip
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{2,}")


@cache
def terms(words: str) -> dict[str, float]:
    """Terms of a project's subject and their weights (rarity in general Chinese, by jieba's table)."""
    tokenizer, weights, usual = _dictionary()
    cut = (word for word in tokenizer.cut(words, HMM=False) if _WORD.fullmatch(word) and word not in _EVERY_PROJECT)
    return {word: weights.get(word, usual) for word in cut}


@cache
def _dictionary() -> tuple[Any, dict[str, float], float]:
    """The tokenizer of jieba and its table of inverse document frequencies; loaded when two projects are first compared."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    table = Path(jieba.__file__).with_name("analyse") / "idf.txt"
    lines = (line.split(" ") for line in table.read_text(encoding="utf-8").splitlines())
    weights = {word: float(weight) for word, weight in lines}
    return jieba.dt, weights, sorted(weights.values())[len(weights) // 2]


def product_likeness(one: str, other: str) -> tuple[float, tuple[str, ...]]:
    """How alike two subjects are (0…1, Dice by term weight, the fuller one cut to the other's length), and their shared terms."""
    first, second = terms(one), terms(other)
    shared = sorted(first.keys() & second.keys(), key=lambda word: (-first[word], word))
    smaller = min(sum(first.values()), sum(second.values()))
    larger = min(max(sum(first.values()), sum(second.values())), 2 * smaller)
    if not smaller:
        return 0.0, ()
    return 2 * sum(first[word] for word in shared) / (smaller + larger), tuple(shared)


def product_points(likeness: float, rarest: float) -> float:
    """Points for the likeness of what is made; `rarest` are the points of the rarest shared term in the collection."""
    if likeness < _SAME_PRODUCT:
        return 0.0
    return rarest * min(1.0, (likeness - _SAME_PRODUCT) / (0.8 - _SAME_PRODUCT) + 0.3)
