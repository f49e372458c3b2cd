"""年度总结: the year's numbers — agreements signed, total investment, large ones, started, in production; wrongs found and
mended — each with the list behind it in an annex, and what could not be counted named.
"""

from collections import Counter
from decimal import Decimal

from contract_audit.model import Audit, Struct, Understanding
from contract_audit.model.ledger import DONE_STATES, STATES, LedgerItem
from contract_audit.reports import wording
from contract_audit.reports.material import Material, contract_name, dimension_name
from contract_audit.reports.official_docx import (
    FILL_IN,
    Cell,
    Centred,
    Heading,
    PageBreak,
    Part,
    Row,
    Signature,
    Table,
    Text,
    Title,
)
from contract_audit.reports.progress import rate
from contract_audit.reports.still_open import unfinished
from contract_audit.reports.summary import failing, reminded, summarise
from contract_audit.reports.survey import NO_AGREEMENT

SUMMARY = "招商引资履约专项整治工作总结"
_BILLION = Decimal(1_000_000_000)
_HUNDRED_MILLION = Decimal(100_000_000)
_NO_PROJECT = NO_AGREEMENT | {"补充", "承诺书", "框架", "兑现", "监管"}
_DONE = ("done_on_time", "done_late")


class Project(Struct, frozen=True, kw_only=True):
    """One signed project of the year; `started`/`producing` are days on record, None where nothing is on record."""

    company: str
    name: str
    signed: str
    investment: Decimal | None
    started: str
    producing: str
    document: str


