"""Papers of the joint review: 联合评审意见表, 部门评审意见单, 退回通知, 人工核实清单, each a tuple of official parts."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from contract_audit.model import ClauseChange, Finding, Lane, Review, ReviewItem
from contract_audit.reports import wording
from contract_audit.reports.official_docx import (
    Cell,
    Centred,
    Heading,
    Part,
    Recipient,
    Row,
    Signature,
    Table,
    Text,
    Title,
)

CONSOLIDATED = "联合评审意见表"
DEPARTMENT = "评审意见单"
RETURNED = "退回通知"
CHECKLIST = "人工核实清单"
_ROUNDS = {"open": "仍未修改", "new": "本稿新增", None: ""}
_CHANGES = {"new": "新增", "gone": "删去", "changed": "修改", "moved": "移动"}
_SHOWN = 120  # characters of a clause that a table shows
_SHOWN_RELATED, _MOST_RELATED = 40, 6
_SHOWN_CHANGES = 60
_MOST_LAWS = 3
_WAN = Decimal(10_000)


def consolidated(review: Review) -> tuple[Part, ...]:
    """联合评审意见表: the draft, the conclusion and its reasons, items by angle, money, the members' signatures."""
    return (
        Title(("签约项目联合评审意见表",)),
        Centred(f"（{wording.chinese_date(review.as_of)}）"),
        Table(
            widths=(24, 64, 24, 44),
            rows=(
                Row(cells=(Cell(text="送审文本", label=True), Cell(text=review.title, columns=3))),
                Row(cells=(Cell(text="各方", label=True), Cell(text="；".join(review.parties) or "未读到", columns=3))),
                Row(
                    cells=(
                        Cell(text="问题", label=True),
                        Cell(text=_counts(review)),
                        Cell(text="评审建议", label=True),
                        Cell(text=review.conclusion, align="center"),
                    )
                ),
                Row(cells=(Cell(text="理由", label=True), Cell(text="\n".join(review.reasons), columns=3))),
            ),
        ),
        Heading(1, 1, "问题和修改意见"),
        *_items(review.items, review.previous is not None),
        *_round(review),
        *_money(review, 2 + bool(review.previous)),
        Heading(1, 3 + bool(review.previous), "评审小组成员意见"),
        Table(
            widths=(22, 38, 62, 34),
            rows=(
                _header("成员单位", "需答复的问题", "意见（同意、修改后\n同意、不同意及理由）", "签字、日期"),
                *(_member(lane) for lane in review.lanes),
            ),
        ),
        Text(text="评审结论（由组长勾选）：□通过　□修改后通过　□退回"),
        Text(text="本表所列为合规风险和核实线索，供集体评审参考；合同的效力由有权机关认定。"),
        Signature(unit="联合评审小组组长（签字）"),
    )


def department(review: Review, lane: Lane) -> tuple[Part, ...]:
    """One member's sheet: only what it must answer, with room for its answer to each item."""
    own = tuple(item for item in review.items if item.number in lane.items)
    return (
        Title((f"{lane.department}部门{DEPARTMENT}",)),
        Centred(f"（{wording.chinese_date(review.as_of)}）"),
        Text(lead="送审文本：", text=review.title),
        Text(lead="各方：", text="；".join(review.parties) or "未读到"),
        Text(
            text=f"以下{len(own)}项问题请你单位提出意见。"
            if own
            else "本稿没有归你单位答复的问题，请就职责范围内的其他事项提出意见。"
        ),
        *_items(own, review.previous is not None),
        Table(
            widths=(16, 100, 40),
            rows=(
                _header("序号", "答复意见", "依据"),
                *(
                    Row(height_mm=18, cells=(Cell(text=str(item.number), align="center"), Cell(text=""), Cell(text="")))
                    for item in own
                ),
                Row(height_mm=24, cells=(Cell(text="其他", label=True), Cell(text="", columns=2))),
            ),
        ),
        Text(text="本单位意见：□ 同意　　□ 修改后同意　　□ 不同意"),
        Text(text="经办人（签字）：　　　　　　　　　　负责人（签字）："),
        Signature(unit=f"（{lane.department}部门盖章）"),
    )


