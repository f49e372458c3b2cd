"""Check kind `industry`: what is declared against what is built (鱼目混珠), by classes of GB/T 4754.

What is built is weighed by the floor space of each use (康养公寓56,000平方米); where no areas are given, by words.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.engine.case import Case, Missing, Outcome
from contract_audit.engine.checks import contents, substance
from contract_audit.engine.checks.contents import Built
from contract_audit.engine.checks.sentences import places_in_lines
from contract_audit.engine.patterns import places
from contract_audit.model import Related
from contract_audit.rulespec import Group, IndustryCheck, IndustryClass

_CODE = re.compile(r"(?<![A-Z0-9])(?P<code>[A-T][0-9]{2})[0-9]{0,2}(?![0-9A-Z])")
_NO_TRADE = ("C", "M")  # a workshop, a laboratory: any factory has them
_WORKS = "BCDG"
_LEAST_WORDS, _LEAST_USES = 2, 2  # one word or one building does not make a project
_NOT = frozenset("不非未")
_ITEM = re.compile(
    r"\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|第[0-9一二三四五六七八九十]+条|[0-9]{1,2}(?:\.[0-9]{1,2})+)\s*"
)
_SHOWN = 5
_SENTENCE = 200  # characters in which the sentence that declares ends
_QUOTED = 60  # characters of content that are quoted together


def check(parameters: IndustryCheck, case: Case) -> Iterator[Outcome | Missing]:
    """One outcome at the words that declare, where most of what is built belongs elsewhere."""
    if any(case.occurs(exception) for exception in parameters.unless):
        return
    declared = _declared(parameters, case)
    if declared is None:
        return
    start, end, kinds = declared
    if parameters.denied is not None and all(kind.code[0] == "C" for kind in kinds):
        denial = _denial(parameters, case, declared)
        if denial is not None:
            yield denial
            return
    built = _built(parameters, case, (start, end))
    outside = [item for item in built if not _is_close(item.kind, kinds, parameters)]
    if all(item.area is None for item in built):
        built = [item for item in built if not _is_unspecific(item.kind, kinds)]
    weight = _outside_share(built, outside, 1 if parameters.weighs == "project" else _LEAST_WORDS)
    if weight is None and parameters.weighs == "built":
        built, outside = _by_name(parameters, case, (start, end), kinds)
        weight = _outside_share(built, outside, 1)
    if weight is not None and weight >= _enough(parameters, kinds, built, outside):
        yield _outcome(parameters, case, declared, built, outside, weight)
        return
    if parameters.weighs == "built" and not _is_measured_as_declared(built, outside, kinds):
        yield from _prevailing(parameters, case, declared)


def _enough(
    parameters: IndustryCheck, kinds: tuple[IndustryClass, ...], built: list[Built], outside: list[Built]
) -> Decimal:
    """The share outside that is enough; less of it where shops and homes stand beside what should be works or stores."""
    trades = all(item.kind.code[0] in substance.TRADES for item in outside)
    works = all(kind.code[0] in _WORKS for kind in kinds)
    measured = any(item.area is not None for item in built)
    return (
        parameters.trade_share
        if parameters.trade_share is not None and trades and works and measured
        else parameters.share
    )


def _is_measured_as_declared(built: list[Built], outside: list[Built], kinds: tuple[IndustryClass, ...]) -> bool:
    """Floor space is given and some of it is plainly of the declared class: 织造车间, not 标准厂房."""
    return any(item.area is not None and item not in outside and not _is_unspecific(item.kind, kinds) for item in built)


def _prevailing(
    parameters: IndustryCheck, case: Case, declared: tuple[int, int, tuple[IndustryClass, ...]]
) -> Iterator[Outcome]:
    """Words special to another class prevail over the few that fit the declared one."""
    start, end, kinds = declared
    items = [item for item in contents.in_words(parameters, case, (start, end)) if not _is_unspecific(item.kind, kinds)]
    found = substance.dominated(case, (start, end), items, lambda kind: _is_close(kind, kinds, parameters))
    if found is None and parameters.apart and not _makes(items, kinds):
        strict = msgspec.structs.replace(
            parameters, close=tuple(group for group in parameters.close if group not in parameters.apart)
        )
        found = substance.dominated(case, (start, end), items, lambda kind: _is_close(kind, kinds, strict))
    if found is not None:
        yield _outcome(parameters, case, declared, *found, None)


def _makes(items: list[Built], kinds: tuple[IndustryClass, ...]) -> bool:
    """Something of the declared class itself is named beside what is close to it."""
    return any(item.kind.code == kind.code for item in items for kind in kinds)


def _denial(
    parameters: IndustryCheck, case: Case, declared: tuple[int, int, tuple[IndustryClass, ...]]
) -> Outcome | None:
    """The statement of a paper that declares making (制造业) that nothing is made: 不在本地设置加工生产环节."""
    assert parameters.denied is not None
    source = case.source(parameters.denied)
    name = "、".join(kind.name for kind in declared[2])
    for view in case.views:
        for hit in view.hits(source):
            start, end = view.original(*view.segment(hit.start, hit.end))
            if not (declared[0] <= start < declared[1]):
                said = case.text(start, end)
                values = {"value": said, "name": name, "other": "不生产", "arithmetic": "写明不生产"}
                return Outcome(
                    start=start, end=end, values=values, conditions=(f"申报：{name}", f"写明：{said}"),
                    related=(case.related("申报", *declared[:2]),),
                )  # fmt: skip
    return None


def _outcome(
    parameters: IndustryCheck,
    case: Case,
    declared: tuple[int, int, tuple[IndustryClass, ...]],
    built: list[Built],
    outside: list[Built],
    weight: Decimal | None,
) -> Outcome:
    """`weight`: share outside of floor space or words; None = words special to other classes prevail."""
    start, end, kinds = declared
    names = "、".join(dict.fromkeys(item.kind.name for item in outside))
    shown = "、".join(dict.fromkeys(item.words for item in outside[:_SHOWN]))
    measured = any(item.area is not None for item in built)
    if weight is None:
        arithmetic = f"所列内容以{names}为主"
    else:
        arithmetic = f"{_sum(outside, built)}，占{weight:.1%}" if measured else "所列内容没有一项属于申报类别"
    told = fold_text(re.split("[。\n]", case.text(start, start + _SENTENCE))[0])
    if parameters.claims is not None and not places(case.source(parameters.claims), told):
        start, end = _quoted(case, outside)
    name = "、".join(kind.name for kind in kinds)
    return Outcome(
        start=start,
        end=end,
        values={"value": shown, "name": name, "other": names, "arithmetic": arithmetic},
        conditions=(f"申报：{name}", f"内容：{shown}（{names}）", arithmetic),
        related=(case.related("申报", *declared[:2]), *(_related(case, item) for item in outside[:_SHOWN])),
    )


def _quoted(case: Case, outside: list[Built]) -> tuple[int, int]:
    """The largest use outside with its floor space; else the stretch of one line that names most, cut at a mark."""
    largest = max(outside, key=lambda item: item.area or Decimal(0))
    if largest.area is not None:
        return largest.start, largest.end
    text = case.document.text
    lines: dict[int, list[Built]] = {}
    for item in outside:
        lines.setdefault(behind_last("\n。；", text, item.start), []).append(item)
    most = max(reversed(lines.values()), key=lambda items: len({item.words for item in items}))
    first = min(item.start for item in most)
    start = behind_last("\n。；，、：\t|", text, first)
    label = _ITEM.match(text, start)
    start = label.end() if label and label.end() <= first else start
    within = [item.end for item in most if item.end - start <= _QUOTED]
    last = max(within, default=most[0].end)
    close = min((at for mark in "\n。；，、\t|" if (at := text.find(mark, last)) >= 0), default=len(text))
    return start, close if close - start <= _QUOTED else last


def _by_name(
    parameters: IndustryCheck, case: Case, declared: tuple[int, int], kinds: tuple[IndustryClass, ...]
) -> tuple[list[Built], list[Built]]:
    """What the name of the project and its content say it is, where words of the whole paper say this and that."""
    named = [
        item
        for item in contents.named(parameters, case)
        if not _is_unspecific(item.kind, kinds)
        and item.kind.code not in _NO_TRADE
        and not declared[0] <= item.start < declared[1]
    ]
    return named, [item for item in named if not _is_close(item.kind, kinds, parameters)]


def _declared(parameters: IndustryCheck, case: Case) -> tuple[int, int, tuple[IndustryClass, ...]] | None:
    """The first words that declare something with a known class; else the local parameter, quoted at the project's name."""
    for group in (parameters.declared, parameters.hinted):
        said = [] if group is None else _said(group, parameters, case)
        if said:
            return *said[0][:2], tuple(dict.fromkeys(kind for *_, kinds in said for kind in kinds))
    words = case.context.local_words.get(parameters.local or "", "")
    kinds = _classes_of(words, parameters, case)
    if not kinds:
        return None
    project = case.understanding.fact("project")
    return (*((project.start, project.end) if project is not None else case.heading()), kinds)


