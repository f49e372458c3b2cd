"""A few agreements of the corpus, edited by script and judged again; benchmarks/rescan.py does it with all of them."""

from pathlib import Path

import pytest

from benchmarks.rescan import EDITED, UNTOUCHED, Edit, Measured, corpus_texts, measure
from contract_audit.engine import load_rules

DEV = Path(__file__).parents[2] / "corpus" / "dev"


@pytest.mark.parametrize(("edits", "least_percent"), [(UNTOUCHED, 99), (EDITED, 95)], ids=["untouched", "edited"])
def test_items_are_known_again(edits: dict[str, Edit], least_percent: int) -> None:
    total = Measured()
    for result in measure(corpus_texts(DEV, 3), load_rules(), edits).values():
        assert result.true > 0
        total.true += result.true
        total.found += result.found
        total.wrong += result.wrong
    assert total.true > 50
    assert total.wrong == 0
    assert total.percent >= least_percent
