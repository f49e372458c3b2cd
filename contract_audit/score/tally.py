"""Figures of many agreements: by category, by dimension, all together."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from contract_audit.model import Struct
from contract_audit.rulespec import Taxonomy
from contract_audit.score.measure import Measured

_NORMAL_95 = 1.959964  # quantile of the normal distribution


class Counts(Struct, frozen=True, kw_only=True):
    """Hits, misses, false alarms (look-alikes among them) and repeats of one category, dimension or all.

    A repeat is paid for by the reader, so it counts against precision like a false alarm.
    """

    hits: int = 0
    misses: int = 0
    alarms: int = 0
    lookalikes: int = 0
    repeats: int = 0

    @property
    def precision(self) -> float:
        """Hits among all that was reported and counted; 1 where nothing was."""
        return _share(self.hits, self.hits + self.alarms + self.repeats)

    @property
    def recall(self) -> float:
        """Hits among all flags; 1 where there is none."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def precision_interval(self) -> tuple[float, float]:
        """95 % interval of the precision."""
        return wilson(self.hits, self.hits + self.alarms + self.repeats)

    @property
    def recall_interval(self) -> tuple[float, float]:
        """95 % interval of the recall."""
        return wilson(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.alarms + self.repeats)


class Figures(Struct, frozen=True, kw_only=True):
    """All figures of one folder. Pairs are (right, of all)."""

    documents: int
    total: Counts
    dimensions: dict[str, Counts]
    categories: dict[str, Counts]
    rules: dict[str, Counts]
    traps: int
    facts: tuple[int, int]
    invented_facts: int
    duties_found: tuple[int, int]
    dues: tuple[int, int]
    statuses: tuple[int, int]
    checks: tuple[int, int]
    modes: tuple[int, int]


def figures(measured: tuple[Measured, ...], taxonomy: Taxonomy, traps: int) -> Figures:
    """Add up the agreements of one folder; `traps` is the number of look-alikes labelled in it."""
    by_category = {category: _counts(measured, category) for category in taxonomy.categories}
    used = {category: counts for category, counts in by_category.items() if counts != Counts()}
    duties = [duty for sample in measured for duty in sample.duties]
    facts = [fact.right for sample in measured for fact in sample.facts]
    checks = [there == found for sample in measured for there, found in sample.checks.values()]
    return Figures(
        documents=len(measured),
        total=_sum(used.values()),
        dimensions={
            code: _sum(counts for category, counts in used.items() if category.startswith(f"{code}."))
            for code in taxonomy.dimensions
        },
        categories=used,
        rules=_by_rule(measured),
        traps=traps,
        facts=_right(facts),
        invented_facts=sum(len(sample.invented) for sample in measured),
        duties_found=_right(duty.found is not None for duty in duties),
        dues=_right(duty.due_right for duty in duties),
        statuses=_right(duty.status_right for duty in duties),
        checks=_right(checks),
        modes=_right(sample.mode_right for sample in measured),
    )


def table(name: str, result: Figures, taxonomy: Taxonomy, *, totals_only: bool) -> Iterator[str]:
    """The figures as lines."""
    total = result.total
    yield f"{name}：{result.documents} 份，应提示 {total.hits + total.misses} 处，相似而合法 {result.traps} 处"
    yield f"  {'合计':<24}{cells(total)}"
    yield f"  {'95% 区间':<22}精确 {_interval(total.precision_interval)}  召回 {_interval(total.recall_interval)}"
    if not totals_only:
        for code, counts in result.dimensions.items():
            yield f"  {taxonomy.dimensions[code].name:<22}{cells(counts)}"
        for category, counts in result.categories.items():
            yield f"    {category:<34}{cells(counts)}"
        for rule, counts in result.rules.items():
            if counts.alarms or counts.repeats:
                yield f"      {rule:<32}{cells(counts, of_rule=True)}"
    yield (
        f"  事实 {_pair(result.facts)}，多读 {result.invented_facts}；义务读到 {_pair(result.duties_found)}，"
        f"期限 {_pair(result.dues)}，状态 {_pair(result.statuses)}；整份判断 {_pair(result.checks)}；"
        f"文本状态 {_pair(result.modes)}"
    )