def _said(group: Group, parameters: IndustryCheck, case: Case) -> list[tuple[int, int, tuple[IndustryClass, ...]]]:
    """Words that declare something with a known class: the first, or all of them where all count."""
    text, source = case.folded.text, case.source(group)
    said = []
    for first, last in places_in_lines(source, text):
        kinds = () if text[first - 1 : first] in _NOT else _classes_of(text[first:last], parameters, case)
        if kinds:  # 不计入工业投资统计 declares nothing
            said.append((*case.folded.original(first, last), kinds))
            if not parameters.every:
                break
    return said


def _classes_of(words: str, parameters: IndustryCheck, case: Case) -> tuple[IndustryClass, ...]:
    """Classes that the words name by code, else by their words."""
    codes = {match["code"] for match in _CODE.finditer(words)}
    named = tuple(kind for kind in parameters.classes if codes & {kind.code, *kind.covers})
    named = named or tuple(kind for kind in parameters.classes if kind.code in {code[0] for code in codes})
    if named or not words:
        return named
    found = tuple(kind for kind in parameters.classes if _is_told(kind, words, case))
    narrow = tuple(kind for kind in found if len(kind.code) > 1)
    return tuple(kind for kind in found if not _is_unspecific(kind, narrow)) if narrow else found


def _is_told(kind: IndustryClass, words: str, case: Case) -> bool:
    """The words that declare have a word of the class, or one that only declares it (新材料)."""
    groups = (kind.words, kind.told) if kind.told is not None else (kind.words,)
    return any(places(case.source(group), words) for group in groups)


