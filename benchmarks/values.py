"""Values held against gold: the extractor, and peers where they are installed, on the same cases.

    python -m benchmarks.values [CASES.jsonl …]

Predictions and gold of one kind that overlap are paired one to one, the best pairing first. `value`: the numbers are
right; `full`: and bounds, working days, denominators and anchors. A prediction of a smaller kind inside a bigger value
(a date inside a deadline) is a part of it, neither hit nor false alarm.
"""

import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import values_peers
from benchmarks.values_adapter import extract

Prediction = dict[str, Any]
Case = dict[str, Any]
Extractor = Callable[[str, str], list[Prediction]]

CASES = Path(__file__).parent / "values_cases"
AGREEMENTS = Path(__file__).parent.parent / "corpus" / "dev"
KINDS = ("date", "recurrence", "duration", "deadline", "money", "area", "percent", "number")
_PART_OF = {
    "date": {"deadline", "recurrence"},
    "duration": {"deadline", "recurrence", "date"},
    "deadline": {"duration", "date"},
    "recurrence": {"date", "duration", "deadline"},
    "number": set(KINDS),
    "percent": {"money"},
    "area": {"money"},
}
_TOLERANCE = {"money": Decimal(0), "area": Decimal("0.0001"), "percent": Decimal("0.000001"), "number": Decimal("1E-9")}
_SHARED = 0.6  # share of characters that two anchors must have in common


def load(path: Path) -> list[Case]:
    """The cases of one file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measure(cases: list[Case], extractor: Extractor) -> dict[str, Counter[str]]:
    """Counts of gold, tp, value, full and fp by kind, and over all kinds under ALL."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        found = [one for one in extractor(case["text"], case["ref_date"]) if one["kind"] in case["scored_kinds"]]
        for kind, event in _events(case, found):
            counts[kind][event] += 1
            counts["ALL"][event] += 1
    return counts


def f1(counts: Counter[str], tier: str) -> float:
    """F1 of one tier (tp, value, full)."""
    predicted, gold = counts["tp"] + counts["fp"], counts["gold"]
    return 2 * counts[tier] / (predicted + gold) if predicted + gold else 0.0


def _events(case: Case, found: list[Prediction]) -> list[tuple[str, str]]:
    gold = [one for one in case["gold"] if one["kind"] != "ignore"]
    ignored = [one["span"] for one in case["gold"] if one["kind"] == "ignore"]
    pairs = sorted(_pairs(gold, found), reverse=True)
    events = [(one["kind"], "gold") for one in gold]
    taken_gold: set[int] = set()
    taken: set[int] = set()
    for full, value, _, index, number in pairs:
        if index in taken_gold or number in taken:
            continue
        taken_gold.add(index)
        taken.add(number)
        kind = gold[index]["kind"]
        events += [(kind, tier) for tier, reached in (("tp", True), ("value", value), ("full", full)) if reached]
    for number, one in enumerate(found):
        span = (one["start"], one["end"])
        inside = any(_overlap(span, other["span"]) and other["kind"] in _PART_OF.get(one["kind"], ()) for other in gold)
        if number not in taken and not inside and not any(_overlap(span, other) for other in ignored):
            events.append((one["kind"], "fp"))
    return events


def _pairs(gold: list[dict[str, Any]], found: list[Prediction]) -> list[tuple[bool, bool, float, int, int]]:
    pairs = []
    for index, wanted in enumerate(gold):
        for number, one in enumerate(found):
            shared = _overlap((one["start"], one["end"]), wanted["span"])
            if one["kind"] != wanted["kind"] or not shared:
                continue
            forms = [wanted["expected_normal_form"], *wanted.get("also_ok", [])]
            value, full = max(_compared(one["kind"], form, one["normal"]) for form in forms)
            union = max(one["end"], wanted["span"][1]) - min(one["start"], wanted["span"][0])
            pairs.append((full, value, shared / union, index, number))
    return pairs


