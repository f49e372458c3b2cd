"""Check kind `provision`: one provision says something it should not.

Every group must be found, in words that count (own or lead-in, not denied); the marked words must stand close
together; none of the exceptions may hold. The quote is the shortest stretch that holds the marked words.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise, product
from math import prod

import msgspec

from contract_audit.engine.candidates import SILENT, near
from contract_audit.engine.case import FORCES, SIDES, Case, Excepted, Outcome
from contract_audit.engine.checks.near_values import filled, may_be_near, value_near
from contract_audit.engine.index import PatternIndex
from contract_audit.engine.patterns import as_bits, bits, places
from contract_audit.engine.view import Hit, View
from contract_audit.model import Stream, Value
from contract_audit.rulespec import Group, ProvisionCheck, Unless

_MAX_COMBINATIONS = 512  # beyond this only the first hits of each group are combined
_MAX_CANDIDATES = 16
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_TOO_SHORT = 8  # fewer characters do not show the wrong: the quote grows to its segment …
_QUOTE_JOINED = 60  # what several statements together, or a whole one, may be to be quoted
_QUOTE_SEGMENT = 40  # … where that is short


def check(parameters: ProvisionCheck, case: Case) -> Iterator[Outcome]:
    """One outcome at most a provision; hidden and deleted text where the rule asks."""
    last: Outcome | None = None
    for index in bits(_views(parameters, case)):
        outcome = decide(parameters, case, case.views[index], index)
        if not isinstance(outcome, Outcome):
            continue
        if last is not None and _leans_on(parameters, case, case.views[index], last):
            last = _joined(last, outcome, case)
            continue
        if last is not None:
            yield last
        last = outcome
    if last is not None:
        yield last
    if parameters.streams:
        yield from _in_streams([case.source(group) for group in parameters.groups], case)


def _views(parameters: ProvisionCheck, case: Case) -> int:
    """The views, as bits, of the right side and force that hold all groups where they must be; the rest is ruled out.

    A group whose words may stand elsewhere in the clause or paper need only be there. What words alone tell is asked first,
    then values are looked for, then patterns are run on the views that are left, the rarest first.
    """
    mask = case.candidates(parameters)
    if not mask:
        return 0
    own, far = _sources(parameters, case.index)
    mask = _with_far(far, case, mask, case.views_maybe_with)
    if parameters.values:
        mask = as_bits([place for place in bits(mask) if may_be_near(parameters.values, case, case.views[place])])
    if mask:
        for _, source in sorted((case.views_maybe_with(source).bit_count(), source) for source in own):
            mask = case.views_with(source, mask)
    return _with_far(far, case, mask, case.views_with)


_Far = tuple[tuple[str, bool], ...]  # sources, and whether each may stand anywhere in the paper


@lru_cache(maxsize=8192)
def _sources(parameters: ProvisionCheck, index: PatternIndex) -> tuple[tuple[str, ...], _Far]:
    """What must stand in the provision itself, and what may stand elsewhere."""
    own = near(parameters)
    far = tuple(group for group in parameters.groups if group not in own)
    return tuple(map(index.source, own)), tuple((index.source(group), group.place == "paper") for group in far)


def _with_far(far: _Far, case: Case, mask: int, held: Callable[[str, int], int]) -> int:
    """Of the views `mask` those in whose clause, or paper, all groups stand, as `held` says."""
    for source, in_paper in far:
        if not mask:
            return 0
        if in_paper:
            mask = mask if held(source, case.all_views) else 0
        else:
            mask &= case.clauses_of(held(source, case.clauses_of(mask)))
    return mask


def decide(parameters: ProvisionCheck, case: Case, view: View, index: int) -> Outcome | str:
    """The outcome on one provision, or the first condition that failed, in Chinese."""
    provision = view.provision
    if provision.kind in SILENT:
        return "是标题或签署行，不是约定"
    if provision.side not in parameters.side and not (parameters.guessed and provision.known_by == "default"):
        return f"义务人是{SIDES[provision.side]}，本规则只看{'、'.join(SIDES[side] for side in parameters.side)}"
    if provision.force not in parameters.force:
        return f"语气是{FORCES[provision.force]}，本规则只看{'、'.join(FORCES[force] for force in parameters.force)}"
    found = []
    for group in parameters.groups:
        hits = _counting(group, case.source(group), view) or _elsewhere(group, case, view)
        if not hits:
            return f"没有找到{_named(group)}，或所在位置、否定关系不符"
        found.append(hits)
    reason = f"各词组相隔超过{parameters.gap}字或次序不符"
    for best in _candidates(parameters, case, view, found):
        exception = case.holds(parameters.unless, view, *best) or _excepted_before(parameters, case, view, found)
        values = [value_near(test, case, view, *best) for test in parameters.values]
        if exception is not None:
            reason = Excepted(f"例外成立：{exception.label}")
        elif None in values:
            reason = "附近没有符合条件的数值"
        else:
            return _outcome(
                parameters, case, view, index, (found, best, [value for value in values if value is not None])
            )
    return reason


_Matched = tuple[list[list[Hit]], tuple[int, int], list[Value]]


def _leans_on(parameters: ProvisionCheck, case: Case, view: View, last: Outcome) -> bool:
    """Whether a provision shows the wrong only by the condition that it shares with the one just found in its sentence."""
    if last.provision is None:
        return False
    before = case.understanding.provisions[last.provision]
    shared = any(before.start <= stem.start and stem.end <= before.end for stem in view.provision.stems)
    between = case.text(before.end, view.provision.start)
    if not shared or any(mark in between for mark in "。；;\n"):
        return False
    return any(
        hits and not any(hit.own for hit in hits)
        for hits in (_counting(group, case.source(group), view) for group in parameters.groups)
    )


def _joined(last: Outcome, outcome: Outcome, case: Case) -> Outcome:
    """One wrong told in two statements of a sentence: quoted together, without the condition where that would be long."""
    start = last.start
    if outcome.end - start > _QUOTE_JOINED:
        start = last.end - len(case.text(start, last.end).rpartition("，")[2])
    if outcome.end - start > _QUOTE_JOINED:
        return last
    return msgspec.structs.replace(last, start=start, end=max(last.end, outcome.end))


def _outcome(parameters: ProvisionCheck, case: Case, view: View, index: int, matched: _Matched) -> Outcome:
    found, best, values = matched
    lowered = case.holds(parameters.lower, view, *best)
    raised = case.holds(parameters.raise_, view, *best)
    start, end = _with_earlier(parameters, case, view, found, best)
    start, end = min([start, *(value.start for value in values)]), max([end, *(value.end for value in values)])
    conditions = [f"义务人：{SIDES[view.provision.side]}", f"语气：{FORCES[view.provision.force]}"]
    conditions += [_held(group, hits[0], view) for group, hits in zip(parameters.groups, found, strict=True)]
    conditions += [f"从轻：{lowered.label}"] if lowered else []
    conditions += [f"从重：{raised.label}"] if raised else []
    return Outcome(
        start=start,
        end=end,
        values=filled(parameters.values, values, case),
        conditions=tuple(conditions),
        shift=(1 if raised else 0) - (1 if lowered else 0),
        provision=index,
        named_at=_named_at(parameters, case, view, found),
    )


def _named_at(parameters: ProvisionCheck, case: Case, view: View, found: list[list[Hit]]) -> int | None:
    """Where the statement of the same sentence begins that holds a group's words the provision itself lacks."""
    for group, hits in zip(parameters.groups, found, strict=True):
        if any(hit.own and hit.end for hit in hits):
            continue
        earlier = _earlier(group, case, view)
        if earlier is not None:
            return earlier.provision.start
    return None


