"""Rules on small texts: what `rules test` and `rules try` run. Depends on the whole pipeline, so it stands above it."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from contract_audit import audit
from contract_audit.casefile import profile, promises, register_row, resemblances, unequal
from contract_audit.casefile.tables import Row
from contract_audit.chinese.quotes import overlap
from contract_audit.chinese.text import fold_text
from contract_audit.examplespec import Example
from contract_audit.model import Audit, Context, Evidence, Finding, Resemblance, Understanding
from contract_audit.readers import txt
from contract_audit.rulespec import Group, Pack, Rule, Unless
from contract_audit.settings import Settings

_PARTY_A, _PARTY_B = "云岭县人民政府", "恒远制造有限公司"
_SIGNED = date(2025, 6, 16)
_AS_OF = date(2026, 6, 30)

# A clause is judged inside a paper that is complete otherwise, so that only its own words decide.
_FRAME = """项目投资协议书
甲方：{a}
乙方：{b}
签订日期：{day}
一、协议事项
{text}
（以下为签署栏）
甲方（盖章）：{a}
授权代表（签字）：李明
乙方（盖章）：{b}
法定代表人（签字）：王强
{day}
"""

ExampleKind = Literal["flag", "lookalike", "known_miss", "known_false"]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An example that did not come out as its author says."""

    rule: str
    kind: ExampleKind
    text: str
    message: str


def run_examples(pack: Pack, only: frozenset[str] = frozenset()) -> tuple[Failure, ...]:
    """Run every example of every rule (or of the rules named) on its own rule; returns what did not hold."""
    failures: list[Failure] = []
    for rule in pack.rules:
        if only and rule.id not in only:
            continue
        alone = msgspec.structs.replace(pack, rules=_with_needed(rule, pack))
        failures += _rule_failures(rule, alone)
    return tuple(failures)


def try_text(text: str, pack: Pack, *, signed_on: date | None = None, as_of: date | None = None) -> Audit:
    """Judge a clause as if it stood in an agreement between a county government and an enterprise."""
    return judge_example(Example(text=text, signed_on=signed_on, as_of=as_of), pack)


def judge_example(example: Example, pack: Pack) -> Audit:
    """The example's text, set into the frame unless it is a whole document, judged by the pack."""
    text = example.text
    if not example.whole:
        day = example.signed_on or _SIGNED
        text = _FRAME.format(
            a=example.party_a or _PARTY_A,
            b=example.party_b or _PARTY_B,
            text=example.text.strip(),
            day=f"{day.year}年{day.month}月{day.day}日",
        )
    evidence = tuple(
        Evidence(contract="示例", matter=matter, done_on=date.fromisoformat(day), proof="示例")
        for matter, day in example.evidence
    )
    context = Context(
        as_of=example.as_of or _AS_OF,
        mode=example.mode,
        evidence=evidence,
        local=example.local,
        institutions=example.institutions,
        resembles=_resembles(example, text),
        unequal=_unequal(example, text),
        local_words=example.local_words,
    )
    return audit.judge(_understood(text), pack, context)


def _unequal(example: Example, text: str) -> tuple[Resemblance, ...]:
    """The example's earlier agreements that promise another firm the same at another rate."""
    papers = [_understood(text), *map(_understood, example.earlier)]
    named = [
        msgspec.structs.replace(promise, document=f"示例{number}.txt")
        for number, paper in enumerate(papers if example.earlier else ())
        for promise in promises(paper)
    ]
    return unequal(named).get("示例0.txt", ())


def _resembles(example: Example, text: str) -> tuple[Resemblance, ...]:
    """What of the example's earlier agreements and register rows its text resembles."""
    if not (example.earlier or example.register):
        return ()
    rows = tuple(register_row(Row(number, cells)) for number, cells in enumerate(example.register, start=2))
    papers = [_understood(text), *map(_understood, example.earlier)]
    profiles = [
        msgspec.structs.replace(profile(paper), name=f"示例{number}.txt") for number, paper in enumerate(papers)
    ]
    return tuple(likeness.resemblance for likeness in resemblances(profiles, rows)[0])


@lru_cache(maxsize=2048)
def _understood(text: str) -> Understanding:
    """An example is understood once, however many variants of its rule are run on it."""
    return audit.understand(txt.read(text.encode(), "示例.txt", Settings()))


def _with_needed(rule: Rule, pack: Pack) -> tuple[Rule, ...]:
    """The rule, and the rules of categories that it asks for."""
    needed: tuple[str, ...] = getattr(rule.check, "given_categories", ())
    return tuple(other for other in pack.rules if other.id == rule.id or other.category in needed)


def _rule_failures(rule: Rule, pack: Pack) -> Iterator[Failure]:
    for kind, example in _all_examples(rule):
        message = _fault(kind, example, _found(rule, example, pack))
        if message:
            yield Failure(rule=rule.id, kind=kind, text=example.text, message=message)


def _found(rule: Rule, example: Example, pack: Pack) -> list[Finding]:
    return [finding for finding in judge_example(example, pack).findings if finding.rule == rule.id]