def returned(review: Review) -> tuple[Part, ...]:
    """退回通知: the clauses, the reasons, and the day by which a corrected draft is asked for."""
    by = wording.chinese_date(review.corrected_by) if review.corrected_by else "＿＿年＿＿月＿＿日"
    return (
        Title((f"关于{'退回' if review.conclusion == '退回' else '修改'}送审文本的通知",)),
        Centred("　　评审〔　　　　〕　　　号"),
        Recipient("（送审单位）"),
        Text(
            text=f"你单位送审的{wording.in_title_marks(review.title)}收悉。经联合评审，建议{review.conclusion}，理由如下："
        ),
        *(Text(text=f"{number}.{reason}。") for number, reason in enumerate(review.reasons, start=1)),
        Heading(1, 1, "应当修改的条款"),
        *_items(tuple(item for item in review.items if item.finding.severity != "low"), review.previous is not None),
        Heading(1, 2, "重新送审"),
        Text(text=f"请于{by}前报送修改后的文本，并附逐项修改说明和有关证明材料；逾期未报送的，视为撤回送审。"),
        Signature(unit="签约项目联合评审小组"),
    )


def checklist(review: Review) -> tuple[Part, ...]:
    """One page of what the program could not judge, which the group must."""
    return (
        Title((f"送审文本{CHECKLIST}",)),
        Centred(f"（{wording.chinese_date(review.as_of)}）"),
        Text(lead="送审文本：", text=review.title),
        Table(
            widths=(12, 94, 30, 20),
            rows=(
                _header("序号", "需要核实的事项", "核实情况", "核实人"),
                *(
                    Row(
                        height_mm=9,
                        cells=(Cell(text=str(number), align="center"), Cell(text=line), Cell(text=""), Cell(text="")),
                    )
                    for number, line in enumerate(review.unjudged, start=1)
                ),
            ),
        ),
    )


def _counts(review: Review) -> str:
    grades = [
        f"{title} {count}"
        for grade, title in wording.SEVERITIES.items()
        if (count := sum(item.finding.severity == grade for item in review.items))
    ]
    return f"共 {len(review.items)} 项" + (f"（{'、'.join(grades)}）" if grades else "")


def _header(*titles: str) -> Row:
    return Row(header=True, cells=tuple(Cell(text=title) for title in titles))


def _member(lane: Lane) -> Row:
    numbers = "、".join(map(str, lane.items)) or "—"
    return Row(
        height_mm=15,
        cells=(Cell(text=lane.department, align="center"), Cell(text=numbers), Cell(text=""), Cell(text="")),
    )


def _items(items: tuple[ReviewItem, ...], second: bool) -> Iterator[Part]:
    if not items:
        yield Text(text="在已读取的文字和已判定的事项范围内，没有问题。")
        return
    yield Table(
        widths=(8, 20, 42, 54, 32),
        rows=(
            _header("序\n号", "角度\n等级", "条款和原文", "问题和依据", "修改意见"),
            *(_item(item, second) for item in items),
        ),
    )


def _item(item: ReviewItem, second: bool) -> Row:
    finding = item.finding
    place = wording.place(finding) or "全文"
    status = f"\n（{_ROUNDS[item.status]}）" if second and item.status else ""
    return Row(
        cells=(
            Cell(text=str(item.number), align="center"),
            Cell(text=f"{item.angle}\n{wording.SEVERITIES[finding.severity]}", align="center"),
            Cell(text=f"{place}：“{_short(finding.quote)}”{_related(finding)}{status}"),
            Cell(text=f"{_message(finding)}。\n{_laws(finding)}"),
            Cell(text=finding.remedy),
        )
    )


def _message(finding: Finding) -> str:
    """Without the quote in brackets, which stands in the column before."""
    return wording.one_line(finding.message).replace(f"（{wording.one_line(finding.quote)}）", "")


def _laws(finding: Finding) -> str:
    """The laws that a narrow column has room for, those with a sure article first: 《甲法》第1条、第2条；《乙办法》（文号）等."""
    articles: dict[str, list[str]] = {}
    for basis in sorted(finding.basis, key=lambda basis: not basis.certain):
        number = f"（{basis.number}）" if basis.number else ""
        cited = articles.setdefault(f"{wording.in_title_marks(basis.law)}{number}", [])
        if basis.certain and (article := wording.article_words(basis.article)) and article not in cited:
            cited.append(article)
    shown = "；".join(f"{law}{'、'.join(cited)}" for law, cited in islice(articles.items(), _MOST_LAWS))
    return f"依据：{shown}{'等' if len(articles) > _MOST_LAWS else ''}" if shown else ""


