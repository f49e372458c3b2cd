"""The weights of the recognizer (`engine.recognizer`): one linear support vector machine a category.

Trained on the same texts as the second reading, one category against everything else; texts that show only a neighbouring
category are left out, for a finding of either answers both. What the first machines take for a wrong among the windows of
lawful sentences is shown to them as lawful, and they are trained again (hard negatives: Sung and Poggio, Example-Based
Learning for View-Based Human Face Detection, 1998). Small weights are cut: the table stays readable and quick, and ranks
as well.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from contract_audit.chinese.text import fold_text
from contract_audit.engine import recognizer
from contract_audit.engine.likeness import Shown, written
from contract_audit.rulespec import Pack, WordingCheck

_RARE = 6  # features of fewer texts are chance
_COST = 0.7
_WRONG_WEIGHS = 3  # of a text that shows the wrong against a lawful one: there are far fewer
_TAKEN = -0.3  # a lawful window that scores more is shown again
_SLIGHT = 0.1  # weights below it are cut


def train(papers: Iterable[Iterable[Shown]], pack: Pack, path: Path) -> int:
    """Write the weights for all categories that a rule of the pack recognises by wording; gives the number of features."""
    shown: dict[str, set[str]] = {}
    lawful: set[str] = set()
    for paper in papers:
        for text, categories in paper:
            shown.setdefault(written(text), set()).update(categories)
            if not categories:
                folded = fold_text(text)
                lawful.update(written(folded[start:end]) for start, end in recognizer.windows(folded))
    vectorizer = TfidfVectorizer(analyzer=recognizer.features, min_df=_RARE, use_idf=False, binary=True)
    vectorizer.fit(shown)
    likes = sorted({rule.check.like for rule in pack.rules if isinstance(rule.check, WordingCheck)})
    near = {category: pack.taxonomy.near(category) for category in likes}
    machines = _machines(vectorizer, shown, near)
    unseen = sorted(lawful - shown.keys())
    if unseen:
        windows = vectorizer.transform(unseen)
        scores = np.max([machine.decision_function(windows) for machine in machines.values()], axis=0)
        shown |= {text: set() for text, score in zip(unseen, scores, strict=True) if score > _TAKEN}
        machines = _machines(vectorizer, shown, near)
    bias = {category: float(machine.intercept_[0]) for category, machine in machines.items()}
    columns = [machine.coef_[0] for machine in machines.values()]
    recognizer.write(path, bias, _weighty(vectorizer.get_feature_names_out(), columns))
    return len(vectorizer.vocabulary_)


def _machines(vectorizer: Any, shown: dict[str, set[str]], near: dict[str, frozenset[str]]) -> dict[str, Any]:
    """A machine a category, trained on all texts but those that show only a neighbour of it."""
    texts = vectorizer.transform(shown)

    def machine(category: str) -> Any:
        wrong = np.array([category in categories for categories in shown.values()])
        told_apart = wrong | np.array([not near[category] & categories for categories in shown.values()])
        weights = {True: _WRONG_WEIGHS, False: 1}
        return LinearSVC(C=_COST, class_weight=weights, random_state=0).fit(texts[told_apart], wrong[told_apart])

    with ThreadPoolExecutor(2) as threads:  # the training lets go of the interpreter
        return dict(zip(near, threads.map(machine, near), strict=True))


def _weighty(features: Iterable[str], columns: list[Any]) -> Iterator[tuple[str, dict[int, float]]]:
    for row, feature in enumerate(features):
        weights = {number: column[row] for number, column in enumerate(columns) if abs(column[row]) >= _SLIGHT}
        if weights:
            yield feature, weights