@lru_cache(maxsize=8192)
def _named(group: Group) -> str:
    names = "、".join(word.removeprefix("@") for word in group.any[:4])
    return f"词组（{names}）" if names else "所要求的句式"


def _held(group: Group, hit: Hit, view: View) -> str:
    """The condition with the words that met it: what a person checks by hand."""
    return f"{_named(group)}：" + (f"「{view.text[hit.start : hit.end]}」" if hit.end else "见于同条")


def _counting(group: Group, source: str, view: View) -> list[Hit]:
    """Hits that count for the group: in the right place, denied or not as the group says."""
    hits = []
    for hit in view.hits(source):
        if group.place in ("own", "stem") and hit.own != (group.place == "own"):
            continue
        denied = view.is_denied(hit, source)
        if (group.negated == "forbid" and denied) or (group.negated == "require" and not denied):
            continue
        hits.append(hit)
    return hits


def _elsewhere(group: Group, case: Case, view: View) -> list[Hit]:
    """A stand-in hit at the view's start where the words stand in another provision of the sentence, clause or paper, and may."""
    if group.place == "sentence":
        return [Hit(0, 0, own=False)] if _earlier(group, case, view) is not None else []
    if group.place == "paper":
        return [Hit(0, 0, own=False)] if case.occurs(group) else []
    if group.place != "clause":
        return []
    source = case.source(group)
    neighbours = case.clause_views(view.provision.clause)
    return [Hit(0, 0, own=False)] if any(other.says(source) for other in neighbours) else []


def _earlier(group: Group, case: Case, view: View) -> View | None:
    """The nearest statement before the view in its sentence that holds the group's words."""
    source = case.source(group)
    for other in case.views_before(view):
        if any(mark in case.text(other.provision.end, view.provision.start) for mark in "。；;\n"):
            return None
        if any(hit.own for hit in _counting(group, source, other)):
            return other
    return None


