"""Sums that a paper defines under a name of its own: “K值”指…各税种款项减除上划部分后的余额, later 该年度K值的百分之七十."""

import re
from collections.abc import Sequence

import msgspec

from contract_audit.chinese.text import Folded
from contract_audit.model import Provision, Span

_DEFINES = re.compile(
    r"[“「](?P<name>[^”」\n]{2,10})[”」](?:一词)?[，：]?(?:是|系|均|即)?(?:指|为)"
    r"(?P<what>[^。\n]*(?:[数余税金差总]额|留存|留成|部分|之和|总和|收入|所得|价款)[^。\n]*)"
)
_SUM = re.compile("[数余税金差总]额|系数|基数|指数|贡献|[A-Za-z]值?|值|款|金|费|收入|收益")


def with_meanings(provisions: Sequence[Provision], folded: Folded) -> list[Provision]:
    """The provisions, those that use a sum defined elsewhere in the paper with its definition in front as a lead-in.

    Only names of figures count (…系数, …基数, K值): who or what is called so for short says nothing of the promise.
    """
    named: dict[str, Span] = {}
    for match in _DEFINES.finditer(folded.text):
        if _SUM.search(match["name"][-2:]):
            named.setdefault(match["name"], Span(*folded.original(match.start(), match.end())))
    if not named:
        return list(provisions)
    spoken_of = re.compile("|".join(re.escape(name) for name in sorted(named, key=len, reverse=True)))
    told: list[Provision] = []
    for provision in provisions:
        names = dict.fromkeys(spoken_of.findall(folded.text, *folded.folded(provision.start, provision.end)))
        meant = tuple(named[name] for name in names if not _overlap(named[name], provision))
        told.append(msgspec.structs.replace(provision, stems=(*meant, *provision.stems)) if meant else provision)
    return told


def _overlap(span: Span, provision: Provision) -> bool:
    return span.start < provision.end and provision.start < span.end
