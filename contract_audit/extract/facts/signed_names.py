"""Names in the signature block that are not the heading's: who signs must be who is party."""

import re
from collections.abc import Iterator

from contract_audit.chinese.text import fold_text
from contract_audit.extract.facts.names import kind_of
from contract_audit.extract.facts.signature import signature_lines
from contract_audit.model import Clause, Document, Fact, Party

ROLE_FACTS = {"甲方": "party_a", "乙方": "party_b", "丙方": "party_c", "丁方": "party_d"}
_ROLE = r"[甲乙丙丁戊]\s*方"
_SIGNED_AS = re.compile(
    r"(?P<role>[甲乙丙丁])\s*方\s*(?:[（(][^（）()\n]{0,8}[）)])?\s*[：:]\s*"
    r"(?P<name>[\u4e00-\u9fff（）()]{4,40}?)(?=[（(][^（）()\n]{0,6}章|[ \u3000\t]|\n|$)"
)


def signed_names(document: Document, clauses: tuple[Clause, ...], parties: tuple[Party, ...]) -> Iterator[Fact]:
    """Facts party_a … of low confidence for names in the block that neither are the heading's nor a part of it."""
    names = {party.role: party.name for party in parties}
    for start, end in signature_lines(document, clauses):
        for match in _SIGNED_AS.finditer(document.text, start, end):
            role, name = f"{match['role']}方", match["name"]
            head = names.get(role, "")
            one, other = fold_text(name), fold_text(head)
            if not head or kind_of(name) in ("unknown", "person") or one in other or other in one:
                continue
            yield Fact(
                name=ROLE_FACTS[role], value=name, start=match.start("name"), end=match.end("name"), confidence="low",
                source="signature",
            )  # fmt: skip


_ROLE_IN_BLOCK = re.compile(rf"(?P<role>{_ROLE})")
_NAME_SIGNED = re.compile(
    r"(?:(?:签字|签名|签章|盖章|按印)[^\n：:]{0,6}[)）]\s*[：:]?|(?:签字|签名|代\s*表\s*人?|负责人|主任)\s*[：:])"
    r"\s*(?!代\s*表|法定|授权|[甲乙丙丁]\s*方|日期|签[字订]|年)[\u4e00-\u9fff]{2,}"
)


def signed_roles(document: Document, clauses: tuple[Clause, ...]) -> dict[str, bool]:
    """For every role in the signature block: whether a name stands there (未盖章 and blanks do not sign)."""
    signed: dict[str, bool] = {}
    role = ""
    for start, end in signature_lines(document, clauses):
        line = document.text[start:end]
        for part in re.split(rf"(?={_ROLE}\s*[（(：:])", line):
            named = _ROLE_IN_BLOCK.match(part.strip())
            role = re.sub(r"\s", "", named["role"]) if named else role
            if role:
                signs = bool(_NAME_SIGNED.search(part)) and "未盖章" not in part
                signed[role] = signed.get(role, False) or signs
    return signed