def _overlap(one: Sequence[int], other: Sequence[int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _compared(kind: str, gold: Any, found: Any) -> tuple[bool, bool]:
    """Whether the numbers are right, and whether everything is."""
    if kind == "date":
        ours, theirs = _interval(gold), _interval(found)
        return {edge for edge in ours if edge} == {edge for edge in theirs if edge}, ours == theirs
    if kind == "recurrence":
        value = _length(gold["every"]) == _length(found["every"])
        return value, value and (gold["at"] or "") == (found["at"] or "")
    if kind == "deadline":
        value = _length(gold["offset"]) == _length(found["offset"]) and gold["direction"] == found["direction"]
        return value, value and gold["workday"] == found["workday"] and _same_event(gold["anchor"], found["anchor"])
    if kind == "duration":
        lengths = [(_length(one["min"]), _length(one["max"])) for one in (gold, found)]
        value = set(lengths[0]) - {None} == set(lengths[1]) - {None}
        return value, value and lengths[0] == lengths[1] and gold["workday"] == found["workday"]
    return _compared_numbers(kind, gold, found)


def _compared_numbers(kind: str, gold: Any, found: Any) -> tuple[bool, bool]:
    ours = [None if edge is None else Decimal(edge) for edge in (gold["min"], gold["max"])]
    theirs = [None if edge is None else Decimal(edge) for edge in (found["min"], found["max"])]
    near = [_near(one, other, _TOLERANCE[kind]) for one, other in zip(ours, theirs, strict=True)]
    value = sorted({one for one in ours if one is not None}) == sorted({one for one in theirs if one is not None})
    value = value or all(near)
    if kind == "money":
        value = value and gold["currency"] == found["currency"]
    extra = {"money": "per", "percent": "per", "number": "unit"}.get(kind)
    same = extra is None or _unit(gold.get(extra)) == _unit(found.get(extra))
    return value, value and all(near) and same


def _near(one: Decimal | None, other: Decimal | None, tolerance: Decimal) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= tolerance * max(abs(one), abs(other))


def _unit(words: str | None) -> frozenset[str]:
    return frozenset(re.split(r"[·/.]", (words or "").replace("㎡", "平方米").replace("天", "日"))) - {""}


def _interval(words: str) -> tuple[str | None, str | None]:
    first, _, last = words.partition("/")
    return _edge(first, last=False), _edge(last or first, last=True)


def _edge(words: str, *, last: bool) -> str | None:
    if words == "..":
        return None
    if "T" in words:
        return words[:16]
    parts = [int(part) for part in words.split("-")]
    if len(parts) == 3:
        return date(*parts).isoformat()
    year, month = parts[0], parts[1] if len(parts) == 2 else (12 if last else 1)
    if not last:
        return date(year, month, 1).isoformat()
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()


def _length(words: str | None) -> tuple[Decimal, Decimal] | None:
    """Months and hours of an ISO 8601 duration."""
    if words is None:
        return None
    parts = re.fullmatch(r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?)?", words)
    if parts is None:
        return None
    years, months, weeks, days, hours = (Decimal(part or 0) for part in parts.groups())
    return years * 12 + months, (weeks * 7 + days) * 24 + hours


def _same_event(gold: str, found: str) -> bool:
    ours, theirs = (
        re.sub(r"[\s自从在于之日起后前的，,（）《》“”\"本该此]", "", words or "") for words in (gold, found)
    )
    if not ours or ours == theirs:
        return True
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return bool(theirs) and 2 * shared / (len(ours) + len(theirs)) >= _SHARED


_LONG_BYTES, _ROUNDS = 10_000, 3
_READ_ON = "2024-01-01"


def pace(extractor: Extractor, texts: list[str]) -> tuple[float, float]:
    """MB of UTF-8 a second of processor time over `texts`, and the milliseconds that the slowest of them takes alone."""
    seconds = [float("inf")] * len(texts)
    for _ in range(_ROUNDS):  # the first round loads what is loaded when used
        for place, text in enumerate(texts):
            started = time.process_time()
            extractor(text, _READ_ON)
            seconds[place] = min(seconds[place], time.process_time() - started)
    return sum(len(text.encode()) for text in texts) / 1e6 / sum(seconds), max(seconds) * 1000


def _agreements() -> list[str]:
    """Whole agreements of the corpus, cut to less than 10 kB, and runs of one value that ask most of a pattern."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(AGREEMENTS.glob("*.txt"))]
    runs = [
        words * (_LONG_BYTES // len(words.encode())) for words in ("30日内", "1万元至", "2023年", "自甲方", "1", "一")
    ]
    return [text[: _LONG_BYTES // 3] for text in texts] + runs


def main(paths: list[str]) -> None:
    """Print one table for each extractor and file."""
    files = [Path(path) for path in paths] or sorted(CASES.glob("*.jsonl"))
    extractors: list[tuple[str, Extractor]] = [("contract_audit", extract), *values_peers.installed()]
    for name, extractor in extractors:
        speed, slowest = pace(extractor, _agreements())
        print(f"{name} · agreements under 10 kB · {speed:.2f} MB/s of processor time · slowest {slowest:.0f} ms")
        for path in files:
            cases = load(path)
            started = time.process_time()
            counts = measure(cases, extractor)
            spent = time.process_time() - started
            size = sum(len(case["text"].encode()) for case in cases) / 1e6
            print(f"{name} · {path.name} · {len(cases)} cases · {size / spent:.2f} MB/s")
            for kind in (*KINDS, "ALL"):
                row = counts[kind]
                tiers = "  ".join(f"{tier} {f1(row, tier):.3f}" for tier in ("tp", "value", "full"))
                print(f"  {kind:<11} gold {row['gold']:>4}  fp {row['fp']:>3}  F1: {tiers}")


if __name__ == "__main__":
    main(sys.argv[1:])
