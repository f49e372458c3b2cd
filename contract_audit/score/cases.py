"""Small cases of duties and evidence: extracts of agreements, each with what was owed, what is on record, and what follows.

A line of `corpus/evidence/cases/*.jsonl` is one case: its text, rows of evidence (事项, 完成日期, 凭证, 金额), the duties with
due date and status as of a day, and for each row the duty it tells of (`joins`: number of the row from 1, relation as in
`joins.tsv`, index of the duty).

`python -m contract_audit.score.cases FILE…` prints how many due dates and statuses are right, and which rows prove what.
"""

import argparse
import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from contract_audit.extract import settle
from contract_audit.model import Obligation, Side
from contract_audit.score.gold import Gold, GoldDuty, Sample, load_folder
from contract_audit.score.measure import compared, prepared

_HEAD = ("合同", "事项", "完成日期", "凭证", "金额")


class OwedDuty(msgspec.Struct, frozen=True):
    """A duty of a case: the words that name act and time, due date and status; `late` where it was done after the day."""

    bearer: Side
    quote: str
    due: date | None
    status: Literal["overdue", "due_soon", "future", "done", "unknown"]
    late: bool = False


class SmallCase(msgspec.Struct, frozen=True):
    """One case as it stands in its file."""

    id: str
    as_of: date
    text: str
    rows: tuple[tuple[str, str, str, str], ...]
    duties: tuple[OwedDuty, ...]
    joins: tuple[tuple[int, Literal["full", "part", "progress", "anchor", "none"], int | None], ...]


def read_cases(path: Path) -> tuple[SmallCase, ...]:
    """All cases of a file."""
    return tuple(msgspec.json.decode(line, type=SmallCase) for line in path.read_bytes().splitlines() if line)


@contextmanager
def as_samples(cases: tuple[SmallCase, ...]) -> Iterator[tuple[Sample, ...]]:
    """The cases in the form of labelled agreements, in a folder that lasts as long as the context."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in cases:
            _write(case, folder)
        yield load_folder(folder)


def _write(case: SmallCase, folder: Path) -> None:
    (folder / f"{case.id}.txt").write_text(case.text.rstrip("\n") + "\n", encoding="utf-8")
    with (folder / f"{case.id}.performance.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEAD)
        writer.writerows((case.id, *row) for row in case.rows)
    duties = tuple(
        GoldDuty(bearer=duty.bearer, quote=duty.quote, due=duty.due, status=duty.status) for duty in case.duties
    )
    gold = Gold(
        id=case.id, as_of=case.as_of, mode="signed", facts={}, obligations=duties, flags=(), traps=(), document_checks={}
    )  # fmt: skip
    (folder / f"{case.id}.gold.json").write_bytes(msgspec.json.encode(gold))


class Tally(msgspec.Struct):
    """What was right over all duties; `proofs` counts by what the row that is taken for the proof really tells."""

    duties: int = 0
    due: int = 0
    status: int = 0
    proofs: Counter[str] = msgspec.field(default_factory=Counter)


def tally(cases: tuple[SmallCase, ...], errors: list[str]) -> Tally:
    """Settle each case by itself and count; what is wrong is added to `errors`, a line each."""
    found = Tally()
    with as_samples(cases) as samples:
        for case, sample in zip(sorted(cases, key=lambda one: one.id), samples, strict=True):
            for _, paper, context in prepared((sample,)):
                settled = settle(paper, context)
                for index, wanted in enumerate(sample.gold.obligations):
                    check = compared(wanted, settled)
                    told = _told(case, index, check.found)
                    found.duties += 1
                    found.due += check.due_right
                    found.status += check.status_right
                    found.proofs[told] += 1
                    if not (check.due_right and check.status_right):
                        errors.append(_line(case, wanted, check.found, told))
    return found


def _told(case: SmallCase, index: int, duty: Obligation | None) -> str:
    """What the row taken for the proof of a duty tells of it by the labels: full, part …; another duty; no row taken."""
    full = any(relation == "full" and of == index for _, relation, of in case.joins)
    if duty is None or duty.proof_matter is None:
        return "missed" if full else "none"
    rows = {number for number, row in enumerate(case.rows, start=1) if row[0] == duty.proof_matter}
    relations = {relation for number, relation, of in case.joins if number in rows and of == index}
    return next((one for one in ("full", "part", "progress", "anchor") if one in relations), "other")


def _line(case: SmallCase, wanted: GoldDuty, duty: Obligation | None, told: str) -> str:
    read = f"{duty.due} {duty.status} {duty.proof_matter}" if duty is not None else "未读出"
    return f"{case.id}\t{wanted.due} {wanted.status}\t{' '.join(wanted.quote.split())}\t{read}\t{told}"


def main() -> None:
    """Print the figures of each file."""
    parser = argparse.ArgumentParser(
        prog="python -m contract_audit.score.cases", description="按小案例核对期限、状态和履约记录的归属"
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", type=Path, help="把读错的义务逐条写入该文件")
    arguments = parser.parse_args()
    errors: list[str] = []
    for path in arguments.files:
        found = tally(read_cases(path), errors)
        proofs = "、".join(f"{name} {count}" for name, count in sorted(found.proofs.items()))
        sys.stdout.write(
            f"{path.name}：义务 {found.duties} 项，到期日对 {found.due / found.duties:.1%}，状态对 {found.status / found.duties:.1%}；"
            f"当作履行凭据的记录：{proofs}\n"
        )
    if arguments.errors:
        arguments.errors.write_text("\n".join(errors) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
