"""Stages of one project that come in the wrong order: the whole before its first part, full capacity before the equipment."""

import re
from collections.abc import Callable

from contract_audit.engine.case import Case
from contract_audit.engine.checks.apart import differ
from contract_audit.engine.checks.deed_words import words_of
from contract_audit.model import Obligation

_FIRST_PART = re.compile(
    r"(?:一期|首期|首批|第一期)[^，。；\n]{0,16}?(?:开工|动工|封顶|竣工|建成|完工|试运行|试生产|试产|试车|投产|投运|投入使用)"
)
_WHOLE = re.compile(r"(?:全部|整体|各期|两期|所有|二期及)[^，。；\n]{0,10}?(?:竣工|建成|完工|投产|投运|投入使用)")
_FULL = re.compile(r"达产|满产|(?:全部|全面|全线)投产")
_COMES = re.compile(r"(?:设备|机组|机台|产线|生产线)[^，。；\n]{0,16}?(?:进场|到货|到场|到位|搬入|运抵|就位|安装|调试)")
_ON_GRID = re.compile(r"并网|发电(?!机|厂|企业|公司|集团|设备)|供[电汽热](?:运行|投运)")
_BEGINS = re.compile(
    r"(?:^|[，、前内底])(?:应|须|将)?(?:主体|项目|工程|全面|正式|主体工程|土建)*(?:开工|动工|破土)(?!建设的|前|后|令)"
)
_SOME = re.compile(r"首[期批台条]|[一二三]期|部分|第一")
_MORE = re.compile(r"二期|三期|技改|备用|更新|升级|扩[产能建]|增资|新增")


def _first_part_late(words: str, words_too: str) -> bool:
    return _FIRST_PART.search(words) is None


def _equipment_late(words: str, words_too: str) -> bool:
    return not (_SOME.search(words) or _MORE.search(words_too))


def _start_late(words: str, words_too: str) -> bool:
    return not _MORE.search(words_too)


# What cannot be due first, what must come before it, and whether the words of the two leave it so.
STAGES: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[str, str], bool]], ...] = (
    (_WHOLE, _FIRST_PART, _first_part_late),
    (_FULL, _COMES, _equipment_late),
    (_ON_GRID, _BEGINS, _start_late),
)


def out_of_stage(case: Case, first: Obligation, second: Obligation) -> bool:
    """Whether the duty due first is a stage that the second must come before.

    All is done in November and phase one tried in December; the lines are at capacity and their equipment comes later; the
    first unit is on the grid before the works begin.
    """
    words, words_too = words_of(case, first), words_of(case, second)
    for late, early, holds in STAGES:
        if not (late.search(words) and early.search(words_too)) or late.search(words_too):
            continue
        of_first = early is _BEGINS and _SOME.search(words)  # not even the first of all runs before the works begin
        if early is _FIRST_PART or of_first:
            return holds(words, words_too)
        return holds(words, words_too) and not differ(case, first, second, part=False)
    return False


def comes_late(case: Case, first: Obligation, second: Obligation) -> bool:
    """Whether equipment comes after full capacity is reached with it: its day is the one that cannot be."""
    words, words_too = words_of(case, first), words_of(case, second)
    return bool(_FULL.search(words) and _COMES.search(words_too)) and _equipment_late(words, words_too)
