"""Tables whose columns are times: months with bars (横道图), years or quarters with what is to be reached in them."""

import re
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import msgspec

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.text import fold_text
from contract_audit.deeds import event
from contract_audit.extract.duties.nodes import Columns, columns
from contract_audit.model import Party, Provision


class Slot(msgspec.Struct, frozen=True):
    """What one row owes in one column (or up to the last of its bars): its words, its time and what the row is about.

    `start`/`end` are the words owed, `time` the span that shows the time, `label` the row's first cells.
    """

    start: int
    end: int
    time: tuple[int, int]
    label: tuple[int, int]
    head: str
    due: date | None = None
    anchor: str | None = None
    offset: str | None = None


class _Head(NamedTuple):
    """A column of time: its place among the cells, its last day or how long after what."""

    place: int
    due: date | None
    offset: str | None


_MARK = r"[^\w\s\u4e00-\u9fff□○—–－\-/／×~～△◇☆◎*＊#＃|]"  # neither a letter nor one of those that stand for nothing
_BAR = re.compile(rf"[^\w\s\u4e00-\u9fff]*{_MARK}[^\w\s\u4e00-\u9fff]*")  # ■■, √, ├──┤, ——→
_HOLLOW = re.compile(r"[○△◇☆◎□*＊#＃Vv]+")  # marks where nothing darker stands in the row
_DASH = re.compile(r"[—–－\-─~～]+")
_NOTHING = re.compile(r"[\s□○无—–－\-─/／无×xX~～]*")
_AROUND_HEAD = re.compile(r"(?:目标|计划|任务|指标|进度|完成|节点|应达|工作|考核|值|前|[（(][^（）()]*[）)])*")
_NTH = re.compile(
    rf"(?P<event>[\u4e00-\u9fff]{{0,8}}?)(?:之?后|起)?(?:第|[MT]\+?)(?P<n>{RUN})个?(?P<unit>半年|月份?|季度?|年度?|周)?(?:[（(][^（）()]*[）)])?"
)
_EVENT = re.compile(r"(?:自|从|以)(?P<event>[^，。；：（）\n\t]{2,30}?)(?:之日|当日|日|当月|次月)?(?:起|为)")
_MONTHS = {"月": 1, "季": 3, "半": 6, "年": 12}
_FIGURE = re.compile(r"(?:[≥>不低于少达到约]|以上)*[0-9０-９][0-9,，.]*\s*(?![年月日季号])[\u4e00-\u9fff%％]{0,6}")
_OWED = re.compile(r"目标|指标|承诺|不低于|不少于|考核|任务|应达|须达|达到|保证|确保|责任")
_NOT_OWED = re.compile(
    r"预测|测算|估算|概算|预算|资金(?:安排|来源|使用|筹措|计划)|用款|现金流|历史|近[三两二]年|已完成|供参考|支出|成本费|折旧"
)
_YEAR = re.compile(r"(?P<year>20[0-9]{2})年")
_BARE_YEAR = re.compile(r"20[0-9]{2}")
_LEAST_COLUMNS = 2


def slots(text: str, provision: Provision, signed: date | None) -> list[Slot]:
    """What the row owes, column by column; empty for rows of other tables and for what lies before the signing."""
    table = _with_second_head(text, provision, columns(text, provision))
    heads = _time_columns(text, provision, table, signed)
    if len(heads) < _LEAST_COLUMNS or heads[0].place == 0:
        return []
    label = (table.cells[0][0], table.cells[heads[0].place - 1][1])
    if not text[label[0] : label[1]].strip():
        return []
    anchor = _event(text, provision, table, heads[0]) if heads[0].offset else None
    bars = _bars(text, table, heads)
    if bars is not None:
        first, last = bars
        head = next(one for one in heads if table.cells[one.place] == last)
        return [_slot(head, (provision.start, provision.end), (first[0], last[1]), label, table, anchor)]
    filled = [
        (head, table.cells[head.place])
        for head in heads
        if head.place < len(table.cells) and not _NOTHING.fullmatch(text[slice(*table.cells[head.place])])
    ]
    if not _owes(text, provision, label, [text[low:high].strip() for _, (low, high) in filled]):
        return []
    found = [_slot(head, (provision.start, high), (low, low), label, table, anchor) for head, (low, high) in filled]
    return [one for one in found if signed is None or one.due is None or one.due > signed]


def _owes(text: str, provision: Provision, label: tuple[int, int], cells: list[str]) -> bool:
    """Whether the row's cells are owed: deeds (封顶), shares of works (70%), or figures that are promised."""
    if not cells:
        return False
    if all(event(cell).acts and not _FIGURE.fullmatch(cell) for cell in cells):
        return provision.force not in ("report", "request")
    if not all(_FIGURE.fullmatch(cell) for cell in cells):
        return False
    around = "".join(text[stem.start : stem.end] for stem in provision.stems) + text[label[0] : label[1]]
    owed = provision.force in ("commitment", "duty") or bool(_OWED.search(around))
    shares = all(cell.endswith(("%", "％")) for cell in cells) and cells[-1][:-1].strip() == "100"
    return (owed or shares) and not _NOT_OWED.search(around)


