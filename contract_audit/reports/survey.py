"""Papers about whom the government has promised what: 招商企业摸底表 (five years), 联系人表 (附件1)."""

from collections.abc import Iterator
from decimal import Decimal

from contract_audit.model import Audit, Span, Understanding
from contract_audit.reports import wording
from contract_audit.reports.material import Material
from contract_audit.reports.party_details import Details, party_details
from contract_audit.reports.sheets import Column, Sheet, Value

SURVEY = "招商引资企业及优惠政策摸底表"
CONTACTS = "专项行动联系人表"
YEARS = 5
_SURVEY_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("企业名称", 16),
    Column("企业地址", 14),
    Column("法定代表人", 8, "centre"),
    Column("联系电话", 13, "centre", personal=True),
    Column("签约单位", 12, "centre"),
    Column("协议名称", 16),
    Column("签订日期", 11, "centre"),
    Column("总投资（万元）", 9, "centre"),
    Column("优惠政策及政府承诺事项", 56),
    Column("备注", 12),
)
_CONTACT_COLUMNS = (
    Column("序号", 6, "centre"),
    Column("工作组别", 26, "centre"),
    Column("单位", 36, "centre"),
    Column("姓名", 16, "centre"),
    Column("职务", 22, "centre"),
    Column("联系方式", 24, "centre", personal=True),
)
_POSTS = ("（分管负责人）", "（科室负责人）", "（联系人）")
_PROMISES = frozenset(("reward", "payment", "plant", "land", "infrastructure", "permit"))
_SENTENCE_ENDS = "。；\n\t"
_NO_PROMISE = frozenset(("title", "signature", "toc"))
_PROMISING = frozenset(("illegal", "ultra_vires"))
# Papers that change or record a promise are listed with the agreement's own row only where they are its sole paper.
NO_AGREEMENT = frozenset(("纪要", "函", "采购", "施工", "法规文件"))


def survey(material: Material) -> tuple[Sheet, ...]:
    """摸底表: every agreement of the last five years, with what its head and signature say and what was promised."""
    audits = material.scan.audits if material.scan else ()
    agreements = [audit for audit in audits if audit.understanding.kind not in NO_AGREEMENT]
    first = material.as_of.replace(year=material.as_of.year - YEARS, day=min(material.as_of.day, 28))
    kept = [audit for audit in agreements if (day := wording.signing_date(audit.understanding)) is None or day >= first]
    kept.sort(key=lambda audit: str(wording.signing_date(audit.understanding) or "9999"))
    older = len(agreements) - len(kept)
    notes = [
        f"范围：{wording.chinese_date(first)}以后签订的协议，共{len(kept)}份；签订日期未读到的列在最后。",
        "地址、法定代表人、联系电话据协议首部和签署栏摘录，空白处为协议未载明，请向企业核实；承诺事项为协议原文，据以核对。",
    ]
    if older:
        notes.append(f"另有{older}份协议签订于五年以前，未列入。")
    return (
        Sheet(
            name="摸底表",
            title=SURVEY,
            subtitle=f"截至{wording.chinese_date(material.as_of)}　共{len(kept)}份协议",
            columns=_SURVEY_COLUMNS,
            rows=tuple(_survey_row(number, audit) for number, audit in enumerate(kept, start=1)),
            notes=(*notes, *material.notes),
        ),
    )


def contacts(material: Material) -> tuple[Sheet, ...]:
    """附件1: three lines a unit, to be filled in by the units; persons of the ledger stand as 联系人."""
    persons: dict[str, list[str]] = {}
    for audit in material.scan.audits if material.scan else ():
        for party in audit.understanding.parties:
            if party.side == "government" and party.name:
                persons.setdefault(party.name, [])
    for item in material.items:
        unit = item.owner_unit or item.unit
        if unit:
            known = persons.setdefault(unit, [])
            if item.owner and item.owner not in known:
                known.append(item.owner)
    rows: list[tuple[Value, ...]] = []
    for unit, owners in persons.items():
        for post in _POSTS:
            name = "、".join(owners) if post == _POSTS[-1] else None
            rows.append((len(rows) + 1, None, unit, name, post, None))
    return (
        Sheet(
            name="联系人表",
            annex="附件1",
            title=CONTACTS,
            columns=_CONTACT_COLUMNS,
            rows=tuple(rows),
            merged=(2,),
            notes=("备注：各单位根据责任分工填报联系人信息，工作组别按本地专项行动方案填写。",),
        ),
    )


def promises(audit: Audit) -> Iterator[tuple[str, str]]:
    """Clause and words of what the government promised the enterprise, in the order of the text, nothing twice."""
    understanding = audit.understanding
    spans = [
        Span(duty.start, duty.end)
        for duty in understanding.obligations
        if duty.side == "government" and duty.kind in _PROMISES and not _is_sanction(understanding, duty.clause)
    ]
    spans += [
        _sentence(understanding.document.text, finding.start, finding.end)
        for finding in audit.findings
        if finding.stream == "accepted"
        and finding.category.partition(".")[0] in _PROMISING
        and finding.end > finding.start
    ]
    last = Span(0, 0)
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        index = understanding.clause_at(span.start)
        if span.start < last.end or index is None or understanding.clauses[index].kind in _NO_PROMISE:
            continue
        last = span
        yield (
            understanding.clauses[index].place or "",
            wording.one_line(understanding.document.text[span.start : span.end]),
        )


def _survey_row(number: int, audit: Audit) -> tuple[Value, ...]:
    understanding = audit.understanding
    investor = wording.investor_party(understanding)
    government = wording.government_party(understanding)
    details = party_details(understanding).get(investor.role, Details()) if investor else Details()
    investment = understanding.fact("total_investment_yuan")
    promised = "\n".join(
        f"{count}. {words}{f'（{place}）' if place else ''}"
        for count, (place, words) in enumerate(promises(audit), start=1)
    )
    missing = {
        "企业名称": investor is not None,
        "地址": bool(details.address),
        "法定代表人": bool(details.legal_person),
        "联系电话": bool(details.phone),
        "签订日期": wording.signing_date(understanding) is not None,
        "优惠政策": bool(promised),
    }
    unread = "" if understanding.document.status == "read" else "文件未完整读取；"
    return (
        number,
        investor.name if investor else None,
        details.address,
        details.legal_person,
        details.phone,
        government.name if government else None,
        wording.contract_title(understanding),
        wording.signing_date(understanding),
        investment.value / 10_000 if investment and isinstance(investment.value, Decimal) else None,
        promised,
        unread
        + (
            "协议未载明：" + "、".join(name for name, there in missing.items() if not there)
            if not all(missing.values())
            else ""
        ),
    )


def _sentence(text: str, start: int, end: int) -> Span:
    """The whole sentence or cell around words: a quote is the shortest that shows a wrong, a promise needs its verb."""
    before = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    after = min((place for mark in _SENTENCE_ENDS if (place := text.find(mark, end)) >= 0), default=len(text))
    return Span(before, max(after, end))


def _is_sanction(understanding: Understanding, clause: int | None) -> bool:
    """True for duties under a heading on breach (违约责任): what is owed for a wrong is no promise of favour."""
    while clause is not None:
        node = understanding.clauses[clause]
        if node.heading and "违约" in node.heading:
            return True
        clause = node.parent
    return False
