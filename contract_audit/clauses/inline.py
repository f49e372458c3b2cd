"""Lists inside one paragraph: 「…如下：①…；②…。」 and 「（1）…；（2）…」 become items of their own."""

import re

import msgspec

from contract_audit.clauses.numbering import label_at, value_of

# A number counts as the start of an item only after a mark that can end what went before, never inside a sentence (见第（二）项).
_STARTS = (
    re.compile(r"(?:(?<=[：:；;。，,、\s])|^)([①-⑳])"),
    re.compile(r"(?:(?<=[：:；;。，,、])\s?|^)[（(]([0-9０-９]{1,2})[)）]、?"),
    re.compile(r"(?:(?<=[：:；;。])\s?|^)[（(]([一二三四五六七八九十]{1,3})[)）]、?"),
    re.compile(r"(?:(?<=[：:；;。])\s?|^)([一二三四五六七八九十]{1,3})、"),
    re.compile(r"(?:(?<=[：:；;。])\s?|^)([0-9０-９]{1,2})(?:、|[.．](?![0-9０-９]))"),
    re.compile(r"(?:(?<=[：:；;。])\s?|^)([0-9０-９]{1,2})[)）]"),
)
_LINE_START = re.compile(
    r"(?<=[。；;！\s])(?:第[0-9０-９一二三四五六七八九十百]{1,5}[条章]|[一二三四五六七八九十]{1,3}、)"
)
_HINT = re.compile(r"[①1１一]")


class Item(msgspec.Struct, frozen=True):
    """One inline item: offsets from the start of the paragraph, label included; `label` as printed."""

    label: str
    start: int
    end: int
    children: tuple["Item", ...] = ()


def line_breaks(text: str) -> list[int]:
    """Offsets at which numbered lines begin inside one paragraph whose line ends were lost (「一、…。二、…。」).

    Only numbers that count on from the number at the start, or from a 1 that a 2 follows, are believed.
    """
    if len(text) < 40:
        return []
    own = label_at(text)
    expected = {own.style: own.value + 1} if own else {}
    found: list[tuple[int, str]] = []
    for match in _LINE_START.finditer(text):
        label = label_at(text[match.start() : match.end() + 8])
        if label and label.value == expected.get(label.style, 1):
            expected[label.style] = label.value + 1
            found.append((match.start(), label.style))
    styles = [style for _, style in found]
    counted = {style for style in styles if styles.count(style) > 1 or (own and own.style == style)}
    return [start for start, style in found if style in counted]


def items(text: str, start: int) -> tuple[Item, ...]:
    """The outermost list inside `text[start:]`, its items in order; empty where there is none of two items or more.

    The last item ends where its sentence ends if none of the items before it holds a full stop: what follows then
    belongs to the whole list again.
    """
    if not _HINT.search(text, start):
        return ()
    return _items(text, start, len(text), _STARTS)


def _items(text: str, start: int, end: int, forms: tuple[re.Pattern[str], ...]) -> tuple[Item, ...]:
    runs = [(run[0].start(1), form, run) for form in forms if (run := _run(form, text, start, end))]
    if not runs:
        return ()
    _, form, run = min(runs, key=lambda entry: entry[0])
    rest = tuple(other for other in forms if other is not form)
    begins = [_begin(match) for match in run]
    stops = [*begins[1:], _last_end(text, begins, end)]
    return tuple(
        Item(text[begin : match.end()].strip(), begin, stop, _items(text, match.end(), stop, rest))
        for match, begin, stop in zip(run, begins, stops, strict=True)
    )


def _run(form: re.Pattern[str], text: str, start: int, end: int) -> list[re.Match[str]]:
    """The first unbroken sequence 1, 2, 3 … of one form; fewer than two are none."""
    run: list[re.Match[str]] = []
    for match in form.finditer(text, start, end):
        value = value_of(match.group(1))
        if value == len(run) + 1:
            run.append(match)
        elif value == 1 and len(run) == 1:
            run = [match]
    return run if len(run) > 1 else []


def _begin(match: re.Match[str]) -> int:
    """Where the printed number begins, white space before it left out."""
    return match.start() + len(match.group()) - len(match.group().lstrip())


def _last_end(text: str, begins: list[int], end: int) -> int:
    if "。" in text[begins[0] : begins[-1]].rstrip("。"):
        return end
    stop = text.find("。", begins[-1], end)
    return end if stop < 0 else stop + 1
