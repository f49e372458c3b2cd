"""What a phrase tells: acts, things, numbers, how much of it is done; and when two phrases tell of the same event."""

from contract_audit.deeds.counts import Item, count_of, covers, deeds, is_size, is_total, listed, tells_of
from contract_audit.deeds.events import (
    MAY_MARK,
    Event,
    amounts_of,
    denied,
    event,
    figures_aside,
    marks_of,
    recorded,
    shares,
)
from contract_audit.deeds.likeness import SINGLE, Weights, is_apart, is_near, likeness, rarity, weights
from contract_audit.deeds.others import is_other_thing
from contract_audit.deeds.partial import is_less, is_one_of_two, is_unclear, lacks
from contract_audit.deeds.sameness import alike, same_event, same_object, siblings, tells_both
from contract_audit.deeds.verbs import VERBS

__all__ = [
    "MAY_MARK",
    "SINGLE",
    "VERBS",
    "Event",
    "Item",
    "Weights",
    "alike",
    "amounts_of",
    "count_of",
    "covers",
    "deeds",
    "denied",
    "event",
    "figures_aside",
    "is_apart",
    "is_less",
    "is_near",
    "is_one_of_two",
    "is_other_thing",
    "is_size",
    "is_total",
    "is_unclear",
    "lacks",
    "likeness",
    "listed",
    "marks_of",
    "rarity",
    "recorded",
    "same_event",
    "same_object",
    "shares",
    "siblings",
    "tells_both",
    "tells_of",
    "weights",
]
