"""Plain text: one paragraph a line, or lines broken by a printer, with tables drawn by strokes."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, pairwise

from contract_audit.model import Document, Problem
from contract_audit.readers.assemble import Assembler, Run, plain
from contract_audit.readers.clean import cleaned
from contract_audit.readers.encoding import decode
from contract_audit.readers.lines import group_lines, is_page_line, is_table_line, tab_rows
from contract_audit.settings import Settings

_Add = Callable[[Assembler, list[tuple[Run, int]], bool], None]
_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]*")
_BORDER = re.compile(r"[\s|:+\-─━═│┃║┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝]*")
_STROKE = re.compile(r"[|│┃║]")
_RUNNING_HEAD = 3  # the same line at the top or bottom of so many pages is a header


def read(data: bytes, name: str, settings: Settings) -> Document:
    """The document in the bytes of a text file; form feeds part pages. `settings` has no bearing on text."""
    text, sound = decode(data)
    lines = _lines(text)
    pages = 1 + max((page for _, page in lines), default=0)
    headers = _noise(lines, pages)
    body = [(run, page) for run, page in lines if cleaned(run.text).strip() not in headers]
    assembler = Assembler()
    for kind, part in _parts(body):
        kind(assembler, part, pages > 1)
    problems = () if sound else (_UNDECODED,)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="txt",
        status="read" if sound else "partly_read",
        problems=problems,
        pages=pages if pages > 1 else None,
        text=assembler.text,
        blocks=tuple(assembler.blocks),
        tables=tuple(assembler.grids),
        headers=tuple(headers),
    )


def _parts(body: list[tuple[Run, int]]) -> Iterator[tuple[_Add, list[tuple[Run, int]]]]:
    """The lines in runs of one kind, each with what adds it: rows drawn with strokes, rows parted by tabs, paragraphs."""
    tabbed = tab_rows([run.text for run, _ in body])
    kinds = [
        _add_table if is_table_line(run.text) else _add_tabbed if index in tabbed else _add_paragraphs
        for index, (run, _) in enumerate(body)
    ]
    position = 0
    while position < len(body):
        stop = position
        while stop < len(body) and kinds[stop] is kinds[position]:
            stop += 1
        yield kinds[position], body[position:stop]
        position = stop


_UNDECODED = Problem(
    code="damaged", message="文本中有无法识别的字节，已用“\ufffd”代替；请用记事本另存为 UTF-8 编码后再检查"
)


def _lines(text: str) -> list[tuple[Run, int]]:
    """Lines with their offsets in the decoded text and their 0-based page."""
    lines = []
    offset = page = 0
    while offset <= len(text):
        match = _LINE.match(text, offset)
        stop = match.end() if match else offset
        lines.append((Run(text[offset:stop], offset=offset), page))
        ending = text[stop : stop + 1]
        page += ending == "\x0c"
        offset = stop + (2 if text.startswith("\r\n", stop) else 1)
    return lines


def _noise(lines: list[tuple[Run, int]], pages: int) -> dict[str, None]:
    """Lines that belong to the page, not to the text: page numbers, and heads repeated on the pages (in order)."""
    found = dict.fromkeys(
        stripped for run, _ in lines if is_page_line(run.text) and (stripped := cleaned(run.text).strip())
    )
    if pages < _RUNNING_HEAD:
        return found
    filled = [(cleaned(run.text).strip(), page) for run, page in lines if run.text.strip()]
    edges = [after for before, after in pairwise(filled) if before[1] != after[1]]
    edges += [before for before, after in pairwise(filled) if before[1] != after[1]]
    often = Counter(text for text, _ in edges)
    return found | dict.fromkeys(text for text, count in often.items() if count >= _RUNNING_HEAD)


def _add_paragraphs(assembler: Assembler, lines: list[tuple[Run, int]], paged: bool) -> None:
    for group in group_lines([run.text for run, _ in lines]):
        runs: list[Run] = []
        for index in group:
            run = lines[index][0]
            if runs and _needs_space(runs[-1].text, run.text):
                runs.append(Run(" ", offset=(runs[-1].offset or 0) + len(runs[-1].text)))
            runs.append(_trimmed(run))
        assembler.paragraph(runs, page=lines[group[0]][1] + 1 if paged else None)


def _needs_space(before: str, after: str) -> bool:
    """Whether two Latin words meet; capitals alone are a code that was cut (DN-200, a credit code)."""
    left, right = before[-1:], after.lstrip()[:1]
    return (left + right).isascii() and left.isalpha() and right.isalpha() and not (left + right).isupper()


def _trimmed(run: Run) -> Run:
    text = run.text.lstrip()
    return Run(text.rstrip(), offset=(run.offset or 0) + len(run.text) - len(text))


def _add_table(assembler: Assembler, lines: list[tuple[Run, int]], paged: bool) -> None:
    """Rows between borders are one row each where every row has borders; else every line is a row."""
    bands: list[list[tuple[Run, int]]] = [[]]
    for line in lines:
        if _BORDER.fullmatch(line[0].text):
            bands.append([])
        else:
            bands[-1].append(line)
    bands = [band for band in bands if band]
    ruled = len(bands) > 2
    rows = bands if ruled else [[line] for band in bands for line in band]
    cells = [_cells([run for run, _ in row]) for row in rows]
    if not any(map(plain, chain.from_iterable(cells))):
        return
    assembler.table(cells, [source[0][1] + 1 if paged else None for source in rows])


def _add_tabbed(assembler: Assembler, lines: list[tuple[Run, int]], paged: bool) -> None:
    """Rows as they are pasted from a sheet or a document: cells parted by tabs."""
    rows = []
    for run, _ in lines:
        starts = [0, *(match.end() for match in re.finditer("\t", run.text))]
        ends = [*(start - 1 for start in starts[1:]), len(run.text)]
        rows.append(
            [[_trimmed(Run(run.text[a:b], offset=(run.offset or 0) + a))] for a, b in zip(starts, ends, strict=True)]
        )
    assembler.table(rows, [page + 1 if paged else None for _, page in lines])


def _cells(lines: list[Run]) -> list[list[Run]]:
    """The cells of one row that may be written over several lines."""
    cells: list[list[Run]] = []
    for run in lines:
        edges = [match.start() for match in _STROKE.finditer(run.text)]
        if not run.text.rstrip().endswith(run.text[edges[-1]]):
            edges.append(len(run.text))
        for column, (left, right) in enumerate(pairwise(edges)):
            if column == len(cells):
                cells.append([])
            part = _trimmed(Run(run.text[left + 1 : right], offset=(run.offset or 0) + left + 1))
            if part.text:
                cells[column].append(part)
    return cells
