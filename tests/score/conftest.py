from collections.abc import Callable
from datetime import date

import pytest

from contract_audit.model import Finding
from contract_audit.rulespec import Category, DimensionName, Neighbours, Taxonomy
from contract_audit.score.gold import Gold, Label

MakeFinding = Callable[..., Finding]
MakeGold = Callable[..., Gold]


@pytest.fixture
def finding() -> MakeFinding:
    """Makes a finding of a category on a quote; only what matching looks at varies."""

    def make(category: str, quote: str, **changes: object) -> Finding:
        fields: dict[str, object] = {
            "document": "a.txt", "rule": "AAA001", "category": category, "title": "", "stream": "accepted",
            "severity": "high", "verdict": "fail", "in_force": True, "confidence": "high", "confidence_reason": "",
            "clause": None, "page": None, "start": 0, "end": len(quote), "quote": quote, "message": "", "basis": (),
            "remedy": "", "departments": (), "related": (), "facts": {}, "conditions": (), "fingerprint": "",
            "fingerprint_parts": {},
        }  # fmt: skip
        return Finding(**(fields | changes))

    return make


@pytest.fixture
def gold() -> MakeGold:
    """Makes labels from (category, quote[, optional]) rows."""

    def make(
        flags: list[tuple[object, ...]],
        traps: list[tuple[str, str]] | None = None,
        checks: dict[str, bool] | None = None,
    ) -> Gold:
        labels = tuple(Label(category=str(row[0]), quote=str(row[1]), optional=len(row) > 2) for row in flags)
        return Gold(
            id="a",
            as_of=date(2024, 6, 30),
            mode="signed",
            facts={},
            obligations=(),
            flags=labels,
            traps=tuple(Label(category=category, quote=quote) for category, quote in traps or []),
            document_checks=checks or {},
        )

    return make


@pytest.fixture
def taxonomy() -> Taxonomy:
    names = ("x.tax", "x.subsidy", "x.early", "y.clause", "y.date")
    return Taxonomy(
        version=1,
        dimensions={"x": DimensionName(name="甲", about=""), "y": DimensionName(name="乙", about="")},
        neighbours=(
            Neighbours(pair=("x.tax", "x.subsidy"), tell=""),
            Neighbours(pair=("x.subsidy", "x.early"), tell=""),
        ),
        categories={name: Category(name=name, grade="high", mark="") for name in names},
    )
