"""What rules cost: beside reading and understanding, by the megabyte, and at worst.

    python -m benchmarks.rules [--documents 40] [--characters 10000] [--kilobytes 100]

Papers are those of `benchmarks.scan`. (a) reading, understanding, settling of duties, and judging with 250 rules of the pack
and with all of them, side by side in one run, half of the papers being there to warm up. (b) All word sets of the pack over
the corpus as one long text, sentence by sentence. (c) Texts made to be slow, of so many kilobytes in UTF-8 each, through
understanding and judging, and the slowest single rule on each; then patterns made to be slow, each over a text that nearly
matches it everywhere. Processor time; everything is printed, nothing is asserted.
"""

import argparse
import platform
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from benchmarks.scan import AS_OF, ROOT, make_folder, timed
from contract_audit import engine, extract, readers
from contract_audit.audit import understand
from contract_audit.batch.work import spare_collector
from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case
from contract_audit.engine.checks import CHECKS
from contract_audit.engine.index import PatternIndex
from contract_audit.engine.patterns import pattern_fault
from contract_audit.engine.run import index_of
from contract_audit.engine.sightings import Sightings
from contract_audit.model import Context, Understanding
from contract_audit.rulespec import Group, Pack, Rule
from contract_audit.settings import Settings

CONTEXT = Context(as_of=AS_OF)
FEW = 250  # rules that the bar is set for
TAKES = 3  # times that each rule is timed on a hostile text
HEAD = "投资合作协议\n甲方：云岭县人民政府\n乙方：华川新材料有限公司\n第一条 合作内容\n"
PLAIN = "甲方应在乙方投产后三十日内按照乙方当年缴纳税收县级留存部分的百分之五十给予乙方产业扶持资金"

# What is repeated until the text has its size; {n} counts on, {m} through the months, {d} through days that each month has.
HOSTILE_TEXTS = {
    "一句话没有句号": f"{PLAIN}，",
    "一个词重复": "奖励",
    "规则的词轮流重复": "甲方返还乙方税收地方留存部分不得",
    "不得不": "不得不",
    "条款号": "第{n}条",
    "小数编号": "{n}.1.1",
    "引用其他条款": "按照本协议第{n}条第{n}款约定，",
    "数字和单位": "{n}万元{n}亩{n}平方米",
    "日期": "2026年{m}月1日前，",
    "起算事件": "甲方交付第{n}号厂房之日起30日内乙方支付第{n}期租金；",
    "空白": "____年____月____日",
    "成对括号": "（乙方）",
    "各方名称": "云岭县人民政府与华川新材料有限公司",
    "附件": "附件{n}：建设清单，",
    "引号": "“甲方”",
    "一字一行": "甲\n",
    "一条一行": "第{n}条 " + PLAIN + "。\n",
    "五千行的表": "| {n} | 设备 | {n}万元 | 2026年{m}月 |\n",
    "许多节点": "乙方应于2027年{m}月{d}日前开工建设，乙方应于2026年{m}月{d}日前竣工投产。\n",
    "长短不一的期限": "甲方应在乙方提交申请后{n}日内拨付设备补助。\n",
    "里程碑和起算": "开工之日起{m}个月内竣工，竣工日期为2026年{m}月{d}日。\n",
    "先后与日期": "厂房未经竣工验收不得移交。甲方应于2026年{m}月{d}日前移交厂房。乙方应于2027年{m}月{d}日前完成竣工验收。\n",
    "工期与日期": "工期{n}天，2026年{m}月{d}日开工，2025年{m}月{d}日竣工；",
    "各期投资": "固定资产投资分两期：一期{n}亿元，二期{m}亿元。",
    "两期用地": "一期用地{n}亩，二期用地{m}亩，两期合计用地{d}亩。",
    "比例与金额": "支付{m}%，计{n}万元；",
    "处处合计": "第{n}项{n}万元，合计{n}万元，",
    "处处构成": "总投资{n}万元，构成如下：\n",
    "互相等待": "甲方在乙方提交第{n}次申请后拨付补助，乙方在甲方交付第{n}号厂房后装修；",
    "处处百分之百": "占{m}%，占{d}%，合计100%，",
    "依次的节点": "2026年{m}月{d}日开工，2027年{m}月{d}日竣工投产，",
}
# Patterns with what they nearly match everywhere.
HOSTILE_PATTERNS = {
    "重复套重复": ("(?:(?:甲+)*乙?)+丙$", "甲"),
    "交错的可选": ("(?:甲?){30}甲{30}丙", "甲"),
    "有界重复相套": ("(?:(?:甲.{0,30}乙){1,5}.{0,30}){1,5}丙", "甲乙"),
    "近距离的重复词": ("奖励[^。]{0,200}奖励[^。]{0,200}奖励[^。]{0,200}收回", "奖励"),
    "很长的间隔": ("甲.{0,1000}乙.{0,1000}丙", "甲乙"),
    "许多分支": ("|".join(f"甲{{1,{count}}}乙" for count in range(1, 200)), "甲"),
}


def repeated(words: str, size: int) -> str:
    """The words again and again, {n}, {m} and {d} counting on, until they have `size` bytes in UTF-8."""
    parts, length, number = [], 0, 0
    while length < size:
        number += 1
        part = (
            words.replace("{n}", str(number)).replace("{m}", str(number % 12 + 1)).replace("{d}", str(number % 28 + 1))
        )
        parts.append(part)
        length += len(part.encode())
    return "".join(parts)


def hostile_texts(size: int) -> Iterator[tuple[str, str]]:
    """Name and text of each paper made to be slow, and of a plain one to compare."""
    yield "（普通协议）", HEAD + repeated("第{n}条 " + PLAIN[:20] + "，" + PLAIN[20:] + "。\n", size)
    for name, words in HOSTILE_TEXTS.items():
        yield name, HEAD + repeated(words, size)
    depth = size // 6
    yield "括号层层相套", f"{HEAD}{'（' * depth}{'）' * depth}"


