"""Tables of nodes (事项 | 责任方 | 起算 | 时限): what the heads of the columns say of the times in a row."""

import re
from itertools import pairwise

import msgspec

from contract_audit.model import Provision, Span

_CELL = re.compile(r"[\t|]")
_FROM_COLUMN = re.compile(
    r"起算|起始|起点|触发|前置(?:条件|事件|节点)|基准(?:日|事件)|计算(?:起|基)"
    r"|^(?:开始|启动|起始|计划开始|起)(?:时间|日期|日)?$"
)
_TIME_COLUMN = re.compile(r"[时期]限|时间|工期|天数|节点|日期|进度|周期")
_OLD_COLUMN = re.compile(r"^原|调整前|变更前|修改前|延期前|顺延前|旧")
_NEW_COLUMN = re.compile(
    r"(?:变更|调整|修改|修订|延期|顺延|延长|重新约定)后|^新|^现|(?:变更|调整|修改|顺延|延[期长])(?:为|至|到)$"
)
_PERIOD_COLUMN = re.compile(r"所属|(?:计租|计费|租赁|服务|对应)(?:期|时段)|^租?期间$|起止|覆盖")
_DUE_COLUMN = re.compile(
    r"(?:付款?|支付|缴[款纳费]?|交[款纳付]?|完成|截止|应付|到期)(?:的)?(?:日期?|时间|期限|时限|截止日)"
)
_AGREED_COLUMN = re.compile(r"约定|计划|应(?:完成|履行)|协议(?:期限|时间|时限)")
_DONE_COLUMN = re.compile(r"实际|(?:完成|办结|履行|兑现|到账|交付)(?:日期|时间|情况)")
_EMPTY = re.compile(r"[\s—–\-－/／无*·]*")
_TIDY = re.compile(r"^(?:自|从)|(?:之日起|当日起|起算|之日|当日|日起|起|后)$")
_EVENT_IN_HEAD = re.compile(r"(?:自|从)?(?P<event>[一-龥《》]{2,16}?)(?:之日起|日起|之后|后|起)")


class Columns(msgspec.Struct, frozen=True):
    """The heads of a row's table with the row's cells: spans in the text, in order."""

    heads: tuple[str, ...]
    cells: tuple[tuple[int, int], ...]

    def head(self, offset: int) -> str:
        """The head above the cell that holds `offset`."""
        place = next((index for index, (_, end) in enumerate(self.cells) if offset <= end), len(self.cells))
        return self.heads[place] if place < len(self.heads) else ""

    def is_time(self, offset: int) -> bool:
        """Whether the cell stands under 时限, 完成时间."""
        return bool(_TIME_COLUMN.search(self.head(offset)))


_NONE = Columns((), ())


def columns(text: str, provision: Provision) -> Columns:
    """The columns of a table row that stands under a head; none for other provisions."""
    if provision.kind != "table_row" or not provision.stems:
        return _NONE
    head = provision.stems[-1]
    heads = tuple(name.strip() for name in _CELL.split(text[head.start : head.end]))
    line_end = text.find("\n", provision.start)
    end = len(text) if line_end < 0 else line_end
    line = text.rfind("\n", 0, provision.start) + 1
    start = provision.start if text[line : provision.start].strip() else line  # the first cells may be empty
    marks = [start - 1, *(match.start() for match in _CELL.finditer(text, start, end)), end]
    return Columns(heads, tuple((low + 1, high) for low, high in pairwise(marks)))


def is_old(table: Columns, offset: int) -> bool:
    """Under 原定时间: no longer holds."""
    return bool(_changes(table) and _OLD_COLUMN.search(table.head(offset)))


def is_new(table: Columns, offset: int) -> bool:
    """Under 调整后时间: agreed anew."""
    return bool(_changes(table) and _NEW_COLUMN.search(table.head(offset)))


def _changes(table: Columns) -> bool:
    return any(_OLD_COLUMN.search(name) for name in table.heads)


def is_start(table: Columns, offset: int) -> bool:
    """Under 起算: the day or event that the row counts from, nothing that is due."""
    return bool(_FROM_COLUMN.search(table.head(offset)))


def is_period(table: Columns, offset: int) -> bool:
    """Under 租金所属期 beside a column of the days on which is paid: what the sum is for, nothing that is due."""
    return bool(_PERIOD_COLUMN.search(table.head(offset))) and any(_DUE_COLUMN.search(name) for name in table.heads)


def is_done(table: Columns, offset: int) -> bool:
    """Under 完成日期 beside a column of what was agreed (约定期限): the day on which it was done, nothing that is due."""
    own = table.head(offset)
    agreed = any(_AGREED_COLUMN.search(name) for name in table.heads if name != own)
    return agreed and _DONE_COLUMN.search(own) is not None and _AGREED_COLUMN.search(own) is None


def is_nothing_due(table: Columns, offset: int) -> bool:
    """Under a head that says that its times bind nobody: what no longer holds, what is counted from or paid for, what is done."""
    return any(holds(table, offset) for holds in (is_old, is_start, is_period, is_done))


def is_term(table: Columns, offset: int) -> bool:
    """Under 时限: a bare length of time (20个工作日) is a deadline where the row says from when."""
    return table.is_time(offset)


def start_cell(text: str, table: Columns) -> tuple[int, int, str] | None:
    """Span and event of the row's 起算 cell; None where there is none or it is empty."""
    for name, (low, high) in zip(table.heads, table.cells, strict=False):
        words = text[low:high].strip()
        if _FROM_COLUMN.search(name) and not _EMPTY.fullmatch(words):
            return low, high, _TIDY.sub("", _TIDY.sub("", words))
    return None


def event_in_head(table: Columns, offset: int) -> str | None:
    """The event that a head names for all its cells: 完成时限（自本协议签订之日起）."""
    match = _EVENT_IN_HEAD.search(table.head(offset))
    return match["event"].lstrip("（(") if match and "签" in match["event"] else None


def heads_of_tables(text: str, provisions: tuple[Provision, ...]) -> dict[int, Span]:
    """For the rows of tables that stand among the titles, before the first article: the head of their table, by index."""
    found: dict[int, Span] = {}
    head: Provision | None = None
    for index, provision in enumerate(provisions):
        words = text[provision.start : provision.end]
        if provision.kind != "title" or "\t" not in words:
            head = None
        elif head is not None:
            found[index] = Span(head.start, head.end)
        elif any(_TIME_COLUMN.search(cell) for cell in words.split("\t")):
            head = provision
    return found
