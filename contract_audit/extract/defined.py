"""Days that a paper defines by an event and then calls by a name: “交付日”指甲方将厂房移交乙方并签署交付证书之日."""

import re
from functools import lru_cache

_DAY = re.compile(
    r"“(?P<name>(?!工作|自然|日历|营业|节假|法定)[\u4e00-\u9fff]{2,8}日)”(?:是|系|均)?[指为](?P<event>[^。；\n“”]{4,70}?)(?:之日|的日期|当[日天]|的?那[一]?天)"
)


@lru_cache(maxsize=64)
def defined_days(text: str) -> tuple[tuple[str, str], ...]:
    """The names of the days that `text` defines, each with the words of its event."""
    return tuple((match["name"], match["event"]) for match in _DAY.finditer(text))


def event_of_day(text: str, words: str) -> str | None:
    """The event of the defined day that `words` name; None where they name none or several."""
    events = {event for name, event in defined_days(text) if name in words}
    return events.pop() if len(events) == 1 else None


def spelled_out(text: str, words: str) -> str:
    """`words` with the names of defined days replaced by their events."""
    for name, event in defined_days(text):
        words = words.replace(name, event)
    return words
