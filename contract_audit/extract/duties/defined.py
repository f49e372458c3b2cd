"""Days that a paper defines by an event and then calls by a name: “交付日”, T日, 基准日.

“交付日”指甲方将厂房移交乙方之日 · 以双方签署交地确认书之日为T日 · 取得施工许可证之日（以下称“起算日”）
"""

import re
from datetime import date
from functools import lru_cache
from itertools import chain

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.openings import in_lines_with
from contract_audit.chinese.text import fold_text

_NAME = (
    r"(?:(?!工作|自然|日历|营业|节假|法定|计息|每|当|同)[\u4e00-\u9fff]{2,8}?(?:日|时点|节点)|[A-Z]0?(?:日|时点|点)?)"
)
_EVENT = r"[^。；\n“”|\t]{2,70}?"
_THE_DAY = r"(?:之日|的日期|的?当[日天]|那[一]?[日天]|的?时间|(?<![0-9])日)"
_IS = r"[：:]?(?:是|系|均)?[指为]|[：:]?即(?:为|指)?|是|系|=|＝|：|:"
_CALLED = r"(?:(?:以下|下文|下|简|统|合|通)+称?为?|称为|即|记作?为?|设为)"
_SET = r"记[为作]|设为|定为|定义为|称为|视为|计为|即[为是]?|就是|[为是](?=“?(?:起[租算]|计[租费息]|基准|开始计)[\u4e00-\u9fff]{0,4}日)"
_DATE = r"(?P<event>[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日)"
_DEFINED = (
    re.compile(rf"“(?P<name>{_NAME})”(?:{_IS}){_DATE}"),
    re.compile(rf"(?<=[于在自以，。；])(?P<name>[\u4e00-\u9fff]{{2,4}}日)（{_DATE}）"),
    re.compile(rf"{_DATE}（{_CALLED}“?(?P<name>{_NAME})”?）"),
    re.compile(rf"{_DATE}(?:作?为|{_SET})“?(?P<name>{_NAME})(?=[”，。；（\n])"),
    re.compile(rf"“(?P<name>{_NAME})”(?:{_IS})(?P<event>{_EVENT}){_THE_DAY}(?![起前后内])"),
    re.compile(
        rf"(?:(?<=[。；，、：（\n\t|.）0-9 的称])|^)(?P<name>[A-Z]0?日?|(?:基准|起算|交[地房付]|开工|投产|生效)日)"
        rf"(?:{_IS})(?P<event>{_EVENT})(?:{_THE_DAY})?(?=[，。；\n）)\t|]|$)"
    ),
    re.compile(rf"以(?P<event>{_EVENT}){_THE_DAY}(?:，)?(?:作?为|{_SET})“?(?P<name>{_NAME})(?=[”，。；（\n])"),
)
_DEFINED_BEHIND = (  # with the sign that a line must show
    (
        re.compile(rf"{_THE_DAY}(?:，)?(?:{_SET})"),
        re.compile(
            rf"(?:(?<=[。；，、：\n\t|])|^)(?:[将把以])?(?P<event>{_EVENT}){_THE_DAY}(?:，)?(?:{_SET})“?(?P<name>{_NAME})(?=[”，。；（\n])"
        ),
    ),
    (
        re.compile(rf"（{_CALLED}"),
        re.compile(
            rf"(?:(?<=[。；，、：\n\t|于在自])|^)(?P<event>{_EVENT}){_THE_DAY}（{_CALLED}“?(?P<name>{_NAME})”?）"
        ),
    ),
)
_LEAD = re.compile(
    r"^(?:第[0-9一二三四五六七八九十]{1,4}[条款项]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．])?"
    r"[ \u3000]*"
    r"(?:(?:甲乙双方|[双三各]方)?(?:一致|共同)?(?:同意|约定)?[，]?"
    r"(?:本?(?:合同|协议)|表中|(?:以下|下列|上述|下)?各?[项阶]?段?(?:时间|期限|节点))?[中内里]?[，]?(?:均|统一)?(?:以|将|把|自))?"
)
_BOOK_MARKS = re.compile(r"[《》]")


@lru_cache(maxsize=64)
def defined_days(text: str) -> tuple[tuple[str, str], ...]:
    """The names of the days that `text` defines, each with the words of its event."""
    found: dict[str, str] = {}
    plain = (pattern.finditer(text) for pattern in _DEFINED)
    behind = (in_lines_with(sign, pattern, text) for sign, pattern in _DEFINED_BEHIND)
    for match in chain(*plain, *behind):
        event = _BOOK_MARKS.sub("", _LEAD.sub("", match["event"]))
        found.setdefault(_bare(match["name"]), event)
    return tuple(found.items())


def _bare(name: str) -> str:
    """T for T日, so that T+30日 and T日 name one day; other names keep their 日."""
    return name.rstrip("日点时") if name[:1].isascii() else name


def event_of_day(text: str, words: str) -> str | None:
    """The event of the defined day that `words` name; None where they name none or several."""
    events = {event for name, event in defined_days(text) if _named(name).search(words)}
    return events.pop() if len(events) == 1 else None


# 印发日期：2023年3月2日, 回执日期为2023年3月9日: what is done with papers, and so has its day when the paper is read.
_STATED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,6}(?:印发|回执|发文|成文|出具|受理|公告|公示|批准|成交|盖章|签收|主(?:合同|协议)书?签[订署约]))(?:日期|时间|之日|日)(?:[：:]|为|是|即)*"
    rf"{_DATE}(?![之以]?[前内])"
)


# 本纪要4月15日印发 tells the day of the paper itself.
_PRINTED = re.compile(
    r"[本此该](?:会议)?(?:纪要|通知|函|通报|批复|意见|方案)(?:已经?)?[于在]?(?P<event>(?:[12][0-9]{3}年)?[0-9]{1,2}月[0-9]{1,2}日)"
    r"(?:正式)?(?P<name>印发|发文|成文|下发|签发)"
)


def stated_day(text: str, anchor: str, near: date | None = None) -> date | None:
    """The one day that the paper states for the event of `anchor`; None where it states none or several.

    `near` is a day of the paper, by which a day without a year is read.
    """
    days = {
        day
        for name, day in _stated_days(text, near)
        if anchor and (anchor.endswith(name) or (name.endswith(anchor) and not name.startswith("主")))
    }
    return days.pop() if len(days) == 1 else None


@lru_cache(maxsize=64)
def _stated_days(text: str, near: date | None) -> tuple[tuple[str, date | None], ...]:
    """What the paper states a day for, each with the day."""
    return tuple(
        (match["name"], moment.until)
        for pattern in (_STATED, _PRINTED)
        for match in pattern.finditer(fold_text(text))
        for moment in dates(match["event"], Frame(near))[0]
    )


def spelled_out(text: str, words: str) -> str:
    """`words` with the names of defined days replaced by their events."""
    for name, event in defined_days(text):
        words = words.replace(name, event) if not name.isascii() else words
    return words


@lru_cache(maxsize=256)
def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){name}(?![A-Za-z0-9])" if name.isascii() else re.escape(name))
