"""How surely a re-scan of edited agreements knows its items again: recognised, and wrongly paired.

    python benchmarks/rescan.py [FOLDER] [--documents N]

Each agreement of the corpus is edited by script — clauses moved and renumbered, words and figures changed — and judged
again. The script keeps for every character where it came from, so the true pairs are known without asking the ledger:
two findings of one rule whose words share most of their characters. Everything is printed, nothing is asserted.
"""

import argparse
import itertools
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from contract_audit.audit import audit
from contract_audit.engine import load_rules
from contract_audit.ledger.identity import Trace, pair
from contract_audit.ledger.search import folded
from contract_audit.model import Finding
from contract_audit.rulespec import Pack

ROOT = Path(__file__).parent.parent
AS_OF = date(2026, 6, 30)
_CLAUSE = re.compile(r"第[一二三四五六七八九十]{1,3}条")
_NUMERALS = "零一二三四五六七八九十"
_FILLER = "双方指定的联系人负责日常事务的沟通与协调。"
_INSERTED = "按照双方另行确认的安排，"

# A character and its place in the original text; None where the script put it in.
Marked = list[tuple[str, int | None]]


class Placed(msgspec.Struct, frozen=True):
    """A finding and where the characters of its quote stood in the original file (white space left out)."""

    finding: Finding
    places: tuple[int, ...]

    @property
    def start(self) -> int:
        """Of the quote, in the file."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Of the quote, in the file."""
        return self.places[-1] + 1


Edit = Callable[[Marked, random.Random, Sequence[Placed]], Marked]


class Measured(msgspec.Struct):
    """Counts of one kind of edit: true pairs, those found, and pairs that are wrong."""

    true: int = 0
    found: int = 0
    wrong: int = 0

    @property
    def percent(self) -> float:
        """Share of the true pairs that was found."""
        return 100 * self.found / self.true if self.true else 100.0


def insert_clause(text: Marked, chance: random.Random, _findings: Sequence[Placed]) -> Marked:
    """A new first clause, and every clause after it renumbered."""
    lines = _lines(text)
    at = next((place for place, line in enumerate(lines) if _CLAUSE.match(_plain(line).strip())), 1)
    renumbered = [_renumbered(line) if place >= at else line for place, line in enumerate(lines)]
    return _joined([*renumbered[:at], _new(f"第一条 {_FILLER}"), *renumbered[at:]])


def insert_paragraphs(text: Marked, chance: random.Random, _findings: Sequence[Placed]) -> Marked:
    """Paragraphs put in at five places."""
    lines = _lines(text)
    for _ in range(5):
        lines.insert(chance.randrange(3, len(lines)), _new(_FILLER))
    return _joined(lines)


def swap_paragraphs(text: Marked, chance: random.Random, _findings: Sequence[Placed]) -> Marked:
    """Neighbouring paragraphs change places, at four places."""
    lines = _lines(text)
    for _ in range(4):
        at = chance.randrange(5, len(lines) - 6)
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return _joined(lines)


def respace(text: Marked, chance: random.Random, _findings: Sequence[Placed]) -> Marked:
    """Other layout: empty lines, spaces after commas, half-width brackets."""
    swaps = {"（": "(", "）": ")", "，": "， ", "\n": "\n\n"}
    return [(new, place) for char, place in text for new in swaps.get(char, char)]


def change_words(text: Marked, chance: random.Random, findings: Sequence[Placed]) -> Marked:
    """In the line of every finding a few words are put in, outside the quote."""
    return _put_in(
        text, [_line_start(text, finding.start) for finding in findings if finding.finding.clause], _INSERTED
    )


def change_figures(text: Marked, chance: random.Random, findings: Sequence[Placed]) -> Marked:
    """In the quote of every second finding the last digit changes."""
    inside = {place for finding in findings[::2] for place in range(finding.start, finding.end)}
    digits = {finding.start: _last_digit(text, finding) for finding in findings[::2]}
    chosen = {place for place in digits.values() if place is not None and place in inside}
    return [(str((int(char) + 1) % 9 + 1) if place in chosen else char, place) for char, place in text]


def change_names(text: Marked, chance: random.Random, _findings: Sequence[Placed]) -> Marked:
    """The parties are written differently all through: 甲方 → 甲 方（以下同）."""
    plain = _plain(text)
    names = Counter(re.findall(r"[\u4e00-\u9fa5]{4,16}有限公司", plain))
    changed = list(text)
    for name in names:
        at = plain.find(name)
        while at >= 0:
            char, place = changed[at + len(name) - 4]
            changed[at + len(name) - 4] = (f"（集团）{char}", place)
            at = plain.find(name, at + 1)
    return [(new, place) for piece, place in changed for new in piece]


def change_tails(text: Marked, chance: random.Random, findings: Sequence[Placed]) -> Marked:
    """After the sentence of every finding another short sentence."""
    plain = _plain(text)
    ends = [plain.find("。", finding.end) + 1 for finding in findings if finding.finding.clause]
    return _put_in(text, [end for end in ends if end > 0], "具体由经办部门办理。")


UNTOUCHED: dict[str, Edit] = {
    "新增一条，其后各条重新编号": insert_clause,
    "插入段落": insert_paragraphs,
    "段落换位": swap_paragraphs,
    "改换版式": respace,
}
EDITED: dict[str, Edit] = {
    "条内加词": change_words,
    "改动数字": change_figures,
    "企业更名": change_names,
    "句后加句": change_tails,
}


def measure(texts: dict[str, str], pack: Pack, edits: dict[str, Edit], seed: int = 7) -> dict[str, Measured]:
    """Edit, judge and pair every text with every kind of edit."""
    results = {name: Measured() for name in edits}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _NAME
        for number, text in enumerate(texts.values()):
            original: Marked = [(char, place) for place, char in enumerate(text)]
            before = _judged(path, original, pack)
            for kind, edit in edits.items():
                chance = random.Random(seed + number)
                _count(results[kind], before, _judged(path, edit(original, chance, before), pack))
    return results


