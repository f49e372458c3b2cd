"""How much time and memory a file may take, judged by its first bytes and its size before anything is parsed."""

from pathlib import Path

from contract_audit.model import Struct
from contract_audit.settings import Settings

# First bytes → kind; what the file really is, the reader finds out. A PDF may have some rubbish before its mark.
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"BM", b"GIF8", b"RIFF")
_OFFICE = (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<")
_OPEN_DOCUMENT = b"mimetype"  # name of the first entry in the zip that an odt or ods is
_PAGE_BYTES = 30_000  # a scanned page is hardly ever smaller, so size bounds the pages that may need recognition
_PHOTO_BYTES = 200_000  # the same for photographs inside a docx or zip
_MEGABYTE = 1_000_000


class Allowance(Struct, frozen=True, kw_only=True):
    """Limits of one task: address space it may add, and seconds."""

    memory_bytes: int
    seconds: float


def allowance(path: Path, settings: Settings) -> Allowance:
    """Limits for reading the file at `path`; a missing file gets the smallest (the reader says why it cannot)."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError:
        return Allowance(memory_bytes=settings.worker_memory_bytes, seconds=settings.text_timeout_s)
    slack = size / _MEGABYTE  # reading and understanding go through at least a megabyte a second
    if b"%PDF" in head or head.startswith(_PICTURES):
        pages = min(settings.max_pages, 1 + size // _PAGE_BYTES)
        seconds = settings.pdf_timeout_s + pages * settings.ocr_page_timeout_s
        return Allowance(memory_bytes=settings.ocr_memory_bytes, seconds=seconds + slack)
    if head.lstrip().startswith(_OFFICE):
        return Allowance(
            memory_bytes=settings.worker_memory_bytes,
            seconds=2 * settings.office_timeout_s + settings.text_timeout_s + slack,
        )
    pictures = size // _PHOTO_BYTES if head.startswith(b"PK") else 0
    return Allowance(
        memory_bytes=settings.ocr_memory_bytes if pictures else settings.worker_memory_bytes,
        seconds=settings.text_timeout_s + pictures * settings.ocr_page_timeout_s + slack,
    )


def may_need_office(path: Path) -> bool:
    """Whether the first bytes are those of a format that LibreOffice has to convert; what it really is, the reader says."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError:
        return False
    return head.lstrip().startswith(_OFFICE) or (head.startswith(b"PK") and head[30:38] == _OPEN_DOCUMENT)
