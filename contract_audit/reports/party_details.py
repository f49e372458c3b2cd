"""What an agreement prints beside its parties' names: address, legal representative, contact, telephone.

These stand in the head, in the signature block (line by line, or side by side in columns) and in clauses on notices.
The first value printed for a party counts.
"""

import re
from collections.abc import Iterator

from contract_audit.model import Struct, Understanding

# Columns side by side; after a colon a gap parts them only where another label follows, else it leads to the value.
_COLUMNS = re.compile(
    r"(?<![：:\s])(?:\t|[ 　]{2,})|(?<=[：:])(?:\t|[ 　]{2,})[\s]*(?=[甲乙丙丁戊]\s*方|法定代表人|授权代表|负责人|地址|电话|联系)"
)
_ROLE = re.compile(r"(?:^|[；;\s（(|])(?P<role>[甲乙丙丁戊])\s*方")
_LABEL = re.compile(
    r"(?P<label>法\s*定\s*代\s*表\s*人(?P<either>\s*(?:或|/|、)[^：:（(]{0,12})?|住\s*所\s*地?|注册地址?"
    r"|(?:通讯|联系|办公|送达|企业|公司)?地\s*址|(?:联系)?电\s*话|手\s*机(?:号码?)?|联系方式|联\s*系\s*人)"
    r"(?:\s*[（(][^）)]{0,12}[）)]|签字|签名)?\s*(?:[：:]|为(?=[\u4e00-\u9fff]))\s*"
)
_VALUE_END = re.compile(r"[；;。，\t\n]|\s*[（(](?:签|盖|印|以下)|[ 　]{2,}|\s(?=\S{2,6}[：:])")
_LIST_MARKS = re.compile(r"^[\s、:：_＿]+|[\s、_＿]+$")
_FIELDS = {"法定代表人": "legal_person", "联系人": "contact", "电话": "phone", "手机": "phone", "联系方式": "phone"}
_LONGEST = 60
_EITHER = "（法定代表人或授权代表）"


class Details(Struct, frozen=True, kw_only=True):
    """What is printed of one party; empty where the agreement does not say."""

    address: str = ""
    legal_person: str = ""
    contact: str = ""
    phone: str = ""


def party_details(understanding: Understanding) -> dict[str, Details]:
    """Details by role (甲方, 乙方 …)."""
    found: dict[str, dict[str, str]] = {}
    columns: dict[int, str] = {}
    current: str | None = None
    names = [(party.name, party.role) for party in understanding.parties if party.name]
    for line in understanding.document.text.split("\n"):
        cells = _COLUMNS.split(line.strip())
        roles = {index: role for index, cell in enumerate(cells) if (role := _role(cell, names))}
        if roles:
            columns = roles if len(roles) > 1 else {}
            current = None if len(roles) > 1 else next(iter(roles.values()))
        elif len(line) > _LONGEST and _LABEL.search(line) is None:
            columns, current = {}, None  # a clause: what follows belongs to nobody
        for index, cell in enumerate(cells):
            for role, field, value in _values(cell, columns.get(index, current)):
                found.setdefault(role, {}).setdefault(field, value)
    return {role: Details(**fields) for role, fields in found.items()}


def _role(cell: str, names: list[tuple[str, str]]) -> str | None:
    match = _ROLE.match(cell)
    if match is not None:
        return f"{match['role']}方"
    return next((role for name, role in names if cell.startswith(name)), None)


def _values(cell: str, role: str | None) -> Iterator[tuple[str, str, str]]:
    """Role, field and value of every label in the cell; a role named on the way takes over."""
    labels = list(_LABEL.finditer(cell))
    for place, label in enumerate(labels):
        start = labels[place - 1].end() if place else 0
        for named in _ROLE.finditer(cell, start, label.start()):
            role = f"{named['role']}方"
        stop = labels[place + 1].start() if place + 1 < len(labels) else len(cell)
        ended = _VALUE_END.search(cell, label.end(), stop)
        value = _LIST_MARKS.sub("", cell[label.end() : ended.start() if ended else stop])
        if role is not None and value and len(value) <= _LONGEST:
            name = re.sub(r"\s", "", label["label"]) if not label["either"] else "法定代表人"
            yield role, _field(name), value + (_EITHER if label["either"] else "")


def _field(label: str) -> str:
    return next((field for word, field in _FIELDS.items() if word in label), "address")
