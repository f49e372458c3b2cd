"""The YAML of `rules/` as types: laws, word sets, rules and the closed list of check kinds.

Loading with strict types is the validation: an unknown key, a wrong enum or a missing field is an error with its path.
Authors are lawyers; the JSON Schema made from these types carries the docstrings' Chinese terms into their editor.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from contract_audit.contentspec import IndustryCheck, IndustryClass, PartsCheck, Thing, WorthCheck
from contract_audit.examplespec import Examples
from contract_audit.groupspec import Group, Unless
from contract_audit.lawspec import (
    Article,
    Category,
    Dimension,
    DimensionName,
    Law,
    Neighbours,
    Strict,
    Taxonomy,
    WordSet,
)
from contract_audit.model import Force, ObligationKind, PartyKind, Severity, Side, ValueKind
from contract_audit.remedyspec import Remedies, RemedyCase

# Names of the shared files' types, for those who speak of rules and of what rules refer to.
__all__ = [
    "Article", "Category", "Dimension", "DimensionName", "Group", "IndustryCheck", "IndustryClass", "Law", "Neighbours",
    "PartsCheck", "Strict", "Taxonomy", "Thing", "Unless", "WordSet", "WorthCheck",
]  # fmt: skip

# ---- Check kinds (closed list) ---------------------------------------------------------------------------------


class ValueTest(Strict, frozen=True, kw_only=True):
    """A condition on a value inside the provision (数值条件): kind, bound, unit.

    Compares the value's lower bound for ge/gt, its upper bound for le/lt; durations in days unless `unit` says else.
    `near`: characters between the value and the marked words; `across`: the value may stand beyond a punctuation mark.
    """

    value: ValueKind
    op: Literal["ge", "gt", "le", "lt", "any"] = "any"
    than: Decimal | None = None
    unit: Literal["day", "month", "year", "workday"] | None = None
    per: str | None = None
    near: int = 30
    across: bool = False


class ProvisionCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="provision", cache_hash=True):
    """One provision says something it should not (单项约定). All groups must be found; none of `unless` may hold.

    `side`: whose provision (`guessed`: also one whose bearer is only presumed); `force`: how strong; `gap`: most
    characters between neighbouring marked words, in own text;
    `ordered`: groups must follow one another as listed; `stream`: also run on hidden and deleted text.
    """

    groups: Annotated[tuple[Group, ...], Meta(min_length=1)]
    side: tuple[Side, ...] = ("government",)
    guessed: bool = False
    force: tuple[Force, ...] = ("commitment", "duty", "permission", "statement")
    gap: int = 40
    ordered: bool = False
    quote: Literal["match", "segment", "provision"] = "match"
    values: tuple[ValueTest, ...] = ()
    unless: tuple[Unless, ...] = ()
    lower: tuple[Unless, ...] = ()  # one grade lower
    raise_: tuple[Unless, ...] = msgspec.field(name="raise", default=())
    streams: bool = False


class WordingCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="wording"):
    """The words as a whole are like those of a known wrong (措辞识别), by the weights of `recognizer.npz`.

    `like`: the category whose wording; a score above `bar` is a finding, above `doubt` a person decides. Where an exception
    of another rule of the category clears the statement, only a score above `excused` is a finding, and less is nothing.
    """

    like: str
    bar: float = 0.2
    doubt: float = 0.0
    excused: float = 0.2
    unless: tuple[Unless, ...] = ()
    lower: tuple[Unless, ...] = ()


class AbsenceCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="absence"):
    """Something that should be in the document is not (缺失): `missing` words found nowhere while `given` holds.

    `given`: provisions that make the missing thing necessary (each a list of groups, one is enough).
    `scope`: document, or only clauses whose heading has one of `heading`. `said`: that a heading has the words is not enough.
    """

    missing: Annotated[tuple[Group, ...], Meta(min_length=1)]
    count: int = 0  # at least so many of the groups are nowhere; 0: none of them is anywhere
    missing_side: tuple[Side, ...] = ()  # whose provisions count as having it; empty = anyone's
    given: tuple[tuple[Group, ...], ...] = ()
    given_side: tuple[Side, ...] = ("government",)
    given_categories: tuple[str, ...] = ()  # or: a finding of one of these categories in the document
    heading: tuple[str, ...] = ()
    said: bool = False
    min_chars: int = 0
    quote: Literal["title", "heading", "given"] = "title"
    unless: tuple[Unless, ...] = ()


ObligationTest = Literal[
    "overdue", "due_soon", "infeasible", "conflicting", "before_signing", "missing_deadline", "missing_standard", "vague",
]  # fmt: skip


class ObligationCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="obligation"):
    """An obligation and time (义务与期限). The tests are a closed list; numbers are parameters of the rule.

    `words`: of which one must stand in the duty's provision (or, for standards, nowhere in the paper); `acts`: the verbs
    that the duty may have; `given`: conditions of which one must hold around it.
    """

    test: ObligationTest
    side: tuple[Side, ...] = ("government",)
    kinds: tuple[ObligationKind, ...] = ()  # empty: all
    days: int | None = None
    any_event: bool = False  # days counted from any event, not from the signing alone
    min_quantity: Decimal | None = None
    words: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    given: tuple[Unless, ...] = ()
    unless: tuple[Unless, ...] = ()


class Ratio(Strict, frozen=True, kw_only=True):
    """A fact divided by another (比值)."""

    numerator: str
    denominator: str


class Term(Strict, frozen=True, kw_only=True):
    """One addend of a sum (合计项): a fact times a number; one that is not `needed` counts nothing where it is unknown."""

    fact: str
    times: Decimal = Decimal(1)
    needed: bool = False


class Limit(Strict, frozen=True, kw_only=True):
    """What a fact is held against (限值): a number, another fact, a local parameter (地方参数) times `scale`, or dated values.

    `sum`: several facts added up, divided by the fact `per` if one is named. `number` beside `local` holds where the
    office gives no parameter.
    """

    number: Decimal | None = None
    fact: str | None = None
    ratio: Ratio | None = None
    local: str | None = None
    sum: tuple[Term, ...] = ()
    per: str | None = None
    scale: Decimal = Decimal(1)
    dated: dict[str, Decimal] = msgspec.field(default_factory=dict)  # from-date → value; the signing date selects


class CompareCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="compare"):
    """A fact or ratio against a limit (限值比较): fails where `value op limit` holds; undecided where something is missing."""

    limit: Limit
    op: Literal["lt", "le", "gt", "ge", "differs"]
    fact: str | None = None
    ratio: Ratio | None = None
    tolerance: Decimal = Decimal("0.02")
    least_denominator: Decimal | None = None  # a ratio is judged only where it is divided by at least so much
    doubt: bool = False  # the number is a rule of thumb: what it finds is a doubt unless the office gives one
    unless_local: str | None = None  # a local parameter by which, where the office gives it, another rule judges
    unless_fact: str | None = None  # a fact by which, where it is known, another rule judges
    quote_fact: str | None = None  # whose words are quoted where it is known; else the compared fact's
    given: tuple[tuple[Group, ...], ...] = ()
    unless: tuple[Unless, ...] = ()


class AgreeCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="agree"):
    """Things stated twice that must agree (一致性)."""

    what: Literal["capitals", "sum", "party_names", "strangers", "intensity", "signing_dates", "unit", "uscc", "terms",
                  "planning", "deposit", "penalty", "lease", "told_twice"]  # fmt: skip
    tolerance: Decimal = Decimal("0.005")


class ReferenceCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="reference"):
    """References to clauses or attachments that do not exist (引用与附件)."""

    what: Literal["clause", "attachment"]


class PartyCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="party"):
    """Who signs and may they (主体与权限): a party of `party_kinds` on `side`, promising what `groups` say.

    `names`: words of which one must stand in the party's name; `alone`: no other government party signs with it.
    """

    test: Literal["competence", "person", "preparatory", "unsure", "successor", "uscc"]
    party_kinds: tuple[PartyKind, ...] = ()
    names: tuple[str, ...] = ()
    alone: bool = False
    side: tuple[Side, ...] = ("government",)
    groups: tuple[tuple[Group, ...], ...] = ()
    given_categories: tuple[str, ...] = ()  # or: a finding of one of these categories in the document
    unless: tuple[Unless, ...] = ()


class BlankCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="blank"):
    """Blanks that were to be filled in (空白); signature blocks excepted."""

    in_signature: bool = False


class StructureCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="structure"):
    """Defects of the paper itself (结构与签署)."""

    test: Literal["signature", "signing_date", "numbering"]


class RelationCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="relation"):
    """Relations between provisions (条款关系): one-sided liability; duties that wait for one another."""

    test: Literal["one_sided_liability", "circular"]
    side: tuple[Side, ...] = ("government",)
    words: tuple[str, ...] = ()
    unless: tuple[Unless, ...] = ()


class DuplicateCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="duplicate"):
    """An earlier agreement or register row that may be the same project (以旧充新), with so many points (similarity_score.py)."""

    least: Decimal = Decimal("6.5")


class UnequalCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="unequal"):
    """The same promise at different rates to different firms of the folder (公平竞争); a person decides."""


Check = (
    ProvisionCheck | AbsenceCheck | ObligationCheck | CompareCheck | AgreeCheck | ReferenceCheck | PartyCheck | BlankCheck
    | StructureCheck | RelationCheck | IndustryCheck | DuplicateCheck | UnequalCheck | WordingCheck | PartsCheck
    | WorthCheck
)  # fmt: skip


# ---- Rules -----------------------------------------------------------------------------------------------------


class BasisRef(Strict, frozen=True, kw_only=True):
    """A law of laws.yaml by key and the article relied on (依据). One entry per version; the signing date selects.

    `where`: words, or @names of word sets, of the matter that the article is about: it is cited only for findings that
    speak of that. `unless`: the same of matters for which others are nearer: for those it is not cited. `parties`: kinds
    of parties that it is about, looked at where no entry's words are spoken of. Entries with neither words nor parties
    are always cited, and all are where nothing else is left. `kinds`: kinds of papers that it is cited in, 不明 for one
    that says none; an article on contracts that names papers of one side is cited there too, since they may speak of a
    contract concluded elsewhere. `binds`: only governments, organs and public bodies, or firms, where it is known who
    owes or promises; `party`: wherever a public body is a party, though the other side bears what
    the clause says, unless it speaks of a state firm. `bodies`: kinds of bodies that it is addressed to, of which one must
    owe or promise, or be a party where nobody is known to: some laws name counties, others townships and departments.
    `owed_by`: only where the one who owes is one of the sides, or where it is a third person whom the paper names (由第三人履行).
    `selected_by`: the day that selects the version; on how a duty is performed it is the day on which the duty falls due.
    `until`: the last such day on which it is cited, though it stays in force: from then on a more direct law is.
    `mode`: only in papers that are signed, or only in drafts: some articles speak of contracts in force.
    `scope`: whom or what it binds here, printed with it where a finding is about another's act.
    """

    law: str
    article: str | None = None
    where: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    parties: tuple[PartyKind, ...] = ()
    kinds: tuple[str, ...] = ()
    binds: Literal["all", "governments", "public", "firms", "party"] = "all"
    bodies: tuple[PartyKind, ...] = ()
    owed_by: Literal["any", "sides", "others"] = "any"
    selected_by: Literal["signing", "due"] = "signing"
    until: date | None = None
    mode: Literal["signed", "draft", "any"] = "any"
    scope: str = ""


class Applies(Strict, frozen=True, kw_only=True):
    """Which documents a rule looks at (适用范围). Empty = all; `parties`: one of the parties, where any is known, is such."""

    kinds: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    parties: tuple[PartyKind, ...] = ()
    mode: Literal["signed", "draft", "any"] = "any"
    signed_from: date | None = None
    signed_to: date | None = None


class Rule(Strict, frozen=True, kw_only=True):
    """One rule (规则), one file. `id` is permanent. `message` and `remedy` are Chinese; {名称} are filled by the check.

    `status`: a rule on trial leaves what it finds to a person, a draft is not run.
    In remedies 甲方 is the government side and 乙方 the enterprise; reports name the paper's own parties instead.
    `remedy_signed`: what is to be done where the paper is signed, in place of what the pack says of the category;
    `remedy_cases`: cases in which something else is to be done or others must look at it.

    `severity` is the usual grade; `existing_commitment`: tax and fiscal promises signed before 2015-05-10 are protected
    (国发〔2015〕25号) and flagged with that note; `yields_to`: categories that win on the same words;
    `wide`: few broad words find it, so that it stands only where the second reading (engine.likeness) is clear;
    `particular`: its words are so particular that they are not read a second time.
    """

    id: Annotated[str, Meta(pattern="^[A-Z]{3}[0-9]{3}$")]
    category: str
    title: str
    status: Literal["draft", "trial", "active"] = "active"
    severity: Severity
    grade_reason: str
    basis: Annotated[tuple[BasisRef, ...], Meta(min_length=1)]
    applies: Applies = Applies()
    check: Check
    message: str
    remedy: str
    remedy_signed: str | None = None
    remedy_cases: tuple[RemedyCase, ...] = ()
    departments: Annotated[tuple[str, ...], Meta(min_length=1)]
    existing_commitment: bool = False
    yields_to: tuple[str, ...] = ()
    wide: bool = False
    particular: bool = False
    examples: Examples
    notes: str | None = None


class PackInfo(Strict, frozen=True, kw_only=True):
    """pack.yaml: name and version of the rule pack, the dates that divide the law, and which categories give way to which.

    `one_sided_kinds`: kinds of papers that one side issues: articles on contracts are not cited for them, and
    `one_sided_basis` is where nothing else is left and the category is, or begins with, one of `one_sided_faults`: faults
    of the text itself; other kinds and categories fall back on the articles on contracts,
    printed with `one_sided_scope` of the kind: what one side promises is a contract only once the other has accepted it, and
    minutes are none at all, but may lead to one.
    `later_scope` is printed with law that came after the signing, `existing_commitment_scope` with the document that
    protects older agreements: why what came later is cited at all.
    `yields_to`: for a category those that win on the same words, whatever the rule; `both_told`: neighbours that the same
    words may show both (奖补本身不合规，又先付后验).
    """

    name: str
    version: str
    jurisdiction: str
    remedies: Remedies = Remedies()
    existing_commitment_before: date  # agreements signed earlier stay in force …
    existing_commitment_basis: BasisRef  # … by this document (国发〔2015〕25号 三)
    existing_commitment_scope: str = ""
    later_scope: str = ""
    one_sided_kinds: tuple[str, ...] = ()
    one_sided_basis: BasisRef | None = None
    one_sided_faults: tuple[str, ...] = ()
    one_sided_scope: dict[str, str] = msgspec.field(default_factory=dict)
    yields_to: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    both_told: tuple[tuple[str, str], ...] = ()


class Pack(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A loaded rule pack: everything in `rules/`, cross-checked; compared by identity.

    `broken` names quarantined files; `likeness` is the table of the second reading and `recognizer`
    that of known wording, where the folder has them.
    """

    info: PackInfo
    taxonomy: Taxonomy
    laws: dict[str, Law]
    words: dict[str, WordSet]
    rules: tuple[Rule, ...]
    broken: tuple[tuple[str, str], ...] = ()
    likeness: Path | None = None
    recognizer: Path | None = None

    def told_once(self, category: str) -> frozenset[str]:
        """The category and those neighbours that one place cannot show beside it."""
        both = {name for pair in self.info.both_told if category in pair for name in pair if name != category}
        return self.taxonomy.near(category) - both
