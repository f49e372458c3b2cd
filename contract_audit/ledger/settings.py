"""What an office sets once for its ledger: milestones, escalation, renamed rules, 机构沿革. Every change is in the history."""

from datetime import date

import msgspec
import sqlalchemy
from sqlalchemy import select

from contract_audit.ledger import schema
from contract_audit.ledger.writer import Writer
from contract_audit.model.ledger import Institution, Milestone

# 磐石市: 60 % by the end of the first year, 90 % of the second, 100 % of the third.
_RATES = (60, 90, 100)


class Escalation(msgspec.Struct, frozen=True):
    """From so many days overdue on, what is to be done."""

    from_days: int
    step: str


_ESCALATIONS = (Escalation(1, "提醒责任单位"), Escalation(30, "下达督办单"), Escalation(90, "提请领导小组会商"))


def default_milestones(start: date) -> tuple[Milestone, ...]:
    """60、90、100 % by the ends of the year of `start` and the two after it."""
    return tuple(Milestone(by=date(start.year + at, 12, 31), rate_percent=rate) for at, rate in enumerate(_RATES))


def milestones(connection: sqlalchemy.Connection) -> tuple[Milestone, ...]:
    """The milestones of this ledger, earliest first."""
    return msgspec.json.decode(_value(connection, "milestones") or "[]", type=tuple[Milestone, ...])


def set_milestones(writer: Writer, given: tuple[Milestone, ...]) -> None:
    """Replace the milestones."""
    ordered = tuple(sorted(given, key=lambda milestone: milestone.by))
    words = "、".join(f"{milestone.by}前{milestone.rate_percent}%" for milestone in ordered)
    writer.set("milestones", msgspec.json.encode(ordered).decode(), f"整改进度目标：{words}")


def escalations(connection: sqlalchemy.Connection) -> tuple[Escalation, ...]:
    """The steps of escalation (督办层级), mildest first."""
    value = _value(connection, "escalations")
    return msgspec.json.decode(value, type=tuple[Escalation, ...]) if value else _ESCALATIONS


def set_escalations(writer: Writer, given: tuple[Escalation, ...]) -> None:
    """Replace the steps of escalation."""
    ordered = tuple(sorted(given, key=lambda step: step.from_days))
    words = "、".join(f"逾期{step.from_days}天{step.step}" for step in ordered)
    writer.set("escalations", msgspec.json.encode(ordered).decode(), f"督办层级：{words}")


def renamed_rules(connection: sqlalchemy.Connection) -> dict[str, str]:
    """Old rule id → new rule id; chains are followed to their end."""
    direct = msgspec.json.decode(_value(connection, "renamed_rules") or "{}", type=dict[str, str])
    ends = {}
    for old, new in direct.items():
        seen = {old}
        while new in direct and new not in seen:
            seen.add(new)
            new = direct[new]
        ends[old] = new
    return ends


def rename_rules(writer: Writer, given: dict[str, str]) -> None:
    """Add renamed rules: old id → new id."""
    direct = msgspec.json.decode(_value(writer.connection, "renamed_rules") or "{}", type=dict[str, str])
    words = "、".join(f"{old} 改为 {new}" for old, new in given.items())
    writer.set("renamed_rules", msgspec.json.encode(direct | given).decode(), f"规则更名：{words}")


def institutions(connection: sqlalchemy.Connection) -> tuple[Institution, ...]:
    """机构沿革 as set."""
    return msgspec.json.decode(_value(connection, "institutions") or "[]", type=tuple[Institution, ...])


def set_institutions(writer: Writer, given: tuple[Institution, ...]) -> None:
    """Replace 机构沿革."""
    words = "、".join(f"{line.former}→{line.successor}" for line in given)
    writer.set("institutions", msgspec.json.encode(given).decode(), f"机构沿革：{words}")


def _value(connection: sqlalchemy.Connection, name: str) -> str | None:
    return connection.execute(select(schema.settings.c.value).where(schema.settings.c.name == name)).scalar()