def is_second_head(text: str, provision: Provision) -> bool:
    """True for the row of months below a row of years: | 工作 | 4月 | 8月 |."""
    table = columns(text, provision)
    return _stands_below(table.heads, [text[low:high].strip() for low, high in table.cells])


def _stands_below(heads: tuple[str, ...], below: list[str]) -> bool:
    """Whether the cells of a row say which parts of the years above them are meant, and nothing else."""
    years = [place for place, head in enumerate(heads) if _WHOLE_YEAR.fullmatch(head)]
    if len(below) != len(heads) or not years or years[0] == 0:
        return False
    periods = below[years[0] :]
    return all(map(_PERIOD.fullmatch, periods)) and not any(below[1 : years[0]])


_PERIOD = re.compile(r"[0-9一二三四五六七八九十]{1,3}月份?|第?[一二三四1-4]季度?|[上下]半年|Q[1-4]")
_WHOLE_YEAR = re.compile(r"20[0-9]{2}年度?")


def _with_second_head(text: str, provision: Provision, table: Columns) -> Columns:
    """The columns with the months of a second row of heads: 2023年 over 4月 is 2023年4月."""
    if not table.heads or not any(map(_WHOLE_YEAR.fullmatch, table.heads)):
        return table
    begin = provision.stems[-1].end + 1
    end = text.find("\n", begin)
    below = [cell.strip() for cell in re.split(r"[\t|]", text[begin : end if end >= 0 else len(text)])]
    if not _stands_below(table.heads, below):
        return table
    heads: list[str] = []
    year = ""
    for head, period in zip(table.heads, below, strict=True):
        year = head.removesuffix("度") if _WHOLE_YEAR.fullmatch(head) else year
        heads.append(f"{year}{period}" if year else head)
    return msgspec.structs.replace(table, heads=tuple(heads))


def _slot(
    head: _Head,
    words: tuple[int, int],
    time: tuple[int, int],
    label: tuple[int, int],
    table: Columns,
    event: str | None,
) -> Slot:
    return Slot(
        words[0], words[1], time, label, table.heads[head.place], due=head.due, anchor=event, offset=head.offset
    )


