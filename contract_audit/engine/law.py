"""Law of the day: which bases of a rule were in force on the day that decides (时际法).

The signing date selects. Where nothing was in force then but something is on the day of review, the finding is a hint
of later law (`in_force` False). Where nothing was in force on either day the rule does not apply.
"""

from datetime import date

import msgspec

from contract_audit.model import Basis
from contract_audit.rulespec import BasisRef, Law, Pack, Rule


class Selection(msgspec.Struct, frozen=True):
    """The bases to cite, and whether they were in force on the deciding day."""

    bases: tuple[Basis, ...]
    in_force: bool


def is_in_force(law: Law, day: date) -> bool:
    """True from the first to the last day of force, both included."""
    return law.in_force_from <= day and (law.in_force_to is None or day <= law.in_force_to)


def select(rule: Rule, pack: Pack, law_day: date, as_of: date) -> Selection | None:
    """The rule's bases on `law_day`, else those of `as_of` as later law, else None."""
    then = _on(rule.basis, pack, law_day)
    if then:
        return Selection(then, in_force=True)
    now = _on(rule.basis, pack, as_of) if as_of > law_day else ()
    return Selection(now, in_force=False) if now else None


def cite(ref: BasisRef, pack: Pack) -> Basis:
    """A reference as findings carry it; an article that was not verified is marked uncertain."""
    law = pack.laws[ref.law]
    article = law.articles.get(ref.article) if ref.article is not None else None
    certain = law.status == "verified" and (article is None or article.verified)
    return Basis(
        law=law.title,
        number=law.number,
        article=ref.article,
        in_force_from=law.in_force_from,
        in_force_to=law.in_force_to,
        certain=certain,
    )


def _on(refs: tuple[BasisRef, ...], pack: Pack, day: date) -> tuple[Basis, ...]:
    return tuple(cite(ref, pack) for ref in refs if is_in_force(pack.laws[ref.law], day))
