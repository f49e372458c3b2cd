"""The examples of a rule as types: texts that it is run on by `rules test`."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from contract_audit.lawspec import Strict


class Example(Strict, frozen=True, kw_only=True):
    """A text the rule is run on by `rules test` (示例).

    `text` is a clause or several lines; it is set into a small agreement between 云岭县人民政府（甲方） and
    恒远制造有限公司（乙方） unless `whole` says that it is a whole document. `quote`: what must be quoted (flagging examples).
    `also`: categories of which a look-alike is a wrong all the same, so that its words are not learned as lawful.
    """

    text: str
    quote: str | None = None
    also: tuple[str, ...] = ()
    whole: bool = False
    signed_on: date | None = None
    as_of: date | None = None
    party_a: str | None = None
    party_b: str | None = None
    mode: Literal["signed", "draft"] | None = None
    evidence: tuple[tuple[str, str], ...] = ()  # 事项, 完成日期
    local: dict[str, Decimal] = msgspec.field(default_factory=dict)
    institutions: tuple[tuple[str, str, date | None, str], ...] = ()  # 原名称, 现名称, 变更日期, 承接单位
    earlier: tuple[str, ...] = ()  # whole texts of agreements signed before
    register: tuple[dict[str, str], ...] = ()  # rows of a project register, by column
    local_words: dict[str, str] = msgspec.field(default_factory=dict)  # local parameters in words: 园区主导产业
    why: str | None = None


class Examples(Strict, frozen=True, kw_only=True):
    """Texts that must be flagged, and look-alikes that must not; known errors are counted openly (已知漏报、已知误报)."""

    flag: Annotated[tuple[Example, ...], Meta(min_length=1)]
    lookalike: Annotated[tuple[Example, ...], Meta(min_length=1)]
    known_miss: tuple[Example, ...] = ()
    known_false: tuple[Example, ...] = ()
