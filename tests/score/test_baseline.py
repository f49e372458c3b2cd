from datetime import date

from contract_audit import trial
from contract_audit.engine import load_rules
from contract_audit.score.baseline import keyword_pack

DENIED = "甲方不得以任何形式向乙方返还土地出让金。"


def test_the_keyword_search_reports_what_the_rules_understand_as_denied() -> None:
    pack = load_rules()
    day = date(2025, 6, 1)
    found = {finding.category for finding in trial.try_text(DENIED, pack, signed_on=day).findings}
    by_words = {finding.category for finding in trial.try_text(DENIED, keyword_pack(pack), signed_on=day).findings}
    assert "illegal.land_premium_refund" in by_words
    assert "illegal.land_premium_refund" not in found
