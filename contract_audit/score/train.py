"""The weights of the recognizer (`engine.recognizer`): one linear support vector machine a category, and a network for all.

Trained on the same texts as the second reading, one category against everything else; texts that show only a neighbouring
category are left out, for a finding of either answers both. What the first machines take for a wrong among the windows of
lawful sentences is shown to them as lawful, and they are trained again (hard negatives: Sung and Poggio, Example-Based
Learning for View-Based Human Face Detection, 1998).
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from contract_audit.chinese.text import fold_text
from contract_audit.engine import recognizer
from contract_audit.engine.likeness import Shown, written
from contract_audit.engine.recognizer import Weights
from contract_audit.rulespec import Pack, WordingCheck
from contract_audit.score import network

_RARE = 8  # features of fewer texts are chance
_COST = 0.7
_WRONG_WEIGHS = 3  # of a text that shows the wrong against a lawful one: there are far fewer
_IN_PAPERS = 4  # what a text of a whole paper weighs against one of a bank of clauses: what is read later are papers
_TAKEN = -0.3  # a lawful window that scores more is shown again
# What machines and network weigh in a score, and what is added: the same scores as of the machines alone are right as often
# (on agreements by writers left out of the training).
_OF_MACHINES, _OF_NETWORK, _ADDED = 0.5, 0.075, -0.035


class Known(msgspec.Struct, frozen=True):
    """What is trained on: texts, what each shows, and how much each weighs; `near`: the neighbours of each category."""

    texts: Any  # texts × features, each row a unit vector
    shown: Sequence[frozenset[str]]
    weights: npt.NDArray[np.float32]
    near: dict[str, frozenset[str]]


def train(clauses: Iterable[Iterable[Shown]], papers: Iterable[Iterable[Shown]], pack: Pack, path: Path) -> int:
    """Write the weights for all categories that a rule of the pack recognises by wording; gives the number of features."""
    shown: dict[str, frozenset[str]] = {}
    lawful: set[str] = set()
    in_papers: set[str] = set()
    for group, is_paper in ((clauses, False), (papers, True)):
        for text, categories in (entry for paper in group for entry in paper):
            words = written(text)
            shown[words] = shown.get(words, frozenset()) | categories
            if is_paper:
                in_papers.add(words)
            if not categories:
                folded = fold_text(text)
                lawful.update(written(folded[start:end]) for start, end in recognizer.windows(folded))
    vectorizer = TfidfVectorizer(
        analyzer=recognizer.features, min_df=_RARE, use_idf=False, binary=True, dtype=np.float32
    )
    vectorizer.fit(shown)
    likes = sorted({rule.check.like for rule in pack.rules if isinstance(rule.check, WordingCheck)})
    near = {category: pack.taxonomy.near(category) for category in likes}

    known = _known(vectorizer, shown, in_papers, near)
    machines = _machines(known)
    unseen = sorted(lawful - shown.keys())
    if unseen:
        windows = vectorizer.transform(unseen)
        scores = np.max([machine.decision_function(windows) for machine in machines.values()], axis=0)
        shown |= {text: frozenset() for text, score in zip(unseen, scores, strict=True) if score > _TAKEN}
        known = _known(vectorizer, shown, in_papers, near)
        machines = _machines(known)
    recognizer.write(path, _together(vectorizer, machines, _network(known)))
    return len(vectorizer.vocabulary_)


def _known(
    vectorizer: Any, shown: dict[str, frozenset[str]], in_papers: set[str], near: dict[str, frozenset[str]]
) -> Known:
    weights = np.array([_IN_PAPERS if text in in_papers else 1 for text in shown], dtype=np.float32)
    return Known(vectorizer.transform(shown), tuple(shown.values()), weights, near)


def _together(vectorizer: Any, machines: dict[str, Any], layer: network.Network) -> Weights:
    bias = np.array([machine.intercept_[0] for machine in machines.values()])
    return Weights(
        categories=tuple(machines),
        features=tuple(vectorizer.get_feature_names_out().tolist()),
        linear=(_OF_MACHINES * np.array([machine.coef_[0] for machine in machines.values()]).T).astype(np.float32),
        bias=(_OF_MACHINES * bias + _OF_NETWORK * layer.bias.values + _ADDED).astype(np.float32),
        hidden=layer.hidden.values,
        threshold=layer.threshold.values,
        out=_OF_NETWORK * layer.out.values,
    )


def _network(known: Known) -> network.Network:
    """The network, trained on the same texts as the machines."""
    wrong = np.array([[category in shows for category in known.near] for shows in known.shown], dtype=np.float32)
    beside = np.array([[bool(alike & shows) for alike in known.near.values()] for shows in known.shown])
    return network.fit(known.texts, wrong, np.maximum(wrong, ~beside) * known.weights[:, None])


def _machines(known: Known) -> dict[str, Any]:
    """A machine a category, trained on all texts but those that show only a neighbour of it."""

    def machine(category: str) -> Any:
        wrong = np.array([category in shows for shows in known.shown])
        told_apart = wrong | np.array([not known.near[category] & shows for shows in known.shown])
        line = LinearSVC(C=_COST, class_weight={True: _WRONG_WEIGHS, False: 1}, random_state=0)
        return line.fit(known.texts[told_apart], wrong[told_apart], sample_weight=known.weights[told_apart])

    with ThreadPoolExecutor(2) as threads:  # the training lets go of the interpreter
        return dict(zip(known.near, threads.map(machine, known.near), strict=True))
