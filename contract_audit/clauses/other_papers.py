"""Whether a reference leads out of the paper that it stands in: 主合同第九条, 第188号令第六条, 将第三条修改为."""

import re
from bisect import bisect_left
from functools import lru_cache

# What stands before a reference that leads out of this paper.
_OTHER_PAPER = re.compile(
    r"(?:》(?:（[^（）]{0,40}）)?|(?:原|主|母|该|上述|前述|首份|前份|基础|出让|租赁|借款|施工|买卖|代建|投资|框架|入园|土地|使用权"
    r"|补充|下称)(?:投资|出让|租赁)?(?:合同书?|协议书?)"
    r"|[一-龥][^本此按照据反依由与及和的在于从以向对为将、，。；（）](?:合同书?|协议书?)"
    r"|[一-龥](?:法典?|条例|办法|规定|细则|解释|意见|章程|通知|请示|清单|公告|须知|纪要|批复|导则|规范|规程|指引|文件|方案|决定|决议|标准))(?:的|之|中|）|”)?\Z"
    r"|(?:送审|征求意见|讨论|报审|修改|谈判|上[一次]|前[一次])稿(?:的|之|中的?)?\Z"
    r"|[0-9]{4}年(?:度)?(?:的)?(?:合同|协议)书?(?:的|之|中)?\Z"
    r"|[0-9〇零一二三四五六七八九十]号(?:令|文件?)?(?:的|之|中)?\Z"
    r"|(?:通用|专用)(?:合同)?条款(?:的|之|中)?\Z"
    r"|(?:原|主)(?:投资)?(?:合同书?|协议书?)关于[^。；\n]{1,36}的\Z"
)
# Words around a number that this paper does not have, where it changes another paper or speaks of one.
_AMENDED = re.compile(
    r"[^。；，\n]{0,24}(?:修改|调整|变更|更改|修订|更正|改)为|[^。；\n]{0,12}(?:不再(?:执行|适用|履行)|继续有效|删除|废止)"
)
_AMENDING = re.compile(r"(?:删去|删除|取消|废止|恢复|替换|将|把|原)\Z")
_SPEAKS_OF = re.compile(r"纪要|函|通知|批复|请示|报告|补充|变更|备忘录")
_AN_AGREEMENT = re.compile(r"(?:合同|协议)书?[的之中]?\Z")
_TITLE = 60  # characters at the head of a paper that tell what it is
_KEPT_APART = re.compile(
    r"[（(][^（）()]{0,14}(?:另册|单独成册|另行装订|装订成册|存档|另附)|[^。；\n]{0,16}(?:另册|单独成册|另行装订)"
)
# In the list of attachments: 附件1：厂房平面图（第4页）, and （以上附件共2份，均已附）.
_PAGED = re.compile(
    r"[：:、 　]?[^。；\n（(]{0,30}[（(](?:[^（()）\n]{0,14}[，,、])?(?:详?见|在)?"
    r"(?:第[0-9一二三四五六七八九十、至～~-]{1,8}页|另页|后页|附页)[^（()）\n]{0,6}[）)]"
)
_DONE_WITH = re.compile(r"[^。；\n]{0,24}(?:内容)?(?:已(?:经)?(?:并入|写入|列入|纳入)|不再单列|不另(?:行)?附|不再附)")
_ALL_THERE = re.compile(r"附件[^。；\n]{0,10}(?:均已?附|已(?:全部|一并|均)附|齐全)")
_MADE_LATER = re.compile(r"(?:另行|届时|将来|后续|日后|[批确签核][复定订准]后)[^。；\n]{0,24}(?:作为|列为|成为)\Z")
_SENTENCE = 44  # characters before a mention that tell when its paper is made
_OPENS = re.compile(r"^|\t", re.MULTILINE)
_OPENING, _BEFORE_LABEL = (
    64,
    " \u3000【[（(",
)  # characters of a line or cell that hold its label, and what stands before it
_BEFORE = 8  # characters before a number that name the paper it is of


_OWN_PAPER = re.compile(
    r"本(?:次|份)?(?:投资|补充|合作|框架|入园|租赁|代建|变更)?(?:合同|协议)(?:书|（[^（）]{1,6}）)?[的之中]?\Z"
)


def leads_out(before: str) -> bool:
    """Whether the words before a reference end in the name of another paper."""
    return not _OWN_PAPER.search(before) and _OTHER_PAPER.search(before) is not None


def of_another(text: str, match: re.Match[str]) -> bool:
    """Whether an article that this paper lacks is one of a paper that it changes or speaks of."""
    if not match["article"] or match["own"]:
        return False
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    speaks_of = _SPEAKS_OF.search(text[:_TITLE]) and _AN_AGREEMENT.search(before)
    return bool(speaks_of or _AMENDED.match(text, match.end()) or _AMENDING.search(before))


def is_accounted_for(text: str, match: re.Match[str], name: str) -> bool:
    """Whether an attachment that has no page of its own is kept apart, made later, a table here, or there by its name."""
    called = f"{match['kind'] or ''}{match['number'] or ''}"
    label, opens = re.escape(called), match["number"] and _opens(text, called)
    return bool(
        _KEPT_APART.match(text, match.end())
        or _DONE_WITH.match(text, match.end())
        or _is_paged(text, match)
        or _MADE_LATER.search(text[max(0, match.start() - _SENTENCE) : match.start()])
        or (opens and re.search(rf"(?:\n|\t){label}(?![0-9一二三四五六七八九十])[^\n]*\t", text))
        or (opens and _told_in_a_line(label).search(text))
        or (name.strip() in _lines(text) and re.search(rf"\n\s?{re.escape(name)}\s?\n", text))
    )


def _opens(text: str, label: str) -> bool:
    """Whether a line or cell opens with a label, behind blanks and a bracket or not."""
    openings = _openings(text)
    place = bisect_left(openings, label)
    return place < len(openings) and openings[place].startswith(label)


@lru_cache(maxsize=4)  # asked for each attachment of a paper
def _openings(text: str) -> tuple[str, ...]:
    """How the lines and cells of a text open, in the order of characters."""
    found = {text[match.end() : match.end() + _OPENING] for match in _OPENS.finditer(text)}
    return tuple(sorted(found | {words.lstrip(_BEFORE_LABEL) for words in found}))


@lru_cache(maxsize=4)
def _lines(text: str) -> frozenset[str]:
    """The lines of a text, without the blanks around them; no empty one."""
    return frozenset(line.strip() for line in text.split("\n")) - {""}


def _told_in_a_line(label: str) -> re.Pattern[str]:
    """A line that opens with an attachment's number and says what is in it: 附件一　交付标准：首层层高7.8米，楼面荷载1.0吨."""
    return re.compile(
        rf"^[ \u3000]*[【\[（(]?{label}[】\]）)]?(?![0-9一二三四五六七八九十])[ \u3000：:、.．—－-]*"
        r"[^，。；：:、\n]{2,20}[：:](?![^\n]{0,16}(?:后补|待|缺|另))[^\n]{10,}",
        re.MULTILINE,
    )


def _is_paged(text: str, match: re.Match[str]) -> bool:
    """Whether a line of the list of attachments opens with this one and says on which page it is, or that all are there."""
    if not match["number"] or text[max(0, match.start() - 1) : match.start()] not in ("", "\n"):
        return False
    return bool(_PAGED.match(text, match.end()) or _ALL_THERE.search(text))
