"""duties.xlsx: 说明 (what was read and not, 三率), 履约台账, 兑付台账, 三率项目清单, 待核凭证."""

from decimal import Decimal

from contract_audit.chinese.workdays import offset_words
from contract_audit.model.calendar import Calendar, DutyRow
from contract_audit.reports import sheets, wording
from contract_audit.reports.sheets import Column, Sheet, Value
from contract_audit.rulespec import Pack

TITLE = "招商引资协议履约台账"
_DUTY_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("文件", 20),
    Column("项目", 18),
    Column("条款", 10, "centre"),
    Column("义务方", 8, "centre"),
    Column("义务人", 12, "centre"),
    Column("类别", 8, "centre"),
    Column("行为", 8, "centre"),
    Column("标的", 24),
    Column("数量", 14, "centre"),
    Column("原文", 40),
    Column("约定期限", 18),
    Column("起算事件", 16),
    Column("期间", 9, "centre"),
    Column("条件", 16),
    Column("违约后果", 20),
    Column("到期日", 16, "centre"),
    Column("状态", 10, "centre"),
    Column("完成日期", 16, "centre"),
    Column("逾期天数", 7, "centre"),
    Column("30日内到期", 8, "centre"),
    Column("时效届满", 16, "centre"),
    Column("时效依据", 14, "centre"),
    Column("履约凭证", 24),
    Column("期限由来", 30),
    Column("编号", 14, hidden=True),
)
_ACCOUNT_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("文件", 20),
    Column("条款", 10, "centre"),
    Column("付款方", 8, "centre"),
    Column("原文", 40),
    Column("到期日", 16, "centre"),
    Column("状态", 10, "centre"),
    Column("承诺金额(元)", 15, "centre"),
    Column("已付(元)", 15, "centre"),
    Column("尚欠(元)", 15, "centre"),
    Column("逾期天数", 7, "centre"),
    Column("逾期利息(元)", 14, "centre"),
    Column("利息依据", 24),
    Column("计算及说明", 40),
    Column("凭证", 24),
)
_TOTAL_COLUMNS = (
    Column("文件", 40),
    Column("付款方", 10, "centre"),
    Column("笔数", 7, "centre"),
    Column("承诺金额(元)", 16, "centre"),
    Column("已付(元)", 16, "centre"),
    Column("尚欠(元)", 16, "centre"),
    Column("其中已到期(元)", 16, "centre"),
    Column("逾期利息(元)", 14, "centre"),
    Column("金额不明(笔)", 10, "centre"),
)
_PROJECT_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("项目", 28),
    Column("企业", 24),
    Column("文件", 24),
    Column("签约日期", 11, "centre"),
    Column("协议总投资(元)", 16, "centre"),
    Column("开工凭证", 30),
    Column("累计完成投资(元)", 16, "centre"),
    Column("投资凭证", 30),
    Column("投产凭证", 30),
)
_DOUBT_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("合同", 20),
    Column("行", 5, "centre"),
    Column("事项", 34),
    Column("完成日期", 16, "centre"),
    Column("凭证", 20),
    Column("情形", 22),
    Column("可能对应的义务", 60),
)


def render(calendar: Calendar, pack: Pack) -> bytes:
    """The workbook as bytes; equal calendars give equal bytes."""
    return sheets.render(
        (
            _first(calendar),
            _duties(calendar),
            _accounts(calendar, pack),
            _sums(calendar),
            _projects(calendar),
            _doubts(calendar),
        ),
        title=TITLE,
        day=calendar.as_of,
    )


def _first(calendar: Calendar) -> Sheet:
    """What a reader must know before any number: what was not read, then the counts and the 三率."""
    rows: list[tuple[Value, ...]] = [
        ("未完整读取", f"{len(calendar.unread)}份", "以下各表不含这些文件中没有读到的内容")
    ]
    rows += [("未完整读取", name, reason) for name, reason in calendar.unread]
    rows.append(("待核凭证", f"{len(calendar.unplaced)}行", "没有对应到义务的履约凭证，见“待核凭证”"))
    rows += [("资料说明", "", note) for note in calendar.notes]
    counts = dict.fromkeys(wording.OBLIGATION_STATUSES, 0)
    for row in calendar.duties:
        counts[row.status] += 1
    rows += [("义务状态", words, f"{counts[name]}项") for name, words in wording.OBLIGATION_STATUSES.items()]
    rows.append(("义务状态", "30日内到期", f"{sum(row.soon for row in calendar.duties)}项"))
    for rate in calendar.rates:
        share = "不计（分母为零）" if rate.share is None else f"{rate.share * 100:.1f}%"
        rows.append(("三率", f"{rate.name} {share}", f"{rate.numerator:f}÷{rate.denominator:f}。{rate.note}"))
    rows += [("未计入三率", name, why) for name, why in calendar.left_out]
    return Sheet(
        name="说明",
        title=TITLE,
        subtitle=f"基准日：{wording.chinese_date(calendar.as_of)}　共{calendar.documents}份文件，"
        f"未完整读取{len(calendar.unread)}份，待核凭证{len(calendar.unplaced)}行",
        columns=(Column("事项", 14, "centre"), Column("内容", 40), Column("说明", 80)),
        rows=tuple(rows),
    )


