"""Automatic numbers after a conversion by LibreOffice: what it is known to garble is mended, and doubt is said."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import fold_text
from contract_audit.model import Block, Document, Problem
from contract_audit.readers.docx_numerals import formatted

_NUMERAL = "[\\d一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]{1,5}"
_SERIES = re.compile(rf"{_NUMERAL}(?:\.{_NUMERAL})+")
_LOST = re.compile(r"[?？]([一二三四五六七八九十百零〇]+)[?？]")
_ARTICLE = re.compile(r"第([一二三四五六七八九十百零〇\d]+)条")
_CHAPTER = re.compile(r"第[一二三四五六七八九十百零〇\d]+章")
_DOUBT = Problem(
    code="conversion_numbers",
    message="自动编号经 LibreOffice 转换，可能与原件显示的不同；引用条款号前请对照原件，或用 Word/WPS 另存为 docx 后重查",
)


def mended(document: Document) -> Document:
    """`document` with mended labels, and with a problem (conversion_numbers) where the numbers need a look.

    LibreOffice shows levels of arabic digits only (w:isLgl) as 二.1, begins articles anew in every chapter although the
    list lets them run on (w:lvlRestart 0), which is how nearly all agreements count, and its RTF loses the hanzi around
    a number.
    """
    lost = {block.level for block in document.blocks if _LOST.search(block.label or "")}
    blocks = tuple(_mended(block, restore=len(lost) == 1) for block in document.blocks)
    if _restarts(blocks):
        blocks = tuple(_running_on(blocks))
    if blocks == document.blocks and not lost:
        return document
    return msgspec.structs.replace(document, blocks=blocks, problems=(*document.problems, _DOUBT))


def _mended(block: Block, *, restore: bool) -> Block:
    if block.label is None:
        return block
    label = _SERIES.sub(lambda series: _arabic(series[0]), block.label)
    if restore and _LOST.fullmatch(label):  # on one level alone the lost hanzi are those of the articles
        label = _LOST.sub(r"第\1条", label)
    return block if label == block.label else msgspec.structs.replace(block, label=label)


def _arabic(series: str) -> str:
    """柒.２.1 as 7.2.1; unchanged where a part is no numeral."""
    values = [number(fold_text(part)) for part in series.split(".")]
    return series if None in values else ".".join(map(str, values))


def _restarts(blocks: Iterable[Block]) -> bool:
    """True if articles begin again at one after a chapter."""
    chapters = 0
    articles = False
    for block in blocks:
        label = block.label or ""
        chapters += bool(_CHAPTER.fullmatch(label))
        article = _ARTICLE.fullmatch(label)
        if article and articles and chapters > 1 and article[1] in ("一", "1"):
            return True
        articles = articles or article is not None
    return False


def _running_on(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with their articles counted through all chapters, from the first one's number on."""
    count: int | None = None
    for block in blocks:
        article = _ARTICLE.fullmatch(block.label or "")
        if article is None:
            yield block
            continue
        count = int(number(article[1]) or 1) if count is None else count + 1
        numeral = "decimal" if article[1].isdecimal() else "chineseCountingThousand"
        yield msgspec.structs.replace(block, label=f"第{formatted(count, numeral)}条")
