"""What is cited for duties is law of the day on which they fall due, whatever paper says them and whoever owes them."""

from datetime import date
from itertools import product

import pytest

from contract_audit.engine import law, load_rules
from contract_audit.model import Basis, PartyKind
from contract_audit.rulespec import Pack, Rule

AS_OF = date(2026, 6, 30)
DUTIES = ("DLV001", "DLV002", "DLV003")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_rules()


def cited(rule: Rule, pack: Pack, paper: str, bearer: PartyKind, signed: date, due: date) -> tuple[Basis, ...]:
    selection = law.select(rule, pack, signed, AS_OF)
    assert selection is not None
    matter = law.Matter(
        words="于期限届满前建成道路",
        parties=frozenset({"government", "enterprise", bearer}),
        bearers=frozenset({bearer}),
        named=frozenset(),
        paper=paper,
        mode="signed",
        law_day=signed,
        due=due,
    )
    return law.fitting(selection, rule, pack, matter)


@pytest.mark.parametrize("name", DUTIES)
@pytest.mark.parametrize("paper", ["投资", "纪要", "函", "承诺书"])
@pytest.mark.parametrize("bearer", ["government", "township", "platform_company", "enterprise"])
def test_nothing_that_ended_before_the_duty_fell_due(name: str, paper: str, bearer: PartyKind, pack: Pack) -> None:
    (rule,) = (rule for rule in pack.rules if rule.id == name)
    ends: dict[tuple[str, str | None], date] = {}  # the last day on which any entry of the article is cited
    for ref in rule.basis:
        key = pack.laws[ref.law].title, ref.article
        ends[key] = max(ends.get(key, date.min), ref.until or date.max)
    for signed, later in product(range(2009, 2026, 2), (0, 1, 3, 6)):
        due = date(min(signed + later, 2026), 6, 30)
        lines = cited(rule, pack, paper, bearer, date(signed, 3, 1), due)
        assert lines
        for basis in lines:
            last = basis.in_force_to or ends.get((basis.law, basis.article), date.max)
            assert last >= due, (basis.law, basis.article, signed, due)


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (date(2020, 12, 31), [("民法总则", "7")]),
        (date(2021, 6, 30), [("民法典", "7"), ("时间效力的若干规定", "1")]),
    ],
)
def test_minutes_of_2020_with_a_duty_of_2021(due: date, told: list[tuple[str, str]], pack: Pack) -> None:
    """法释〔2020〕15号 1: the Civil Code governs what happens after it came into force."""
    (rule,) = (rule for rule in pack.rules if rule.id == "DLV002")
    lines = cited(rule, pack, "纪要", "enterprise", date(2020, 3, 1), due)
    assert [line.article for line in lines] == [article for _, article in told]
    assert all(line.law.endswith(title) for line, (title, _) in zip(lines, told, strict=True))


def test_what_a_firm_owes_by_a_letter_it_owes_once_that_is_accepted(pack: Pack) -> None:
    (rule,) = (rule for rule in pack.rules if rule.id == "DLV002")
    (line,) = cited(rule, pack, "函", "enterprise", date(2014, 3, 1), date(2014, 9, 1))
    assert (line.law, line.article, line.scope) == ("中华人民共和国合同法", "60", "适用于对方接受后成立的合同")


def test_what_minutes_say_of_a_state_firm_binds_the_government(pack: Pack) -> None:
    (rule,) = (rule for rule in pack.rules if rule.id == "DLV001")
    (line,) = cited(rule, pack, "纪要", "platform_company", date(2022, 3, 1), date(2022, 9, 1))
    assert (line.law, line.article, line.scope) == ("优化营商环境条例", "31", "适用于在纪要中作出承诺的政府")
