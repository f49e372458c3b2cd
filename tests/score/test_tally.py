from collections.abc import Callable

from contract_audit.model import Finding
from contract_audit.rulespec import Taxonomy
from contract_audit.score.gold import Gold
from contract_audit.score.matching import match
from contract_audit.score.measure import Measured
from contract_audit.score.tally import figures, recorded, table, wilson

MakeFinding = Callable[..., Finding]
MakeGold = Callable[..., Gold]


def _measured(finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy) -> tuple[Measured, ...]:
    labels = gold(
        [("x.tax", "返还增值税"), ("x.tax", "返还所得税"), ("y.date", "三月底前")], [("x.subsidy", "公开申报")]
    )
    findings = [
        finding("x.tax", "返还增值税"),
        finding("x.tax", "返还增值税"),
        finding("x.subsidy", "公开申报"),
        finding("y.date", "三月底前"),
    ]
    return (
        Measured(
            name="a",
            matched=match(findings, labels, taxonomy),
            facts=(),
            invented=("land_mu",),
            duties=(),
            checks={"y.clause": (True, False), "y.date": (False, False)},
            mode_right=True,
        ),
    )


def test_figures_by_category_dimension_and_total(finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy) -> None:
    result = figures(_measured(finding, gold, taxonomy), taxonomy, traps=1)
    tax = result.categories["x.tax"]
    assert (tax.hits, tax.misses, tax.repeats, tax.alarms) == (1, 1, 1, 0)
    assert (tax.precision, tax.recall, tax.f1) == (0.5, 0.5, 0.5)
    assert result.dimensions["x"].lookalikes == 1 and result.dimensions["x"].alarms == 1
    assert (result.total.hits, result.total.misses, result.total.alarms, result.total.repeats) == (2, 1, 1, 1)
    assert result.total.precision == 0.5 and round(result.total.recall, 4) == 0.6667
    assert result.checks == (1, 2) and result.invented_facts == 1
    assert "x.early" not in result.categories


def test_the_sealed_half_shows_totals_only(finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy) -> None:
    result = figures(_measured(finding, gold, taxonomy), taxonomy, traps=1)
    assert not any("x.tax" in line for line in table("check", result, taxonomy, totals_only=True))
    assert any("x.tax" in line for line in table("dev", result, taxonomy, totals_only=False))


def test_recorded_figures_are_exact_decimals(finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy) -> None:
    kept = recorded(figures(_measured(finding, gold, taxonomy), taxonomy, traps=1))
    assert str(kept["recall"]) == "0.6667" and kept["hits"] == 2


def test_intervals_are_wide_where_little_was_counted_and_hold_known_values() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(8, 10)
    assert round(low, 4) == 0.4902 and round(high, 4) == 0.9433
    assert wilson(800, 1000)[1] - wilson(800, 1000)[0] < high - low


def test_figures_by_rule_count_what_each_rule_reported(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy
) -> None:
    result = figures(_measured(finding, gold, taxonomy), taxonomy, traps=1)
    total = result.total
    counts = result.rules.values()
    assert sum(rule.hits for rule in counts) == total.hits
    assert sum(rule.alarms + rule.repeats for rule in counts) == total.alarms + total.repeats
