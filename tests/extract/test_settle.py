from datetime import date
from decimal import Decimal

import msgspec
import pytest

from contract_audit.extract import settle, unplaced
from contract_audit.extract.performance.limitation import limitation
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

AS_OF = date(2023, 12, 15)


def row(matter: str, day: str, amount: str | None = None) -> Evidence:
    return Evidence(
        contract="x",
        matter=matter,
        done_on=date.fromisoformat(day),
        proof="交接单",
        amount=Decimal(amount) if amount else None,
    )


def settled(
    understand: Understand, text: str, *rows: Evidence, as_of: date = AS_OF, **changes: object
) -> list[Obligation]:
    paper = settle(understand(text, **changes), Context(as_of=as_of, evidence=rows))
    return [duty for duty in paper.obligations if duty.due_end]


def test_a_day_that_passed_without_proof_is_overdue_and_its_claim_ends_after_three_years(
    understand: Understand,
) -> None:
    (duty,) = settled(understand, "甲方应于2023年5月31日前交付宿舍楼。")
    assert (duty.status, duty.days_late, duty.limitation_ends) == ("overdue", 198, date(2026, 5, 31))


def test_the_due_day_itself_is_in_time(understand: Understand) -> None:
    (duty,) = settled(understand, "甲方应于2023年12月15日前交付宿舍楼。")
    assert (duty.status, duty.days_late) == ("running", None)


def test_done_in_time_and_done_late(understand: Understand) -> None:
    text = "甲方应于2023年4月20日前向乙方提供18200平方米标准化厂房。"
    in_time, late = row("交付18200平方米标准化厂房", "2023-04-20"), row("交付18200平方米标准化厂房", "2023-06-08")
    assert [(duty.status, duty.days_late) for duty in settled(understand, text, in_time)] == [("done_on_time", None)]
    (duty,) = settled(understand, text, late)
    assert (duty.status, duty.days_late, duty.done_on, duty.proof) == ("done_late", 49, date(2023, 6, 8), "交接单")


def test_a_term_that_ends_on_a_day_of_rest_runs_to_the_next_working_day(understand: Understand) -> None:
    text = "甲方应于2023年4月20日前交付标准厂房。\n乙方应自厂房交付之日起三十日内提交装修图。"
    handed = row("标准厂房移交", "2023-04-20")  # the thirtieth day is Saturday 2023-05-20
    by_done = {
        day: settled(understand, text, handed, row("提交装修图", day))[1] for day in ("2023-05-22", "2023-05-23")
    }
    assert {day: (duty.due, duty.status, duty.days_late) for day, duty in by_done.items()} == {
        "2023-05-22": (date(2023, 5, 20), "done_on_time", None),
        "2023-05-23": (date(2023, 5, 20), "done_late", 1),
    }
    assert by_done["2023-05-23"].chain[-1] == "期限末日为休息日，顺延至2023-05-22"
    (fixed,) = settled(understand, "甲方应于2023年5月20日前交付宿舍楼。", row("宿舍楼交付", "2023-05-22"))
    assert (fixed.status, fixed.days_late) == ("done_late", 2)  # a day that is named does not move


def test_evidence_dates_the_events_that_other_duties_count_from(understand: Understand) -> None:
    text = (
        "甲方应于2023年2月20日前交付标准厂房。\n乙方应在厂房交付之日起60日内完成首批12条生产线的安装调试并投产。\n"
        "甲方应在项目投产后三十日内退还保证金。"
    )
    rows = (row("标准厂房移交", "2023-04-08"), row("首批12条生产线安装调试并投产", "2023-05-26"))
    duties = settled(understand, text, *rows)
    assert [(duty.due, duty.status) for duty in duties] == [
        (date(2023, 2, 20), "done_late"), (date(2023, 6, 7), "done_on_time"), (date(2023, 6, 25), "overdue"),
    ]  # fmt: skip
    assert "2023-04-08" in duties[1].chain[0]


