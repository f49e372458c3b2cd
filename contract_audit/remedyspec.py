"""What is to be done about findings, as types: the cases of a rule's redraft, and how a signed paper is put right."""

import msgspec

from contract_audit.lawspec import Strict
from contract_audit.model import ObligationKind


class RemedyCase(Strict, frozen=True, kw_only=True):
    """What is to be done in one case of a rule (分情形的建议); of several the first whose conditions all hold.

    `done`: the duty was performed, though late; `duties`: its kinds; `where`: words of which one must be quoted.
    Without a `remedy` or `departments` those of the rule stand.
    """

    done: bool | None = None
    duties: tuple[ObligationKind, ...] = ()
    where: tuple[str, ...] = ()
    remedy: str | None = None
    departments: tuple[str, ...] = ()


class SignedRemedy(Strict, frozen=True, kw_only=True):
    """What is to be done where a paper is signed (已签文本的整改): nobody may simply write a signed paper anew.

    {remedy} is the redraft, {paper} the kind of paper by which it is agreed. `earlier`: where the law came only after
    the signing or the promise is an existing commitment, so that nobody may order to stop.
    """

    text: str
    earlier: str | None = None


class SignedOrDraft(Strict, frozen=True, kw_only=True):
    """Words for a signed paper and for a draft (已签、送审)."""

    signed: str
    draft: str


class Unlawful(Strict, frozen=True, kw_only=True):
    """Promises that are unlawful themselves, by the side that made them: what follows from them is not to be performed.

    `government`, `investor`: the categories that say so of a promise of that side. `instead`: category or dimension of a
    finding on such a promise → what is said in place of its own remedy; {title} names the wrong that comes first.
    """

    government: tuple[str, ...] = ()
    investor: tuple[str, ...] = ()
    instead: dict[str, SignedOrDraft] = msgspec.field(default_factory=dict)


class Remedies(Strict, frozen=True, kw_only=True):
    """How remedies are told, whatever the rule (pack.yaml `remedies`).

    `signed`: category or dimension → what is to be done where the paper is signed; the category goes first. `doubted`
    leads these where a person has yet to decide whether the finding stands. `{paper}` is `agreed_by`, of papers that one
    side issues `issued_by`.
    """

    signed: dict[str, SignedRemedy] = msgspec.field(default_factory=dict)
    doubted: str = ""
    agreed_by: str = ""
    issued_by: str = ""
    unlawful: Unlawful = Unlawful()
