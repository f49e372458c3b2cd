"""The weights of the recognizer (`engine.recognizer`): one linear support vector machine a category.

Trained on the same texts as the second reading, one category against everything else; texts that show only a neighbouring
category are left out, for a finding of either answers both. Small weights are cut: the table stays readable and quick, and
ranks as well.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from contract_audit.engine import recognizer
from contract_audit.engine.likeness import Shown, written
from contract_audit.rulespec import Pack, WordingCheck

_RARE = 6  # features of fewer texts are chance
_COST = 0.7
_WRONG_WEIGHS = 3  # of a text that shows the wrong against a lawful one: there are far fewer
_SLIGHT = 0.1  # weights below it are cut


def train(papers: Iterable[Iterable[Shown]], pack: Pack, path: Path) -> int:
    """Write the weights for all categories that a rule of the pack recognises by wording; gives the number of features."""
    shown: dict[str, set[str]] = {}
    for paper in papers:
        for text, categories in paper:
            shown.setdefault(written(text), set()).update(categories)
    vectorizer = TfidfVectorizer(analyzer=recognizer.features, min_df=_RARE, use_idf=False, binary=True)
    texts = vectorizer.fit_transform(shown)
    bias: dict[str, float] = {}
    columns: list[np.ndarray] = []
    for category in sorted({rule.check.like for rule in pack.rules if isinstance(rule.check, WordingCheck)}):
        wrong = np.array([category in categories for categories in shown.values()])
        near = pack.taxonomy.near(category)
        told_apart = wrong | np.array([not near & categories for categories in shown.values()])
        machine = LinearSVC(C=_COST, class_weight={True: _WRONG_WEIGHS, False: 1}, random_state=0)
        machine.fit(texts[told_apart], wrong[told_apart])
        bias[category] = float(machine.intercept_[0])
        columns.append(machine.coef_[0])
    recognizer.write(path, bias, _weighty(vectorizer.get_feature_names_out(), columns))
    return len(vectorizer.vocabulary_)


def _weighty(features: Iterable[str], columns: list[np.ndarray]) -> Iterator[tuple[str, dict[int, float]]]:
    for row, feature in enumerate(features):
        weights = {number: column[row] for number, column in enumerate(columns) if abs(column[row]) >= _SLIGHT}
        if weights:
            yield feature, weights
