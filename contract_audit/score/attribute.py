"""Weights of `extract.performance.attribution`, from the evidence rows of the open corpus and the duties they tell of.

`corpus/evidence/joins.tsv` has a line for each row and duty of an agreement: name of the paper, number of the row, relation
(full, part, progress, anchor, none), words of the duty. The small cases (`cases/`) carry the same labels. All other pairs
of a row and a duty of the same paper are what it does not tell of. `steps/` has duties with rows that tell of steps on the
way, of parts and of the whole, of which only the words are learned.

`python -m contract_audit.score.attribute CORPUS [--without PREFIX]…` prints how the rows of papers so named are placed,
after training on the others; without it the weights are trained on all and written. `--check` trains nothing and prints how
the rows of `joins_check.tsv`, which is never trained on, are placed by the weights that are there.
"""

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from contract_audit.extract.performance import attribution
from contract_audit.extract.performance.attribution import (
    ABOUT,
    ANCHOR,
    STEP,
    WHOLE,
    Model,
    Weighing,
    own_words,
    pairs_of,
)
from contract_audit.extract.performance.settle import first_joins
from contract_audit.model import Context, Evidence, Understanding
from contract_audit.score.cases import SmallCase, as_samples, read_cases
from contract_audit.score.dating import choices
from contract_audit.score.gold import load_folder
from contract_audit.score.measure import overlap_any, prepared

_TELLS = frozenset({"full", "part", "progress"})
_COST = 0.3  # inverse strength of the regularisation
_PART_WEIGHS = 2  # of a row that tells of less against one that tells of the whole: there are far fewer
_LEAST_SHARED = 5  # characters by which the words of a label are found in a duty
_SURE = (0.3, 0.5, 0.7, 0.9)
_FOLDS = 8
_LEAST_WEIGHT = 0.05  # of a word, below which it is left out

WEIGHTS = Path(attribution.__file__).with_suffix(".json")
Label = tuple[int, str, str]  # number of the row, relation, words of the duty


class Pair(msgspec.Struct, frozen=True):
    """A row and a duty of one paper: what is measured of them, and the label; None where the row does not tell of it."""

    paper: str
    row: int
    measures: dict[str, float]
    words: tuple[str, ...]
    relation: str | None


class Steps(msgspec.Struct, frozen=True):
    """A duty with rows (matter and proof) that tell of steps on the way to it, of parts and of the whole of it."""

    duty: str
    progress: tuple[tuple[str, str], ...]
    part: tuple[tuple[str, str], ...]
    full: tuple[tuple[str, str], ...]


class Worded(msgspec.Struct, frozen=True):
    """The words of a row, and whether it tells of a step on the way only."""

    words: tuple[str, ...]
    is_step: bool


def pairs(corpus: Path) -> Iterator[Pair]:
    """All pairs of the papers in `corpus`/dev that are labelled to train on, and of the small cases."""
    yield from labelled_pairs(corpus, "joins.tsv")
    cases = tuple(case for path in sorted((corpus / "evidence" / "cases").glob("*.jsonl")) for case in read_cases(path))
    known = {case.id: case for case in cases}
    with as_samples(cases) as written:
        for one in written:
            for sample, paper, context in prepared((one,)):
                yield from _pairs_of(sample.gold.id, paper, context, _labels(known[sample.gold.id]))


