"""Parties of papers without roles: those listed by number at the head, and those that seal minutes and letters at the end."""

import re
from collections.abc import Iterator

import msgspec

from contract_audit.extract.facts.names import is_public, kind_of

_ORGAN = r"[\u4e00-\u9fffA-Za-z（）()·]{3,40}"
_MARK = r"[(（](?:[^()（）\n]{0,4}章[^()（）\n]{0,4}|[公钤盖]?印)[)）]"
_NAME_FIRST = re.compile(rf"(?:^|[ \u3000\t]{{1,}})\s*(?P<name>{_ORGAN}?)\s*{_MARK}", re.MULTILINE)
# 开发区（盖章）：澄海湾经济开发区管理委员会
_LABEL_FIRST = re.compile(
    rf"^\s*(?P<label>[\u4e00-\u9fff]{{2,8}})\s*{_MARK}\s*[：:]\s*(?P<name>{_ORGAN}?)(?=[\s，,]|$)", re.MULTILINE
)
# （1）某新区管理委员会（“管委会”），…；及 / 2. 某行业商会（以下简称“商会”）
_LISTED = re.compile(
    rf"^\s*[（(]?(?P<place>[1-3一二三])[）).．、]\s*(?P<name>{_ORGAN}?)\s*"
    r"[（(](?:以下|下)?(?:简称|称)?(?:为)?[“\"](?P<alias>[^”\"（）()\n]{1,12})[”\"][）)]",
    re.MULTILINE,
)
# 签约方：某县人民政府（简称“县政府”） and below it 签约方：某公司（简称“公司”）, each on a line of its own.
_REPEATED = re.compile(
    rf"^\s*(?P<label>(?:签约|缔约|立约|协议|合同|合作|订约)(?:各?方|单位|主体|人)|当事人)\s*[：:]\s*(?P<name>{_ORGAN}?)"
    r"\s*(?=$|[，,；;。\n]|[（(](?:(?:以下|下)?(?:简称|称)(?:为)?[“\"]?|[“\"])(?P<alias>[^”\"（）()，\n]{1,12})[”\"]?)",
    re.MULTILINE,
)
_CHARS, _HEAD_CHARS = 800, 1500
_ROLES = ("甲方", "乙方", "丙方")
_FEWEST = 2
_LABEL_OF_NOBODY = re.compile(r"代表|负责|签字|日期|单位|见证|鉴证")


class Named(msgspec.Struct, frozen=True):
    """A party without a role word: role by its place, name, where it stands, and what the paper calls it."""

    role: str
    name: str
    start: int
    alias: str | None


def listed(text: str) -> tuple[Named, ...]:
    """The two or three that the head lists by number with their short names, a public body among them; else none."""
    found: list[re.Match[str]] = []
    for match in _LISTED.finditer(text, 0, _HEAD_CHARS):
        if kind_of(match["name"]) != "unknown" and _PLACES.index(match["place"]) % len(_ROLES) == len(found):
            found.append(match)
    if len(found) < _FEWEST or not any(is_public(kind_of(match["name"])) for match in found):
        return ()
    return tuple(
        Named(role, match["name"], match.start("name"), match["alias"])
        for role, match in zip(_ROLES, found, strict=False)
    )


_PLACES = "123一二三"


def repeated(text: str) -> tuple[Named, ...]:
    """The two or three that stand behind one label on lines of their own, a public body and a firm among them; else none."""
    found = [match for match in _REPEATED.finditer(text, 0, _HEAD_CHARS) if kind_of(match["name"]) != "unknown"]
    found = [match for match in found if match["label"] == found[0]["label"]]
    sides = {is_public(kind_of(match["name"])) for match in found}
    if not _FEWEST <= len(found) <= len(_ROLES) or len(sides) < len((True, False)):
        return ()
    return tuple(
        Named(role, match["name"], match.start("name"), match["alias"])
        for role, match in zip(_ROLES, found, strict=False)
    )


def credit_code(text: str, name: str) -> str | None:
    """The credit code told right behind a name, whatever form the heading has; None where none is."""
    told = re.compile(
        rf"{re.escape(name)}(?:(?!有限公司|政府|委员会)[^。；\n]){{0,40}}?(?:统一社会)?信用代码[^0-9A-Z\n]{{0,6}}(?P<code>[0-9A-Z]{{18}})(?![0-9A-Z])"
    )
    found = told.search(text)
    return found["code"] if found else None


def sealed(text: str) -> tuple[Named, ...]:
    """The two or three that seal the paper at its end, a public body and a firm among them; else none."""
    found = list(_seals(text, max(0, len(text) - _CHARS)))
    sides = {is_public(kind_of(match["name"])) for _, match in found}
    if not _FEWEST <= len(found) <= len(_ROLES) or len(sides) < len((True, False)):
        return ()
    return tuple(
        Named(role, match["name"], match.start("name"), alias)
        for role, (alias, match) in zip(_ROLES, found, strict=False)
    )


def _seals(text: str, low: int) -> Iterator[tuple[str | None, re.Match[str]]]:
    labelled = [match for match in _LABEL_FIRST.finditer(text, low) if not _LABEL_OF_NOBODY.search(match["label"])]
    taken = {match.start("label") for match in labelled}
    named = [(None, match) for match in _NAME_FIRST.finditer(text, low) if match.start("name") not in taken]
    both: list[tuple[str | None, re.Match[str]]] = [*((match["label"], match) for match in labelled), *named]
    seen: set[str] = set()
    for alias, match in sorted(both, key=lambda one: one[1].start("name")):
        if kind_of(match["name"]) not in ("unknown", "person", "internal_body") and match["name"] not in seen:
            seen.add(match["name"])
            yield alias, match
