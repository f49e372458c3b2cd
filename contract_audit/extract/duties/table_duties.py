"""Duties of table rows whose columns are times (横道图, 分年指标) or parties (时间 | 甲方 | 乙方)."""

from collections.abc import Iterator

import msgspec

from contract_audit.extract.duties.acts import act_of, kind_of_act
from contract_audit.extract.duties.grids import entries, slots
from contract_audit.extract.duties.single_duty import AMOUNTS, Known, duty_of, trimmed
from contract_audit.extract.duties.times import Time, times_in
from contract_audit.model import Obligation, Party, Provision, Value


def of_row(
    text: str, provision: Provision, number: int, inside: list[Value], known: Known, parties: tuple[Party, ...]
) -> list[Obligation]:
    """The duties of a row by its columns of time or of parties; none where its table has neither."""
    if provision.kind != "table_row":
        return []
    return list(_of_slots(text, provision, number, inside, known)) or list(
        _of_entries(text, provision, number, inside, known, parties)
    )


def _of_slots(text: str, provision: Provision, number: int, inside: list[Value], known: Known) -> Iterator[Obligation]:
    """The duties of a row whose columns are times; each is about what the row's first cells name."""
    for slot in slots(text, provision, known.signing):
        time = Time(*slot.time, due=slot.due, anchor=slot.anchor, offset=slot.offset)
        amounts = [value for value in inside if time.start <= value.start < slot.end and value.kind in AMOUNTS]
        duty = duty_of(text, provision, number, (slot.start, slot.end), time, amounts, known)
        start, end = trimmed(text, *slot.label)
        act, thing = act_of(text[start:end])
        kind = kind_of_act(text[start:end], text[start : slot.end], provision.side)
        yield msgspec.structs.replace(duty, act=act, object=thing, kind=kind, shared_start=start, shared_end=end)


def _of_entries(
    text: str, provision: Provision, number: int, inside: list[Value], known: Known, parties: tuple[Party, ...]
) -> Iterator[Obligation]:
    """The duties of a row whose columns are parties, each by the row's time."""
    for entry in entries(text, provision, parties):
        own = msgspec.structs.replace(
            provision, bearer=entry.party.role, side=entry.party.side, known_by="said", force="commitment"
        )
        times = times_in(
            text, own, [value for value in inside if entry.time[0] <= value.start < entry.time[1]], known.signing
        )
        if len(times) != 1:
            continue
        amounts = [value for value in inside if entry.start <= value.start < entry.end and value.kind in AMOUNTS]
        time = msgspec.structs.replace(times[0], start=entry.start, end=entry.start)
        yield duty_of(text, own, number, (entry.start, entry.end), time, amounts, known)
