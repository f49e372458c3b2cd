"""Law of the day and of the matter: which bases of a rule were in force on the day that decides (时际法), and which of
them speak of what was found.

The signing date selects. Where nothing was in force then but something is on the day of review, the finding is a hint
of later law (`in_force` False). Where nothing was in force on either day the rule does not apply.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from contract_audit.engine.patterns import expression, occurs
from contract_audit.model import Basis, PartyKind
from contract_audit.rulespec import BasisRef, Group, Law, Pack, Rule

_GOVERNMENTS: frozenset[PartyKind] = frozenset({"government", "township"})
_FIRMS: frozenset[PartyKind] = frozenset({"platform_company", "enterprise"})
_PRIVATE: frozenset[str] = _FIRMS | {"person", "village", "preparatory", "unknown"}
_NUMBER = re.compile(r"\d+")
UNKNOWN_PAPER = "不明"  # the kind of a paper that says none


class Selection(msgspec.Struct, frozen=True):
    """The references that may be cited, and whether they were in force on the deciding day."""

    refs: tuple[BasisRef, ...]
    in_force: bool


def is_in_force(law: Law, day: date) -> bool:
    """True from the first to the last day on which it binds those who sign such papers, both included."""
    return law.first_day <= day and (law.in_force_to is None or day <= law.in_force_to)


def is_cited(ref: BasisRef, pack: Pack, day: date) -> bool:
    """Whether the law is in force on that day and no more direct one has taken its place in the rule."""
    return is_in_force(pack.laws[ref.law], day) and (ref.until is None or day <= ref.until)


def select(rule: Rule, pack: Pack, law_day: date, as_of: date) -> Selection | None:
    """The rule's references on `law_day`, else those of `as_of` as later law, else None."""
    then = _on(rule.basis, pack, law_day)
    if then:
        return Selection(then, in_force=True)
    now = _on(rule.basis, pack, as_of) if as_of > law_day else ()
    return Selection(now, in_force=False) if now else None


def cite(ref: BasisRef, pack: Pack, *reasons: str) -> Basis:
    """A reference as findings carry it; an article that was not verified is marked uncertain.

    `reasons`: why or to what it is applied here, printed with whom the law governs.
    """
    law = pack.laws[ref.law]
    article = law.articles.get(ref.article) if ref.article is not None else None
    certain = law.status == "verified" and (article is None or article.verified)
    return Basis(
        law=law.title,
        number=law.number,
        article=ref.article,
        in_force_from=law.in_force_from,
        in_force_to=law.printed_end,
        certain=certain,
        scope="；".join(dict.fromkeys(word for word in (law.scope, *reasons) if word)),
    )


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """What a finding is about, as far as it decides which law is cited.

    `words`: what it speaks of, folded; `parties`: their kinds; `bearers`: the kinds of those who owe or promise it, and
    `named` of all parties that its words name, both empty where none is known; `paper`: the kind of the document, or 不明;
    `mode`: signed or draft; `law_day`: the day of signing; `due`: the day on which the duty that it is about falls due;
    `third`: whether the one who is to perform is named and is no party.
    """

    words: str
    parties: frozenset[str]
    bearers: frozenset[str]
    named: frozenset[str]
    paper: str
    mode: Literal["signed", "draft"]
    law_day: date
    due: date | None = None
    third: bool = False


def fitting(selection: Selection, rule: Rule, pack: Pack, matter: Matter) -> tuple[Basis, ...]:
    """The selected bases that speak of what was found: of its words; if none does, of its parties.

    References that are about no matter in particular always stay; where nothing would be left, all do. Papers that one
    side issues are no contracts, so what binds the sides of contracts is not cited for them, unless nothing else is left
    and no article on such papers stands in; then it says of which contracts it speaks. Law that came after the signing
    says that it governs nothing of before.
    """
    refs = tuple(ref for ref in rule.basis if _is_law(ref, selection, pack, matter)) or selection.refs
    fit = refs
    if matter.paper in pack.info.one_sided_kinds:
        fit = tuple(ref for ref in refs if matter.paper in ref.kinds or not _binds_contracts(ref, pack.laws[ref.law]))
    told = _chosen(fit, pack, matter)
    if not told and fit != refs:
        told = _stand_in(rule, pack, matter) or _chosen(refs, pack, matter)
    told = told or refs
    cited = [cite(ref, pack, *_reasons(ref, pack, matter)) for ref in told]
    ways = [cite(ref, pack) for ref in _transitions(told, pack, matter)]
    # One line for each article, though a rule may name it twice, for different matters until different days.
    return tuple(dict.fromkeys((*cited, *ways)))


def protection(pack: Pack) -> Basis:
    """The document that keeps older promises in force (存量承诺)."""
    return cite(pack.info.existing_commitment_basis, pack, pack.info.existing_commitment_scope)


def protected(bases: tuple[Basis, ...], pack: Pack, paper: str | None, *, in_force: bool) -> tuple[Basis, ...]:
    """What is cited for an older promise: it protects contracts, not papers that one side issues, and says enough where
    nothing forbade the promise on the day of signing.
    """
    if paper in pack.info.one_sided_kinds:
        return bases
    return (*bases, protection(pack)) if in_force else (protection(pack),)


def _chosen(refs: tuple[BasisRef, ...], pack: Pack, matter: Matter) -> tuple[BasisRef, ...]:
    """Those that answer to the matter, first among those that bind who owes or promises, then those addressed to a party."""
    binding = tuple(ref for ref in refs if _binds(ref, pack, matter))
    addressed = tuple(ref for ref in refs if not ref.bodies or _is_addressed(ref, matter))
    told = _answering(binding, pack, matter) or _answering(addressed, pack, matter) or _answering(refs, pack, matter)
    return told or _of_parties(binding) or _of_parties(refs)