def _bars(text: str, table: Columns, heads: list[_Head]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first and the last cell with a bar, where the row's cells of time hold nothing else."""
    cells = [table.cells[head.place] for head in heads if head.place < len(table.cells)]
    words = [text[low:high].strip() for low, high in cells]
    for bar in (_BAR, _HOLLOW, _DASH):
        filled = [cell for cell, word in zip(cells, words, strict=True) if bar.fullmatch(word)]
        if filled and all(bar.fullmatch(word) or _NOTHING.fullmatch(word) for word in words):
            return filled[0], filled[-1]
    return None


def _time_columns(text: str, provision: Provision, table: Columns, signed: date | None) -> list[_Head]:
    """The columns whose heads are times, if all of these stand side by side."""
    stems = "".join(text[stem.start : stem.end] for stem in provision.stems[:-1])
    years = [int(match["year"]) for match in _YEAR.finditer(stems)]
    frame = date(years[-1], 1, 1) if years else signed
    found: list[_Head] = []
    for place, folded in enumerate(_bare_years_named([fold_text(words) for words in table.heads])):
        offset = _nth(folded)
        due = None if offset else _last_day(folded, frame)
        if due is None and offset is None:
            continue
        if due is not None:
            before = found[-1].due if found else (None if years else signed)
            if before is not None and due < before and not _YEAR.search(folded):
                due = _last_day(folded, date(before.year + 1, 1, 1)) or due
            frame = due
        found.append(_Head(place, due, offset))
    together = all(later.place == head.place + 1 for head, later in pairwise(found))
    return found if together and len({head.offset is None for head in found}) == 1 else []


def _bare_years_named(heads: list[str]) -> list[str]:
    """The heads, years that follow one another written as such: 2018, 2019 are 2018年, 2019年."""
    years = {place: int(head) for place, head in enumerate(heads) if _BARE_YEAR.fullmatch(head)}
    return [
        f"{head}年"
        if place in years and abs(years.get(place - 1, years.get(place + 1, 0)) - years[place]) == 1
        else head
        for place, head in enumerate(heads)
    ]


def _last_day(words: str, frame: date | None) -> date | None:
    """The last day of the one period that a head names; None for other heads and for single days."""
    words = _MONTHS_OF_IT.sub("", _FRONT.sub(r"\2\1", words))
    words = _SHORT_PERIOD.sub(_in_full, words)
    moments, _ = dates(words, Frame(frame, frame))
    if len(moments) != 1 or moments[0].until is None or moments[0].full:
        return None
    rest = words[: moments[0].start] + words[moments[0].end :]
    return moments[0].until if _AROUND_HEAD.fullmatch(rest) else None


# How narrow columns name a part of a year (11.10 is a day): 23上, 18下, 2023年（下）, 2023H1, 24Q3, 2023.1-6, 2024年7—12月, 2023.06.
_SHORT_PERIOD = re.compile(
    r"^['’]?(?:20|(?=2)|(?=1[0-9]年?[（(]?[上下前后HQ]))(?P<year>[12][0-9])年?[·./（(-]?(?:(?P<half>[上下前后])(?:半年?度?)?|H(?P<h>[12])|Q(?P<q>[1-4])"
    r"|(?P<first>[0-9]{1,2})月?[-–—~～至](?P<last>[0-9]{1,2})月?|(?P<month>[01]?[0-9]))[)）]?$"
)
_HALVES = {**dict.fromkeys("上前1", "上半年"), **dict.fromkeys("下后2", "下半年")}
_MONTHS_OF_IT = re.compile(r"(?<=[年度季])[（(][0-9月、至~～–—-]+[)）]$")  # 上半年（1—6月） says it once more
_FRONT = re.compile(r"^([HQ][1-4])(20[0-9]{2})年?$")


def _in_full(match: re.Match[str]) -> str:
    """The words of a short head in full: 23上 is 2023年上半年, 2023.1-6 is 2023年6月."""
    half = _HALVES.get(match["half"] or match["h"] or "")
    quarter = f"第{match['q']}季度" if match["q"] else None
    return f"20{match['year']}年{half or quarter or (match['last'] or match['month']).lstrip('0') + '月'}"


def _nth(words: str) -> str | None:
    match = _NTH.fullmatch(words)
    count = number(match["n"]) if match else None
    if match is None or count is None or count % 1 or not (match["unit"] or words[:1] == "M"):
        return None
    unit = (match["unit"] or "月")[0]
    return f"P{count * 7:f}D" if unit == "周" else f"P{count * _MONTHS[unit]:f}M"


def _event(text: str, provision: Provision, table: Columns, head: _Head) -> str | None:
    """The event that 第1个月, 投产第一年 count from: in the head itself, else in the words above the table."""
    named = _NTH.fullmatch(fold_text(table.heads[head.place]))
    if named is not None and named["event"]:
        return named["event"]
    above = "".join(text[stem.start : stem.end] for stem in provision.stems[:-1]) + table.heads[0]
    found = _EVENT.search(above)
    return found["event"] if found else None


_UNIT = re.compile(r"[（(](?:单位[：:])?(?P<unit>[万亿]?[元吨人台套辆件亩名]|%|％)[）)]")


def in_words(label: str, figure: str, stems: tuple[str, ...]) -> str:
    """A figure of the table as a phrase: 主营业务收入（万元） | 6000 → 主营业务收入6000万元."""
    own = _UNIT.search(label)
    unit = own or next((found for stem in stems if (found := _UNIT.search(stem))), None)
    bare = _UNIT.sub("", label)
    return f"{bare}{figure}{unit['unit'] if unit and figure.strip()[-1:].isdigit() else ''}"


_DUTIES = re.compile(r"(?:的|应|须|负责|承担|完成|办理|义务|责任|事项|工作|任务|做的事|要做|内容)*")


class Entry(msgspec.Struct, frozen=True):
    """What one party owes by the time of a row: the cell under its name, and the cell of the time."""

    start: int
    end: int
    time: tuple[int, int]
    party: Party


def entries(text: str, provision: Provision, parties: tuple[Party, ...]) -> list[Entry]:
    """The cells of a row that stand under the names of two or more parties (时间 | 甲方 | 乙方)."""
    table = columns(text, provision)
    named = [(place, party) for place, words in enumerate(table.heads) if (party := _party(words, parties)) is not None]
    times = [
        place for place in range(len(table.heads)) if place < len(table.cells) and table.is_time(table.cells[place][0])
    ]
    if len({party.role for _, party in named}) < _LEAST_COLUMNS or len(times) != 1:
        return []
    found = []
    for place, party in named:
        low, high = table.cells[place] if place < len(table.cells) else (0, 0)
        if not _NOTHING.fullmatch(text[low:high]):
            found.append(Entry(low, high, table.cells[times[0]], party))
    return found


def _party(head: str, parties: tuple[Party, ...]) -> Party | None:
    """The party that a head names, and nothing but its duties beside: 甲方, 乙方应办事项, 管委会责任."""
    for party in parties:
        for name in (party.role, party.name, *party.aliases):
            if name and name in head and _DUTIES.fullmatch(_PLAIN.sub("", head.replace(name, "", 1))):
                return party
    return None


_PLAIN = re.compile(r"[（(][^（）()]*[）)]|[\s：:]")
