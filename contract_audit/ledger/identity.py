"""Which finding of a scan is which item: exact fingerprint, same clause, similar text, and refusal where two remain.

Plain functions on plain data. A wrong pairing would put one person's decision under another wrong; a missed one only
costs a second look. So a pair must be clearly better than every other pair of either side.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

_ENOUGH = 0.7  # least likeness of a pair, 0…1
_CLEAR = 0.08  # by how much a pair must beat the next
_BESIDE = 0.6  # least likeness of what stands right beside two quotes that are not the same words
_REACH = 12  # characters that stand right beside a quote
_TELLING = 6  # characters other than figures from which a quote stands for itself
_DIGITS = re.compile("[0-9.,%]")
_SHARED = 0.5  # least share of common findings by which a renamed document is known


class Trace(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What an item and a finding are compared by. `key` is the item's number or the finding's place in the scan.

    `quote` is folded; `context` is the folded text before and after it; `clause_hash` is the digest of the clause.
    """

    key: int
    document: str
    rule: str
    fingerprint: str
    quote: str
    clause: str | None
    clause_hash: str
    family: str
    context: str

    @property
    def words(self) -> tuple[str, str, str, str, str]:
        """All of the fingerprint but the ordinal: equal for wrongs that only their order tells apart."""
        return self.document, self.rule, self.quote, self.clause_hash, self.family


class Pairing(msgspec.Struct, frozen=True, kw_only=True):
    """The result: pairs (item, finding), findings without an item, items without a finding, and doubts.

    `doubts` maps a finding to the items that it may be; finding and items also stand among the unpaired.
    """

    pairs: tuple[tuple[int, int], ...]
    new: tuple[int, ...]
    missing: tuple[int, ...]
    doubts: Mapping[int, tuple[int, ...]]
    renamed_documents: Mapping[str, str]


def pair(
    known: Sequence[Trace], found: Sequence[Trace], renamed_rules: Mapping[str, str], scanned: frozenset[str]
) -> Pairing:
    """Pair the items of a ledger with the findings of a scan; items of documents that were not scanned stay out.

    `renamed_rules` maps old rule ids to new ones; `scanned` are all documents of the scan, with findings or without.
    """
    moved = _renamed_documents(known, found, scanned)
    here = [_as_now(trace, renamed_rules, moved) for trace in known]
    here = [trace for trace in here if trace.document in scanned]
    pairs = _exact(here, found)
    taken_items, taken_findings = {item for item, _ in pairs}, {finding for _, finding in pairs}
    doubts: dict[int, tuple[int, ...]] = {}
    groups: dict[tuple[str, str], tuple[list[Trace], list[Trace]]] = defaultdict(lambda: ([], []))
    for side, traces, taken in ((0, here, taken_items), (1, found, taken_findings)):
        for trace in traces:
            if trace.key not in taken:
                groups[trace.document, trace.rule][side].append(trace)
    for items, findings in groups.values():
        if not items or not findings:
            continue
        more, unsure = _alike(items, findings)
        pairs += more
        doubts |= unsure
    taken_items, taken_findings = {item for item, _ in pairs}, {finding for _, finding in pairs}
    return Pairing(
        pairs=tuple(pairs),
        new=tuple(trace.key for trace in found if trace.key not in taken_findings),
        missing=tuple(trace.key for trace in here if trace.key not in taken_items),
        doubts=doubts,
        renamed_documents=moved,
    )


def likeness(one: Trace, two: Trace) -> float:
    """How alike two traces of one rule in one document are, 0…1: the quote, what stands around it, the clause."""
    from rapidfuzz.fuzz import ratio

    quote = ratio(one.quote, two.quote) / 100
    same_number = float(one.clause == two.clause)
    if not one.context or not two.context:
        same_clause = bool(one.clause_hash) and one.clause_hash == two.clause_hash
        return 0.85 * quote + 0.15 * max(same_number, float(same_clause))
    if not _same_words(one, two) and _touching(one, two) < _BESIDE:
        return 0.0  # the rows of a table are alike but for what stands right beside the quote
    if one.clause_hash and one.clause_hash == two.clause_hash:
        return 0.3 + 0.35 * quote + 0.35 * _context(one, two)
    return 0.45 * quote + 0.45 * _context(one, two) + 0.1 * same_number


def _same_words(one: Trace, two: Trace) -> bool:
    """The same words, or more and less of the same words, and enough of them to stand for themselves: a day is not."""
    short, long = sorted((one.quote, two.quote), key=len)
    telling = len(_DIGITS.sub("", short))
    if short == long:
        return telling >= _TELLING
    same_clause = bool(one.clause_hash) and one.clause_hash == two.clause_hash
    return telling >= (_TELLING if same_clause else 2 * _TELLING) and short in long


