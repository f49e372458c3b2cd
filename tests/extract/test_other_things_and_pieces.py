"""Rows of other things (another voltage, another enterprise, none of this project), rows of some of several, and what 其, a heading
or a recurring duty leaves to the words before.
"""

from datetime import date

import pytest

from contract_audit.deeds import event, is_less, is_other_thing, recorded
from contract_audit.extract import settle
from contract_audit.extract.performance.joining import records
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

AS_OF = date(2026, 6, 30)
OTHERS = "\n甲方应于2024年1月31日前交付净地100亩。\n乙方应于2027年12月31日前投产。"


def owed(understand: Understand, text: str, *rows: tuple[str, str, str], others: str = OTHERS) -> list[Obligation]:
    evidence = tuple(
        Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof=proof)
        for matter, day, proof in rows
    )
    return list(settle(understand(text + others), Context(as_of=AS_OF, evidence=evidence)).obligations)


@pytest.mark.parametrize(
    ("told", "sought", "other"),
    [
        ("10千伏线路送电", "35千伏专用线路接至红线", True),
        ("10kV外线送电", "10千伏线路接至厂区", False),
        ("10kV出线", "110/10千伏变电站", False),
        ("2500kVA变压器", "10千伏线路", False),
        ("DN200给水管通水", "DN300给水管接至红线", True),
        ("DN300给水管通水", "DN300给水管接至红线", False),
        ("甲类仓库移交", "丙类仓库移交", True),
        ("开发区另一企业的线路送电", "专用线路送电", True),
        ("隔壁企业厂房移交", "厂房移交", True),
        ("周边企业污水接管", "周边企业污水接入管网", False),
        ("县乡道路灯改造（与冷链园无关）", "进园道路通车", True),
        ("非本项目车间移交", "车间移交", True),
        ("本项目车间移交", "车间移交", False),
        ("二期厂房移交（与一期无关）", "二期厂房移交", False),
    ],
)
def test_other_things_by_their_own_words(told: str, sought: str, other: bool) -> None:
    assert is_other_thing(told, sought) is other


@pytest.mark.parametrize(
    ("matter", "status"),
    [
        ("另一家企业的10千伏线路送电", "overdue"),
        ("10千伏线路送电至厂区", "overdue"),
        ("35kV专用线路送电", "done_on_time"),
    ],
)
def test_a_line_of_another_voltage_proves_nothing(understand: Understand, matter: str, status: str) -> None:
    text = "甲方应于2025年6月30日前将35千伏专用线路接至项目用地红线。"
    duty = owed(understand, text, (matter, "2025-06-15", "送电单"))[0]
    assert (duty.status, duty.doubt) == (status, None)


@pytest.mark.parametrize(
    ("told", "sought", "less"),
    [
        ("青杨岭片区权属纠纷调解完毕", "完成青杨岭、黑石山两片区权属纠纷的调处", True),
        ("青杨岭、黑石山权属纠纷调解完毕", "完成青杨岭、黑石山两片区权属纠纷的调处", False),
        ("双塘村土地征收完成", "完成双塘、柏树和河湾三个村的土地征收", True),
        ("三个村土地征收完成", "完成双塘、柏树和河湾三个村的土地征收", False),
        ("敷料1线、2线投产", "首期三条生产线投产", True),
        ("1线、2线、3线投产", "首期三条生产线投产", False),
        ("2号车间移交（辅房另行移交）", "2号车间及办公辅房移交", True),
        ("桩基施工开始", "项目开工", False),
    ],
)
def test_some_of_several_are_less(told: str, sought: str, less: bool) -> None:
    assert is_less(recorded(told), event(sought)) is (less and "另行" not in told)
    if "另行" in told:
        row = Evidence(contract="x", matter=told, done_on=AS_OF, proof="交接单")
        assert is_less(records((row,), AS_OF)[0].told, event(sought))


@pytest.mark.parametrize(
    ("proof", "status"), [("交接单（注明辅房另行移交）", "overdue"), ("交接单（含辅房）", "done_on_time")]
)
def test_the_proof_says_what_is_lacking(understand: Understand, proof: str, status: str) -> None:
    text = "甲方应于2025年9月30日前将2#车间及办公辅房交付乙方。"
    assert owed(understand, text, ("2号车间及辅房移交", "2025-09-28", proof))[0].status == status


def test_the_heading_of_a_clause_names_the_thing(understand: Understand) -> None:
    text = (
        "云岭县人民政府专题会议纪要\n2025年3月18日，县政府召开会议。现纪要如下：\n一、会议议定以下事项：\n"
        "（一）2号厂房。交付日期调整为2025年5月31日，由县国投公司负责，交付时须通过消防验收。\n"
        "（二）职工宿舍。交付日期调整为2025年8月31日，由县国投公司负责。\n云岭县人民政府办公室 2025年3月20日印发"
    )
    row = Evidence(contract="x", matter="移交2号厂房9600平方米", done_on=date(2025, 5, 20), proof="移交单")
    settled = settle(understand(text, whole=True), Context(as_of=AS_OF, evidence=(row,))).obligations
    statuses = {duty.due: duty.status for duty in settled}
    assert statuses[date(2025, 5, 31)] == "done_on_time"
    assert statuses[date(2025, 8, 31)] == "overdue"


