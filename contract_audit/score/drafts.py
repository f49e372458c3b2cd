"""Small papers, each with one defect of a category or a near look-alike without it.

A line of `corpus/review/cases/*.jsonl` (drafts for the joint review) or `corpus/delivery/*.jsonl` (defects of time, signed
and drafts) is one paper: `category`, `flagged` (the defect is there), `quote` (the words that show it, or that only look
like it), `also` (other places of the same defect) and `why`. Of the other categories of the dimension nothing is expected;
what is found there is counted, though an extract lacks much that a whole paper must have.

`python -m contract_audit.score.drafts PLACE [--half open|held]` prints hits, misses and false findings by category. The
halves are dealt out in turn: every other draft of a category and kind was seen while the rules were written.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from contract_audit import engine
from contract_audit.rulespec import Pack
from contract_audit.score.gold import Gold, Label, load_folder
from contract_audit.score.measure import Measured, measure

_OF_WHOLE_PAPERS = frozenset({"review.missing_clause", "review.missing_clawback"})


class SmallDraft(msgspec.Struct, frozen=True):
    """One paper as it stands in its file."""

    id: str
    as_of: date
    category: str
    flagged: bool
    text: str
    quote: str
    why: str
    mode: Literal["draft", "signed"] = "draft"
    also: tuple[str, ...] = ()


def read_drafts(place: Path) -> Iterator[tuple[str, SmallDraft]]:
    """All drafts of a folder or of one file, each with its half."""
    for path in sorted(place.glob("*.jsonl")) if place.is_dir() else [place]:
        seen: Counter[tuple[str, bool]] = Counter()
        for line in path.read_bytes().splitlines():
            draft = msgspec.json.decode(line, type=SmallDraft)
            kind = (draft.category, draft.flagged)
            seen[kind] += 1
            yield ("open" if seen[kind] % 2 else "held"), draft


def tally(drafts: Iterable[SmallDraft], pack: Pack, errors: list[str]) -> Counter[tuple[str, str]]:
    """Counts by category and kind: hit, miss, false (of its own category), other (of another one of the dimension)."""
    found: Counter[tuple[str, str]] = Counter()
    by_name = {draft.id: draft for draft in drafts}
    with tempfile.TemporaryDirectory() as name:
        for draft in by_name.values():
            _write(draft, Path(name))
        for sample in load_folder(Path(name)):
            draft = by_name[sample.gold.id]
            for kind, words in _kinds(draft, measure((sample,), pack)[0]):
                found[draft.category, kind] += 1
                if kind != "hit":
                    errors.append(f"{draft.id}\t{draft.category}\t{kind}\t{' '.join(words.split())}\t{draft.why}")
    return found


def _write(draft: SmallDraft, folder: Path) -> None:
    label = Label(category=draft.category, quote=draft.quote, why=draft.why)
    elsewhere = [msgspec.structs.replace(label, quote=quote, optional=True) for quote in draft.also]
    whole = {draft.category: draft.flagged} if draft.category in _OF_WHOLE_PAPERS else {}
    gold = Gold(
        id=draft.id,
        as_of=draft.as_of,
        mode=draft.mode,
        facts={},
        obligations=(),
        flags=(label, *elsewhere) if draft.flagged else (),
        traps=() if draft.flagged else (label,),
        document_checks=whole,
    )
    (folder / f"{draft.id}.txt").write_text(draft.text.rstrip("\n") + "\n", encoding="utf-8")
    (folder / f"{draft.id}.gold.json").write_bytes(msgspec.json.encode(gold))


def _kinds(draft: SmallDraft, measured: Measured) -> Iterator[tuple[str, str]]:
    """What came of a draft, with the words it is about."""
    matched = measured.matched
    if draft.flagged:
        elsewhere = any(finding.category == draft.category for finding in matched.tolerated)
        yield "hit" if matched.answered or elsewhere else "miss", draft.quote
    alarms = [*matched.alarms, *(finding for _, finding in matched.lookalikes)]
    for finding in alarms:
        if finding.category == draft.category:
            yield "false", f"{finding.rule} {finding.quote}"
        elif finding.category.split(".")[0] == draft.category.split(".")[0]:
            yield "other", f"{finding.rule} {finding.quote}"


def main() -> None:
    """Print the counts by category."""
    parser = argparse.ArgumentParser(
        prog="python -m contract_audit.score.drafts", description="按小文本核对一类问题的查出、漏报和误报"
    )
    parser.add_argument("place", type=Path, help="目录或者一个文件")
    parser.add_argument("--half", choices=("open", "held"), help="只用一半：open 为写规则时看过的，held 为没有看过的")
    parser.add_argument("--errors", type=Path, help="把漏报、误报逐条写入该文件")
    arguments = parser.parse_args()
    errors: list[str] = []
    drafts = [draft for half, draft in read_drafts(arguments.place) if arguments.half in (None, half)]
    found = tally(drafts, engine.load_rules(), errors)
    for category in sorted({category for category, _ in found}):
        counts = "，".join(
            f"{name} {found[category, kind]}"
            for kind, name in (("hit", "查出"), ("miss", "漏报"), ("false", "误报"), ("other", "他类"))
        )
        sys.stdout.write(f"{category:<32}{counts}\n")
    total: Counter[str] = Counter()
    for (_, kind), count in found.items():
        total[kind] += count
    sys.stdout.write(f"合计：查出 {total['hit']}，漏报 {total['miss']}，误报 {total['false']}，他类 {total['other']}\n")
    if arguments.errors:
        arguments.errors.write_text("\n".join(errors) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
