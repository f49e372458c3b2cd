"""The network of the recognizer (`engine.recognizer`): one layer of rectified units over the features of a text, shared by all
categories.

Half of a text's features and some of the units are left out at random in each step, so that no few words decide by
themselves (Srivastava and others, Dropout, JMLR 15, 2014); steps by Adam (Kingma and Ba, ICLR 2015), for a feature only
where a text of the step has it.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float32]

_UNITS = 96
_ROUNDS = 16  # over all texts
_BATCH = 512  # texts a step
_RATE = 4e-3  # of a step at most; it rises over the first fifth of the steps and falls over the rest
_RISE = 0.2
_FEATURES_OUT, _UNITS_OUT = 0.5, 0.3  # left out in each step
_WRONG_WEIGHS = 2.0  # of a text that shows the wrong against a lawful one
_RARE = -4.0  # the bias to begin with: few texts show a given wrong
_SPREAD = 0.1  # of the weights to begin with
_PACE, _PACE_OF_SQUARES = 0.9, 0.999  # how slowly Adam forgets


class _Parameter:
    """Values that are learned, with the running means of their gradients and of the squares of these."""

    def __init__(self, values: npt.NDArray[Any]) -> None:
        self.values: Floats = values.astype(np.float32)
        self._mean, self._square = np.zeros_like(self.values), np.zeros_like(self.values)

    def step(self, gradient: npt.NDArray[Any], rate: float, count: int, rows: Any = slice(None)) -> None:
        """One step, the `count`-th, of the given rows."""
        mean = self._mean[rows] = _PACE * self._mean[rows] + (1 - _PACE) * gradient
        square = self._square[rows] = _PACE_OF_SQUARES * self._square[rows] + (1 - _PACE_OF_SQUARES) * gradient**2
        spread = np.sqrt(square / (1 - _PACE_OF_SQUARES**count)) + 1e-8
        self.values[rows] -= rate * mean / (1 - _PACE**count) / spread


class Network:
    """`hidden`: features × units, `threshold`: units, `out`: units × categories, `bias`: categories."""

    def __init__(self, features: int, categories: int, random: np.random.Generator) -> None:
        self.hidden = _Parameter(random.normal(0, _SPREAD, (features, _UNITS)))
        self.threshold = _Parameter(np.zeros(_UNITS))
        self.out = _Parameter(random.normal(0, _UNITS**-0.5, (_UNITS, categories)))
        self.bias = _Parameter(np.full(categories, _RARE))
        self._random = random
        self._steps = 0

    def learn(self, texts: csr_matrix, wrong: Floats, weights: Floats, rate: float) -> None:
        """One step over texts (texts × features), what they show (texts × categories) and how much each answer weighs."""
        self._steps += 1
        texts = self._thinned(texts)
        kept = ((self._random.random((texts.shape[0], _UNITS)) > _UNITS_OUT) / (1 - _UNITS_OUT)).astype(np.float32)
        sums = texts @ self.hidden.values + self.threshold.values
        units = np.maximum(sums, 0) * kept
        logits = units @ self.out.values + self.bias.values
        blame = (_logistic(logits) - wrong) * weights / texts.shape[0]
        of_units = (blame @ self.out.values.T) * kept * (sums > 0)
        rows = np.unique(texts.indices)
        self.out.step(units.T @ blame, rate, self._steps)
        self.bias.step(blame.sum(axis=0), rate, self._steps)
        self.threshold.step(of_units.sum(axis=0), rate, self._steps)
        self.hidden.step(texts[:, rows].T @ of_units, rate, self._steps, rows)

    def _thinned(self, texts: csr_matrix) -> csr_matrix:
        """The texts without some of their features, each still as long as a vector as before."""
        kept = self._random.random(len(texts.data)) > _FEATURES_OUT
        ends = np.concatenate([[0], np.cumsum(kept)])[texts.indptr]
        counts = np.diff(ends)
        values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
        return csr_matrix((values, texts.indices[kept], ends), shape=texts.shape)


def fit(texts: csr_matrix, wrong: Floats, counts: Floats) -> Network:
    """The network for texts (texts × features, each row a unit vector of equal values), what they show (texts × categories,
    0 or 1), and how much each answer counts (0 where a text shows a neighbour of a category: it says nothing of it).
    """
    random = np.random.default_rng(0)
    network = Network(texts.shape[1], wrong.shape[1], random)
    weights = counts * (1 + wrong * (_WRONG_WEIGHS - 1))
    steps = _ROUNDS * -(-texts.shape[0] // _BATCH)
    done = 0
    for _ in range(_ROUNDS):
        order = random.permutation(texts.shape[0])
        for first in range(0, len(order), _BATCH):
            done += 1
            chosen = order[first : first + _BATCH]
            rate = _RATE * min(done / (_RISE * steps), (steps - done) / ((1 - _RISE) * steps))
            network.learn(texts[chosen], wrong[chosen], weights[chosen], rate)
    return network


def _logistic(logits: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return 0.5 * (1 + np.tanh(0.5 * logits))  # without overflow
