"""Headings: the short name of a clause on its own line, before a colon, or as a first short sentence."""

import re

_HAN = re.compile(r"[一-龥]")
_MARK = re.compile(r"[。；;！？，,：:]")
_COLON = re.compile(r"([^。；;！？，,：:]{2,16})[：:](?=\s*\S)")
_SENTENCE = re.compile(r"((?:诉求[：:])?[^。；;！？，,：:]{2,40})。(?=\s*\S)")
# A line with one of these is said of somebody: a sentence, not a name.
_VERB = re.compile(
    r"应|不|须|可以|负责|承诺|保证|同意|由|将|给予|包括|如下|以下|下列|议定|要求|指出|强调|确认|依法|享"
    r"|[是为系向经就自从]|达到|[未已拟需予]|位于|约[0-9]|%|[甲乙丙双各]方|[免减返付缴拨征收]|给"
)
_DOES = re.compile(
    r"[0-9〇零一二三四五六七八九十](?:[年月日]|季度)(?:份|底|末|[上中下]旬)?内?$|[按使前后每至]|完成|提供|保证|确保|协助|安排|补贴|奖励|享受|取得|组织|接通|修[建通]|停|增减|即|随时|自行"
)
_OF_A_PARTY = re.compile(
    r"[^，。；：]{0,6}?(?:[甲乙丙丁]\s*方|政府方?|企业方?|投资[方人]|管委会|(?:我|本)[县市区镇乡局])(?:的|应[当尽]?(?:承担|履行|做)?的?)?"
    r"(?:主要|基本|有关|相关|全部|具体|合同|协议|配合|其他|各项){0,2}(?:权利|义务|责任|职责|(?:承诺|保证)?事项|工作|分工|任务|支持|服务|措施|优惠|政策|扶持|配套)"
    r"(?:(?:[和与及、])(?:权利|义务|责任|承诺|工作|服务|措施|政策))?(?:清单|一览|如下|包括)?[：:]?"
    r"|[【〖★■◆●▲※]\s*[甲乙丙丁]\s*方[^，。；：]{0,8}[】〗]?[：:]?"
)
_TOPIC = re.compile(r"(?:关于|诉求：).{2,40}|.{2,40}(?:问题|事宜|事项)")


def heading_of(text: str, styled: bool) -> str | None:
    """The heading in `text` (a numbered line without its number), or None.

    `styled`: the file marks the line as a heading. A line without sentence punctuation is a heading as a whole;
    「设备补助。甲方按…」 and 「投资规模：项目…」 begin with one.
    """
    text = text.strip()
    if not _HAN.search(text):
        return None
    if not _MARK.search(text):
        return text if styled or len(text) <= 40 else None
    if styled and not re.search(r"[。；;]", text):
        return text.rstrip("：:")
    sentence, colon = _SENTENCE.match(text), _COLON.match(text)
    if sentence and _TOPIC.fullmatch(sentence[1]):
        return sentence[1].strip()
    if colon and not _VERB.search(colon[1]):
        return colon[1].strip()
    if sentence and len(sentence[1]) <= 12 and not _VERB.search(sentence[1]):
        return sentence[1].strip()
    return None


def is_of_a_party(text: str) -> bool:
    """Whether a line without number only says whose duties stand below it: 甲方责任：, 乙方的权利和义务."""
    text = text.strip()
    return len(text) <= 20 and _OF_A_PARTY.fullmatch(text) is not None


def is_statement(heading: str) -> bool:
    """Whether a short numbered line with nothing below it says something (提供净地五十亩) and is no name of a clause."""
    return bool(_VERB.search(heading) or _DOES.search(heading))
