"""What passes between the parent and its workers: papers by their files in the spool, archives by their members."""

from pathlib import Path

from contract_audit.batch.collect import Source
from contract_audit.casefile import Card, Profile, Promise
from contract_audit.model import Document, Problem, Skipped, Struct, Understanding


class Paper(Struct, frozen=True, kw_only=True):
    """One understood paper in the spool: its file there, its card, its project's profile (None where unreadable), and
    what it promises at a rate.
    """

    file: str
    card: Card
    profile: Profile | None = None
    promises: tuple[Promise, ...] = ()


class Unpacked(Struct, frozen=True, kw_only=True):
    """An archive's members in order: files of the spool to be read one by one, or why one was not unpacked."""

    members: tuple[Source | Skipped, ...]


def unread(item: Skipped) -> Understanding:
    """A file that gave no document, in the form of one that says why."""
    problem = Problem(code=item.code, message=item.message)
    suffix = Path(item.name).suffix.lower().lstrip(".")
    return nothing_understood(
        Document(name=item.name, sha256="", format=suffix, status="unreadable", problems=(problem,))
    )


def nothing_understood(document: Document) -> Understanding:
    """Of an unreadable document nothing is understood, so that nothing is said of it."""
    return Understanding(
        document=document, title=None, kind=None, clauses=(), references=(), provisions=(), parties=(), values=(),
        facts=(), obligations=(), mode="signed", mode_reason="未能读取",
    )  # fmt: skip
