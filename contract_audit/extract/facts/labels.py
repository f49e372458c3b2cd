"""Names as a head gives them: the name alone, and parties behind labels of their own (代建人：…, 监管方：…／用地方：…)."""

import re
from collections.abc import Iterator, Sequence

from contract_audit.extract.facts.names import kind_of

NamedRole = tuple[str, str, int, int]  # role, name, where the name starts, where its match ends
# What follows a name: remarks in brackets that are no part of it (（筹）, （集团）, （云岭）有限公司 are), further words, labels.
_IN_NAME = (
    r"筹[建备]?[处组]?[)）]|集团|有限合伙|普通合伙|中国|[A-Za-z ]+[)）]"
    r"|(?![甲乙丙丁]方)[\u4e00-\u9fff]{2,4}[)）][\u4e00-\u9fff]{0,16}?(?:公司|厂|集团|股份)"
)
_TAIL = re.compile(
    rf"\s*(?:(?:及其|或者?其|或者?由其)[^，。；]*$|[(（](?!{_IN_NAME}).*$|[，；;。：:].*$|,(?!\s*(?i:Ltd|Limited|Inc|LLC|Co|S\.?A)\b).*$"
    r"|(?:法定代表人|授权代表|委托代理人|代表人?|负责人|住所|地址|统一社会信用代码|签字|盖章|主任)\s*[（(：:].*$)"
)
# Spaces but those between Latin words: Veltron Systems (Asia) Pte. Ltd.
_LAYOUT_SPACE = re.compile(r"(?<![A-Za-z.,&)])\s+|\s+(?![A-Za-z(&])")

# A line of the head that is a label and a name. Who only acts for a party, sees to it or is asked is none.
_LABELLED = re.compile(
    r"^[ \u3000]*(?P<label>[\u4e00-\u9fff]{1,6}(?:方|人|单位|公司|主体)(?:[／/、][\u4e00-\u9fff]{1,6}(?:方|人|单位|主体))?)"
    r"[ \u3000]*(?:[（(][^\n（）()]{0,16}[）)])?[：:][ \u3000]*(?P<name>[^\n|\t：:]{4,120})$",
    re.MULTILINE,
)
_NO_PARTY = re.compile(
    r"代表|代理|负责|联系|经办|见证|鉴证|公证|监理|主管|设计|勘察|施工|审[核查批]|起草|编制|记录|主持|拟稿|抄送|主送|报送|签发|印发|核对|校对|收件|牵头|责任"
    r"|出席|参加|列席|缺席|请假"
)
_CLAUSES = re.compile(
    r"^[ \u3000]*(?:第[一1]条|第[一1]章|[一1][、.．｜ ]|[（(][一1][）)]|[A①]\s?[．.、])", re.MULTILINE
)
_CHARS = 1500
_ENOUGH = 2  # parties that make an agreement
_ROLES = ("甲方", "乙方", "丙方", "丁方")
_ORGANISATION = ("unknown", "person", "internal_body")


def labelled(text: str, known: Sequence[NamedRole]) -> Iterator[NamedRole]:
    """Parties behind labels that no list of roles has, in the roles that are still free; `known`: those named otherwise.

    Only lines before the first clause count, and only where fewer than two parties are known.
    """
    free = [role for role in _ROLES if role not in {role for role, *_ in known}]
    if len(_ROLES) - len(free) >= _ENOUGH:
        return
    first = _CLAUSES.search(text)
    taken = {start for _, _, start, _ in known}
    lines = _LABELLED.finditer(text, 0, min(_CHARS, first.start() if first else _CHARS))
    found = [
        match
        for match in lines
        if match.start("name") not in taken
        and not _NO_PARTY.search(match["label"])
        and kind_of(clean_name(match["name"])) not in _ORGANISATION
    ]
    if len(found) + len(known) >= _ENOUGH:
        for role, match in zip(free, found, strict=False):
            yield role, clean_name(match["name"]), match.start("name"), match.end()


def clean_name(words: str) -> str:
    """The name alone: without 以下简称…, roles, addresses and remarks in brackets."""
    words = re.sub(r"^\s*(?:本|我)公司(?=[\u4e00-\u9fff]{4})", "", words.strip())
    called = re.match(r"[^：:，。（(]{1,8}[：:]\s*(?=[\u4e00-\u9fff]{4})", words)  # 甲方　沿海地：某区人民政府
    if called and kind_of(words[called.end() :]) not in _ORGANISATION:
        words = words[called.end() :]
    previous = ""
    while previous != words:
        previous, words = words, _TAIL.sub("", words, count=1).strip(" 　:：")
    return _LAYOUT_SPACE.sub("", words)
