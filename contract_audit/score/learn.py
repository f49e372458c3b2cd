"""What the second reading and the recognizer know (`engine.likeness`, `engine.recognizer`), from everything that is
written and labelled outside the sealed half.

Wrong are the flagged examples of rules, of clause banks and of labelled agreements, each in its sentence; lawful are
their look-alikes, the other sentences of the agreements, and the benign texts.

`python -m contract_audit.score.learn CORPUS [--write FOLDER]`
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from contract_audit.engine import likeness, load_rules
from contract_audit.engine.likeness import Shown
from contract_audit.rulespec import Pack, Rule
from contract_audit.score.bank import BankClause, read_bank
from contract_audit.score.gold import Label, load_folder
from contract_audit.score.marked import read_marked
from contract_audit.score.train import train
from contract_audit.settings import rules_dir

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_PART = re.compile(r"[^，,。；;|\t\n]+")
_TITLE = re.compile(r"\s*[^\n]+\n")
_SHORT = 4  # characters of a part that can say anything
_LAWFUL: frozenset[str] = frozenset()


def clauses(corpus: Path, pack: Pack) -> Iterator[Iterable[Shown]]:
    """Single clauses to learn from: the pack's examples, and the open clause banks of `corpus`."""
    yield from map(_examples, pack.rules)
    yield from map(_clause, read_bank(corpus / "clauses" / "dev"))


def agreements(corpus: Path) -> Iterator[Iterable[Shown]]:
    """Whole papers to learn from: the open half of `corpus`, its marked agreements and its benign texts."""
    for folder in (corpus / "dev", corpus / "review" / "dev"):
        for sample in load_folder(folder):
            text = sample.text.read_text(encoding="utf-8")
            yield _labelled(text, tuple((text.find(flag.quote), flag) for flag in sample.gold.flags))
    for path in sorted((corpus / "marked").glob("*.txt")):
        marked = read_marked(path)
        yield _labelled(marked.text, marked.flags)
    for path in sorted((corpus / "benign").glob("*/*.txt")):
        yield _lookalike(path.read_text(encoding="utf-8"), _LAWFUL)


def _examples(rule: Rule) -> Iterator[Shown]:
    for example in rule.examples.flag:
        if not example.whole:
            yield from _flagged(example.text, example.quote or example.text, frozenset({rule.category}))
    for example in rule.examples.lookalike:
        if not example.whole:
            yield from _lookalike(example.text, frozenset(example.also))


def _clause(clause: BankClause) -> Iterator[Shown]:
    also = frozenset(clause.also)
    if clause.flag:
        yield from _flagged(clause.text, clause.quote or clause.text, also | {clause.category})
    else:
        yield from _lookalike(clause.text, also)


def _flagged(text: str, quote: str, categories: frozenset[str]) -> Iterator[Shown]:
    """The words that show the wrong, and each sentence that holds some of them."""
    start = text.find(quote)
    yield quote, categories
    for sentence in _SENTENCE.finditer(text):
        if sentence.start() < start + len(quote) and start < sentence.end():
            yield sentence.group(), categories


def _lookalike(text: str, also: frozenset[str]) -> Iterator[Shown]:
    """Each sentence, and where nothing in it is wrong each of its parts."""
    for sentence in _SENTENCE.finditer(text):
        yield sentence.group(), also
        if not also:
            yield from ((part, _LAWFUL) for part in _PART.findall(sentence.group()) if len(part) >= _SHORT)


def _labelled(text: str, flags: tuple[tuple[int, Label], ...]) -> Iterator[Shown]:
    """The sentences of an agreement with the categories flagged in them, and the flagged words by themselves; each flag with
    the place where its words begin. What is flagged on the title is a wrong of the paper as a whole, which no words show.
    """
    title = _TITLE.match(text)
    flags = tuple((start, flag) for start, flag in flags if title is None or start >= title.end())
    yield from ((flag.quote, frozenset({flag.category})) for _, flag in flags)
    for sentence in _SENTENCE.finditer(text):
        shown = frozenset(
            flag.category
            for start, flag in flags
            if sentence.start() < start + len(flag.quote) and start < sentence.end()
        )
        yield from [(sentence.group(), shown)] if shown else _lookalike(sentence.group(), _LAWFUL)


def main() -> None:
    """Count, and write the table that the rules ship with."""
    parser = argparse.ArgumentParser(
        prog="python -m contract_audit.score.learn", description="由样例统计措辞复核、措辞识别用表"
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", type=Path, default=rules_dir(), help="写入的规则目录")
    arguments = parser.parse_args()
    pack = load_rules()
    single = [list(clause) for clause in clauses(arguments.corpus, pack)]
    whole = [list(paper) for paper in agreements(arguments.corpus)]
    learned = likeness.learn([*single, *whole])
    likeness.write(learned, arguments.write / "likeness.tsv")
    sys.stdout.write(f"likeness.tsv：{len(learned.texts)} 个字对，{len(learned.wrong)} 个类别\n")
    features = train(single, whole, pack, arguments.write / "recognizer.npz")
    sys.stdout.write(f"recognizer.npz：{features} 个字和字对\n")


if __name__ == "__main__":
    main()
