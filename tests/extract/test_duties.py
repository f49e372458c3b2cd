"""Whole small agreements, judged by hand: the day and the state of each duty, and the facts, as of a day.

A file holds agreements: name | day, text, evidence rows (事项 | 完成日期 [| 金额]), labels (words | due | state | side) and
facts (@name=value). Further files of that form are found by themselves.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from contract_audit.chinese.text import fold_text
from contract_audit.extract import settle
from contract_audit.model import Context, Evidence, Obligation, Understanding
from contract_audit.score.measure import overlap_any
from tests.extract.conftest import Understand

FOLDER = Path(__file__).parent / "duties"
STATES = {
    "overdue": ("overdue",),
    "future": ("running",),
    "done": ("done_on_time", "done_late"),
    "unknown": ("pending", "changed", "ended"),
}
SIDES = {"g": ("government",), "i": ("investor",)}


class Case(NamedTuple):
    """One agreement with its evidence and labels."""

    name: str
    as_of: date
    text: str
    evidence: tuple[Evidence, ...]
    labels: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, str], ...]


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.txt")):
        for part in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head, rest = part.split("\n", 1)
            name, day = (word.strip() for word in head.split("|"))
            text, rest = rest.split("--- evidence\n")
            rows, labels = rest.split("--- gold\n")
            lines = [line for line in labels.split("\n") if line.strip()]
            yield Case(
                name=f"{path.stem} {name}",
                as_of=date.fromisoformat(day),
                text=text,
                evidence=tuple(_row(line) for line in rows.split("\n") if line.strip()),
                labels=tuple(tuple(line.split("|")) for line in lines if not line.startswith("@")),
                facts=tuple(_fact(line) for line in lines if line.startswith("@")),
            )


def _row(line: str) -> Evidence:
    matter, day, *amount = (word.strip() for word in line.split("|"))
    return Evidence(
        contract="x",
        matter=matter,
        done_on=date.fromisoformat(day),
        proof="凭证",
        amount=Decimal(amount[0]) if amount and amount[0] else None,
    )


def _fact(line: str) -> tuple[str, str]:
    name, value = line[1:].split("=", 1)
    return name, value


CASES = tuple(cases())


def _duty(paper: Understanding, words: str, sides: tuple[str, ...]) -> Obligation:
    text = paper.document.text
    shared = [(overlap_any(text[duty.start : duty.end], words), duty) for duty in paper.obligations]
    ranked = sorted(
        ((size, duty) for size, duty in shared if size),
        key=lambda pair: (-pair[0], pair[1].side not in sides, pair[1].end - pair[1].start, pair[1].start),
    )
    assert ranked, f"“{words}”没有读到"
    return ranked[0][1]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_days_states_and_facts(case: Case, understand: Understand) -> None:
    paper = settle(understand(case.text, whole=True), Context(as_of=case.as_of, evidence=case.evidence))
    wrong = []
    for words, due, state, side in case.labels:
        duty = _duty(paper, words, SIDES[side])
        wanted = None if due == "-" else date.fromisoformat(due)
        if duty.due != wanted or duty.status not in STATES[state] or duty.side not in SIDES[side]:
            wrong.append((words, due, state, side, duty.due, duty.status, duty.side))
    for name, value in case.facts:
        fact = paper.fact(name)
        if fact is None or fold_text(str(fact.value)) != fold_text(value):
            wrong.append((name, value, None if fact is None else str(fact.value)))
    assert wrong == []