def _candidates(parameters: ProvisionCheck, case: Case, view: View, found: list[list[Hit]]) -> list[tuple[int, int]]:
    """Stretches of own words that hold one hit of each marked group within the gap, the shortest first.

    A marked group with hits only in the lead-ins does not stretch the quote, but one marked hit must be own.
    """
    marked: list[list[tuple[Hit, str] | None]] = []
    for group, hits in zip(parameters.groups, found, strict=True):
        if group.mark and group.place != "clause":
            source = case.source(group)
            marked.append([(hit, source) for hit in hits if hit.own] or [None])
    if prod(len(choices) for choices in marked) > _MAX_COMBINATIONS:
        marked = [choices[:4] for choices in marked]
    within = any(group.negated == "within" for group in parameters.groups)
    by_lead = within and not any(
        not hit.own and "不" in view.text[hit.start : hit.end] for hits in found for hit in hits
    )
    stretches: dict[tuple[int, int], None] = {}
    for combination in product(*marked):
        words = [choice for choice in combination if choice is not None]
        chosen = [hit for hit, _ in words]
        if (
            chosen
            and _is_close(chosen, parameters, view.text)
            and not (within and view.are_denied(words, by_lead=by_lead))
        ):
            stretches[min(chosen).start, max([hit.end for hit in chosen])] = None
    return sorted(stretches, key=lambda stretch: (stretch[1] - stretch[0], stretch))[:_MAX_CANDIDATES]


def _is_close(chosen: list[Hit], parameters: ProvisionCheck, text: str) -> bool:
    """Whether the words stand in their order and near each other; remarks in brackets between them do not count."""
    order, gap = chosen if parameters.ordered else sorted(chosen), parameters.gap
    for earlier, later in pairwise(order):
        if parameters.ordered and later.start < earlier.start:
            return False
        if later.start - earlier.end > gap and len(_REMARK.sub("", text[earlier.end : later.start])) > gap:
            return False
    return True


def _quote(how: str, view: View, start: int, end: int) -> tuple[int, int]:
    if how == "provision" and view.provision.end - view.provision.start <= _QUOTE_JOINED:
        return view.provision.start, view.provision.end
    first, last = view.segment(start, end)
    first = max(first, view.own_start)
    grows = end - start < _TOO_SHORT and last - first <= _QUOTE_SEGMENT
    if how == "provision" and last - first > _QUOTE_JOINED >= end - first:
        start, end = first, max(end, start)  # of a long list only what leads to the words found
    elif how != "match" or grows:
        start, end = first, last
    return view.original(start, end)


def _with_earlier(
    parameters: ProvisionCheck, case: Case, view: View, found: list[list[Hit]], best: tuple[int, int]
) -> tuple[int, int]:
    """The quoted span; it also holds the statement before that names the thing, where that stays short."""
    whole = _quote(parameters.quote, view, *best)
    for group, hits in zip(parameters.groups, found, strict=True):
        earlier = _earlier(group, case, view) if group.mark and _stands_in(group, hits) else None
        if earlier is not None:
            for _, end in (whole, _quote("segment", view, *best)):
                if end - earlier.provision.start <= _QUOTE_JOINED:
                    return earlier.provision.start, end
    return whole


def _stands_in(group: Group, hits: list[Hit]) -> bool:
    """Whether the group's words stand in an earlier statement of the sentence."""
    return group.place == "sentence" and not hits[0].end


def _excepted_before(parameters: ProvisionCheck, case: Case, view: View, found: list[list[Hit]]) -> Unless | None:
    """The exception that holds in the earlier statement that names the thing."""
    for group, hits in zip(parameters.groups, found, strict=True):
        earlier = _earlier(group, case, view) if _stands_in(group, hits) else None
        for exception in parameters.unless if earlier is not None else ():
            if exception.within == "provision" and earlier is not None and earlier.says(case.source(exception)):
                return exception
    return None


def _in_streams(sources: list[str], case: Case) -> Iterator[Outcome]:
    """Promises in hidden or deleted text: evidence that somebody wrote them, whatever the accepted text says."""
    streams: tuple[Stream, ...] = ("hidden", "deleted")
    for stream in streams:
        passages = case.document.hidden if stream == "hidden" else case.document.deleted
        for passage in passages:
            found = [places(source, passage.text) for source in sources]
            if all(found):
                start = passage.start + min(span[0] for spans in found for span in spans[:1])
                end = passage.start + max(span[1] for spans in found for span in spans[:1])
                yield Outcome(
                    start=start,
                    end=end,
                    stream=stream,
                    conditions=(f"见于{'隐藏' if stream == 'hidden' else '已删除'}文字",),
                )
