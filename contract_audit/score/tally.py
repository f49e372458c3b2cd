"""Figures of many agreements: by category, by dimension, all together."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from contract_audit.model import Struct
from contract_audit.rulespec import Taxonomy
from contract_audit.score.measure import Measured


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
    def f1(self) -> float:
        """Harmonic mean of both."""
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.alarms + self.repeats)


class Figures(Struct, frozen=True, kw_only=True):
    """All figures of one folder. Pairs are (right, of all)."""

    documents: int
    total: Counts
    dimensions: dict[str, Counts]
    categories: dict[str, Counts]
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
    yield f"  {'合计':<24}{_cells(total)}"
    if not totals_only:
        for code, counts in result.dimensions.items():
            yield f"  {taxonomy.dimensions[code].name:<22}{_cells(counts)}"
        for category, counts in result.categories.items():
            yield f"    {category:<34}{_cells(counts)}"
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


def _sum(parts: Iterable[Counts]) -> Counts:
    tally: Counter[str] = Counter()
    for counts in parts:
        for field in Counts.__struct_fields__:
            tally[field] += getattr(counts, field)
    return Counts(**tally)


def _right(outcomes: Iterable[bool]) -> tuple[int, int]:
    listed = list(outcomes)
    return sum(listed), len(listed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _rounded(share: float) -> Decimal:
    return round(Decimal(share), 4)


def _pair(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}（{_share(*pair):.1%}）"


def _cells(counts: Counts) -> str:
    reported = counts.hits + counts.alarms + counts.repeats
    precision = f"{counts.precision:6.1%}" if reported else "     —"
    return (
        f"精确 {precision}  召回 {counts.recall:6.1%}  F1 {counts.f1:6.1%}  "
        f"中 {counts.hits:3d} 漏 {counts.misses:3d} 误 {counts.alarms:3d}（相似 {counts.lookalikes:2d}） 重复 {counts.repeats:2d}"
    )
