"""Rules against the clause bank (corpus/clauses): how many wordings of a wrong are found, how many look-alikes are hit.

Each line of a bank is one clause with one category. A flagged clause counts as found if a finding of the category or a
neighbouring one lies on its words; a look-alike counts as hit if a finding of its own category does.

`python -m contract_audit.score.bank FOLDER [--errors FILE]`
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from contract_audit import engine, trial
from contract_audit.chinese.quotes import overlap
from contract_audit.examplespec import Example
from contract_audit.model import Finding
from contract_audit.rulespec import Pack


class BankClause(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a bank: a clause, its category, and whether it is wrong or only looks so."""

    category: str
    flag: bool
    text: str
    quote: str | None = None
    why: str = ""
    also: tuple[str, ...] = ()
    signed_on: str | None = None
    as_of: str | None = None
    party_a: str | None = None
    party_b: str | None = None
    evidence: tuple[tuple[str, str], ...] = ()


class BankTally(msgspec.Struct, kw_only=True):
    """Counts for one category."""

    flags: int = 0
    found: int = 0
    lookalikes: int = 0
    hit: int = 0


def read_bank(folder: Path) -> Iterator[BankClause]:
    """All clauses of the bank files in `folder`, in file order."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield msgspec.convert(json.loads(line), BankClause)


def measure(
    folder: Path, pack: Pack, only: str = ""
) -> tuple[dict[str, BankTally], list[tuple[BankClause, Finding | None]]]:
    """Tallies by category, and the errors: a clause not found (None), or the finding that hit a look-alike."""
    tallies: dict[str, BankTally] = {}
    errors: list[tuple[BankClause, Finding | None]] = []
    for clause in read_bank(folder):
        if not clause.category.startswith(only):
            continue
        tally = tallies.setdefault(clause.category, BankTally())
        findings = _findings(clause, pack)
        if clause.flag:
            wanted = pack.taxonomy.near(clause.category)
            found = any(
                item.category in wanted and overlap(item.quote, clause.quote or clause.text) for item in findings
            )
            tally.flags += 1
            tally.found += found
            errors += [] if found else [(clause, None)]
        else:
            hit = next((item for item in findings if item.category == clause.category), None)
            tally.lookalikes += 1
            tally.hit += hit is not None
            errors += [(clause, hit)] if hit is not None else []
    return tallies, errors


def _findings(clause: BankClause, pack: Pack) -> list[Finding]:
    fields = {name: getattr(clause, name) for name in ("signed_on", "as_of", "party_a", "party_b", "evidence")}
    example = msgspec.convert(
        {"text": clause.text, **{name: value for name, value in fields.items() if value}}, Example, strict=False
    )
    audit = trial.judge_example(example, pack)
    start = audit.understanding.document.text.find(clause.text.split("\n")[0].strip()[:12])
    return [item for item in audit.findings if item.verdict == "fail" and item.start >= max(start, 0) - 8]


def main() -> None:
    """Print a line a category, and the totals; write the errors where asked."""
    parser = argparse.ArgumentParser(prog="python -m contract_audit.score.bank", description="按条款库核对规则")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=Path, help="把没有提示的和误提示的条款写入该文件")
    parser.add_argument("--only", default="", help="只看以此开头的类别")
    arguments = parser.parse_args()
    pack = engine.load_rules()
    tallies, errors = measure(arguments.folder, pack, arguments.only)
    total = BankTally()
    for category, tally in sorted(tallies.items()):
        sys.stdout.write(_line(category, tally))
        total = BankTally(
            flags=total.flags + tally.flags,
            found=total.found + tally.found,
            lookalikes=total.lookalikes + tally.lookalikes,
            hit=total.hit + tally.hit,
        )
    sys.stdout.write(_line("合计", total))
    if arguments.errors is not None:
        arguments.errors.write_text(
            "".join(_error_line(clause, finding) for clause, finding in errors), encoding="utf-8"
        )


def _line(name: str, tally: BankTally) -> str:
    found = tally.found / tally.flags if tally.flags else 0.0
    hit = tally.hit / tally.lookalikes if tally.lookalikes else 0.0
    return f"{name:<36}提示 {tally.found:>4}/{tally.flags:<4} {found:6.1%}   误提示 {tally.hit:>4}/{tally.lookalikes:<4} {hit:6.1%}\n"


def _error_line(clause: BankClause, finding: Finding | None) -> str:
    text = clause.text.replace("\n", "⏎")
    if finding is None:
        return f"漏 {clause.category}｜{clause.quote}｜{text}\n"
    return f"误 {clause.category}｜{finding.rule}「{finding.quote}」｜{text}｜{clause.why}\n"


if __name__ == "__main__":
    main()
