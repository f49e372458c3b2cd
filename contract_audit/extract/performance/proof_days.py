"""Days and papers that the proof of a row tells of: 审计报告，2月20日送管委会; 盖章意见（3月1日收申请）; 第三方核验报告.

What a row says was done is one event; its proof may date another, from which a duty counts: 收到审计报告之日起50日内.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, event
from contract_audit.extract.performance.joining import Record
from contract_audit.model import Evidence, Start

_DAY = re.compile(
    r"(?:(?P<year>20[0-9]{2})年)?(?P<month>1[0-2]|0?[1-9])月(?P<day>[12][0-9]|3[01]|0?[1-9])日(?P<words>[^，。；、（）()0-9]{2,12})"
)
_COMES = re.compile(r"[送报交递呈寄]|收|受理|提交|接")
_RECEIVED = re.compile(r"^(?:[甲乙丙丁双]方|项目公司)?(?:收到|接到|收悉|签收)(?P<paper>[\u4e00-\u9fff]{2,12})$")
_PAPER = re.compile(r"(?P<kind>[\u4e00-\u9fff]{2})(?P<form>报告|意见书?|结论|鉴定书?|证明|批复|清单)")
_SIGNED = re.compile(r"签[订署](?P<paper>[\u4e00-\u9fff]{2,10}(?:合同|协议)书?)$")
_FEWEST = 4
_ISSUED = re.compile(r"出具|收到|接到|提交|签发|形成|送达|报送|取得|收悉")
_DOERS = re.compile(r"[甲乙丙丁双]方|项目公司|完整|书面|正式")


def day_in_proof(words: str, told: list[Record], own: Record | None) -> Record | None:
    """The record of a paper got (`words` of an anchor), on the day that a proof tells; None where no single one does.

    `own` is the record that proves the duty itself: its proof may tell when what it answers came in.
    """
    got = _RECEIVED.match(words)
    if got is None:
        return None
    paper = _DOERS.sub("", got["paper"])
    found = [
        msgspec.structs.replace(record, told=event(said), done_on=day)
        for record in {id(one.row): one for one in told}.values()
        for day, said, proof in _days(record.row)
        if _COMES.search(said) and (paper in (said if own is not None and record.row is own.row else proof))
    ]
    return found[0] if len({record.done_on for record in found}) == 1 else None


def _days(row: Evidence) -> Iterator[tuple[date, str, str]]:
    """The days told in the proof, with what came about and the whole proof; without a year the last such day by then."""
    if row.done_on is None:
        return
    proof = fold_text(row.proof or "")
    for match in _DAY.finditer(proof):
        try:
            day = date(int(match["year"] or row.done_on.year), int(match["month"]), int(match["day"]))
        except ValueError:  # 2月30日
            continue
        if match["year"] is None and (day - row.done_on).days > _LATER_DAYS:
            day = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day
        yield day, match["words"], proof


_LATER_DAYS = 60  # a paper goes on soon after the row's own day; a day further ahead is one of the year before


def shown_by_paper(words: str, anchor: Event, told: list[Record]) -> Record | None:
    """The one record proved by the kind of paper that the anchor says is issued: 核验报告出具 and 第三方核验报告."""
    signed = _SIGNED.search(words)
    if signed is not None:  # 用气合同 alone in a row: it was signed
        alone = [one for one in told if one.row.matter in signed["paper"] and len(one.row.matter) >= _FEWEST]
        return alone[0] if len({one.done_on for one in alone}) == 1 else None
    named = _PAPER.search(words)
    if named is None or not _ISSUED.search(words):
        return None
    found = [
        record
        for record in told
        if named["kind"] + named["form"] in fold_text(record.row.proof or "")
        and not record.told.undone
        and not record.told.short
        and (named["kind"] in record.told.words or anchor.things & record.told.things)
    ]
    return found[0] if len({record.done_on for record in found}) == 1 else None


def start_told(record: Record, due: date) -> Start:
    """The record as what a duty due on `due` counts from."""
    row = record.row
    shown_by = f"履约情况表第{row.row}行" if row.row is not None else row.proof
    return Start(event=row.matter, day=record.done_on, shown_by=shown_by, due=due)
