"""The figures of the scores file hold: what was found must be found again. `make score` writes the file anew."""

from pathlib import Path

import msgspec
import pytest

from contract_audit.engine import load_rules
from contract_audit.score import figures, load_folder, measure
from contract_audit.score.tally import recorded

ROOT = Path(__file__).parent.parent
SCORES = msgspec.json.decode((ROOT / "corpus" / "score.json").read_bytes())
SHARES = ("precision", "recall", "f1", "facts", "dues", "statuses", "checks")


def test_both_halves_are_recorded() -> None:
    assert set(SCORES) == {"corpus/dev", "corpus/check"}


@pytest.mark.parametrize("folder", sorted(SCORES))
def test_figures_do_not_fall(folder: str) -> None:
    pack = load_rules()
    samples = load_folder(ROOT / folder)
    now = recorded(figures(measure(samples, pack), pack.taxonomy, traps=0))
    fallen = {
        name: (SCORES[folder][name], str(now[name]))
        for name in SHARES
        if float(str(now[name])) < float(SCORES[folder][name])
    }
    assert fallen == {}
