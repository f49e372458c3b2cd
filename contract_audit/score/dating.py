"""What the rows of the open corpus are to the events that duties count from: right is a row from whose day the labelled
due date follows. `score.attribute` trains on it.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from contract_audit.extract.performance.anchor_rows import Rows, datings
from contract_audit.extract.performance.anchors import counted, counts_from_event
from contract_audit.extract.performance.settle import case_of, joined_by
from contract_audit.model import Context, Understanding
from contract_audit.score.cases import as_samples, read_cases
from contract_audit.score.gold import GoldDuty, load_folder
from contract_audit.score.measure import compared, prepared


class Choice(msgspec.Struct, frozen=True):
    """A row that may date the event of a duty: what is measured of the two, and whether it does."""

    measures: dict[str, float]
    right: bool


def choices(corpus: Path) -> Iterator[Choice]:
    """All of the labelled papers in `corpus`/dev that have evidence, and of the small cases."""
    samples = tuple(sample for sample in load_folder(corpus / "dev") if sample.performance is not None)
    cases = tuple(case for path in sorted((corpus / "evidence" / "cases").glob("*.jsonl")) for case in read_cases(path))
    with as_samples(cases) as written:
        for sample, paper, context in (*prepared(samples), *prepared(written)):
            yield from _of_paper(sample.gold.obligations, paper, context)


def _of_paper(labels: tuple[GoldDuty, ...], paper: Understanding, context: Context) -> Iterator[Choice]:
    case = case_of(paper, context)
    joined = joined_by(case, context, likely=False)
    rows = tuple(row for row in context.evidence if not row.borrowed)
    known = Rows.of(case, joined.duties, joined.joins, joined.told, rows)
    for label in labels:
        found = compared(label, paper).found
        index = next((place for place, duty in enumerate(paper.obligations) if duty is found), None)
        if index is None or not counts_from_event(case, paper.obligations[index], index):
            continue
        for one in datings(known, index):
            due = counted(case, paper.obligations[index], one.record.done_on)
            yield Choice(one.measures, due == label.due)
