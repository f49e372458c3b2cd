"""What the words at a line's end say: does the sentence go on in the next line, or was the line a heading?"""

import re

from contract_audit.readers.labels import without_label
from contract_audit.readers.line_width import SENTENCE_ENDS

# A line that ends in one of these, or the next that begins in one, cannot be the end or the beginning of a paragraph.
_GOES_ON = "，、,（(“‘《〈【[—应由在将向与和及或对按经于从把被其该不须自所并且若如但因以即"
_CARRIED_OVER = "，。、；：）)”’》〉】]！？％%的得者之等"
_UNITS = "年月日天时元万亿千百亩平㎡米公吨个倍度号户人％%"
_PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "【": "】"}
FIELD = re.compile(r"\s*[^，。；：:（(]{1,12}(?:[（(][^）)]{1,10}[）)])?\s*[：:]")
# What forms are filled in under; other words before a colon may as well end a sentence that was broken (内容如下：).
FORM = re.compile(
    r"\s*(?:[（(]?[甲乙丙丁戊]\s*方|[一-龥]{2,4}(?=[（(][甲乙丙丁戊]方[）)])|[出承]租方|[一-龥]{0,4}(?:代表人?|负责人|代理人|联系人|经办人?)"
    r"|[一-龥]{0,4}(?:编号|[地住]址|住\s*所|电\s*话|[时日]\s*[间期]|地点)|签\s*[字章]|盖\s*章"
    r"|统一社会信用代码|邮政?编码?|传\s*真|开户[银行]*|账\s*号|项目名称)"
    r"(?:\s*[（(](?:盖章|签[字章名]|公?章|印章)[）)]|(?:\s*[（(][^）)]{1,10}[）)])?(?:\s*[：:]|[ \u3000]))"
)
_NAME_END = re.compile(r"(?:公司|政府|委员会|街道|办事处|[镇乡局厂社院]|中心|集团|[）)]|\d日)$")
_ATTACHMENT = re.compile(r"\s*附\s*[件表录图]")
_TITLE_END = re.compile(
    r"(?:协议书?|合同书?|意向书|备忘录|纪要|承诺书|[的之]?函|的信|通知|报告|批复|请示|决定|公告|清单|[一-龥]表|方案)$|^关于[^，]*$"
)
_SHORTEST = 12  # characters: what is shorter and has no end mark may be a heading
_LONG = 24  # characters: so long a line without end mark is none
# A verb, or who acts: headings name a matter, sentences say what is done.
_SENTENCE = re.compile(
    r"[，；;,\d％%]|[甲乙丙丁各双三]方|[应须将按可不经凡若如待于在对向给把被从]|公司|同意|负责|承诺|保证|享[有受]|予以|由|自"
)
# How headings and titles end.
_HEADING_END = re.compile(
    r"(?:责任|义务|权利|方式|期限|要求|条件|政策|措施|标准|概况|事项|约定|程序|内容|范围|原则|其他|条款|解决|变更|解除|终止|生效|附则|安排|计划"
    r"|承诺|保障|支持|服务|管理|奖励|补贴|优惠|扶持|处理|考核|退出|规定|说明|办法|意见"
    r"|如下|公司|政府|委员会|管委会|局)$"
)


def goes_on(text: str, rest: str) -> bool:
    """Whether the words alone show that the sentence in `text`, which has no end mark, is continued by `rest`."""
    if text[-1] in _GOES_ON or rest[0] in _CARRIED_OVER or _is_open(text):
        return True
    if text[-1].isdigit() and (rest[0].isdigit() or rest[0] in _UNITS):
        return True
    if FIELD.match(text) or FORM.match(text) or _ATTACHMENT.match(text) or rest[-1] not in SENTENCE_ENDS:
        return False
    return _is_sentence(without_label(text).strip())


def is_ended(text: str) -> bool:
    """Whether the line ends as a sentence does, or is a remark in brackets of its own."""
    inner = text.rstrip("）)”’】」")
    return inner[-1:] in (*SENTENCE_ENDS, "") or _is_remark(text)


def is_complete(text: str) -> bool:
    """Whether the first line of a paragraph is all of it: a name in a form (乙方：某某有限公司), a remark in brackets."""
    return _is_remark(text) or bool(FORM.match(text) and _NAME_END.search(text))


def _is_remark(text: str) -> bool:
    return text[0] in "（(【" and text[-1] in "）)】" and not _is_open(text)


def _is_open(text: str) -> bool:
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS.items())


def _is_sentence(wording: str) -> bool:
    """Whether the words, cut off before their end, are a sentence rather than a heading."""
    if len(wording) < _SHORTEST or (_TITLE_END.search(wording) and "，" not in wording):
        return False
    if len(wording) >= _LONG:
        return True
    return bool(_SENTENCE.search(wording)) and not (_HEADING_END.search(wording) and "，" not in wording)