class Year(Struct, frozen=True, kw_only=True):
    """The year's projects, and the papers that were not counted with the reason."""

    projects: tuple[Project, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def invested(self) -> Decimal:
        """Sum of the investments that are on paper, in yuan."""
        return sum((project.investment for project in self.projects if project.investment is not None), Decimal(0))

    def above(self, yuan: Decimal) -> tuple[Project, ...]:
        """Projects of at least that investment."""
        return tuple(one for one in self.projects if one.investment is not None and one.investment >= yuan)


def year_of(material: Material) -> Year:
    """The projects signed in the year of the basis day: main agreements, each project of a company once."""
    projects: dict[tuple[str, str], Project] = {}
    left_out: list[tuple[str, str]] = []
    for audit in material.scan.audits if material.scan else ():
        understanding = audit.understanding
        reason = _uncounted(understanding, material.as_of.year)
        project = _project(audit)
        key = (project.company, project.name or project.document)
        if reason is None and key in projects:
            reason = f"与{projects[key].document}为同一项目"
        if reason is None:
            projects[key] = project
        else:
            left_out.append((understanding.document.name, reason))
    return Year(projects=tuple(projects.values()), left_out=tuple(left_out))


def summary(material: Material) -> tuple[Part, ...]:
    """The paper: three parts of text, the measures to be written by the office, and the annexes."""
    year = year_of(material)
    number = material.as_of.year
    return (
        Title((f"{number}年度{SUMMARY}",)),
        Centred(f"（截至{wording.chinese_date(material.as_of)}）"),
        Text(text=f"按照专项整治工作要求，现将{number}年度招商引资履约和政府失信问题整治情况总结如下。"),
        *(_projects(year, number) if material.scan else ()),
        *(_review(material) if material.scan else ()),
        *_rectification(material, 3 if material.scan else 1),
        Heading(1, 4 if material.scan else 2, "主要做法和下步打算"),
        Text(text=f"（由单位填写）{FILL_IN}"),
        Signature(unit="（单位）"),
        *(_project_annex(year) if material.scan else ()),
        *_item_annex(material),
    )


def _uncounted(understanding: Understanding, year: int) -> str | None:
    """Why a paper is no project of the year; None if it is one."""
    if understanding.document.status == "unreadable":
        return "未能读取"
    if understanding.kind in _NO_PROJECT:
        return f"{understanding.kind}，不是项目主协议"
    if understanding.mode == "draft":
        return "送审稿，尚未签订"
    signed = wording.signing_date(understanding)
    if signed is None:
        return "签订日期未读到"
    return None if signed.year == year else f"{signed.year}年签订"


def _project(audit: Audit) -> Project:
    understanding = audit.understanding
    investor = wording.investor_party(understanding)
    name = understanding.fact("project")
    investment = understanding.fact("total_investment_yuan")
    signed = wording.signing_date(understanding)
    producing = _on_record(understanding, "production")
    return Project(
        company=investor.name if investor else "",
        name=str(name.value) if name else "",
        signed=wording.chinese_date(signed) if signed else "",
        investment=investment.value if investment and isinstance(investment.value, Decimal) else None,
        started=_on_record(understanding, "start") or ("已投产" if producing else ""),  # what produces has started
        producing=producing,
        document=understanding.document.name,
    )


def _on_record(understanding: Understanding, kind: str) -> str:
    """The first day on which the enterprise did such a duty, as evidence has it."""
    days = [
        duty.done_on
        for duty in understanding.obligations
        if duty.kind == kind and duty.side != "government" and duty.status in _DONE and duty.done_on is not None
    ]
    return wording.chinese_date(min(days)) if days else ""


def _projects(year: Year, number: int) -> tuple[Part, ...]:
    records = "开工、投产以履约情况表的记录为准，没有记录的不计。"
    left_out = f"{f'另有{len(year.left_out)}份' if year.projects else '所查'}文件未计入，原因见附表2。"
    remarks = (left_out if year.left_out else "") + (records if year.projects else "")
    return (
        Heading(1, 1, "签约项目情况"),
        Text(text=_signed(year, number)),
        *((Text(text=remarks),) if remarks else ()),
    )


def _signed(year: Year, number: int) -> str:
    """How many projects, for how much, how far; where there is none, that is said instead of noughts."""
    if not year.projects:
        return f"所查文件中没有{number}年签约的招商引资项目。"
    started = sum(bool(project.started) for project in year.projects)
    producing = sum(bool(project.producing) for project in year.projects)
    return (
        f"{number}年，共签约招商引资项目{len(year.projects)}个，{_total(year)}"
        f"其中，10亿元以上项目{len(year.above(_BILLION))}个，1亿元以上项目{len(year.above(_HUNDRED_MILLION))}个，"
        f"有开工记录的项目{started}个，有投产记录的项目{producing}个（见附表1）。"
    )


def _total(year: Year) -> str:
    unknown = sum(project.investment is None for project in year.projects)
    if unknown == len(year.projects):
        return "协议均未载明总投资。"
    missing = f"（其中{unknown}个协议未载明总投资，未计入金额）" if unknown else ""
    return f"总投资{_yi(year.invested)}亿元{missing}，"


def _review(material: Material) -> tuple[Part, ...]:
    scan = material.scan
    if scan is None:
        return ()
    counted = summarise(scan)
    fails = [finding for audit in scan.audits for finding in failing(audit)]
    dimensions: dict[str, int] = {}
    for finding in fails:
        name = dimension_name(finding.category, material.pack.taxonomy)
        dimensions[name] = dimensions.get(name, 0) + 1
    grades = "、".join(f"{wording.SEVERITIES[grade]}风险{count}项" for grade, count in counted.fails.items())
    unread = counted.partly + counted.unread
    clean = sum(not failing(audit) and audit.understanding.document.status == "read" for audit in scan.audits)
    still_open = len(unfinished(scan))
    return (
        Heading(1, 2, "协议清查情况"),
        Text(
            text=f"共清查文件{counted.documents}份，完整读取{counted.read}份，未完整读取{unread}份。"
            f"发现问题{len(fails)}项（{grades}）{reminded(counted)}，另有待核{counted.reviews}项、未判定{counted.undecided}项；"
            f"完整读取且未发现问题的{clean}份。"
            + (
                f"按维度分：{'，'.join(f'{name}{count}项' for name, count in sorted(dimensions.items(), key=lambda pair: -pair[1]))}。"
                if fails
                else ""
            )
        ),
        Text(text=f"上述问题中，逾期未完成的义务{counted.overdue}项，已完成但迟延的{counted.done_late}项。"),
        *(
            (Text(text=f"没有读到、没有判定或者待核的共{still_open}条，不等于没有问题，见审查报告。"),)
            if still_open
            else ()
        ),
    )


def _rectification(material: Material, number: int) -> tuple[Part, ...]:
    if not material.from_ledger:
        return (
            Heading(1, number, "问题整改情况"),
            Text(text="未提供整改台账，本部分由单位填写。"),
        )
    if not material.items:
        return (Heading(1, number, "问题整改情况"), Text(text="截至基准日，台账没有登记问题。"))
    reached = rate(material.items)
    this_year = [item for item in material.items if item.created_on.year == material.as_of.year]
    share = f"，整改率{reached.share * 100:.1f}%" if reached.share is not None else ""
    counts = Counter(item.state for item in material.items)
    states = "，".join(f"{words}{counts[state]}项" for state, words in STATES.items() if counts[state])
    return (
        Heading(1, number, "问题整改情况"),
        Text(
            text=f"台账共登记问题{len(material.items)}项，其中本年新增{len(this_year)}项；"
            f"应整改{reached.due}项，已完成{reached.done}项{share}（见附表3）。"
            f"按状态分：{states}。"
        ),
        *(
            Text(text=f"阶段目标：{wording.chinese_date(goal.by)}前达到{goal.rate_percent}%。")
            for goal in material.milestones
        ),
    )


def _project_annex(year: Year) -> tuple[Part, ...]:
    rows = [
        _row(
            str(number),
            one.company,
            one.name,
            one.signed,
            _wan(one.investment),
            one.started or "—",
            one.producing or "—",
        )
        for number, one in enumerate(year.projects, start=1)
    ]
    parts: list[Part] = [PageBreak()] if rows or year.left_out else []
    if rows:
        parts += [
            Text(text="附表1　签约项目一览", indent=False),
            Table(
                widths=(11, 28, 27, 23.5, 19.5, 23.5, 23.5),
                rows=(
                    _header("序号", "企业名称", "项目名称", "签订日期", "总投资（万元）", "开工", "投产"),
                    *rows,
                    _row("合计", f"{len(year.projects)}个", "", "", _wan(year.invested or None), "", ""),
                ),
            ),
        ]
    if year.left_out:
        parts += [
            Text(text="附表2　未计入签约项目的文件", indent=False),
            Table(
                widths=(11, 90, 55),
                rows=(
                    _header("序号", "文件", "原因"),
                    *(_row(str(number), *pair) for number, pair in enumerate(year.left_out, start=1)),
                ),
            ),
        ]
    return tuple(parts)


def _item_annex(material: Material) -> tuple[Part, ...]:
    """The items behind the numbers, a line or two each: what they say in full stands in the 问题清单."""
    if not material.from_ledger:
        return ()
    ordered = sorted(material.items, key=lambda item: item.state in DONE_STATES)
    listed = (
        PageBreak(),
        Text(text="附表3　问题整改一览", indent=False),
        Table(
            widths=(12, 28, 76, 24, 16),
            rows=(_header("编号", "责任单位", "问题", "整改时限", "状态"), *map(_item, ordered)),
        ),
    )
    return (
        *(listed if ordered else ()),
        *(Text(text=note) for note in material.notes),
        *((Text(text=f"台账校验值：{material.anchor}"),) if material.anchor else ()),
    )


def _item(item: LedgerItem) -> Row:
    return _row(
        str(item.number),
        item.owner_unit or item.unit or "",
        item.own_problem
        or f"{wording.in_title_marks(contract_name(item))}{wording.cited(item.clause)}：{item.title or ''}",
        wording.chinese_date(item.due) if item.due else "",
        item.state_words,
    )


def _header(*names: str) -> Row:
    return Row(header=True, cells=tuple(Cell(text=name) for name in names))


def _row(*texts: str) -> Row:
    return Row(cells=tuple(Cell(text=text, align="left" if len(text) > 8 else "center") for text in texts))


def _yi(yuan: Decimal) -> str:
    return f"{yuan / _HUNDRED_MILLION:.2f}"


def _wan(yuan: Decimal | None) -> str:
    return "未载明" if yuan is None else f"{(yuan / 10_000).normalize():f}"
