"""Table rows as provisions: the header row and the lead-in above the table are their stems."""

import re
from itertools import pairwise

from contract_audit.clauses.bearers import UNKNOWN, Bearer, bearer_of, heading_bearer
from contract_audit.clauses.draft import Draft, Flow, Reading, emit_plain, finish
from contract_audit.clauses.force import Scope, force_of, negations_of
from contract_audit.clauses.parts import segment_of, segments
from contract_audit.model import Block, Document

_REPEALED = re.compile(r"废止|作废|删除|不[再予作]执行|停止执行|予以取消|予以撤销")
OLD_COLUMN = re.compile(r"原(?:约定|条款|内容|合同|协议|表述|规定|文)|修改前|调整前|变更前|清理前")
_DUTY_COLUMN = re.compile(
    r"(?:责任|承办|牵头|实施|落实|义务|主办|经办|负责|承担|办理|完成|履行|执行)(?:单位|主体|部门|方|人|者)|^由?谁|^(?:主体|当事(?:人|方)|方别)$"
)


_SENTENCE = re.compile(r"[。；！？]|[，][^\t]{8,}")
_DAY = re.compile(
    r"^(?:20[0-9]{2}|二〇[〇一二三四五六七八九]{2})[年./-][0-9一二三四五六七八九十]{1,3}(?:[月./-][^（）()]{0,8}|月)$"
)
_YEAR = re.compile(r"20[0-9]{2}")
_FIGURE = re.compile(r"(?!20[0-9]{2}[.．][01]?[0-9]$)[0-9０-９,.，．%％]+")  # 2023.06 is a month


def headers_of(document: Document) -> dict[int, Block]:
    """For each table row, by its start, the header row of its table: the first row if it only names columns."""
    found: dict[int, Block] = {}
    first: Block | None = None
    named = False
    for index, block in enumerate(document.blocks):
        following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
        if block.kind != "table_row":
            first = None
            continue
        if first is None or first.table != block.table:
            single = following is None or following.kind != "table_row" or following.table != block.table
            first = block
            named = not single and _names_columns(document, block)
        if named and first:
            found[block.start] = first
    return found


def _names_columns(document: Document, row: Block) -> bool:
    cells = [document.text[cell.start : cell.end].strip() for cell in row.cells]
    if sum(bool(_DAY.search(cell)) for cell in cells) == 1:
        return False  # one day among the cells: 甲方 | 供电接入 | 2023年9月15日
    years = [int(cell) for cell in cells if _YEAR.fullmatch(cell)]
    if any(later == year + 1 for year, later in pairwise(years)):
        cells = [cell for cell in cells if not _YEAR.fullmatch(cell)]  # 2018 | 2019 are columns, no figures
    return (
        bool(cells)
        and len(row.cells) > 1
        and not any(_SENTENCE.search(cell) or _FIGURE.fullmatch(cell) or len(cell) > 24 for cell in cells)
    )


def read_row(draft: Draft, flow: Flow, block: Block, start: int, end: int) -> None:
    """Add the row `block` ([start, end) of folded text): a title if it is the header or stands before the body, else one provision."""
    header = draft.headers.get(block.start)
    if flow.recital or (header is not None and header.start == block.start):
        emit_plain(draft, flow.clause, start, end, "title")
        return
    cut = [part for piece in segments(draft.scanned, start, end) for part in piece.parts]
    if not cut:
        return
    segment = segment_of(draft.scanned, cut)
    titles = [draft.document.text[cell.start : cell.end] for cell in header.cells] if header else []
    lead = draft.leads.get(flow.clause) or flow.lead
    inherited = Bearer(lead.bearer.name, lead.bearer.side, "inherited") if lead else flow.heading or UNKNOWN
    column = _by_column(draft, header, block)
    bearer = _row_bearer(draft, block, titles) or (column[0] if column else None)
    bearer = bearer or bearer_of(draft.scanned, segment, inherited, draft.parties)
    busy = segments(draft.scanned, *column[1]) if column else []
    force, own = force_of(draft.scanned, busy[0] if busy else segment, bearer)
    if not own:
        force = lead.force if lead and lead.force else "statement"
    polarity, scopes, _ = negations_of(draft.scanned, segment)
    if _REPEALED.search(draft.folded.text, start, end):
        force, polarity, scopes = "report", "negative", ((start, end),)
    else:
        old = _old_cells(draft, block, titles)
        scopes = (*(scope for scope in scopes if not any(_overlap(scope, cell) for cell in old)), *old)
    stems = [
        *flow.stems,
        *([lead.span] if lead and lead.span not in flow.stems else []),
        *([draft.folded.folded(header.start, header.end)] if header else []),
    ]
    finish(draft, flow.clause, segment, "table_row", Reading(bearer, force, polarity, scopes), tuple(stems))


def _row_bearer(draft: Draft, block: Block, titles: list[str]) -> Bearer | None:
    for title, cell in zip(titles, block.cells, strict=False):
        if _DUTY_COLUMN.search(title):
            mentions = draft.scanned.mentions_in(*draft.folded.folded(cell.start, cell.end))
            name = draft.document.text[cell.start : cell.end].strip()
            if mentions and name:
                return Bearer(name, mentions[0].side, "said")
    return _bracketed(draft, block)


# What a cell says where its party has nothing to do but to go along.
_IDLE = re.compile(r"[\s—–\-－~/／×xX无]*|(?:配合|协助|知悉|参与|监督|支持)[^，。；]{0,4}")


def _by_column(draft: Draft, header: Block | None, block: Block) -> tuple[Bearer, Scope] | None:
    """The one party under whose name something is to be done, and its cell: | 设备进场 | —— | 3月1日前 | below | 事项 | 甲方 | 乙方 |."""
    cells = [
        (bearer, cell)
        for title, cell in zip(header.cells if header else (), block.cells, strict=False)
        if (bearer := heading_bearer(draft.scanned, *draft.folded.folded(title.start, title.end)))
    ]
    words = [draft.document.text[cell.start : cell.end].strip() for _, cell in cells]
    busy = [found for found, said in zip(cells, words, strict=True) if not _IDLE.fullmatch(said)]
    if len({bearer.side for bearer, _ in cells}) < 2 or len(busy) != 1:
        return None
    bearer, cell = busy[0]
    return Bearer(bearer.name, bearer.side, "said"), draft.folded.folded(cell.start, cell.end)


def _bracketed(draft: Draft, block: Block) -> Bearer | None:
    """The one party that a cell names in brackets behind its words: | 厂房建设（乙方） | ■ |."""
    start, end = draft.folded.folded(block.start, block.end)
    said = {match["name"] for match in _IN_BRACKETS.finditer(draft.folded.text, start, end)}
    named = [party for party in draft.parties if said & {party.role, party.name, *party.aliases}]
    return Bearer(named[0].role or named[0].name, named[0].side, "said") if len(named) == 1 else None


_IN_BRACKETS = re.compile(r"（(?P<name>[^（）\n\t]{2,30})）(?=[\t\n]|$)")


def _old_cells(draft: Draft, block: Block, titles: list[str]) -> tuple[Scope, ...]:
    """Cells under 原约定, 修改前: quoted, no longer agreed."""
    return tuple(
        draft.folded.folded(cell.start, cell.end)
        for title, cell in zip(titles, block.cells, strict=False)
        if OLD_COLUMN.search(title)
    )


def _overlap(one: Scope, other: Scope) -> bool:
    return one[0] < other[1] and other[0] < one[1]
