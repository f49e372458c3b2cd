"""What a duty's words tell for holding it against another: its label, its event without time, bearer and remarks."""

import re
from functools import lru_cache

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, event
from contract_audit.engine.case import Case
from contract_audit.model import Obligation


def words_of(case: Case, item: Obligation) -> str:
    """The duty's words, after the label of its line: B6厂房：竣工并交付的日期为…"""
    return _labelled(case.document.text, item.start, item.end)


@lru_cache(maxsize=1024)  # each duty is held against each other
def _labelled(text: str, start: int, end: int) -> str:
    label = _LABEL.search(text[text.rfind("\n", 0, start) + 1 : start])
    said = label.group() if label else ""
    if not said and text[start] in "并且":  # 二期工程应于…动工，并于12月31日前投产
        sentence = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
        subject = _SUBJECT.match(text, sentence, start)
        said = subject.group() if subject else ""
    return fold_text(said + text[start:end])


_SUBJECT = re.compile(r"[^，。；]{2,24}?(?=应|须|将|于|在|自|，)")


_LABEL = re.compile(r"(?:[^，。；：:（）()\n]|[（(][^（）()\n]{0,40}[）)]){1,30}[：:]$")


def event_of(case: Case, item: Obligation) -> Event:
    """What is owed, without its time, its bearer and remarks in brackets."""
    told = _owed(case.document.text, (item.start, item.end), (item.due_start, item.due_end))
    if not told.acts:
        told = _by_heads(case, item) or told
    named = told.marks or told.things or len(told.content) > 1
    return told if named else msgspec.structs.replace(told, marks=_marks_before(case, item))


@lru_cache(maxsize=1024)
def _owed(text: str, duty: tuple[int, int], due: tuple[int, int]) -> Event:
    start = max(duty[0], 0)
    before, after = text[start : max(start, due[0])], text[max(due[1], start) : duty[1]]
    label = _LABEL.search(text[text.rfind("\n", 0, start) + 1 : start])
    before = (label.group().rstrip("：:") if label else "") + before
    if "\t" in before and re.search(r"[\u4e00-\u9fff]", before):  # a row: the cells behind the day tell who sees to it
        cells = [cell for cell in REMARK.sub("", before).split("\t") if not _OFFICE.fullmatch(cell.strip())]
        return event(_BEARER.sub("", " ".join(cells)))
    before, after = REMARK.sub("", before), REMARK.sub("", after)
    phrase = next((part for part in _PHRASE.split(after) if len(part) > 1), "")
    return event(_BEARER.sub("", f"{_PHRASE.split(before)[-1]} {phrase}"))


def _by_heads(case: Case, item: Obligation) -> Event | None:
    """The event of a row that only names things, with the heads of its first column and its day's: 1号(车间) | 移交时间."""
    provision = case.understanding.provisions[item.provision] if item.provision is not None else None
    days = [one for one in case.understanding.obligations if one.provision == item.provision and one.due is not None]
    if provision is None or provision.kind != "table_row" or not provision.stems or len(days) > 1:
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


_COUNTS_ROWS = re.compile(r"序号|编号|编码|代号|项次|行次|号")  # tells rows apart, and names nothing
_OFFICE = re.compile(r"[\u4e00-\u9fff]{1,10}(?:科|股|局|办|处|部|委|所|公司|政府|管委会)")  # who sees to it
_TIME_HEAD = re.compile(r"时间|日期|期限|时限|节点")


def _marks_before(case: Case, item: Obligation) -> frozenset[tuple[str, str]]:
    """The number that stands before in the sentence, or in the one before: 1号厂房已封顶，丙方应在…前交付."""
    line = case.document.text.rfind("\n", 0, item.due_start) + 1
    said = [part for part in re.split("[。；]", case.text(line, item.due_start)) if part]
    return next(
        (marks for part in reversed(said[-2:]) if (marks := event(_REFERENCE.sub("", part)).marks)), frozenset()
    )


_PHRASE = re.compile(r"[，。；\n]")


_REFERENCE = re.compile(
    r"[〔\[【（(]20[0-9]{2}[〕\]】）)]第?[0-9]+号|第[0-9一二三四五六七八九十]+(?:\.[0-9]+)*[条款项年]|[0-9]{4}年度?"
)
REMARK = re.compile(r"[（(][^（）()]*[）)]")
# 注册项目公司: there the company is what is done, not who does it.
_BEARER = re.compile(
    r"[甲乙丙丁]方|(?<!注册)(?<!设立)(?<!成立)项目公司(?!的?[^，。；]{0,6}(?:注册|登记|设立|成立))|[县市区镇]政府|管委会|第[0-9一二三四五六七八九十]+[条款项]"
)
