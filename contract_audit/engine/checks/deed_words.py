"""What a duty's words tell for holding it against another: its label, its event without time, bearer and remarks."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial

import msgspec

from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.deeds import MAY_MARK, Event, event, marks_of
from contract_audit.engine.case import Case
from contract_audit.model import Obligation, Provision


def words_of(case: Case, item: Obligation) -> str:
    """The duty's words, after the label of its line: B6厂房：竣工并交付的日期为…"""
    return case.kept((words_of, id(item)), partial(_labelled, case.document.text, item.start, item.end))


def _labelled(text: str, start: int, end: int) -> str:
    return fold_text(said_before(text, start) + text[start:end])


def said_before(text: str, start: int) -> str:
    """The words before `start` that belong to a duty that begins there: the label of its line, the subject of its sentence."""
    said = _label(text, start)
    if not said and text[start] in "并且":  # 二期工程应于…动工，并于12月31日前投产
        sentence = behind_last("\n。；", text, start)
        subject = _SUBJECT.match(text, sentence, start)
        said = subject.group() if subject else ""
    return said


_SUBJECT = re.compile(r"[^，。；]{2,24}?(?=应|须|将|于|在|自|，)")


def _label(text: str, start: int) -> str:
    """The label of a line that ends right before `start`: B6厂房：; empty where none does."""
    if not text.endswith(("：", ":"), 0, start):
        return ""
    label = _LABEL.search(text, max(0, start - _LONGEST_LABEL), start)
    return label.group() if label is not None else ""


_LABEL = re.compile(r"(?:[^，。；：:（）()\n]|[（(][^（）()\n]{0,40}[）)]){1,30}[：:]$")
_LONGEST_LABEL = 30 * len("（）") + 30 * 40 + len("：")  # characters that the pattern can take in


def event_of(case: Case, item: Obligation) -> Event:
    """What is owed, without its time, its bearer and remarks in brackets."""
    return case.kept((event_of, id(item)), partial(_event_with_marks, case, item))


def _event_with_marks(case: Case, item: Obligation) -> Event:
    told = own_event_of(case, item)
    return told if names_itself(told) else msgspec.structs.replace(told, marks=marks_before(case, item))


def names_itself(told: Event) -> bool:
    """Whether the words of an event say what it is done to."""
    return bool(told.marks or told.things or len(told.content) > 1)


def own_event_of(case: Case, item: Obligation) -> Event:
    """As `event_of`, without the number of what is owed that stands before the duty."""
    told = _owed(case.document.text, (item.start, item.end), (item.due_start, item.due_end))
    return told if told.acts else named_by_heads(case, item) or told


def named_by_heads(case: Case, item: Obligation) -> Event | None:
    """The event of a row whose cells name no act, by the head of its day's column; None for what names its own."""
    return case.kept((named_by_heads, id(item)), partial(_under_heads, case, item))


def _under_heads(case: Case, item: Obligation) -> Event | None:
    told = _owed(case.document.text, (item.start, item.end), (item.due_start, item.due_end))
    return None if told.acts else _by_heads(case, item)


@lru_cache(maxsize=1024)
def _owed(text: str, duty: tuple[int, int], due: tuple[int, int]) -> Event:
    start = max(duty[0], 0)
    before, after = text[start : max(start, due[0])], text[max(due[1], start) : duty[1]]
    before = _label(text, start).rstrip("：:") + before
    if "\t" in before and re.search(r"[\u4e00-\u9fff]", before):  # a row: the cells behind the day tell who sees to it
        cells = [cell for cell in REMARK.sub("", before).split("\t") if not _OFFICE.fullmatch(cell.strip())]
        return event(_BEARER.sub("", " ".join(cells)))
    before, after = REMARK.sub("", before), REMARK.sub("", after)
    phrase = next((part for part in _PHRASE.split(after) if len(part) > 1), "")
    return event(_BEARER.sub("", f"{_PHRASE.split(before)[-1]} {phrase}"))