def _touching(one: Trace, two: Trace) -> float:
    """How alike the words right before or right after the quotes are, 0…1, whichever side is more so."""
    from rapidfuzz.fuzz import ratio

    (mine_before, _, mine_after), (its_before, _, its_after) = one.context.partition("\n"), two.context.partition("\n")
    before = ratio(mine_before[-_REACH:], its_before[-_REACH:])
    after = ratio(mine_after[:_REACH], its_after[:_REACH])
    return max(before, after) / 100


def _context(one: Trace, two: Trace) -> float:
    """The better side counts most: an edit before the quote leaves what follows it."""
    from rapidfuzz.fuzz import ratio

    sides = [
        ratio(mine, its) / 100 for mine, its in zip(one.context.split("\n"), two.context.split("\n"), strict=False)
    ]
    return 0.7 * max(sides) + 0.3 * min(sides)


def _as_now(trace: Trace, rules: Mapping[str, str], documents: Mapping[str, str]) -> Trace:
    if trace.rule not in rules and trace.document not in documents:
        return trace
    return msgspec.structs.replace(
        trace,
        rule=rules.get(trace.rule, trace.rule),
        document=documents.get(trace.document, trace.document),
    )


def _exact(known: Iterable[Trace], found: Iterable[Trace]) -> list[tuple[int, int]]:
    """Equal fingerprints in one document. Twins that only their order tells apart count where none came or went."""
    known, found = list(known), list(found)
    before, after = Counter(trace.words for trace in known), Counter(trace.words for trace in found)
    uneven = {words for words, count in before.items() if after[words] != count and max(count, after[words]) > 1}
    places = {(trace.document, trace.fingerprint): trace for trace in found}
    pairs = []
    for trace in known:
        other = places.get((trace.document, trace.fingerprint))
        if other is not None and other.rule == trace.rule and (not uneven or trace.words not in uneven):
            pairs.append((trace.key, other.key))
            del places[trace.document, trace.fingerprint]
    return pairs


def _alike(items: list[Trace], findings: list[Trace]) -> tuple[list[tuple[int, int]], dict[int, tuple[int, ...]]]:
    """Pairs by likeness, clearest first; what stays unclear is a doubt."""
    scores = {
        (item.key, finding.key): score
        for item in items
        for finding in findings
        if (score := likeness(item, finding)) >= _ENOUGH - _CLEAR
    }
    pairs: list[tuple[int, int]] = []
    while chosen := _clear(scores):
        pairs += chosen
        used_items, used_findings = {item for item, _ in chosen}, {finding for _, finding in chosen}
        scores = {
            (item, finding): score
            for (item, finding), score in scores.items()
            if item not in used_items and finding not in used_findings
        }
    doubts: dict[int, tuple[int, ...]] = {}
    for (item, finding), score in scores.items():
        if score >= _ENOUGH:
            doubts[finding] = (*doubts.get(finding, ()), item)
    return pairs, doubts


def _clear(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Pairs that beat every other pair of their item and of their finding by a clear margin."""
    by_item: dict[int, list[float]] = defaultdict(list)
    by_finding: dict[int, list[float]] = defaultdict(list)
    for (item, finding), score in scores.items():
        by_item[item].append(score)
        by_finding[finding].append(score)
    return [
        (item, finding)
        for (item, finding), score in scores.items()
        if score >= _ENOUGH and _beats(score, by_item[item]) and _beats(score, by_finding[finding])
    ]


def _beats(score: float, rivals: list[float]) -> bool:
    return sum(rival > score - _CLEAR for rival in rivals) == 1  # itself alone


def _renamed_documents(known: Sequence[Trace], found: Sequence[Trace], scanned: frozenset[str]) -> dict[str, str]:
    """Old name → new name of documents that are the same by their findings; a tie of two names is left alone."""
    gone = [trace for trace in known if trace.document not in scanned]
    listed = {trace.document for trace in known}
    fresh = [trace for trace in found if trace.document not in listed]
    if not gone or not fresh:
        return {}
    holders: dict[str, set[str]] = defaultdict(set)
    for trace in gone:
        holders[trace.fingerprint].add(trace.document)
    shared = Counter((old, trace.document) for trace in fresh for old in holders.get(trace.fingerprint, ()))
    old_sizes, new_sizes = Counter(trace.document for trace in gone), Counter(trace.document for trace in fresh)
    fit = {
        names: count
        for names, count in shared.items()
        if count >= _SHARED * min(old_sizes[names[0]], new_sizes[names[1]])
    }
    olds, news = Counter(old for old, _ in fit), Counter(new for _, new in fit)
    return {old: new for old, new in fit if olds[old] == 1 and news[new] == 1}
