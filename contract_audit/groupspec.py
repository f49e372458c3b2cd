"""Conditions on words in the YAML of `rules/` as types: groups of words, and the exceptions to a rule."""

from typing import Literal

from contract_audit.lawspec import Strict
from contract_audit.model import HedgeKind

Within = Literal["segment", "provision", "clause", "document"]


class Group(Strict, frozen=True, kw_only=True, cache_hash=True):
    """A group of words of which one must stand in the provision (词组). `any` names word sets or gives words.

    `any`: entries beginning with @ name a word set, others are literal words; `pattern` is an RE2 pattern on folded text.
    `place`: own = in the provision's own words, stem = in its lead-ins, any = in either, sentence = in either or in an
    earlier statement of the same sentence, clause = anywhere in its clause, paper = anywhere in the paper (then the words are
    not quoted).
    `mark`: these words are quoted. `negated`: allow = also counts where denied (不得…); forbid = denied words do not count;
    within = denied words count where the denying word is itself among the words found (不收, 无需招标); require = only
    denied words count.
    """

    any: tuple[str, ...] = ()
    pattern: str | None = None
    place: Literal["own", "stem", "any", "sentence", "clause", "paper"] = "any"
    mark: bool = True
    negated: Literal["allow", "forbid", "within", "require"] = "forbid"


class Unless(Strict, frozen=True, kw_only=True, cache_hash=True):
    """An exception with its label (例外): where it holds the rule does not, or holds with less weight.

    `within` says how far around the quoted words it is looked for; hedge kinds are looked up in the provision.
    """

    label: str
    any: tuple[str, ...] = ()
    pattern: str | None = None
    hedge: tuple[HedgeKind, ...] = ()
    within: Within = "provision"
