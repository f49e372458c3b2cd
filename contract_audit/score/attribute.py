"""Weights of `extract.performance.attribution`, from the evidence rows of the open corpus and the duties they tell of.

`corpus/evidence/joins.tsv` has a line for each row and duty: name of the paper, number of the row, relation (full, part,
progress, anchor, none), words of the duty. All other pairs of a row and a duty of its paper are what it does not tell of.

`python -m contract_audit.score.attribute CORPUS [--without PREFIX]…` prints how the rows of papers so named are placed,
after training on the others; without it the weights are trained on all and written.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from contract_audit.extract.performance import attribution
from contract_audit.extract.performance.attribution import ABOUT, WHOLE, Model, Weighing
from contract_audit.extract.performance.settle import first_joins
from contract_audit.model import Evidence
from contract_audit.score.gold import load_folder
from contract_audit.score.measure import overlap_any, prepared

_TELLS = frozenset({"full", "part", "progress"})
_COST = 0.3  # inverse strength of the regularisation
_PART_WEIGHS = 3  # of a row that tells of a part against one that tells of the whole: there are far fewer
_LEAST_SHARED = 5  # characters by which the words of a label are found in a duty
_SURE = (0.3, 0.5, 0.7, 0.9)


class Pair(msgspec.Struct, frozen=True):
    """A row and a duty of one paper: what is measured of them, and the label; None where the row does not tell of it."""

    paper: str
    row: int
    measures: dict[str, float]
    relation: str | None


def pairs(corpus: Path) -> Iterator[Pair]:
    """All pairs of the labelled papers in `corpus`/dev."""
    labels: dict[str, list[tuple[int, str, str]]] = {}
    with (corpus / "evidence" / "joins.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            labels.setdefault(line["name"], []).append((int(line["row"]), line["relation"], line["duty"]))
    samples = tuple(sample for sample in load_folder(corpus / "dev") if sample.text.stem in labels)
    for sample, paper, context in prepared(samples):
        case, duties, _ = first_joins(paper, context)
        text = paper.document.text
        told: dict[tuple[int, int], str] = {}
        for number, relation, words in labels[sample.text.stem]:
            for index in _duties_of(words, [text[duty.start : duty.end] for duty in duties]):
                if told.get((number, index)) != "full":
                    told[number, index] = relation
        rows = tuple(row for row in context.evidence if not row.borrowed)
        for row, measures in attribution.measured(case, duties, rows, context.as_of):
            for index, values in measures.items():
                yield Pair(sample.text.stem, _number(row), values, told.get((_number(row), index)))


def _number(row: Evidence) -> int:
    return (row.row or 1) - 1  # the head is the first line of the file


def _duties_of(words: str, duties: list[str]) -> list[int]:
    """The duties that share most with the words of a label."""
    shared = [overlap_any(duty, words) if words else 0 for duty in duties]
    best = max(shared, default=0)
    return [index for index, size in enumerate(shared) if size == best >= _LEAST_SHARED]


def train(known: list[Pair]) -> Model:
    """Both regressions on these pairs; what a row counts from (anchor) is neither told of nor not."""
    about = [pair for pair in known if pair.relation != "anchor"]
    whole = [pair for pair in known if pair.relation in _TELLS]
    return Model(
        about=_weighing(about, ABOUT, [pair.relation in _TELLS for pair in about], {False: 1, True: 1}),
        whole=_weighing(whole, WHOLE, [pair.relation == "full" for pair in whole], {False: _PART_WEIGHS, True: 1}),
    )


def _weighing(known: list[Pair], names: tuple[str, ...], right: list[bool], weights: dict[bool, int]) -> Weighing:
    """The regression over measures brought to one scale, its weights for the measures as they are."""
    values = np.array([[float(pair.measures[name]) for name in names] for pair in known])
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


def main() -> None:
    """Train and write, or train on some papers and print how the rows of the others are placed."""
    parser = argparse.ArgumentParser(
        prog="python -m contract_audit.score.attribute", description="训练履约记录归属的权重"
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--without", action="append", default=[], help="名称以此开头的协议不用于训练，只用来核对")
    arguments = parser.parse_args()
    known = list(pairs(arguments.corpus))
    left_out = tuple(arguments.without)
    weighed = train([pair for pair in known if not (left_out and pair.paper.startswith(left_out))])
    if not left_out:
        path = Path(attribution.__file__).with_suffix(".json")
        path.write_bytes(msgspec.json.format(msgspec.json.encode(weighed), indent=2) + b"\n")
        sys.stdout.write(f"{path.name}：{len(known)} 对\n")
        return
    found = placed([pair for pair in known if pair.paper.startswith(left_out)], weighed)
    sys.stdout.write(f"记录 {len(found)} 条，其中 {sum(told for _, _, told in found)} 条说到某项义务\n")
    for bar in _SURE:
        right = [is_right for sure, is_right, _ in found if sure >= bar]
        sys.stdout.write(f"把握 {bar} 以上：归对 {sum(right)}，归错 {len(right) - sum(right)}\n")


if __name__ == "__main__":
    main()
