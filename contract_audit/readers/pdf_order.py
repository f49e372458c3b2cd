"""Rows of a page in the order a reader takes them: columns of prose, tables without rules, plain lines."""

from collections.abc import Sequence

from contract_audit.readers.pdf_aligned import aligned_rows
from contract_audit.readers.pdf_columns import cut_at_gutter, gutter_of, in_columns, rows_in_columns
from contract_audit.readers.pdf_lines import Item, Line, rows_of
from contract_audit.readers.pdf_sheet import Run


def reading_order(runs: Sequence[Run], width: float) -> list[Item]:
    """Lines and unruled tables of one page of that width, points; two columns of prose one after the other."""
    gutter = gutter_of(runs, width)
    rows = rows_of(runs if gutter is None else cut_at_gutter(runs, gutter))
    out: list[Item] = []
    index = 0
    while index < len(rows):
        stop = index + rows_in_columns(rows[index:], gutter) if gutter is not None else index
        if gutter is not None and stop > index:
            out.extend(in_columns(rows[index:stop], gutter))
            index = stop
        elif aligned := aligned_rows(rows, index):
            items, index = aligned
            out.extend(items)
        else:
            out.append(Line(tuple(rows[index])))
            index += 1
    return out