def settled(paper: Understanding) -> Understanding:
    return extract.settle_all(paper, CONTEXT)[0]


def few_rules(pack: Pack) -> Pack:
    """The pack with 250 of its rules, taken evenly."""
    step = len(pack.rules) / FEW
    return msgspec.structs.replace(pack, rules=tuple(pack.rules[int(place * step)] for place in range(FEW)))


def stages(folder: Path, pack: Pack) -> None:
    """(a) Milliseconds a 10,000 characters, the second half of the papers counting."""
    few, paths = few_rules(pack), sorted(folder.glob("*.docx"))
    index_of(pack), index_of(few)
    spare_collector()  # as a worker does that has the rules
    cost = dict.fromkeys(("读取", "理解", "义务与履约", f"{FEW} 条规则", f"全部 {len(pack.rules)} 条规则"), 0.0)
    characters = 0
    for place, path in enumerate(paths):
        (document, *_), reading = timed(partial(readers.read, path, Settings()))
        paper, understanding = timed(partial(understand, document))
        ready, settling = timed(partial(settled, paper))
        _, some = timed(partial(engine.run, few, ready, CONTEXT))
        _, judging = timed(partial(engine.run, pack, ready, CONTEXT))
        if place >= len(paths) // 2:
            characters += len(document.text)
            for name, spent in zip(cost, (reading, understanding, settling, some, judging), strict=True):
                cost[name] += spent
    print(f"每万字毫秒（{len(paths) - len(paths) // 2} 份，共 {characters:,} 字）：")
    for name, spent in cost.items():
        print(f"  {name}：{spent / characters * 1e7:.0f}")


def matching(pack: Pack) -> None:
    """(b) Megabytes a second that all word sets are looked for in."""
    tests = [Group(any=(f"@{name}",)) for name in pack.words]
    index = PatternIndex(tests, pack.words)
    texts = [fold_text(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "corpus" / "dev").glob("*.txt"))]
    sentences = [line for text in texts for part in text.split("。") for line in part.split("\n") if line]
    megabytes = sum(len(sentence.encode()) for sentence in sentences) / 1e6

    def look() -> int:
        seen = Sightings(index)
        for sentence in sentences:
            seen.add(sentence)
        among = (1 << len(sentences)) - 1
        return sum(seen.where(index.source(test), among).bit_count() for test in tests)

    look()  # compiling patterns is start-up, not work
    hits, spent = timed(look)
    print(
        f"全部 {len(tests)} 个词表在 {megabytes:.2f} MB（{len(sentences):,} 句）中：{megabytes / spent:.1f} MB/秒，"
        f"命中 {hits:,} 处"
    )


def hostile(pack: Pack, kilobytes: int) -> None:
    """(c) Milliseconds a 100 kB of texts and patterns made to be slow."""
    size, scale = kilobytes * 1000, 1e5 / kilobytes
    print("难文本（每 100 kB 毫秒）：理解、义务与履约、全部规则、最慢的一条规则")
    with tempfile.TemporaryDirectory() as name:
        for title, text in hostile_texts(size):
            path = Path(name, "难.txt")
            path.write_text(text, encoding="utf-8")
            (document, *_) = readers.read(path, Settings())
            paper, understanding = timed(partial(understand, document))
            ready, settling = timed(partial(settled, paper))
            _, judging = timed(partial(engine.run, pack, ready, CONTEXT))
            spent, rule = slowest(pack, ready)
            costs = "、".join(f"{cost * scale:,.0f}" for cost in (understanding, settling, judging, spent))
            print(f"  {title}：{costs}（{rule}）", flush=True)
    print("难规则（每 100 kB 毫秒）：")
    for title, (pattern, words) in HOSTILE_PATTERNS.items():
        fault = pattern_fault(pattern)
        if fault is not None:
            print(f"  {title}：载入时拒绝（{fault}）")
            continue
        test = Group(pattern=pattern)
        index = PatternIndex((test,), pack.words)
        seen = Sightings(index)
        seen.add(repeated(words, size))
        _, spent = timed(partial(seen.places, index.source(test), 0))
        print(f"  {title}：{spent * scale:,.0f}")


def slowest(pack: Pack, paper: Understanding) -> tuple[float, str]:
    """The seconds and the number of the rule that takes longest on a paper, what rules share being done.

    Of each rule the least of `TAKES` looks: what else the machine does meanwhile is no cost of the rule.
    """
    case = Case(paper, CONTEXT, pack, index_of(pack))
    for rule in pack.rules:
        checked(rule, case)
    return max((min(timed(partial(checked, rule, case))[1] for _ in range(TAKES)), rule.id) for rule in pack.rules)


def checked(rule: Rule, case: Case) -> int:
    """How many outcomes the rule's check has."""
    return sum(1 for _ in CHECKS[type(rule.check)](rule.check, case))


def main() -> None:
    parser = argparse.ArgumentParser(description="规则的代价：各阶段毫秒、匹配速度、最坏情况")
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--characters", type=int, default=10_000)
    parser.add_argument("--kilobytes", type=int, default=100)
    arguments = parser.parse_args()
    pack = engine.load_rules()
    print(f"{platform.platform()}，Python {platform.python_version()}，规则 {len(pack.rules)} 条，处理器时间")
    with tempfile.TemporaryDirectory() as name:
        make_folder(Path(name), arguments.documents, arguments.characters)
        stages(Path(name), pack)
    matching(pack)
    hostile(pack, arguments.kilobytes)


if __name__ == "__main__":
    main()