def _count(result: Measured, before: Sequence[Placed], after: Sequence[Placed]) -> None:
    truth = dict(_true_pairs(before, after))
    known, found = [_trace(at, one) for at, one in enumerate(before)], [_trace(at, one) for at, one in enumerate(after)]
    pairs = dict(pair(known, found, {}, frozenset({_NAME})).pairs)
    result.true += len(truth)
    result.found += sum(pairs.get(old) == new for old, new in truth.items())
    result.wrong += sum(_shared(before[old], after[new]) == 0 for old, new in pairs.items())


def _true_pairs(before: Sequence[Placed], after: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Pairs of one rule that share most of the old quote's characters, best first, each finding once."""
    rated = sorted(
        (-_shared(old, new) / len(old.places), abs(one - two), one, two)
        for one, old in enumerate(before)
        for two, new in enumerate(after)
        if old.finding.rule == new.finding.rule and _shared(old, new) * 2 >= len(old.places)
    )
    olds: set[int] = set()
    news: set[int] = set()
    for _score, _distance, one, two in rated:
        if one not in olds and two not in news:
            olds.add(one)
            news.add(two)
            yield one, two


def _shared(old: Placed, new: Placed) -> int:
    return len(set(old.places) & set(new.places))


_NAME = "协议.txt"


def _judged(path: Path, text: Marked, pack: Pack) -> tuple[Placed, ...]:
    """The findings in a text. The reader drops white space and the bars of tables: characters are counted without."""
    path.write_text(_plain(text), encoding="utf-8")
    result = audit(path, pack, as_of=AS_OF)
    origins = [place for char, place in text if _counts(char)]
    read = result.understanding.document.text
    if sum(map(_counts, read)) != len(origins):
        raise SystemExit(f"{path.name}：读出的文字与文件不符，无法对照")
    ordinals = list(itertools.accumulate(map(_counts, read), initial=0))
    placed = []
    for finding in result.findings:
        if finding.stream == "accepted":
            places = origins[ordinals[finding.start] : ordinals[finding.end]]
            placed.append(Placed(finding, tuple(place for place in places if place is not None) or (-1,)))
    return tuple(placed)


def _counts(char: str) -> bool:
    return not char.isspace() and char not in "|-:"


def _trace(key: int, placed: Placed) -> Trace:
    finding = placed.finding
    parts = finding.fingerprint_parts
    return Trace(
        key=key,
        document=_NAME,
        rule=finding.rule,
        fingerprint=finding.fingerprint,
        quote=folded(finding.quote),
        clause=finding.clause,
        clause_hash=parts["clause_text"],
        family=parts["family"],
        context=f"{parts['before']}\n{parts['after']}",
    )


def _plain(text: Marked) -> str:
    return "".join(char for char, _place in text)


def _lines(text: Marked) -> list[Marked]:
    lines: list[Marked] = [[]]
    for marked in text:
        if marked[0] == "\n":
            lines.append([])
        else:
            lines[-1].append(marked)
    return lines


def _joined(lines: Sequence[Marked]) -> Marked:
    return [marked for line in lines for marked in (*line, ("\n", None))]


def _new(text: str) -> Marked:
    return [(char, None) for char in text]


def _put_in(text: Marked, places: Sequence[int], words: str) -> Marked:
    wanted = set(places)
    result: Marked = []
    for at, marked in enumerate(text):
        if at in wanted:
            result += _new(words)
        result.append(marked)
    return result


def _line_start(text: Marked, place: int) -> int:
    """Behind the number of the line in which `place` stands, or before the place itself in a short line."""
    at = place
    while at > 0 and text[at - 1][0] not in "\n。；：，":
        at -= 1
    return at


def _last_digit(text: Marked, finding: Placed) -> int | None:
    return next((at for at in range(finding.end - 1, finding.start - 1, -1) if text[at][0] in "123456789"), None)


def _renumbered(line: Marked) -> Marked:
    found = _CLAUSE.match(_plain(line).lstrip())
    if found is None:
        return line
    skipped = len(line) - len(_plain(line).lstrip())
    number = _number(found[0][1:-1])
    return [*line[:skipped], *_new(f"第{_chinese(number + 1)}条"), *line[skipped + len(found[0]) :]]


def _number(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _NUMERALS.index(text)
    return (_NUMERALS.index(tens) if tens else 1) * 10 + (_NUMERALS.index(ones) if ones else 0)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")


def corpus_texts(folder: Path, limit: int) -> dict[str, str]:
    """The texts of the corpus' agreements by name."""
    files = sorted(folder.glob("*.txt"))[:limit]
    return {path.name: path.read_text(encoding="utf-8").replace("\r\n", "\n") for path in files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus" / "dev")
    parser.add_argument("--documents", type=int, default=10_000)
    asked = parser.parse_args()
    texts, pack = corpus_texts(asked.folder, asked.documents), load_rules()
    for title, edits in (("条文未改", UNTOUCHED), ("轻微改动", EDITED)):
        total = Measured()
        for name, result in measure(texts, pack, edits).items():
            print(
                f"{title}：{name}：{result.found}/{result.true} = {result.percent:.1f}%，错配 {result.wrong}",
                flush=True,
            )
            total.true, total.found, total.wrong = (
                total.true + result.true,
                total.found + result.found,
                total.wrong + result.wrong,
            )
        print(f"{title}合计：{total.found}/{total.true} = {total.percent:.2f}%，错配 {total.wrong}")


if __name__ == "__main__":
    main()
