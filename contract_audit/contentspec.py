"""Check kinds on what a project is made of, in the YAML of `rules/` as types: its class, its parts, what it can cost."""

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from contract_audit.groupspec import Group, Unless
from contract_audit.lawspec import Strict


class IndustryClass(Strict, frozen=True, kw_only=True):
    """A class of GB/T 4754 (行业类别): code (C35; K for a whole section), name, its words, and codes that count as it.

    `signs`: those of its words that no other industry uses. `told`: words that only declare it (新材料, 科研用地).
    """

    code: str
    name: str
    words: Group
    signs: Group | None = None
    told: Group | None = None
    covers: tuple[str, ...] = ()


class IndustryCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="industry"):
    """What is declared and what is built belong to different classes (项目类别).

    `declared`: the words that declare an industry, a land use or the orientation of a zone; `local`: the parameter that
    names the zone's orientation. What is built is weighed by floor space, else by words; at least `share` must lie outside.
    `weighs` project: only the project's name, industry and content count. `close`: classes that pass for one another.
    `hinted`: looser words that declare, asked where the first find none. `trade_share`: the share that is enough where making
    or storing is declared and shops, lodging or homes are built: more than any ancillary building.
    `every`: all places that declare count together (two parcels of land), not the first alone. `apart`: of the close ones,
    classes that are told apart where nothing of the declared one stands.
    `claims`: declared words with these are quoted, else what is built. `denied`: words that say that nothing is made.
    """

    declared: Group
    classes: Annotated[tuple[IndustryClass, ...], Meta(min_length=2)]
    local: str | None = None
    weighs: Literal["built", "project"] = "built"
    claims: Group | None = None
    denied: Group | None = None
    share: Decimal = Decimal("0.5")
    close: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    every: bool = False
    hinted: Group | None = None
    trade_share: Decimal | None = None
    unless: tuple[Unless, ...] = ()


class PartsCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="parts"):
    """A whole (`whole`) of which `share` or more is made of parts that are none of it (`part`); `own`: words by which they are."""

    whole: Group
    part: Group
    own: Group
    share: Decimal
    unless: tuple[Unless, ...] = ()


class Thing(Strict, frozen=True, kw_only=True):
    """Something built or bought (建设或者购置的东西): its words, the units it is counted in, the most one of them costs.

    `most`: from-date → yuan for one `per`, so generous that no lawful purchase comes near; the day of the law selects.
    """

    name: str
    words: Group
    per: tuple[str, ...]
    most: dict[str, Decimal]


class WorthCheck(Strict, frozen=True, kw_only=True, tag_field="kind", tag="worth"):
    """What is built and bought cannot cost what is said: an item beyond its `most`, or a total `scale` times all that is listed.

    `special`: words in an item's line by which it is no ordinary thing; `sqm`, `mu`: yuan for a square metre of other
    buildings and a mu of land; `least`: yuan below which no total is judged.
    """

    things: tuple[Thing, ...]
    special: Group
    scale: Decimal
    sqm: Decimal
    mu: Decimal
    least: Decimal
    unless: tuple[Unless, ...] = ()
