"""Law of the day and of the matter: which bases of a rule were in force on the day that decides (时际法), and which of
them speak of what was found.

The signing date selects. Where nothing was in force then but something is on the day of review, the finding is a hint
of later law (`in_force` False). Where nothing was in force on either day the rule does not apply.
"""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

import msgspec

from contract_audit.engine.patterns import compiled, expression
from contract_audit.model import Basis
from contract_audit.rulespec import BasisRef, Group, Law, Pack, Rule


class Selection(msgspec.Struct, frozen=True):
    """The references that may be cited, and whether they were in force on the deciding day."""

    refs: tuple[BasisRef, ...]
    in_force: bool


def is_in_force(law: Law, day: date) -> bool:
    """True from the first to the last day of force, both included."""
    return law.in_force_from <= day and (law.in_force_to is None or day <= law.in_force_to)


def select(rule: Rule, pack: Pack, law_day: date, as_of: date) -> Selection | None:
    """The rule's references on `law_day`, else those of `as_of` as later law, else None."""
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


def fitting(selection: Selection, rule: Rule, pack: Pack, words: str, kinds: Collection[str]) -> tuple[Basis, ...]:
    """The selected bases that speak of what was found: of folded `words`; if none does, of parties of the `kinds`.

    References that are about no matter in particular always stay; where nothing would be left, all do.
    """
    special = [ref for ref in rule.basis if ref.where or ref.parties]
    answered = [ref for ref in special if _speaks(ref, pack, words)]
    answered = answered or [ref for ref in special if any(kind in kinds for kind in ref.parties)]
    refs = tuple(ref for ref in selection.refs if ref in answered or ref not in special)
    return tuple(cite(ref, pack) for ref in refs or selection.refs)


def _speaks(ref: BasisRef, pack: Pack, words: str) -> bool:
    return bool(ref.where) and compiled(_where(ref, pack)).search(words) is not None


@lru_cache(maxsize=8192)
def _where(ref: BasisRef, pack: Pack) -> str:
    return expression(Group(any=ref.where), pack.words)


def _on(refs: tuple[BasisRef, ...], pack: Pack, day: date) -> tuple[BasisRef, ...]:
    return tuple(ref for ref in refs if is_in_force(pack.laws[ref.law], day))
