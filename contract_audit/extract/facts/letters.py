"""Who writes and who is written to in letters and pledges, and which organ issues a paper."""

import re
from collections.abc import Iterator

from contract_audit.extract.facts.labels import clean_name
from contract_audit.extract.facts.names import is_public, kind_of

ORGAN = r"[\u4e00-\u9fffA-Za-z（）()·]{3,40}"
_TITLED = "(?:先生|女士|同志|老板|厂长|董事长|(?:总|副总)?经理|总)"
# The number of the letter may stand before the addressee in one line: 某函〔2026〕7号某某有限公司：
_ADDRESSEE = re.compile(
    rf"^\s*(?:[^\n〔〕]{{2,14}}〔[0-9]{{4}}〕[^\n〔〕]{{0,6}}号\s*)?(?:致\s*[：:]?\s*)?"
    rf"(?:[^\n：:，。]{{1,10}}{_TITLED}[并及和暨、])?(?P<name>{ORGAN}?)(?:、(?P<more>{ORGAN}公司))?"
    rf"(?:[并及和暨、，,][^\n：:，。]{{1,8}}{_TITLED}|(?:各位|全体|诸位)?(?:股东|董事会|同仁|负责人)?)\s*[：:]\s*$",
    re.MULTILINE,
)
_TO = re.compile(rf"^\s*致\s*[：:]?\s*(?P<name>{ORGAN})\s*$", re.MULTILINE)
# Who writes: a line of its own, with a seal's mark or a label, or the heading of the paper.
_ISSUER = re.compile(
    r"^\s*(?:(?:承诺|保证|出具|发函|致函|具函|立书)(?:人|方|单位|企业)?\s*(?:[(（][^()（）\n]{0,6}章[^()（）\n]{0,4}[)）])?\s*[：:]\s*)?"
    rf"(?P<name>{ORGAN}?)\s*(?:[(（][^()（）\n]{{0,6}}[印盖公]?章[^()（）\n]{{0,4}}[)）]|文件|(?:专题|办公|党组|联席)?会议纪要"
    r"|(?:关于[^\n，。]{2,60})?的?(?:承诺[书函]|复函|答复函?|确认[书函]|意向[书函]|保证书|商洽函))?\s*$",
    re.MULTILINE,
)
_NO_ORGAN = re.compile(r"如下|事项|函$|书$|关于|[的与]|年|第|支持|[一二三四五六七八九十]、|决定|要求|办理")
_SPEAKS = re.compile(r"[\u4e00-\u9fff]{2}代表(?!处)[\u4e00-\u9fff]{4}")
_HEAD_CHARS, _ISSUED_CHARS = 1500, 300

Written = tuple[str, str, int, str]  # role, name, where it stands, the words around it


def by_letter(text: str) -> Iterator[Written]:
    """Who writes (甲方) and who is written to (乙方, several firms each); a pledge of a firm to a government is a letter too."""
    heads = [match for pattern in (_ADDRESSEE, _TO) for match in pattern.finditer(text, 0, _HEAD_CHARS)]
    head = next((match for match in heads if _is_organ(match["name"])), None)
    if head is None:
        return
    issuer = _issuer(text, head)
    if issuer is not None:
        yield "甲方", *_in_full(text, clean_name(issuer["name"]), issuer.start("name")), issuer.group()
    yield "乙方", clean_name(head["name"]), head.start("name"), head.group()
    if more := head.groupdict().get("more"):
        yield "乙方", more, head.start("more"), more


def _in_full(text: str, name: str, start: int) -> tuple[str, int]:
    """The name and where it stands, with the county that the body puts before a township's: 碣港县白蚝湾镇人民政府."""
    found = re.search(rf"(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{{2,6}}[县市区旗]{re.escape(name)})", text, re.MULTILINE)
    return (found[1], found.start(1)) if found is not None else (name, start)


def issuer_of_minutes(text: str) -> Written | None:
    """The organ at the top of minutes, without what kind of meeting it was; None where no organ stands there."""
    issuer = next((match for match in _ISSUER.finditer(text, 0, _ISSUED_CHARS) if _is_organ(match["name"])), None)
    if issuer is None:
        return None
    name = re.sub(r"(?:党工委|主任|常务|专题|办公|党组|联席)*(?:会议?纪要)?$", "", clean_name(issuer["name"]))
    return "发文机关", name, issuer.start("name"), issuer.group()


def is_whole(words: str) -> bool:
    """False for a name whose beginning is cut off in brackets, and for two names of which one speaks for the other."""
    return words.count("）") + words.count(")") <= words.count("（") + words.count("(") and not _SPEAKS.search(words)


def _issuer(text: str, head: re.Match[str]) -> re.Match[str] | None:
    """The organisation of the closing lines, else of the heading, that faces the addressee: an organ a firm, a firm an organ."""
    to_public = is_public(kind_of(clean_name(head["name"])))
    found = [
        match
        for match in _ISSUER.finditer(text)
        if not (head.start() <= match.start() < head.end()) and _is_organ(match["name"])
        and is_public(kind_of(clean_name(match["name"]))) != to_public
    ]  # fmt: skip
    return next((match for match in found if match.start() > head.end()), found[0] if found else None)


def _is_organ(words: str) -> bool:
    return kind_of(clean_name(words)) not in ("unknown", "person", "internal_body") and not _NO_ORGAN.search(words)
