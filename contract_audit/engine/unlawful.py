"""What follows from a promise that is unlawful itself: nobody is urged to perform, to pay or to date it anew."""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate

import msgspec

from contract_audit.engine.case import Case
from contract_audit.engine.wrongs import Stamped


def lawful_first(stamped: list[Stamped], case: Case) -> list[Stamped]:
    """The findings; the remedy of what is found about performing a promise gives way where the promise is unlawful."""
    told = case.pack.info.remedies.unlawful
    wrongs = _Wrongs(stamped, {"government": told.government, "investor": told.investor})
    return [_after(item, wrongs.of(item), case) for item in stamped]


def _after(item: Stamped, wrong: str | None, case: Case) -> Stamped:
    instead = case.pack.info.remedies.unlawful.instead
    category = item.finding.category
    words = instead.get(category) or instead.get(category.split(".")[0])
    if wrong is None or words is None:
        return item
    text = words.signed if case.mode == "signed" else words.draft
    remedy = text.replace("{title}", case.pack.taxonomy.categories[wrong].name)
    return msgspec.structs.replace(item, finding=msgspec.structs.replace(item.finding, remedy=remedy))


class _Wrongs:
    """The findings that call a promise unlawful, by the side that made it: by its provision, and by their words."""

    def __init__(self, stamped: list[Stamped], categories: Mapping[str, tuple[str, ...]]) -> None:
        self._provisions: dict[tuple[str, int], str] = {}
        self._starts: dict[str, list[int]] = {}
        self._furthest: dict[str, list[tuple[int, str]]] = {}  # of those that begin up to each start: the furthest end
        accepted = (one for one in stamped if one.finding.stream == "accepted")
        certain = [
            one for one in accepted if one.finding.verdict == "fail" and not one.earlier
        ]  # earlier ones are kept
        for side, listed in categories.items():
            wrongs = [one for one in certain if one.finding.category in listed]
            said = sorted((one.finding.start, one.finding.end, one.finding.category) for one in wrongs)
            self._starts[side] = [start for start, _, _ in said]
            self._furthest[side] = [*accumulate(((end, category) for _, end, category in said), max)]
            for category in reversed(listed):  # of several wrongs in one provision the one listed first is told
                places = (one.provision for one in wrongs if one.finding.category == category)
                self._provisions |= {(side, place): category for place in places if place is not None}

    def of(self, item: Stamped) -> str | None:
        """The category of the wrong that the promise which a finding is about is, if it is one."""
        finding, side = item.finding, item.side
        if side not in self._starts or finding.stream != "accepted":
            return None
        if item.provision is not None and (side, item.provision) in self._provisions:
            return self._provisions[side, item.provision]
        before = bisect_left(self._starts[side], finding.end)
        end, category = self._furthest[side][before - 1] if before else (0, "")
        return category if end > finding.start else None