def labelled_pairs(corpus: Path, name: str) -> Iterator[Pair]:
    """All pairs of the papers in `corpus`/dev whose rows are labelled in the file of that name."""
    labels: dict[str, list[Label]] = {}
    with (corpus / "evidence" / name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            labels.setdefault(line["name"], []).append((int(line["row"]), line["relation"], line["duty"]))
    samples = tuple(sample for sample in load_folder(corpus / "dev") if sample.text.stem in labels)
    for sample, paper, context in prepared(samples):
        yield from _pairs_of(sample.text.stem, paper, context, labels[sample.text.stem])


def _labels(case: SmallCase) -> list[Label]:
    """The labels of a case; the last part of a duty that is done by parts alone completes it."""
    last: dict[int, int] = {}
    for index, duty in enumerate(case.duties):
        told = {number: relation for number, relation, of in case.joins if of == index and relation in ("full", "part")}
        if duty.status == "done" and told and "full" not in told.values():
            last[index] = max(told, key=lambda number: case.rows[number - 1][1])
    return [
        (number, "full" if last.get(of) == number else relation, case.duties[of].quote)
        for number, relation, of in case.joins
        if of is not None
    ]


def _pairs_of(name: str, paper: Understanding, context: Context, labels: Sequence[Label]) -> Iterator[Pair]:
    case, duties, _ = first_joins(paper, context)
    text = paper.document.text
    told: dict[tuple[int, int], str] = {}
    for number, relation, words in labels:
        for index in _duties_of(words, [text[duty.start : duty.end] for duty in duties]):
            if told.get((number, index)) != "full":
                told[number, index] = relation
    rows = tuple(row for row in context.evidence if not row.borrowed)
    for one in attribution.measured(case, duties, rows, context.as_of):
        number = _number(one.row)
        for index, values in one.pairs.items():
            yield Pair(name, number, values, one.words[index], told.get((number, index)))


def _number(row: Evidence) -> int:
    return (row.row or 1) - 1  # the head is the first line of the file


def _duties_of(words: str, duties: list[str]) -> list[int]:
    """The duties that share most with the words of a label."""
    shared = [overlap_any(duty, words) if words else 0 for duty in duties]
    best = max(shared, default=0)
    return [index for index, size in enumerate(shared) if size == best >= _LEAST_SHARED]


def steps(corpus: Path) -> Iterator[Worded]:
    """The words of all rows of `corpus`/evidence/steps."""
    for path in sorted((corpus / "evidence" / "steps").glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            duty = msgspec.json.decode(line, type=Steps)
            for rows, is_step in ((duty.progress, True), (duty.part, False), (duty.full, False)):
                for matter, proof in rows:
                    yield Worded(own_words(pairs_of(matter), pairs_of(proof), pairs_of(duty.duty)), is_step)


def train(known: list[Pair], worded: list[Worded], anchor: Weighing) -> Model:
    """All regressions on these pairs but that of anchors, which needs them; what a duty counts from is neither told of nor not."""
    about = [pair for pair in known if pair.relation != "anchor"]
    telling = _with_steps([pair for pair in known if pair.relation in _TELLS], worded)
    told = [pair.measures for pair in telling]
    names = (*WHOLE, STEP)
    return Model(
        about=_weighing(
            [pair.measures for pair in about], ABOUT, [pair.relation in _TELLS for pair in about], {False: 1, True: 1}
        ),
        whole=_weighing(told, names, [pair.relation == "full" for pair in telling], {False: _PART_WEIGHS, True: 1}),
        performed=_weighing(
            told, names, [pair.relation != "progress" for pair in telling], {False: _PART_WEIGHS, True: 1}
        ),
        step=_wording([*worded, *map(_worded, telling)]),
        anchor=anchor,
    )


def anchors(corpus: Path) -> Weighing:
    """The regression of rows that date what duties count from, by what the other regressions now tell of the rows."""
    known = list(choices(corpus))
    return _weighing([one.measures for one in known], ANCHOR, [one.right for one in known], {False: 1, True: 1})


def _with_steps(telling: list[Pair], worded: list[Worded]) -> list[Pair]:
    """The pairs with the odds of a step by their words, each by a regression that has not seen its paper."""
    found = list(telling)
    groups = [pair.paper for pair in telling]
    for seen, unseen in GroupKFold(_FOLDS).split(telling, groups=groups):
        weighed = _wording([*worded, *(_worded(telling[place]) for place in seen)])
        for place in unseen:
            pair = telling[place]
            odds = weighed.odds(dict.fromkeys(pair.words, 1.0))
            found[place] = msgspec.structs.replace(pair, measures={**pair.measures, STEP: odds})
    return found


def _worded(pair: Pair) -> Worded:
    return Worded(pair.words, pair.relation == "progress")


def _wording(known: Sequence[Worded]) -> Weighing:
    """The regression over words."""
    vectors = DictVectorizer()
    values = vectors.fit_transform([dict.fromkeys(one.words, 1.0) for one in known])
    line = LogisticRegression(C=1.0, max_iter=3000, class_weight="balanced")
    line.fit(values, [one.is_step for one in known])
    weights = {
        str(name): round(float(slope), 2)
        for name, slope in zip(vectors.get_feature_names_out(), line.coef_[0], strict=True)
        if abs(slope) >= _LEAST_WEIGHT
    }
    return Weighing(round(float(line.intercept_[0]), 3), weights)


def _weighing(
    known: list[dict[str, float]], names: tuple[str, ...], right: list[bool], weights: dict[bool, int]
) -> Weighing:
    """The regression over measures brought to one scale, its weights for the measures as they are."""
    values = np.array([[float(measures[name]) for name in names] for measures in known])
    line = make_pipeline(StandardScaler(), LogisticRegression(C=_COST, max_iter=3000, class_weight=weights))
    line.fit(values, np.array(right))
    scaler, regression = line[0], line[-1]
    slopes = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - (slopes * scaler.mean_).sum())
    return Weighing(round(bias, 3), {name: round(float(slope), 3) for name, slope in zip(names, slopes, strict=True)})


def placed(known: list[Pair], weighed: Model) -> list[tuple[float, bool, bool]]:
    """For each row its best duty: how sure, whether it is right, and whether any would be."""
    rows: dict[tuple[str, int], list[Pair]] = {}
    for pair in known:
        rows.setdefault((pair.paper, pair.row), []).append(pair)
    found = []
    for of_row in rows.values():
        best = max(of_row, key=lambda pair: weighed.about.probability(pair.measures))
        told = any(pair.relation in _TELLS for pair in of_row)
        found.append((weighed.about.probability(best.measures), best.relation in _TELLS, told))
    return found


def write(weighed: Model) -> None:
    """Write the weights that the package ships with, and use them from now on."""
    WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(weighed), indent=2) + b"\n")
    attribution.model.cache_clear()


