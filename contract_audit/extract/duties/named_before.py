"""What a duty is about where its own words leave it to what stands before: the heading of its clause, the duty that recurs."""

import re

import msgspec

from contract_audit.deeds import Event, event
from contract_audit.extract.duties.own_words import without_time
from contract_audit.model import Obligation, Understanding

_HEADING_CHARS = 14


def heading(understanding: Understanding, duty: Obligation) -> str:
    """The heading of the duty's clause, where it names what its sentences speak of: （一）2号厂房。…交付日期调整为…."""
    said = understanding.clauses[duty.clause].heading if duty.clause is not None else None
    return said if said and len(said) <= _HEADING_CHARS else ""


def first_of(understanding: Understanding, duty: Obligation, acts: frozenset[str]) -> Event | None:
    """What the recurring duty before in the clause names, of which this is the first: 每年4月报送实施情况报告。首次报送时间为…."""
    text = understanding.document.text
    before = [one for one in understanding.obligations if one.clause == duty.clause and one.end <= duty.start]
    if not before or before[-1].recurrence is None or not _FIRST_TIME.search(text, duty.start, duty.end):
        return None
    named = event(without_time(text, before[-1]))
    return named if named.acts & acts else None


_FIRST_TIME = re.compile(r"首[次期批场季年]|第一[次期批场季年]|20[0-9]{2}年度?(?:的|应|须)?(?:首|报|缴|付|举|召)")


def with_named(told: Event, named: Event) -> Event:
    """The event with what another one names."""
    return msgspec.structs.replace(
        told,
        papers=told.papers | named.papers,
        documents=told.documents | named.documents,
        pairs=told.pairs | named.pairs,
        content=told.content | named.content,
    )