@pytest.mark.parametrize(
    ("text", "matter", "due"),
    [
        ("甲方应在乙方摘牌后30日内交付净地。", "国有建设用地使用权成交确认书签订", date(2023, 6, 9)),
        ("乙方应于竣工验收合格后3个月内投产。", "厂房工程竣工验收备案完成", date(2023, 8, 10)),
        ("甲方应在设备到场后15日内拨付设备补助的60%。", "生产设备全部进厂", date(2023, 5, 25)),
        ("乙方应在收到中标通知书之日起15日内签订采购合同。", "中标通知书发出并签收", date(2023, 5, 25)),
        ("乙方应在通电之日起30日内完成设备调试。", "厂区正式受电", date(2023, 6, 9)),
        ("甲方应于土地出让金缴清次日起10个工作日内发放不动产权证。", "出让价款全部入库", date(2023, 5, 24)),
        ("乙方应自环评批复之日起半年内开工。", "生态环境局批复环评报告书", date(2023, 11, 10)),
        ("甲方应在保函到期前30日通知乙方续保。", "履约保函到期", date(2023, 4, 10)),
        ("甲方应在乙方开工之日起10日内退还保证金。", "提交履约保函", None),
    ],
)
def test_records_in_other_words_date_the_anchor(
    text: str, matter: str, due: date | None, understand: Understand
) -> None:
    assert [duty.due for duty in settled(understand, text, row(matter, "2023-05-10"))] == [due]


def test_an_anchor_may_be_the_duty_right_before(understand: Understand) -> None:
    text = "乙方应自本协议签订之日起45日内领取建筑工程施工许可证，领证之日起30日内正式开工，开工满6个月前投产。"
    duties = settled(understand, text, row("施工许可证核发", "2023-04-14"), row("项目正式动工", "2023-05-10"))
    assert [duty.due for duty in duties] == [date(2023, 4, 29), date(2023, 5, 14), date(2023, 11, 10)]


def test_the_following_year_hangs_on_the_event(understand: Understand) -> None:
    text = "自投产年度起三年内，甲方每年安排发展资金，于次年3月31日前拨付乙方。\n乙方应于2023年6月30日前投产。"
    due = [duty.due for duty in settled(understand, text, row("项目投产", "2023-05-26")) if duty.act == "拨付"]
    assert due == [date(2024, 3, 31)]


def test_a_doubtful_row_proves_nothing_and_is_named(understand: Understand) -> None:
    paper = understand("甲方应于2023年5月31日前交付1号宿舍。\n甲方应于2023年6月30日前交付2号宿舍。")
    doubtful = row("宿舍移交", "2023-05-20")
    context = Context(as_of=AS_OF, evidence=(doubtful,))
    assert [duty.status for duty in settle(paper, context).obligations] == ["overdue", "overdue"]
    (left,) = unplaced(paper, context)
    assert left.evidence == doubtful
    assert sorted("1号宿舍" in words for words in left.candidates) == [False, True]


def test_a_record_of_a_yearly_duty_proves_no_other(understand: Understand) -> None:
    text = "乙方每年1月15日前报送上年度建设进度。\n乙方应于2023年6月30日前报送结算初稿。"
    statuses = [duty.status for duty in settled(understand, text, row("报送2022年度建设进度", "2023-01-12"))]
    assert statuses == ["pending", "overdue"]


def test_done_without_a_known_day_is_not_called_in_time(understand: Understand) -> None:
    (duty,) = settled(understand, "甲方应在乙方缴清土地价款之日起30日内交付土地。", row("土地移交", "2023-05-20"))
    assert (duty.status, duty.done_on) == ("pending", date(2023, 5, 20))


def test_amounts_paid_are_kept(understand: Understand) -> None:
    (duty,) = settled(understand, "甲方应于2023年6月30日前支付补助260万元。", row("支付补助", "2023-06-16", "2600000"))
    assert (duty.status, duty.paid) == ("done_on_time", Decimal(2600000))


