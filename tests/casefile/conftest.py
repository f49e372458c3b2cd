from collections.abc import Callable
from datetime import date

import pytest

from contract_audit.casefile import Card

MakeCard = Callable[..., Card]


@pytest.fixture
def paper() -> MakeCard:
    """Makes a card; only what matters to a test is named."""

    def make(name: str, **fields: object) -> Card:
        blank: dict[str, object] = {
            "name": name,
            "title": name.rpartition(".")[0],
            "number": "",
            "project": "",
            "kind": "投资",
            "investors": frozenset({"恒远制造有限公司"}),
            "signed_on": date(2023, 1, 28),
            "cites": frozenset(),
            "companies": frozenset(),
        }
        return Card(**(blank | fields))

    return make
