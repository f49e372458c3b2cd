"""What a paper itself calls 开工, 竣工, 投产 …: a record that tells what the definition says tells of the event.

本合同所称“开工”，指取得施工许可证且第一根工程桩施工 · “投产”指首批合格成品入库 · 所称竣工，以五方验收合格为准 ·
8月底前投产，以首批成品检验合格入库为准
"""

import re
from functools import lru_cache

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, event

_TERM = r"(?:开工|动工|竣工|完工|建成|封顶|投产|试产|试生产|达产|下线|移交|交付|交地|开业|运营|投运|通车|接通)"
_DEFINED = re.compile(
    rf"(?:“(?P<quoted>[^“”]{{0,4}}{_TERM})”|(?:所称|所指|所说的|所谓)(?P<called>{_TERM})"
    rf"|(?P<stated>{_TERM})(?=[，（(：]?以(?![^。；\n]{{0,12}}(?:年|月|日|公告|通知))[^。；\n]{{4,40}}?为(?:准|标志|标准)))(?:，|：)?"
    r"(?:(?:均|系|是)?[指为]|即|是)?(?:，)?(?:以|指|按)?(?P<words>[^。；\n“”]{4,60}?)(?:为(?:准|标志|标准|限)|之日|时|的(?:行为|状态|情形))?(?=[。；\n，]?(?:[。；\n]|所称|“|$))"
)
_STEP = re.compile(r"并且|且|并|，|后(?!续)|、(?=取得|完成|办理|签署)")
_STOP = frozenset("的了在于将由并和及与把应须后前内其该本为使以按各指经已")
_ENOUGH, _FEWEST, _SURE = 0.7, 4, 6


class Meaning(msgspec.Struct, frozen=True):
    """A term and the acts it stands for, with the characters of the last step of its definition."""

    acts: frozenset[str]
    told: Event
    chars: frozenset[str]


@lru_cache(maxsize=64)
def meanings(text: str) -> tuple[Meaning, ...]:
    """The terms of works and production that `text` defines; the last step of a definition is what tells the day."""
    found: list[Meaning] = []
    for match in _DEFINED.finditer(text):
        words = fold_text(_STEP.split(match["words"])[-1] or match["words"])
        acts = event(match["quoted"] or match["called"] or match["stated"]).acts
        chars = frozenset(char for char in words if "\u4e00" <= char <= "\u9fff") - _STOP
        if acts and len(chars) >= _FEWEST:
            found.append(Meaning(acts, event(words), chars))
    return tuple(found)


def by_meaning(told: Event, terms: tuple[Meaning, ...]) -> Event:
    """The event of a record, with the act of the term whose definition it tells."""
    for term in terms:
        if term.acts <= told.acts or told.undone:
            continue
        common = term.chars & set(told.words)
        same = term.told.acts & told.acts and (term.told.content & told.content or term.told.parts & told.parts)
        share = _ENOUGH if len(term.chars) >= _SURE else 1.0
        if same or len(common) >= share * len(term.chars):
            return msgspec.structs.replace(
                told, acts=told.acts | term.acts, lead=told.lead | term.acts, parts=frozenset()
            )
    return told