def _built(parameters: IndustryCheck, case: Case, declared: tuple[int, int]) -> list[Built]:
    """Every use the paper names with its floor space; where it names none, words of the enterprise's provisions."""
    if parameters.weighs == "project":
        return list(contents.named(parameters, case))
    measured = list(contents.measured(parameters, case))
    return measured if len(measured) >= _LEAST_USES else list(contents.in_words(parameters, case, declared))


def _is_unspecific(kind: IndustryClass, declared: tuple[IndustryClass, ...]) -> bool:
    """A word of the whole section (厂房, 生产) says nothing where a class of the section is declared."""
    return len(kind.code) == 1 and any(len(other.code) > 1 and other.code[0] == kind.code for other in declared)


def _is_close(kind: IndustryClass, declared: tuple[IndustryClass, ...], parameters: IndustryCheck) -> bool:
    """The same section (or, of manufacturing, the same class), or classes that pass for one another."""
    for other in declared:
        if kind.code == other.code or (kind.code[0] == other.code[0] and min(len(kind.code), len(other.code)) == 1):
            return True
        if any(_go_together(kind, other, group) for group in parameters.close):
            return True
    return False


def _go_together(kind: IndustryClass, other: IndustryClass, group: tuple[str, ...]) -> bool:
    """Both are of the group; a section in it (C) joins its classes to other sections, not to one another."""
    if kind.code[0] == other.code[0]:
        return kind.code in group and other.code in group
    return _is_in(kind, group) and _is_in(other, group)


def _is_in(kind: IndustryClass, group: tuple[str, ...]) -> bool:
    return kind.code in group or kind.code[0] in group


def _outside_share(built: list[Built], outside: list[Built], least_words: int) -> Decimal | None:
    """Share of the floor space outside, else 1 where only words of other classes stand, so many of one; None = unknown."""
    if any(item.area is not None for item in built):
        whole = sum((item.area for item in built if item.area is not None), Decimal(0))
        return sum((item.area for item in outside if item.area is not None), Decimal(0)) / whole if whole else None
    if len(outside) < len(built):
        return None
    words: dict[str, set[str]] = {}
    for item in outside:
        words.setdefault("" if item.kind.code[0] in substance.TRADES else item.kind.code, set()).add(item.words)
    return Decimal(1) if max(map(len, words.values()), default=0) >= least_words else None


def _sum(outside: list[Built], built: list[Built]) -> str:
    away = sum((item.area for item in outside if item.area is not None), Decimal(0))
    whole = sum((item.area for item in built if item.area is not None), Decimal(0))
    return f"{'＋'.join(item.words for item in outside)}＝{away:,.0f}平方米，所列建筑共{whole:,.0f}平方米"


def _related(case: Case, item: Built) -> Related:
    return case.related(f"内容属{item.kind.name}", item.start, item.end)
