"""Gold labels of sample agreements: NAME.gold.json beside NAME.txt, evidence and local parameters beside them."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from contract_audit.errors import UsageError
from contract_audit.model import Side, Struct


class Label(Struct, frozen=True, kw_only=True):
    """A flag (what must be found) or a trap (what must not): category and the shortest words that show it."""

    category: str
    quote: str
    why: str = ""
    optional: bool = False


class GoldDuty(Struct, frozen=True, kw_only=True):
    """A duty that matters: what is scored is its due date and status."""

    bearer: Side
    quote: str
    due: date | None
    status: Literal["overdue", "due_soon", "future", "done", "unknown"]
    anchor: str | None = None
    offset: str | None = None
    workday: bool = False
    recurrence: str | None = None


class Gold(Struct, frozen=True, kw_only=True):
    """The labels of one agreement. `document_checks`: whole-document defects, present or not."""

    id: str
    as_of: date
    mode: Literal["signed", "draft"]
    facts: dict[str, str | None]  # None: not stated
    obligations: tuple[GoldDuty, ...]
    flags: tuple[Label, ...]
    traps: tuple[Label, ...]
    document_checks: dict[str, bool]


class Sample(Struct, frozen=True, kw_only=True):
    """One labelled agreement: its text file, labels, and companion files where it has them."""

    text: Path
    gold: Gold
    performance: Path | None
    local: Path | None


def load_folder(folder: Path) -> tuple[Sample, ...]:
    """Every labelled agreement of a folder, by name. Raises UsageError where there is none or a label file is wrong."""
    labels = sorted(folder.glob("*.gold.json"))
    if not labels:
        raise UsageError(f"{folder}：没有标注文件（*.gold.json）")
    return tuple(_sample(path) for path in labels)


def _sample(path: Path) -> Sample:
    stem = path.name.removesuffix(".gold.json")
    text = path.with_name(f"{stem}.txt")
    if not text.is_file():
        raise UsageError(f"{path}：缺少同名文本 {text.name}")
    try:
        gold = msgspec.json.decode(path.read_bytes(), type=Gold)
    except msgspec.MsgspecError as error:
        raise UsageError(f"{path}：标注格式不对：{error}") from error
    return Sample(
        text=text,
        gold=gold,
        performance=_beside(path, f"{stem}.performance.csv"),
        local=_beside(path, f"{stem}.local.yaml"),
    )


def _beside(path: Path, name: str) -> Path | None:
    companion = path.with_name(name)
    return companion if companion.is_file() else None