def main() -> None:
    """Train and write, or train on some papers and print how the rows of the others are placed."""
    parser = argparse.ArgumentParser(
        prog="python -m contract_audit.score.attribute", description="训练履约记录归属的权重"
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--without", action="append", default=[], help="名称以此开头的协议不用于训练，只用来核对")
    parser.add_argument("--check", action="store_true", help="不训练，用现有的权重核对 joins_check.tsv")
    arguments = parser.parse_args()
    if arguments.check:
        _print_placed(placed(list(labelled_pairs(arguments.corpus, "joins_check.tsv")), attribution.model()))
        return
    known, worded = list(pairs(arguments.corpus)), list(steps(arguments.corpus))
    left_out = tuple(arguments.without)
    seen = [pair for pair in known if not (left_out and pair.paper.startswith(left_out))]
    weighed = train(seen, worded, attribution.model().anchor)
    if not left_out:
        write(weighed)
        write(msgspec.structs.replace(weighed, anchor=anchors(arguments.corpus)))
        sys.stdout.write(f"{WEIGHTS.name}：{len(known)} 对\n")
        return
    _print_placed(placed([pair for pair in known if pair.paper.startswith(left_out)], weighed))


def _print_placed(found: list[tuple[float, bool, bool]]) -> None:
    sys.stdout.write(f"记录 {len(found)} 条，其中 {sum(told for _, _, told in found)} 条说到某项义务\n")
    for bar in _SURE:
        right = [is_right for sure, is_right, _ in found if sure >= bar]
        sys.stdout.write(f"把握 {bar} 以上：归对 {sum(right)}，归错 {len(right) - sum(right)}\n")


if __name__ == "__main__":
    main()
