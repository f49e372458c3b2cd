"""Names in the signature block that are not the heading's: who signs must be who is party."""

import re
from collections.abc import Iterator

from contract_audit.extract.names import kind_of
from contract_audit.extract.signature import signature_lines
from contract_audit.model import Clause, Document, Fact, Party

ROLE_FACTS = {"甲方": "party_a", "乙方": "party_b", "丙方": "party_c"}
_SIGNED_AS = re.compile(
    r"(?P<role>[甲乙丙])\s*方\s*(?:[（(][^（）()\n]{0,8}[）)])?\s*[：:]\s*"
    r"(?P<name>[\u4e00-\u9fff（）()]{4,40}?)(?=[（(][^（）()\n]{0,6}章|[ \u3000\t]|\n|$)"
)


def signed_names(document: Document, clauses: tuple[Clause, ...], parties: tuple[Party, ...]) -> Iterator[Fact]:
    """Facts party_a … of low confidence for names in the block that neither are the heading's nor a part of it."""
    names = {party.role: party.name for party in parties}
    for start, end in signature_lines(document, clauses):
        for match in _SIGNED_AS.finditer(document.text, start, end):
            role, name = f"{match['role']}方", match["name"]
            head = names.get(role, "")
            if not head or kind_of(name) in ("unknown", "person") or name in head or head in name:
                continue
            yield Fact(
                name=ROLE_FACTS[role], value=name, start=match.start("name"), end=match.end("name"), confidence="low",
                source="signature",
            )  # fmt: skip