def test_a_draft_owes_nothing_yet(understand: Understand) -> None:
    (duty,) = settled(understand, "甲方应于2023年5月31日前交付宿舍楼。", day="年  月  日")
    assert duty.status == "running"


def test_a_right_that_lapses_by_its_own_words_is_not_overdue(understand: Understand) -> None:
    text = "乙方应于2023年5月31日前对宿舍楼提出书面意见，逾期未提出的视为合格。"
    (duty,) = settled(understand, text)
    assert (duty.status, duty.days_late) == ("ended", None)


MAIN = "甲方应于2023年6月30日前交付4号楼。\n甲方应于2023年5月31日前完成道路建设。"


def test_a_later_paper_moves_its_date_and_no_other(understand: Understand) -> None:
    main = understand(MAIN)
    later = understand("原协议4号楼的交付日期，由“2023年6月30日前”变更为“2023年12月20日前”。", day="2023年8月25日")
    open_yet = settle(main, Context(as_of=AS_OF, family=(later,))).obligations
    assert [(duty.due, duty.status) for duty in open_yet] == [
        (date(2023, 12, 20), "changed"),
        (date(2023, 5, 31), "overdue"),
    ]
    assert open_yet[0].chain[0] == "原约定 2023-06-30"
    done = settle(
        main, Context(as_of=AS_OF, family=(later,), evidence=(row("4号楼整体移交", "2023-12-10"),))
    ).obligations
    assert (done[0].status, done[0].days_late) == ("done_on_time", None)


def test_an_earlier_paper_moves_nothing(understand: Understand) -> None:
    earlier = understand("4号楼的交付日期，由“2023年6月30日前”变更为“2023年12月20日前”。", day="2022年8月25日")
    statuses = [duty.status for duty in settle(understand(MAIN), Context(as_of=AS_OF, family=(earlier,))).obligations]
    assert statuses == ["overdue", "overdue"]


def test_the_end_of_the_agreement_ends_what_falls_due_after_it(understand: Understand) -> None:
    later = understand("原协议自2023年6月15日起终止。", day="2023年6月15日")
    duties = settle(understand(MAIN), Context(as_of=AS_OF, family=(later,))).obligations
    assert [duty.status for duty in duties] == ["ended", "overdue"]
    article = understand("原协议第五条自即日终止执行。", day="2023年6月15日")
    duties = settle(understand(MAIN), Context(as_of=AS_OF, family=(article,))).obligations
    assert [duty.status for duty in duties] == ["overdue", "overdue"]


def test_settling_changes_nothing_else(understand: Understand) -> None:
    paper = understand(MAIN)
    after = settle(paper, Context(as_of=AS_OF))
    assert msgspec.structs.replace(after, obligations=paper.obligations) == paper


def test_part_payments_add_up_and_restart_the_limitation_period(understand: Understand) -> None:
    text = "甲方应于2023年3月31日前支付装修补助100万元。"
    first, second = row("支付装修补助第一笔", "2023-04-20", "400000"), row("支付装修补助第二笔", "2023-06-30", "600000")
    (part,) = settled(understand, text, first)
    assert part.account is not None
    assert (part.status, part.account.paid, part.account.owed) == ("overdue", Decimal(400000), Decimal(600000))
    assert part.limitation_ends == date(2026, 4, 20)
    (whole,) = settled(understand, text, first, second)
    assert whole.account is not None
    assert (whole.status, whole.done_on, whole.account.owed) == ("done_late", date(2023, 6, 30), Decimal(0))


PURCHASE = "甲方向乙方采购办公家具，乙方为中小企业。\n甲方应于2023年5月31日前付清货款20万元。\n甲方应于2023年5月31日前兑现奖励30万元。"


def test_interest_is_due_for_goods_of_a_small_firm_and_not_for_rewards(understand: Understand) -> None:
    goods, reward = (duty.account for duty in settled(understand, PURCHASE))
    assert goods is not None
    assert reward is not None
    assert (goods.owed, goods.interest, goods.law, goods.article) == (
        Decimal(200000), Decimal("19800.00"), "sme2020", "15",  # 198 days at 0.05 percent
    )  # fmt: skip
    assert (reward.owed, reward.interest) == (Decimal(300000), None)