def test_its_structure_is_that_of_what_was_spoken_of(understand: Understand) -> None:
    text = "铸造车间应于2025年6月30日前通过竣工验收，其主体结构不迟于2025年3月31日封顶。"
    duties = owed(understand, text, ("铸造车间主体封顶", "2025-03-20", "监理日志"))
    assert {duty.due: duty.status for duty in duties}[date(2025, 3, 31)] == "done_on_time"
    assert {duty.due: duty.status for duty in duties}[date(2025, 6, 30)] == "overdue"


@pytest.mark.parametrize(
    ("matter", "status"),
    [("2025年度实施情况报告报管委会", "done_on_time"), ("项目2025年度总结会召开", "overdue")],
)
def test_the_first_of_what_recurs(understand: Understand, matter: str, status: str) -> None:
    text = "一、报告\n1.乙方应于每年4月20日前报送上一年度实施情况报告。2026年首次报送时间为2026年5月20日前。"
    duties = owed(understand, text, (matter, "2026-05-18", "收文登记"))
    assert [duty.status for duty in duties if duty.due == date(2026, 5, 20)] == [status]


@pytest.mark.parametrize(
    ("matter", "status"),
    [("一期试营业迎客（栈道、漂流）", "done_on_time"), ("漂流码头建成", "overdue")],
)
def test_a_phase_that_opens_is_open(understand: Understand, matter: str, status: str) -> None:
    text = (
        "项目分两期建设：\n| 分期 | 内容 | 期限 |\n| 一期 | 游客中心、栈道、漂流码头、停车场 | 2025年10月1日前开放 |\n"
        "| 二期 | 度假酒店 | 2027年12月31日前开放 |"
    )
    duties = owed(understand, text, (matter, "2025-09-28", "公告"))
    assert [duty.status for duty in duties if duty.due == date(2025, 10, 1)] == [status]


def test_a_phase_under_the_head_of_its_step(understand: Understand) -> None:
    text = (
        "附表：建设节点表\n| 工程 | 开工 | 主要内容 |\n| 一期 | 2025年3月1日前 | 50台机组、升压站一座 |\n"
        "| 二期 | 2026年3月1日前 | 40台机组 |"
    )
    duties = owed(understand, text, ("一期工程动工", "2025-02-20", "开工令"))
    assert [duty.status for duty in duties[:2]] == ["done_on_time", "overdue"]


@pytest.mark.parametrize(
    "text",
    [
        "交地后三年内，乙方用地的城镇土地使用税暂不征收。",
        "自开业起五年内，酒店的房产税免征。",
        "并网后六年内所缴增值税的县级所得，以产业资金名义拨付项目公司。",
    ],
)
def test_years_of_relief_are_no_term(understand: Understand, text: str) -> None:
    assert not [duty for duty in owed(understand, text) if duty.offset]


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("超出部分由县财政按季补足。", "按季"),
        ("差额由甲方逐月与项目公司清算。", "逐月"),
        ("甲方以其定期存单提供质押。", None),
    ],
)
def test_rhythms_of_making_good(understand: Understand, text: str, recurrence: str | None) -> None:
    assert [duty.recurrence for duty in owed(understand, text) if duty.recurrence] == (
        [recurrence] if recurrence else []
    )


def test_money_for_works_gives_them_no_time(understand: Understand) -> None:
    duty = owed(understand, "甲方负责修建厂区北侧跨渠桥一座，所需资金经批准列入预算后支付。")[0]
    assert (duty.anchor, duty.due) == (None, None)
    assert owed(understand, "甲方负责修建厂区北侧跨渠桥一座，项目开工后动工。")[0].anchor


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ((("总装1线、2线投产", "2025-05-18", "日报"),), "overdue"),
        ((("总装1线、2线投产", "2025-05-18", "日报"), ("总装3线、4线投产", "2025-06-20", "日报")), "done_on_time"),
    ],
)
def test_lines_told_by_number(understand: Understand, rows: tuple[tuple[str, str, str], ...], status: str) -> None:
    text = "乙方应于2025年6月30日前使总装线4条全部投产。"
    duties = owed(understand, text, *rows, others="\n甲方应于2024年1月31日前交付净地100亩。")
    assert [duty.status for duty in duties if duty.due == date(2025, 6, 30)] == [status]


@pytest.mark.parametrize(
    ("paid", "due"), [("一号厂房首期租金到账", date(2025, 9, 28)), ("二号厂房首期租金到账", date(2025, 11, 11))]
)
def test_the_hand_over_of_the_number_that_was_paid_for(understand: Understand, paid: str, due: date) -> None:
    text = "丙方分栋向乙方移交一号、二号厂房。\n租赁期限自移交之日起分栋计算，租金每半年支付一次，首期租金自移交之日起十日内支付。"
    rows = (("一号厂房移交乙方", "2025-09-18", "移交单"), ("二号厂房移交乙方", "2025-11-01", "移交单"))
    duties = owed(understand, text, *rows, (paid, "2025-11-05", "银行回单"))
    assert [duty.due for duty in duties if duty.offset == "P10D"] == [due]
