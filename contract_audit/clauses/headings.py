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