def recorded(result: Figures) -> dict[str, object]:
    """The figures that the scores file keeps, and below which no later version may fall."""
    total = result.total
    return {
        "documents": result.documents,
        "hits": total.hits,
        "misses": total.misses,
        "alarms": total.alarms,
        "lookalikes": total.lookalikes,
        "repeats": total.repeats,
        "precision": _rounded(total.precision),
        "recall": _rounded(total.recall),
        "f1": _rounded(total.f1),
        "facts": _rounded(_share(*result.facts)),
        "dues": _rounded(_share(*result.dues)),
        "statuses": _rounded(_share(*result.statuses)),
        "checks": _rounded(_share(*result.checks)),
    }


def _counts(measured: tuple[Measured, ...], category: str) -> Counts:
    tally: Counter[str] = Counter()
    for sample in measured:
        matched = sample.matched
        tally["hits"] += sum(flag.category == category for flag, _finding in matched.answered)
        tally["misses"] += sum(flag.category == category for flag in matched.missed)
        tally["lookalikes"] += sum(finding.category == category for _trap, finding in matched.lookalikes)
        tally["alarms"] += sum(finding.category == category for finding in matched.alarms)
        tally["repeats"] += sum(finding.category == category for finding in matched.repeats)
    return Counts(
        hits=tally["hits"],
        misses=tally["misses"],
        alarms=tally["alarms"] + tally["lookalikes"],
        lookalikes=tally["lookalikes"],
        repeats=tally["repeats"],
    )


def _by_rule(measured: tuple[Measured, ...]) -> dict[str, Counts]:
    """Hits, alarms and repeats of each rule; what no rule found is nobody's miss."""
    hits: Counter[str] = Counter()
    lookalikes: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    repeats: Counter[str] = Counter()
    for sample in measured:
        matched = sample.matched
        hits.update(finding.rule for _flag, finding in matched.answered)
        lookalikes.update(finding.rule for _trap, finding in matched.lookalikes)
        alarms.update(finding.rule for finding in matched.alarms)
        repeats.update(finding.rule for finding in matched.repeats)
    return {
        rule: Counts(
            hits=hits[rule],
            alarms=alarms[rule] + lookalikes[rule],
            lookalikes=lookalikes[rule],
            repeats=repeats[rule],
        )
        for rule in sorted(hits | alarms | lookalikes | repeats)
    }


def _sum(parts: Iterable[Counts]) -> Counts:
    tally: Counter[str] = Counter()
    for counts in parts:
        for field in Counts.__struct_fields__:
            tally[field] += getattr(counts, field)
    return Counts(**tally)


def _right(outcomes: Iterable[bool]) -> tuple[int, int]:
    listed = list(outcomes)
    return sum(listed), len(listed)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927); the whole range where nothing was counted."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, _NORMAL_95**2 / whole
    middle = share + square / 2
    spread = _NORMAL_95 * math.sqrt(share * (1 - share) / whole + square / (4 * whole))
    return (middle - spread) / (1 + square), (middle + spread) / (1 + square)


def _interval(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:.1%}–{bounds[1]:.1%}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _rounded(share: float) -> Decimal:
    return round(Decimal(share), 4)


def _pair(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}（{_share(*pair):.1%}）"


def cells(counts: Counts, *, of_rule: bool = False) -> str:
    """One line of figures; a rule has no misses of its own."""
    reported = counts.hits + counts.alarms + counts.repeats
    precision = f"{counts.precision:6.1%}" if reported else "     —"
    found = (
        f"中 {counts.hits:3d}"
        if of_rule
        else f"召回 {counts.recall:6.1%}  F1 {counts.f1:6.1%}  中 {counts.hits:3d} 漏 {counts.misses:3d}"
    )
    return f"精确 {precision}  {found} 误 {counts.alarms:3d}（相似 {counts.lookalikes:2d}） 重复 {counts.repeats:2d}"