def _all_examples(rule: Rule) -> Iterator[tuple[ExampleKind, Example]]:
    kinds: tuple[ExampleKind, ...] = ("flag", "lookalike", "known_miss", "known_false")
    for kind in kinds:
        for example in getattr(rule.examples, kind):
            yield kind, example


def _fault(kind: ExampleKind, example: Example, found: list[Finding]) -> str:
    """What is wrong with the outcome, in Chinese; empty if it is as it should be."""
    if kind == "lookalike" and found:
        return f"不应提示，却提示了「{found[0].quote}」"
    if kind == "flag" and not found:
        return "应提示而没有提示"
    if kind == "known_miss" and found:
        return "记为已知漏报，现在已能提示，请移到 flag"
    if kind == "known_false" and not found:
        return "记为已知误报，现在已不再提示，请移到 lookalike"
    if kind == "flag" and example.quote and not any(overlap(finding.quote, example.quote) for finding in found):
        return f"提示的原文「{found[0].quote}」与应引的「{example.quote}」不符"
    return ""


# ---- The deeper trials of `rules test --deep` ------------------------------------------------------------------


def run_deep(pack: Pack, only: frozenset[str] = frozenset()) -> tuple[Failure, ...]:
    """Examples under perturbation, conditions that no look-alike kills, and redrafts that trip a rule themselves."""
    failures: list[Failure] = []
    for rule in pack.rules:
        if only and rule.id not in only:
            continue
        alone = msgspec.structs.replace(pack, rules=_with_needed(rule, pack))
        failures += _perturbed(rule, alone)
        failures += _idle_conditions(rule, pack)
        failures += _tripping_remedy(rule, pack)
    return tuple(failures)


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() and char.isascii() else char for char in text)


def _spaced(text: str) -> str:
    """A space in the middle of every run of Chinese text, as PDF exports have it."""
    return "\n".join(" ".join((line[: len(line) // 3], line[len(line) // 3 :])) for line in text.split("\n"))


def _broken(text: str) -> str:
    """A hard line break in the middle of each long line, where no number begins."""
    return "\n".join(_break(line) for line in text.split("\n"))


def _break(line: str) -> str:
    middle = len(line) // 2
    if len(line) < 30 or line.startswith("|") or not _is_han(line[middle - 1]) or not _is_han(line[middle]):
        return line
    return line[:middle] + "\n" + line[middle:]


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and char not in "一二三四五六七八九十第"


def _renumbered(text: str) -> str:
    return text if "\n" in text else f"（三）{text}"


def _swapped(example: Example) -> Example:
    """Enterprise first: 甲方 and 乙方 change places in the text and in the heading alike; the verdict must stay."""
    swapped = example.text.replace("甲方", "\x00").replace("乙方", "甲方").replace("\x00", "乙方")
    return msgspec.structs.replace(
        example, text=swapped, party_a=example.party_b or _PARTY_B, party_b=example.party_a or _PARTY_A
    )


_PERTURBATIONS: dict[str, Callable[[str], str]] = {
    "全角数字": _full_width,
    "字间空格": _spaced,
    "行中断行": _broken,
    "另加编号": _renumbered,
}


def _perturbed(rule: Rule, pack: Pack) -> Iterator[Failure]:
    for kind, example in _all_examples(rule):
        if kind not in ("flag", "lookalike") or example.whole:
            continue
        wanted = bool(_found(rule, example, pack))
        variants = {
            name: msgspec.structs.replace(example, text=change(example.text)) for name, change in _PERTURBATIONS.items()
        }
        variants["甲乙对调"] = _swapped(example)
        for name, variant in variants.items():
            if bool(_found(rule, variant, pack)) != wanted:
                verb = "不再提示" if wanted else "反而提示"
                yield Failure(rule=rule.id, kind=kind, text=variant.text, message=f"经「{name}」后{verb}")


def _idle_conditions(rule: Rule, pack: Pack) -> Iterator[Failure]:
    """Each group and each exception must decide some look-alike: without it a look-alike would be flagged."""
    check = rule.check
    for field in ("groups", "unless"):
        conditions = getattr(check, field, ())
        if (
            not conditions
            or not isinstance(conditions[0], Group | Unless)
            or (field == "groups" and len(conditions) < 2)
        ):
            continue
        for index, condition in enumerate(conditions):
            rest = conditions[:index] + conditions[index + 1 :]
            weaker = msgspec.structs.replace(rule, check=msgspec.structs.replace(check, **{field: rest}))
            alone = msgspec.structs.replace(
                pack, rules=_with_needed(weaker, msgspec.structs.replace(pack, rules=(weaker,)))
            )
            if not any(_found(weaker, example, alone) for example in rule.examples.lookalike):
                name = getattr(condition, "label", "") or condition.pattern or "、".join(condition.any[:4])
                yield Failure(rule=rule.id, kind="lookalike", text=name, message="这个条件没有近似示例来证明它有用")


def _tripping_remedy(rule: Rule, pack: Pack) -> Iterator[Failure]:
    for finding in judge_example(Example(text=rule.remedy), pack).findings:
        if finding.verdict == "fail" and fold_text(finding.quote) in fold_text(rule.remedy):
            message = f"建议的改写自己触发了规则 {finding.rule}「{finding.quote}」"
            yield Failure(rule=rule.id, kind="flag", text=rule.remedy, message=message)
