"""Which provisions the rules on single provisions can find something in: told for all rules of a pack at once, by what is known
without running a pattern.

For each rule the views that may hold all words it asks for near each other, whose statement is of a side and force it is
about, and in which no exception surely holds. What is left, few views of few rules, is looked at one by one.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import get_args

import numpy as np

from contract_audit.engine.index import Columns, Held, Lists, Masks, PatternIndex
from contract_audit.model import Force, HedgeKind, Provision, Side
from contract_audit.rulespec import Group, Pack, ProvisionCheck, Unless

FAR = ("sentence", "clause", "paper")  # places of a group outside the provision
SILENT = ("title", "signature")  # kinds of provisions that agree nothing
_WIDTH = 64
_SIDES: tuple[Side, ...] = get_args(Side)
_HEDGES: dict[HedgeKind, int] = {kind: number for number, kind in enumerate(get_args(HedgeKind))}
# Who speaks, how strongly, and whether that is only presumed.
_VOICES = {
    voice: number
    for number, voice in enumerate(
        (side, force, presumed) for side in _SIDES for force in get_args(Force) for presumed in (False, True)
    )
}


class Candidates:
    """The conditions of the rules on single provisions of a pack, numbered so that all are asked at once."""

    def __init__(self, checks: Sequence[ProvisionCheck], index: PatternIndex) -> None:
        """Prepare distinct checks, all of whose word tests are in the index."""
        self._numbers = {check: number for number, check in enumerate(checks)}
        self._near = Lists([[index.parts(index.source(group)).number for group in near(check)] for check in checks], 0)
        exceptions = [[one for one in check.unless if one.within == "provision"] for check in checks]
        self._excepting = Lists([[*_sets(ones, index)] for ones in exceptions], index.set_count)
        self._hedged = Lists(
            [[_HEDGES[kind] for one in check.unless for kind in one.hedge] for check in checks], len(_HEDGES)
        )
        voices = [tuple(_voices(check)) for check in checks]
        distinct = {heard: number for number, heard in enumerate(dict.fromkeys(voices))}
        self._heard = Lists(list(distinct), len(_VOICES))
        self._heard_by = np.array([distinct[heard] for heard in voices], dtype=np.intp)

    def number(self, check: ProvisionCheck) -> int:
        """The column of a check in what `told` tells."""
        return self._numbers[check]

    def told(self, provisions: Sequence[Provision], held: Held) -> Columns:
        """The views, each of one of the provisions, that are left for each check; `held` is what the views hold."""
        told = Columns(len(self._numbers), len(provisions))
        if self._numbers and provisions:
            spoken = [(_voice(provision), view) for view, provision in enumerate(provisions)]
            hedges = [(_HEDGES[hedge.kind], view) for view, one in enumerate(provisions) for hedge in one.hedges]
            heard = self._heard.any_of(_marked(spoken, len(_VOICES), len(provisions)))[:, self._heard_by]
            excepted = self._hedged.any_of(_marked(hedges, len(_HEDGES), len(provisions)))
            excepted |= self._excepting.any_of(np.vstack([held.sets.matrix, np.zeros_like(told.matrix[:1])]).T)
            told.set(0, self._near.all_of(held.sources.matrix.T) & heard & ~excepted)
        return told


@lru_cache(maxsize=64)
def candidates_of(pack: Pack, index: PatternIndex) -> Candidates:
    """The conditions of the rules of a pack; made once a pack."""
    return Candidates([*{rule.check: None for rule in pack.rules if isinstance(rule.check, ProvisionCheck)}], index)


def near(check: ProvisionCheck) -> tuple[Group, ...]:
    """The groups whose words must stand in the provision itself: all of them where none must."""
    return tuple(group for group in check.groups if group.place not in FAR) or check.groups


def _sets(exceptions: Sequence[Unless], index: PatternIndex) -> Iterator[int]:
    """The sets of words one of which is enough for an exception to hold."""
    return (index.parts(index.source(one)).set for one in exceptions)


def _voices(check: ProvisionCheck) -> Iterator[int]:
    """The numbers of the voices that a check listens to."""
    for (side, force, presumed), number in _VOICES.items():
        if force in check.force and (side in check.side or (check.guessed and presumed)):
            yield number


def _voice(provision: Provision) -> int:
    """The number of the voice in which a provision speaks; that of none where it agrees nothing."""
    if provision.kind in SILENT:
        return len(_VOICES)
    return _VOICES[provision.side, provision.force, provision.known_by == "default"]


def _marked(pairs: Sequence[tuple[int, int]], count: int, size: int) -> Masks:
    """By the pairs of a thing and a text that has it: texts, 64 a number, × things and a last column for none of them."""
    marked = np.zeros((count + 1, -(-size // _WIDTH) * _WIDTH), dtype=bool)
    things, texts = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    marked[things, texts] = True
    marked[count] = False
    return np.packbits(marked, axis=1, bitorder="little").view("<u8").T
