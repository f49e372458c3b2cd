"""The text as rules read it: the enterprise is 乙方 and its counterpart 甲方, whatever the paper calls them.

Rules are written for the usual paper, in which the government is 甲方. Where the paper turns the roles round, or calls
the enterprise by a short name of its own, the words are changed for the rules alone; places stay those of the original.
"""

import re

from contract_audit.chinese.text import Folded, fold_text
from contract_audit.model import Party

_FIRST, _SECOND, _THIRD = "甲方", "乙方", "丙方"
_COMMON = re.compile(r"(?:项目|贵|你|该)公司|[贵你]司|投资[人方]|企业方|入园企业|企业|公司|[甲乙丙丁戊]方")


def spoken(folded: Folded, parties: tuple[Party, ...]) -> Folded:
    """`folded` with the parties named as the rules name them; unchanged where the paper already does."""
    names = _names(parties)
    if not names:
        return folded
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    chars: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in pattern.finditer(folded.text):
        chars += [folded.text[position : match.start()], names[match.group()]]
        offsets += folded.offsets[position : match.start()]
        # The role stands for the whole name: it begins where the name begins and ends where it ends.
        offsets += [folded.offsets[match.start()], folded.offsets[match.end() - 1]]
        position = match.end()
    chars.append(folded.text[position:])
    offsets += folded.offsets[position:]
    return Folded("".join(chars), tuple(offsets), folded.length)


def _names(parties: tuple[Party, ...]) -> dict[str, str]:
    """What is said in the paper → what the rules read."""
    sides = {party.role: party.side for party in parties}
    turned = sides.get(_FIRST) == "investor" and sides.get(_SECOND) == "government"
    names = {_FIRST: _SECOND, _SECOND: _FIRST} if turned else {}
    if sides.get(_SECOND) == sides.get(_FIRST) == "government" and sides.get(_THIRD) == "investor":
        names = {_SECOND: _THIRD, _THIRD: _SECOND}  # a company of the county comes before the enterprise
    firms = [party for party in parties if party.side == "investor"]
    if len({party.role for party in firms}) == 1:
        called = {fold_text(name) for party in firms for name in (party.name, *party.aliases)}
        names |= {name: _SECOND for name in called if len(name) > 1 and not _COMMON.fullmatch(name)}
    return names
