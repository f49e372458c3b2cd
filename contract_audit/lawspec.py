"""taxonomy.yaml, laws.yaml and words/*.yaml as types: what rules refer to by name."""

from datetime import date
from typing import Literal

import msgspec

from contract_audit.model import Severity

Dimension = Literal["illegal", "ultra_vires", "delivery", "succession", "payment", "review"]


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything read from YAML: unknown keys are errors."""


class Category(msgspec.Struct, frozen=True, kw_only=True, rename={"lookalikes": "not"}):
    """One category of findings (问题类别)."""

    name: str
    grade: Severity
    mark: str
    lookalikes: tuple[str, ...] = ()


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """Near categories and how to tell them apart."""

    pair: tuple[str, ...]
    tell: str


class DimensionName(msgspec.Struct, frozen=True, kw_only=True):
    """One of the six dimensions (维度)."""

    name: str
    about: str
    seeds: tuple[str, ...] = ()


class Taxonomy(msgspec.Struct, frozen=True, kw_only=True):
    """The vocabulary of findings."""

    version: int
    dimensions: dict[str, DimensionName]
    neighbours: tuple[Neighbours, ...]
    categories: dict[str, Category]

    def near(self, category: str) -> frozenset[str]:
        """The category and its neighbours, which a finding may bear instead."""
        pairs = (group.pair for group in self.neighbours if category in group.pair)
        return frozenset({category}.union(*pairs))


class Article(Strict, frozen=True, kw_only=True):
    """One article of a law (条): what it says, in our words, and whether its text was read."""

    about: str
    verified: bool


class Transition(Strict, frozen=True, kw_only=True):
    """The article by which a law governs what was agreed before it (衔接适用), by key of its law."""

    law: str
    article: str


class Law(Strict, frozen=True, kw_only=True):
    """One version of a law or document (法律、法规、规范性文件); `in_force_to` is its last day, None = in force.

    `binds_from`: the day from which it binds counties, townships and what belongs to them, where it bound ministries and
    provinces first: papers of the former cite it from then on.
    `replaces` names the version before it. Articles that were not verified are never printed as certain.
    `contract_articles`: first and last of the articles that bind the two sides of a contract only.
    `transition`: what makes it govern the performance of older contracts, cited beside its articles on contracts;
    `transition_facts`: what makes it govern what happens after it came, cited beside its other articles.
    `scope`: whom or what it governs, printed with it where a finding cannot know whether that holds.
    `end_inferred`: no text that was read says when it ended; `in_force_to` follows from what took its place.
    """

    title: str
    number: str | None
    issuer: str
    in_force_from: date
    in_force_to: date | None
    replaces: str | None
    status: Literal["verified", "from_memory"]
    source: str
    articles: dict[str, Article]
    contract_articles: tuple[int, int] | None = None
    transition: Transition | None = None
    transition_facts: Transition | None = None
    scope: str = ""
    end_inferred: bool = False
    binds_from: date | None = None
    note: str | None = None

    @property
    def first_day(self) -> date:
        """The first day on which it is cited: that of its force, or a later one from which it binds those who sign."""
        return self.binds_from or self.in_force_from

    @property
    def printed_end(self) -> date | None:
        """The last day in force, None also where it is only inferred: what is uncertain is not printed as certain."""
        return None if self.end_inferred else self.in_force_to


class WordSet(Strict, frozen=True, kw_only=True):
    """A named list of words or RE2 patterns (词表), shared by rules. `patterns` are RE2; `words` are literal."""

    title: str
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    include: tuple[str, ...] = ()  # other word sets
    note: str | None = None