def _answering(refs: tuple[BasisRef, ...], pack: Pack, matter: Matter) -> tuple[BasisRef, ...]:
    """Those of no matter in particular, and those that the words, or else the parties, speak of."""
    special = [ref for ref in refs if ref.where or ref.parties]
    answered = [ref for ref in special if _has(ref.where, pack, matter.words)]
    answered = answered or [ref for ref in special if not matter.parties.isdisjoint(ref.parties)]
    return tuple(ref for ref in refs if ref in answered or ref not in special)


def _of_parties(refs: tuple[BasisRef, ...]) -> tuple[BasisRef, ...]:
    """Those that stand in where no words are answered, for papers whose parties are not known."""
    return tuple(ref for ref in refs if ref.parties)


def _is_law(ref: BasisRef, selection: Selection, pack: Pack, matter: Matter) -> bool:
    """Whether the reference was in force on the day that decides, and is meant for such a paper and matter."""
    if ref.kinds and matter.paper not in ref.kinds:
        return False
    if ref.mode not in ("any", matter.mode) or _has(ref.unless, pack, matter.words):
        return False
    if ref.owed_by == ("sides" if matter.third else "others"):
        return False
    if ref.selected_by == "signing":
        return ref in selection.refs
    return is_cited(ref, pack, max(matter.due or matter.law_day, matter.law_day))


def _binds(ref: BasisRef, pack: Pack, matter: Matter) -> bool:
    """Whether it binds those who owe or promise: firms where all of these are, public bodies where one is, is named, or
    none is known. `party`: whoever bears what the clause says, for who pleads a reason need not be its bearer; a state
    firm that is spoken of pleads for itself. `bodies`: one of these kinds owes, promises, is named or, if none is, is a party.
    """
    if ref.bodies and not _is_addressed(ref, matter):
        return False
    bearers = matter.bearers or _firms_alone(pack, matter)
    if ref.binds == "firms":
        return bool(bearers) and bearers <= _FIRMS
    bound = bearers | matter.named
    if ref.binds == "party" and "platform_company" not in bound and not matter.parties <= _PRIVATE:
        return True
    if ref.binds == "governments":
        return not bound or not bound.isdisjoint(_GOVERNMENTS)
    return ref.binds == "all" or not bound or not bound <= _FIRMS


def _firms_alone(pack: Pack, matter: Matter) -> frozenset[str]:
    """Who bears what nobody in particular does in a contract that only firms sign: one of them."""
    signed = matter.paper not in pack.info.one_sided_kinds
    return matter.parties if signed and matter.parties <= _FIRMS else frozenset()


def _is_addressed(ref: BasisRef, matter: Matter) -> bool:
    """Whether a body that the law is addressed to is concerned; of bodies that are not known, any may be."""
    concerned = (matter.bearers | matter.named) - _PRIVATE or matter.parties - _PRIVATE
    return not concerned or not concerned.isdisjoint(ref.bodies)


def _stand_in(rule: Rule, pack: Pack, matter: Matter) -> tuple[BasisRef, ...]:
    """The article on how such papers are worded, where it was law, is about papers of this kind and the wrong is of wording."""
    ref = pack.info.one_sided_basis
    if ref is None or (ref.kinds and matter.paper not in ref.kinds):
        return ()
    if not rule.category.startswith(pack.info.one_sided_faults):
        return ()
    return (ref,) if is_in_force(pack.laws[ref.law], matter.law_day) else ()


def _reasons(ref: BasisRef, pack: Pack, matter: Matter) -> tuple[str, ...]:
    """What keeps a line from claiming too much: whom it binds, that it came later, or that there is no contract yet.

    A reference that names papers of one side for some matter speaks of a contract concluded elsewhere: it needs no word.
    """
    law, info = pack.laws[ref.law], pack.info
    later = ref.selected_by == "signing" and matter.law_day < law.first_day
    elsewhere = matter.paper in ref.kinds and bool(ref.where)
    open_yet = matter.paper in info.one_sided_kinds and _binds_contracts(ref, law) and not elsewhere
    scope = info.one_sided_scope.get(matter.paper, "") if open_yet else ""
    return (ref.scope, *((info.later_scope,) if later else ()), scope)


def _binds_contracts(ref: BasisRef, law: Law) -> bool:
    number = _NUMBER.match(ref.article or "")
    if law.contract_articles is None or number is None:
        return False
    first, last = law.contract_articles
    return first <= int(number.group()) <= last


def _transitions(refs: tuple[BasisRef, ...], pack: Pack, matter: Matter) -> tuple[BasisRef, ...]:
    """What makes newer law govern an older contract or promise, once for each such law cited by the day of a duty."""
    due = [(ref, pack.laws[ref.law]) for ref in refs if ref.selected_by == "due"]
    newer = [(ref, law) for ref, law in due if matter.law_day < law.first_day]
    ways = [law.transition if _binds_contracts(ref, law) else law.transition_facts for ref, law in newer]
    return tuple(BasisRef(law=way.law, article=way.article) for way in dict.fromkeys(ways) if way)


def _has(names: tuple[str, ...], pack: Pack, words: str) -> bool:
    return bool(names) and occurs(_expression(names, pack), words)


@lru_cache(maxsize=8192)
def _expression(names: tuple[str, ...], pack: Pack) -> str:
    return expression(Group(any=names), pack.words)


def _on(refs: tuple[BasisRef, ...], pack: Pack, day: date) -> tuple[BasisRef, ...]:
    return tuple(ref for ref in refs if is_cited(ref, pack, day))