def _related(finding: Finding) -> str:
    """Passages and facts of the earlier paper beside those of the draft."""
    return "".join(
        f"\n{related.role}：“{_short(related.quote, _SHOWN_RELATED)}”" for related in finding.related[:_MOST_RELATED]
    )


def _round(review: Review) -> Iterator[Part]:
    if review.previous is None:
        return
    counts = {status: sum(item.status == status for item in review.items) for status in ("open", "new")}
    yield Heading(1, 2, "与上一稿比较")
    yield Text(
        text=f"上一稿为{review.previous}：所提问题已修改{len(review.solved)}项，仍未修改{counts['open']}项，本稿新增{counts['new']}项。"
    )
    for finding in review.solved:
        yield Text(
            lead="已修改：", text=f"{wording.place(finding) or '全文'}“{_short(finding.quote)}”（{finding.title}）"
        )
    if not review.changes:
        yield Text(text="条文没有变化。")
        return
    yield Table(
        widths=(16, 70, 70),
        rows=(_header("变化", "上一稿", "本稿"), *(_change(change) for change in review.changes[:_SHOWN_CHANGES])),
    )
    if len(review.changes) > _SHOWN_CHANGES:
        yield Text(text=f"另有{len(review.changes) - _SHOWN_CHANGES}处变化未列，见 json 输出。")


def _change(change: ClauseChange) -> Row:
    sides = (
        f"{side[0]}　{_short(side[1])}" if side is not None else "（无）" for side in (change.before, change.after)
    )
    return Row(cells=(Cell(text=_CHANGES[change.kind], align="center"), *(Cell(text=side) for side in sides)))


def _money(review: Review, number: int) -> Iterator[Part]:
    yield Heading(1, number, "承诺资金测算（万元）")
    if not review.promises:
        yield Text(text="没有读到政府方的资金承诺。")
        return
    yield Table(
        widths=(24, 46, 26, 14, 18, 28),
        rows=(
            _header("条款", "承诺", "支付时间或者条件", "年度", "金额", "说明"),
            *(
                Row(
                    cells=(
                        Cell(text=promise.clause),
                        Cell(text=_short(promise.words)),
                        Cell(text=promise.trigger),
                        Cell(text=str(promise.year or "未定"), align="center"),
                        Cell(text=_range(promise.low, promise.high), align="right"),
                        Cell(text=promise.remark),
                    )
                )
                for promise in review.promises
            ),
        ),
    )
    yield Table(
        widths=(30, 50, 40, 36),
        rows=(
            _header("年度", "承诺合计", "预算", "差额"),
            *(
                Row(
                    cells=(
                        Cell(text=str(year.year or "未定"), align="center"),
                        Cell(text=_range(year.low, year.high), align="right"),
                        Cell(text=_wan(year.budget) if year.budget is not None else "未提供", align="right"),
                        Cell(text=_gap(year.high, year.low, year.budget), align="right"),
                    )
                )
                for year in review.budget
            ),
        ),
    )


def _range(low: Decimal | None, high: Decimal | None) -> str:
    if low is None and high is None:
        return "不定"
    if low == high and low is not None:
        return _wan(low)
    return f"{_wan(low) if low is not None else '0'}至{_wan(high) if high is not None else '不定'}"


def _gap(high: Decimal | None, low: Decimal, budget: Decimal | None) -> str:
    """What the budget lacks at most; what is certain to be lacking where the sum is open."""
    if budget is None:
        return ""
    if high is None:
        return f"至少缺{_wan(low - budget)}" if low > budget else "不定"
    return f"缺{_wan(high - budget)}" if high > budget else "足额"


def _wan(yuan: Decimal) -> str:
    return f"{(yuan / _WAN).normalize():,f}"


def _short(text: str, most: int = _SHOWN) -> str:
    line = wording.one_line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"