def _duties(calendar: Calendar) -> Sheet:
    return Sheet(
        name="履约台账",
        columns=_DUTY_COLUMNS,
        rows=tuple(_duty(number, row) for number, row in enumerate(calendar.duties, start=1)),
        wide=3,
        filtered=True,
    )


def _duty(number: int, row: DutyRow) -> tuple[Value, ...]:
    return (
        number,
        row.document,
        row.project or row.title,
        wording.cited(row.clause),
        wording.SIDES[row.side],
        row.bearer,
        wording.DUTY_KINDS[row.kind],
        row.act,
        row.object,
        row.quantity,
        row.words,
        row.deadline,
        row.anchor,
        offset_words(row.offset, workday=row.workday) or row.recurrence,
        row.condition,
        row.consequence,
        row.due,
        wording.OBLIGATION_STATUSES[row.status],
        row.done_on,
        row.days_late,
        "是" if row.soon else "",
        row.limitation_ends,
        row.limitation_basis,
        "；".join(part for part in (row.evidence, row.proof) if part),
        wording.official_days("\n".join(row.chain)),
        row.uid,
    )


def _accounts(calendar: Calendar, pack: Pack) -> Sheet:
    kept = [row for row in calendar.duties if row.account is not None]
    return Sheet(
        name="兑付台账",
        columns=_ACCOUNT_COLUMNS,
        rows=tuple(_account(number, row, pack) for number, row in enumerate(kept, start=1)),
        notes=("承诺金额为空的，协议没有写明单一确定的数额；已付按履约情况表“金额”列，未载金额的在说明中注明。",),
        filtered=True,
        wide=2,
    )


def _account(number: int, row: DutyRow, pack: Pack) -> tuple[Value, ...]:
    account = row.account
    if account is None:
        return ()
    law = pack.laws.get(account.law or "")
    basis = f"《{law.title}》第{account.article}条" if law is not None else ""
    return (
        number,
        row.document,
        wording.cited(row.clause),
        wording.SIDES[row.side],
        row.words,
        row.due,
        wording.OBLIGATION_STATUSES[row.status],
        account.promised,
        account.paid,
        account.owed,
        row.days_late,
        account.interest,
        basis,
        account.note,
        "；".join(part for part in (row.evidence, row.proof) if part),
    )


def _sums(calendar: Calendar) -> Sheet:
    rows = tuple(
        (
            total.name, wording.SIDES[total.side], total.accounts, total.promised, total.paid, total.owed, total.overdue,
            total.interest, total.unsure,
        )
        for total in calendar.totals
    )  # fmt: skip
    return Sheet(
        name="兑付合计",
        columns=_TOTAL_COLUMNS,
        rows=rows,
        totals=sum(total.name == "合计" for total in calendar.totals),
    )


def _projects(calendar: Calendar) -> Sheet:
    rows = tuple(
        (
            number, one.name, one.company, one.document, one.signed_on, one.planned,
            wording.official_days(one.started) or "无", one.invested, wording.official_days(one.invested_by),
            wording.official_days(one.producing) or "无",
        )
        for number, one in enumerate(calendar.projects, start=1)
    )  # fmt: skip
    notes = tuple(
        f"{rate.name}：{_amount(rate.numerator)}÷{_amount(rate.denominator)}。{rate.note}" for rate in calendar.rates
    )
    return Sheet(name="三率项目清单", columns=_PROJECT_COLUMNS, rows=rows, notes=notes)


def _amount(value: Decimal) -> str:
    return f"{value:f}"


def _doubts(calendar: Calendar) -> Sheet:
    rows = tuple(
        (
            number, item.evidence.contract, item.evidence.row, item.evidence.matter, item.evidence.done_on,
            item.evidence.proof, "可能对应多项义务，或不足以证明" if item.candidates else "没有对应的义务",
            wording.official_days("\n".join(item.candidates)),
        )
        for number, item in enumerate(calendar.unplaced, start=1)
    )  # fmt: skip
    return Sheet(name="待核凭证", columns=_DOUBT_COLUMNS, rows=rows)
