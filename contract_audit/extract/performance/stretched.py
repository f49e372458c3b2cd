"""Days that move by the paper's own rule (每迟延一日，开工期限顺延一日) or by what evidence tells of a new day (顺延至…)."""

import re
from datetime import date, timedelta

import msgspec

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.openings import in_lines_with
from contract_audit.chinese.text import fold_text
from contract_audit.chinese.workdays import shifted
from contract_audit.deeds import Event, event
from contract_audit.extract.performance.anchors import Case
from contract_audit.extract.performance.joining import Joins
from contract_audit.model import Evidence, Obligation

_DAY_FOR_DAY = re.compile(
    r"(?P<cause>[^，。；\n]{2,40}?)每?(?:迟延|延迟|逾期|延误|拖延|推迟|晚)[^，。；\n]{0,6}?[一1壹][日天]的?[，]?(?P<what>[^，。；\n]{2,24}?)"
    r"(?:相应|同步|随之|同样|也|即|则|就|应|可)*(?:顺延|延长|后延|推迟|延后)[一1壹][日天]"
)
_BY_A_DAY = re.compile("(?:顺延|延长|后延|推迟|延后)[一1壹][日天]")
_REFERENCE = re.compile(
    r"第[0-9一二三四五六七八九十]+条(?:第?[（(]?[0-9一二三四五六七八九十]+[）)]?[款项目])?|前[款条项]|上[款条述]"
)
_NEW_DAY = re.compile(r"(?:顺延|推迟|延期|延后|延长|展期|宽限|改期|延)[^，。；\d]{0,6}?(?:至|到)")
_AGREED = re.compile(r"同意|批准|批复|双方|三方|各方|签字|签署|签认|确认|纪要|会签|补充协议")
_ON_REQUEST = re.compile(
    r"(?:请求|要求|申请|提出)[^，。；\n]{0,8}(?:推迟|延期|顺延|延后)[^。；\n]{0,30}(?:顺延|推迟|延长|延)(?:至|到)"
)
_FEWEST = 2  # points from which a row or a rule is about a duty


def tells_new_day(row: Evidence) -> bool:
    """True for rows that move a day and tell of nothing done: 双方签认供水顺延至2025年3月1日."""
    words = fold_text(row.matter)
    match = _NEW_DAY.search(words)
    return _longer(words) is not None or (match is not None and _day(words, match.end()) is not None)


def moves_days(text: str, rows: tuple[Evidence, ...]) -> bool:
    """Whether a rule of the paper or a row may move a day."""
    return bool(_BY_A_DAY.search(text)) or any(map(tells_new_day, rows))


def stretched(
    case: Case, duties: list[Obligation], joins: Joins, rows: tuple[Evidence, ...], as_of: date
) -> list[Obligation]:
    """The duties with the days that `rows` and rules of the paper give them up to `as_of`, with notes in their chains."""
    text = case.paper.document.text
    moved = list(duties)
    for row in rows:
        if row.done_on is None or row.done_on > as_of or not tells_new_day(row):
            continue
        if _AGREED.search(row.matter + (row.proof or "")) or _ON_REQUEST.search(text):
            _move_by(row, case, moved)
    for match in in_lines_with(_BY_A_DAY, _DAY_FOR_DAY, text):
        _move_along(match, case, moved, joins, as_of)
    return moved


# 同意食堂装修延期一个月
_LONGER = re.compile(
    rf"(?:顺延|推迟|延期|延后|延长|展期|宽限)(?:了|至多|不超过)?(?P<n>{RUN})(?P<unit>个?月|[日天年周])"
)
_UNITS = {"月": "M", "日": "D", "天": "D", "年": "Y"}


def _longer(words: str) -> tuple[int, str] | None:
    """Where the words of a longer term begin, and the term as an ISO duration; None where there are none."""
    match = _LONGER.search(words)
    count = number(match["n"]) if match else None
    if match is None or count is None or count % 1:
        return None
    unit = match["unit"][-1]
    return match.start(), f"P{count * 7:f}D" if unit == "周" else f"P{count:f}{_UNITS[unit]}"


def _day(words: str, start: int) -> date | None:
    """The full day that stands at `start` of folded words."""
    moments, _ = dates(words[start : start + 14], Frame())
    return moments[0].until if moments and moments[0].start == 0 and moments[0].full else None


def _move_by(row: Evidence, case: Case, duties: list[Obligation]) -> None:
    words = fold_text(row.matter)
    match, longer = _NEW_DAY.search(words), _longer(words)
    day = _day(words, match.end()) if match else None
    stop = match.start() if match and day else longer[0] if longer else 0
    index = _meant(event(words[:stop]), case, duties, range(len(duties)))
    due = duties[index].due if index is not None else None
    if day is None and longer is not None and due is not None:
        day = shifted(due, longer[1])
    if index is not None and due is not None and day is not None and day > due:
        note = f"{row.done_on}：{row.matter}，原期限 {due.isoformat()}"
        duties[index] = msgspec.structs.replace(duties[index], due=day, chain=(*duties[index].chain, note))


def _move_along(match: re.Match[str], case: Case, duties: list[Obligation], joins: Joins, as_of: date) -> None:
    """The duty named after the comma, later by as many days as the one before the comma was done late."""
    before = [index for index, duty in enumerate(duties) if duty.end <= match.start() and duty.due is not None]
    cause = _meant(event(_REFERENCE.sub("", match["cause"])), case, duties, before)
    acts = event(match["what"]).acts
    target = next((index for index in reversed(before) if not acts or acts & case.wanted[index].acts), None)
    if cause is None or target is None or cause == target:
        return
    due, promised = duties[cause].due, duties[target].due
    record = joins.proofs.get(cause)
    done = record.done_on if record is not None else as_of
    if due is None or promised is None or done <= due:
        return
    days = (done - due).days
    note = f"“{match.group().strip()}”：迟延 {days} 天，原期限 {promised.isoformat()}"
    moved = promised + timedelta(days=days)
    duties[target] = msgspec.structs.replace(duties[target], due=moved, chain=(*duties[target].chain, note))


def _meant(told: Event, case: Case, duties: list[Obligation], among: range | list[int]) -> int | None:
    """The one dated duty that shares most things and words with what is told; None where two do or none enough."""
    scored = []
    for index in among:
        sought = case.wanted[index]
        score = (
            2 * len(told.things & sought.things)
            + len(told.content & sought.content)
            + 2 * len(told.marks & sought.marks)
        )
        if duties[index].due is not None and score >= _FEWEST:
            scored.append((score, index))
    best = max(scored, default=(0, 0))
    return best[1] if [score for score, _ in scored].count(best[0]) == 1 else None
