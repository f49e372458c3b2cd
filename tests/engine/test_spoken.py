"""Rules read the usual paper: roles turned round and short names are read as 甲方 for the government, 乙方 for the firm."""

import pytest

from contract_audit.chinese.text import fold
from contract_audit.engine.spoken import spoken
from contract_audit.model import Party, Side


def _party(role: str, name: str, side: Side, *aliases: str) -> Party:
    kind = "government" if side == "government" else "enterprise"
    return Party(role=role, name=name, aliases=aliases, kind=kind, level="county", side=side, start=0, end=0)


USUAL = (
    _party("甲方", "云岭县人民政府", "government"),
    _party("乙方", "恒远制造有限公司", "investor", "恒远公司", "项目公司"),
)
TURNED = (_party("甲方", "恒远制造有限公司", "investor"), _party("乙方", "云岭县人民政府", "government"))
LAST = (USUAL[0], _party("乙方", "云岭产业投资有限公司", "government"), _party("丙方", "恒远制造有限公司", "investor"))
TWO_FIRMS = (*USUAL, _party("丙方", "恒远机电有限公司", "investor", "机电公司"))


@pytest.mark.parametrize(
    ("parties", "text", "read"),
    [
        (USUAL, "甲方给予乙方补助，项目公司申报", "甲方给予乙方补助，项目公司申报"),
        (USUAL, "码头经营权归恒远公司", "码头经营权归乙方"),
        (TURNED, "乙方给予甲方补助", "甲方给予乙方补助"),
        (LAST, "丙方受让乙方所持股权，甲方协助", "乙方受让丙方所持股权，甲方协助"),
        (TWO_FIRMS, "恒远公司与机电公司", "恒远公司与机电公司"),
    ],
)
def test_parties_are_read_by_their_usual_roles(parties: tuple[Party, ...], text: str, read: str) -> None:
    assert spoken(fold(text), parties).text == read


def test_places_are_those_of_the_original() -> None:
    folded = spoken(fold("码头 归恒远公司，三十年"), USUAL)
    start = folded.text.index("乙方")
    assert folded.original(start, start + 2) == (4, 8)
    assert folded.folded(4, 8) == (start, start + 2)