@pytest.mark.parametrize(
    ("changed", "day", "interest", "law"),
    [
        (("乙方为中小企业", "乙方具备供货能力"), "2023年3月15日", None, None),
        (("。\n甲方应于2023年5月31日前兑现", "；逾期付款的，每日按欠款的万分之三支付利息。\n甲方应于2023年5月31日前兑现"),
         "2023年3月15日", Decimal("11880.00"), "sme2020"),
        (("", ""), "2020年3月15日", None, None),
    ],
)  # fmt: skip
def test_interest_by_size_agreed_rate_and_the_law_of_the_day(
    changed: tuple[str, str], day: str, interest: Decimal | None, law: str | None, understand: Understand
) -> None:
    account = settled(understand, PURCHASE.replace(*changed), day=day)[0].account
    assert account is not None
    assert (account.interest, account.law) == (interest, law)


@pytest.mark.parametrize(
    ("starts", "ends", "law"),
    [
        (date(2023, 5, 31), date(2026, 5, 31), "民法典"),
        (date(2019, 2, 28), date(2022, 2, 28), "民法总则"),
        (date(2015, 12, 1), date(2018, 12, 1), "民法总则"),
        (date(2014, 6, 30), date(2016, 6, 30), "民法通则"),
    ],
)
def test_the_limitation_period_follows_the_law_of_the_day(starts: date, ends: date, law: str) -> None:
    day, basis = limitation(starts)
    assert (day, basis.startswith(law)) == (ends, True)


def test_a_proof_that_tells_of_more_time_leaves_the_delay_to_a_person(understand: Understand) -> None:
    text = "甲方应于2023年4月20日前完成货运通道拓宽。"
    (duty,) = settled(understand, text, row("货运通道拓宽验收合格（顺延后）", "2023-06-08"))
    assert duty.status == "done_late" and duty.doubt == "履行凭证写有顺延、展期，期限可能已经变更"
    (plain,) = settled(understand, text, row("货运通道拓宽验收合格", "2023-06-08"))
    assert plain.status == "done_late" and plain.doubt is None


def test_the_time_that_a_report_is_for_is_no_deadline(understand: Understand) -> None:
    duties = settled(understand, "乙方应在2026年4月15日前报送2026年第一季度能耗表，2026年6月30日前报送上半年报表。")
    assert [duty.due for duty in duties] == [date(2026, 4, 15), date(2026, 6, 30)]


def test_what_a_day_was_counted_from_is_kept_with_its_row(understand: Understand) -> None:
    handed = msgspec.structs.replace(row("厂房移交", "2023-05-10"), row=5)
    (told,) = settled(understand, "乙方应自厂房交付之日起两个月内开工。", handed)
    start = told.counted_from
    assert start is not None and (start.event, start.day, start.due) == ("厂房移交", date(2023, 5, 10), told.due)
    assert start.shown_by == "履约情况表第5行"
    (own,) = settled(understand, "乙方应自本协议签订之日起两个月内开工。")
    assert own.counted_from is not None and own.counted_from.shown_by == "协议载明"
    (written,) = settled(understand, "乙方应于2023年9月30日前开工。")
    assert written.counted_from is None


def test_a_row_that_tells_of_a_part_has_its_place(understand: Understand) -> None:
    paper = understand("甲方应于2023年11月30日前提供倒班楼周转床位200张。")
    context = Context(as_of=AS_OF, evidence=(row("床位150张", "2023-11-25"), row("三通一平典礼", "2023-11-28")))
    (duty,) = [one for one in settle(paper, context).obligations if one.due_end]
    assert [part.matter for part in duty.parts] == ["床位150张"] and duty.status == "overdue"
    assert [left.evidence.matter for left in unplaced(paper, context)] == ["三通一平典礼"]
