"""How many records are joined to their duties by wording alone (corpus/evidence).

A line of a file is one duty as an agreement words it, with three to five ways in which clerks, finance offices and
villages note that it was done. Ten duties at a time stand for an agreement; a record counts as joined where one duty is
like enough and clearly the best, as in `extract.performance.joining`, without the help of days and bearers.

`python -m contract_audit.score.evidence FOLDER [--errors FILE]`
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from contract_audit.deeds import event, likeness, recorded, weights
from contract_audit.extract.performance.joining import CLEAR, ENOUGH

_GROUP = 10  # duties that stand for one agreement


class Noted(msgspec.Struct, frozen=True):
    """A duty, and the records that prove it."""

    duty: str
    rows: tuple[str, ...]


class Joined(msgspec.Struct, frozen=True):
    """A record of a duty, and the duty it was joined to; None where none is clearly meant."""

    row: str
    duty: str
    found: str | None


def read_pairs(folder: Path) -> Iterator[Noted]:
    """All lines of the files in `folder`, the files dealt out in turn so that ten neighbours are of several kinds."""
    files = [path.read_bytes().splitlines() for path in sorted(folder.glob("*.jsonl"))]
    for place in range(max(map(len, files), default=0)):
        for lines in files:
            if place < len(lines):
                yield msgspec.json.decode(lines[place], type=Noted)


def join(noted: Iterable[Noted]) -> Iterator[Joined]:
    """Every record with the duty of its group that it is joined to."""
    waiting = iter(noted)
    while group := list(islice(waiting, _GROUP)):
        sought = [event(one.duty) for one in group]
        scale = weights(sought)
        for one in group:
            for row in one.rows:
                told = recorded(row)
                alike = sorted(
                    ((likeness(told, owed, scale), -place) for place, owed in enumerate(sought)), reverse=True
                )
                clear = alike[0][0] >= ENOUGH and (len(alike) < 2 or alike[0][0] - alike[1][0] >= CLEAR)
                yield Joined(row, one.duty, group[-alike[0][1]].duty if clear else None)


def main() -> None:
    """Print the shares of records joined rightly, wrongly and not at all."""
    parser = argparse.ArgumentParser(
        prog="python -m contract_audit.score.evidence", description="按写法核对履约记录的归属"
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=Path, help="把没有归属、归错的逐条写入该文件")
    arguments = parser.parse_args()
    joined = list(join(read_pairs(arguments.folder)))
    wrong = [one for one in joined if one.found not in (one.duty, None)]
    unjoined = [one for one in joined if one.found is None]
    right = len(joined) - len(wrong) - len(unjoined)
    sys.stdout.write(
        f"履约记录 {len(joined)} 条：归对 {right / max(len(joined), 1):.1%}，归错 {len(wrong) / max(len(joined), 1):.1%}，"
        f"未归 {len(unjoined) / max(len(joined), 1):.1%}\n"
    )
    if arguments.errors:
        lines = [f"归错 {one.row} ← {one.duty} → {one.found}\n" for one in wrong]
        lines += [f"未归 {one.row} ← {one.duty}\n" for one in unjoined]
        arguments.errors.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