def _by_heads(case: Case, item: Obligation) -> Event | None:
    """The event of a row that only names things, with the heads of its first column and its day's: 1号(车间) | 移交时间."""
    provision = headed_row(case, item)
    if provision is None:
        return None
    heads = case.text(provision.stems[-1].start, provision.stems[-1].end).split("\t")
    row = case.text(provision.start, provision.end).split("\t")
    place = case.text(provision.start, item.due_start).count("\t")
    if len(heads) != len(row) or not 0 < place < len(heads):
        return None
    named = 1 if place > 1 and _COUNTS_ROWS.fullmatch(heads[0].strip(" |")) else 0
    if named and event(row[named]).acts:
        return None
    return event(f"{row[named]}{heads[named] if not named else ''} {_TIME_HEAD.sub('', heads[place])}")


def headed_row(case: Case, item: Obligation) -> Provision | None:
    """The row of a table with heads that owes by one day only, if the duty is such a row."""
    provision = row_of(case, item)
    if provision is None or not provision.stems:
        return None
    return None if item.provision in case.once(_with_days)[0] else provision


def row_of(case: Case, item: Obligation) -> Provision | None:
    """The row of a table that owes the duty, if one does."""
    provision = case.understanding.provisions[item.provision] if item.provision is not None else None
    return provision if provision is not None and provision.kind == "table_row" else None


def _with_days(case: Case) -> Iterator[set[int | None]]:
    """The provisions that owe by several days."""
    days = Counter(item.provision for item in case.understanding.obligations if item.due is not None)
    yield {provision for provision, count in days.items() if count > 1}


_COUNTS_ROWS = re.compile(r"序号|编号|编码|代号|项次|行次|号")  # tells rows apart, and names nothing
_OFFICE = re.compile(r"[\u4e00-\u9fff]{1,10}(?:科|股|局|办|处|部|委|所|公司|政府|管委会)")  # who sees to it
_TIME_HEAD = re.compile(r"时间|日期|期限|时限|节点")


def marks_before(case: Case, item: Obligation) -> frozenset[tuple[str, str]]:
    """The number that stands before in the sentence, or in the one before: 1号厂房已封顶，丙方应在…前交付."""
    text, end = case.document.text, item.due_start
    may_mark = case.once(_may_mark)
    last = bisect_left(may_mark, end)
    if not last or text.find("\n", may_mark[last - 1], end) >= 0:
        return frozenset()
    for _ in range(_SENTENCES):
        while end > 0 and text[end - 1] in "。；":
            end -= 1
        start = behind_last("\n。；", text, end)
        marked = bisect_left(may_mark, start) < bisect_left(may_mark, end)
        marks = marks_of(_REFERENCE.sub("", text[start:end])) if marked else frozenset()
        if marks or text[start - 1 : start] in ("", "\n"):
            return marks
        end = start
    return frozenset()


def _may_mark(case: Case) -> Iterator[int]:
    """Where characters stand with which a number may be told."""
    return (found.start() for found in MAY_MARK.finditer(case.document.text))


_SENTENCES = 2  # of a line, that tell which number is spoken of
_PHRASE = re.compile(r"[，。；\n]")


_REFERENCE = re.compile(
    r"[〔\[【（(]20[0-9]{2}[〕\]】）)]第?[0-9]+号|第[0-9一二三四五六七八九十]+(?:\.[0-9]+)*[条款项年]|[0-9]{4}年度?"
)
REMARK = re.compile(r"[（(][^（）()]*[）)]")


def without_remarks(words: str) -> str:
    """The words with blanks for what stands in brackets, so that its commas end no phrase; as long as before."""
    return REMARK.sub(lambda match: " " * len(match.group()), words)


# 注册项目公司: there the company is what is done, not who does it.
_BEARER = re.compile(
    r"[甲乙丙丁]方|(?<!注册)(?<!设立)(?<!成立)项目公司(?!的?[^，。；]{0,6}(?:注册|登记|设立|成立))|[县市区镇]政府|管委会|第[0-9一二三四五六七八九十]+[条款项]"
)
