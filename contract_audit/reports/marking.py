"""What marked-up originals say at the words of a finding: one note a finding, and which of them found no place."""

from datetime import date

import msgspec

from contract_audit.chinese.personal import mask_personal
from contract_audit.model import Document, Finding, Struct
from contract_audit.reports import numbering, wording

AUTHOR = "合规审查"


class Note(Struct, frozen=True, kw_only=True):
    """A remark on the accepted text [start, end) of a document; `quote` are the words that must stand there."""

    number: int
    start: int
    end: int
    quote: str
    words: str
    high: bool = False


class Marked(Struct, frozen=True, kw_only=True):
    """A marked copy: its bytes, how many notes stand in it, and the numbers of those that could not be placed.

    `remarks` say what else is different from the original, in Chinese.
    """

    content: bytes
    placed: int
    unplaced: tuple[int, ...]
    remarks: tuple[str, ...] = ()


def notes_on(document: Document, findings: tuple[tuple[int, Finding], ...]) -> tuple[Note, ...]:
    """The notes of those of the findings, each with its number in the 问题清单, that are on this document."""
    return tuple(
        Note(
            number=number,
            start=finding.start if finding.stream == "accepted" else 0,
            end=finding.end if finding.stream == "accepted" else 0,
            quote=finding.quote,
            words=_words(number, finding),
            high=finding.verdict == "fail" and finding.severity == "high",
        )
        for number, finding in findings
        if finding.document == document.name
    )


def standing(document: Document, note: Note) -> Note | None:
    """The note where its words stand: as it says, else at the one place of the text that has them; None if none or many.

    A picture may be recognised a little differently the second time, which moves what comes after.
    """
    if note.end > note.start and document.text[note.start : note.end] == note.quote:
        return note
    start = document.text.find(note.quote) if note.end > note.start and note.quote else -1
    if start < 0 or document.text.find(note.quote, start + 1) >= 0:
        return None
    return msgspec.structs.replace(note, start=start, end=start + len(note.quote))


def day_stamp(day: date) -> str:
    """The day as PDF dates are written."""
    return f"D:{day:%Y%m%d}000000Z"


def _words(number: int, finding: Finding) -> str:
    counts_as = numbering.standing(finding)
    grade = wording.SEVERITIES[finding.severity] if counts_as == "wrong" else wording.STANDINGS[counts_as]
    basis = "；".join(wording.basis_line(one) for one in finding.basis)
    lines = (
        f"【{number}·{grade}】{finding.title}",
        wording.official_days(wording.one_line(finding.message)),
        f"依据：{basis}" if basis else "",
        f"建议：{finding.remedy}" if finding.remedy else "",
    )
    return mask_personal("\n".join(line for line in lines if line))
