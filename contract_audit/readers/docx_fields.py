"""Fields of a docx: code is no text, the result is; a few fields have a code only (ECMA-376 part 1, 17.16)."""

import re

import msgspec

from contract_audit.model import Stream
from contract_audit.readers.docx_package import Path

_ENCLOSED = re.compile(r"\s*eq\s+\\o(?:\\a[clr])?\s*\(\s*[○〇◯△□]\s*[,，]\s*(?P<inner>[^)]{1,4}?)\s*\)", re.I)


class _Field(msgspec.Struct):
    path: Path
    code: str = ""
    shows: bool = False  # past the separator: what follows is the result
    muted: list[tuple[str, Path, Stream]] = []  # text met inside the code


class Fields:
    """The fields open at one place; they nest, and results may run over many paragraphs, codes may not."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.coding: _Field | None = None  # the outermost field whose code, not its result, is being read

    @property
    def in_toc(self) -> bool:
        """True inside the result of a table of contents."""
        return any(field.shows and field.code.strip().upper().startswith("TOC") for field in self._open)

    def begin(self, path: Path) -> None:
        """A field begins at the element `path`: its code follows."""
        self._open.append(_Field(path))
        self._settle()

    def code(self, text: str, path: Path) -> None:
        """A piece of the innermost field's code."""
        if self._open:
            field = self._open[-1]
            if not field.code:
                field.path = path
            field.code += text

    def separate(self) -> None:
        """The innermost field's result follows."""
        if self._open:
            self._open[-1].shows = True
            self._settle()

    def end(self) -> tuple[str, Path] | None:
        """The innermost field ends. What it shows without having a result: 带圈字符 are an EQ field."""
        if not self._open:
            return None
        field = self._open.pop()
        self._settle()
        enclosed = None if field.shows else _ENCLOSED.match(field.code)
        return (_circled(enclosed["inner"]), field.path) if enclosed else None

    def mute(self, text: str, path: Path, stream: Stream) -> None:
        """Keep text met inside a code, in case the field turns out to be broken."""
        if self.coding is not None:
            self.coding.muted.append((text, path, stream))

    def give_up(self) -> list[tuple[str, Path, Stream]]:
        """At a paragraph's end: fields still in their code are broken; their text is to be shown rather than lost."""
        if self.coding is None:
            return []
        muted = [text for field in self._open if not field.shows for text in field.muted]
        self._open = [field for field in self._open if field.shows]
        self._settle()
        return muted

    def _settle(self) -> None:
        self.coding = next((field for field in self._open if not field.shows), None)


def _circled(inner: str) -> str:
    return chr(0x245F + int(inner)) if inner.isdecimal() and 1 <= int(inner) <= 20 else inner
