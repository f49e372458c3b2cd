"""Whether the text layer of a page can be trusted, decided per page from cheap signs.

A layer may be missing (scan), garbled (no or wrong ToUnicode: fluent-looking wrong characters and no error), or foreign
(a scanner's own recognition under the picture, often bad yet made of real words). All three are recognised anew.
"""

import logging
import re
import unicodedata
from functools import cache
from typing import Any, Literal

Verdict = Literal["text", "blank", "picture", "garbled", "foreign"]

_FEW = 20  # characters
_PICTURE_SHARE = 0.3
_FULL_PAGE_SHARE = 0.6
_OUTLINE_PATHS = 150  # text turned into curves draws at least that many
_BAD_SHARE = 0.02
_RARE_SHARE = 0.25
_ENOUGH_HAN = 60
_WORD_SHARE = 0.45
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ORDINARY = re.compile(r"[\u4e00-\u9fff\x00-\x7f\u3000-\u303f\uff00-\uffef“”‘’—…·×≥≤±℃①-⑳●○□■☑☒√➢◆▪•Ⅰ-Ⅻ〇㎡²³°§¥€]")
# The commonest two-character words of Chinese official prose: a page with its share of them needs no dictionary.
_COMMON = re.compile(
    "有限|公司|项目|投资|协议|甲方|乙方|人民|政府|企业|建设|按照|规定|约定|以及|或者|进行|相关|资金|土地|生产|双方|应当|可以|提供|管理|负责"
    "|工作|情况|部门|合同|条件|经济|发展|服务|支持|期限|时间|完成|使用|支付|费用|单位|责任|国家|法律|本次|如下|其他|根据|不得|标准"
)
_COMMON_SHARE = 0.12


def judge_layer(text: str, picture_share: float, paths: int, *, covered: bool) -> Verdict:
    """Judge one page by its text layer, the share of its area under pictures, and the number of its path objects.

    `covered`: most of the text is invisible, or lies beneath a picture.
    """
    chars = [char for char in text if not char.isspace()]
    if len(chars) < _FEW:
        return _judge_empty(len(chars), picture_share, paths)
    if _is_garbled(chars) or _is_no_prose(text):
        return "garbled"
    return "foreign" if covered and picture_share > _FULL_PAGE_SHARE else "text"


def _judge_empty(count: int, picture_share: float, paths: int) -> Verdict:
    if picture_share > _PICTURE_SHARE or paths >= _OUTLINE_PATHS:
        return "picture"
    return "blank" if count == 0 else "text"


def _is_garbled(chars: list[str]) -> bool:
    rare = _ORDINARY.sub("", "".join(chars))
    bad = sum(char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs") for char in rare)
    return bad > _BAD_SHARE * len(chars) or len(rare) > _RARE_SHARE * len(chars)


def _is_no_prose(text: str) -> bool:
    """Whether there is enough Chinese to judge, and too little of it falls into words."""
    passages = _HAN.findall(re.sub(r"\s", "", text))
    han = sum(map(len, passages))
    if han < _ENOUGH_HAN or 2 * sum(len(_COMMON.findall(passage)) for passage in passages) >= _COMMON_SHARE * han:
        return False
    return _in_words(passages) < _WORD_SHARE * han


def _in_words(passages: list[str]) -> int:
    """Characters inside dictionary words of two characters or more."""
    tokenizer = _tokenizer()
    words = (word for passage in passages for word in tokenizer.cut(passage, HMM=False))
    return sum(len(word) for word in words if len(word) > 1 and tokenizer.FREQ.get(word, 0) >= 3)


@cache
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return jieba.dt
