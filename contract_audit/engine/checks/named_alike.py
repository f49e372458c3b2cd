"""Duties that are called by the same words: what a cell of a table names stands word for word in a clause."""

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import event
from contract_audit.engine.case import Case
from contract_audit.engine.checks.deed_words import words_of
from contract_audit.model import Obligation

_TELLING = 8  # characters of a name that two duties hardly share by chance


def named_alike(case: Case, one: Obligation, other: Obligation) -> bool:
    """Whether a cell of one names a deed at length, and the other, no row of a table, says the same: 总装基地首条产线投产."""
    cells, cells_too = (_cells(case, item) for item in (one, other))
    if bool(cells) == bool(cells_too):
        return False
    said = words_of(case, other if cells else one)
    return any(len(cell) >= _TELLING and cell in said and event(cell).acts for cell in cells or cells_too)


def _cells(case: Case, item: Obligation) -> tuple[str, ...]:
    """The cells of a row but that of the day; none for a duty that is no row."""
    provision = case.understanding.provisions[item.provision] if item.provision is not None else None
    if provision is None or provision.kind != "table_row":
        return ()
    before, after = case.text(item.start, item.due_start), case.text(item.due_end, item.end)
    return tuple(fold_text(cell).strip() for cell in f"{before}\t{after}".split("\t"))
