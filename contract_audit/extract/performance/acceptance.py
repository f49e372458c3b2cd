"""The acceptance that a record does not name and its proof shows: 海星路竣工通车, 竣工验收备案表."""

import re

import msgspec

from contract_audit.deeds import Event
from contract_audit.model import Evidence

_OF_ALL = re.compile(r"(?:竣工|交工|完工|整体|综合)[^，。；、]{0,4}(?:验收|备案)|验收合格(?:证|书)")
_FINISHED = frozenset({"build", "open", "connect", "operate"})


def with_acceptance(told: Event, row: Evidence, sought: Event) -> Event:
    """The event of works that the row tells as finished, accepted where that is owed and the proof is of acceptance."""
    finished = told.acts & _FINISHED and not (told.parts or told.steps or told.short)
    if "accept" in sought.acts - told.acts and finished and _OF_ALL.search(row.proof or ""):
        return msgspec.structs.replace(told, acts=told.acts | {"accept"})
    return told
