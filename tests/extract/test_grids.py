"""Times in the heads of columns, tables without heads, list items under one time, days by comparison."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand


def _days(duties: tuple[Obligation, ...]) -> list[str]:
    return [str(duty.due) for duty in duties if duty.due or duty.anchor]


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        (
            "乙方按下表组织实施。\n| 内容 | 2023年4月 | 2023年5月 | 2023年6月 |\n| 围挡施工 | ■ | ■ |  |\n| 桩基施工 |  | ■ | ■ |",
            ["2023-05-31", "2023-06-30"],
        ),
        (
            "乙方按下表组织实施。\n| 内容 | 11月 | 12月 | 1月 | 2月 |\n| 设备安装 |  | —— | —— |  |\n| 设备调试 |  |  | —— | —— |",
            ["2024-01-31", "2024-02-29"],
        ),
        (
            "自本协议签订之日起，乙方按下表组织实施。\n| 内容 | 第1个月 | 第2个月 | 第3个月 |\n"
            "| 围挡施工 | √ |  |  |\n| 桩基施工 |  | √ | √ |",
            ["2023-04-15", "2023-06-15"],
        ),
        (
            "乙方承诺达到下列目标：\n| 指标 | 2023年 | 2024年 |\n| 主营业务收入（万元） | 6000 | 12000 |\n| 用工（人） | / | 80 |",
            ["2023-12-31", "2024-12-31", "2024-12-31"],
        ),
        (
            "履约台账如下：\n| 事项 | 约定期限 | 完成日期 |\n| 甲方移交场地 | 2023年12月15日前 | 2023年12月6日 |",
            ["2023-12-15"],
        ),
        (
            "项目投资测算如下：\n| 科目 | 2023年 | 2024年 |\n| 土建（万元） | 6000 | 12000 |\n| 设备（万元） | 200 | 80 |",
            [],
        ),
        (
            "乙方建设节点：\n| 子项 | 2023年二季度 | 2023年四季度 |\n| 1#车间 | 基础完工 | 封顶 |\n| 2#车间 | — | 基础完工 |",
            ["2023-06-30", "2023-12-31", "2023-12-31"],
        ),
        (
            "施工进度：\n| 工作 | 2023年 | 2023年 | 2024年 |\n| 工作 | 8月 | 12月 | 3月 |\n| 主体 | ● | ● |  |\n| 装修 |  | ● | ● |",
            ["2023-12-31", "2024-03-31"],
        ),
        (
            "累计形象进度：\n| 单体 | 2023年6月 | 2023年12月 |\n| 主厂房 | 30% | 100% |",
            ["2023-06-30", "2023-12-31"],
        ),
        (
            "双方互负义务：\n| 时间 | 甲方 | 乙方 |\n| 2023年6月底前 | 完成征收补偿 | 完成项目备案 |\n| 2023年9月底前 | 交付净地 | / |",
            ["2023-06-30", "2023-06-30", "2023-09-30"],
        ),
        (
            "双方应办事项：\n| 甲方 | 迁移坟墓两处 | 2023年7月31日 |\n| 乙方 | 提交总平面图 | 2023年8月20日 |",
            ["2023-07-31", "2023-08-20"],
        ),
        (
            "推进安排如下：\n| 单位 | 任务 | 开始时间 | 完成时间 |\n| 甲方 | 发布出让公告 | 2023-11-20 | 2023-12-20 |\n"
            "| 乙方 | 缴清出让价款 | 2024-01-10 | 2024-02-10 |",
            ["2023-12-20", "2024-02-10"],
        ),
    ],
)
def test_tables_of_time(text: str, dues: list[str], understand: Understand) -> None:
    assert _days(understand(text).obligations) == dues


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("甲方应在2023年12月31日前完成下列事项：\n1. 拆除泵房；\n2. 将农渠改线；", ["2023-12-31", "2023-12-31"]),
        ("乙方须于签约之日起九十日内办结以下手续：（1）公司注册；（2）项目备案。", ["2023-06-13", "2023-06-13"]),
        ("乙方应在2023年6月30日前提交下列材料：（1）营业执照；（2）验资报告。", ["2023-06-30"]),
    ],
)
def test_items_take_the_time_of_their_lead_in(text: str, dues: list[str], understand: Understand) -> None:
    whole = f"云岭县轴承项目投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n第一条 {text}\n签订日期：2023年3月15日\n"
    assert _days(understand(whole, whole=True).obligations) == dues


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("乙方1号车间2024年6月封顶，2号车间比1号车间晚三个月封顶。", ["2024-06-30", "2024-09-30"]),
        ("乙方半年内（自签约日起算）签订设备合同，一年半内投产。", ["2023-09-15", "2024-09-15"]),
        ("乙方动工的时间最迟不超过本协议签署后的第120日。", ["2023-07-13"]),
        ("乙方自本协议签订次月起12个月内完成厂房封顶。", ["2024-03-31"]),
    ],
)
def test_days_of_other_days(text: str, dues: list[str], understand: Understand) -> None:
    assert _days(understand(text).obligations) == dues


@pytest.mark.parametrize(
    ("text", "rows", "statuses"),
    [
        (
            "乙方承诺达到下列目标：\n| 指标 | 2023年 | 2024年 |\n| 主营业务收入（万元） | 6000 | 12000 |",
            [("2023年度主营业务收入6240万元", "2023-12-31"), ("2024年度主营业务收入9800万元", "2024-12-31")],
            ["done_on_time", "overdue"],
        ),
        (
            "甲方收到乙方供热申请之日起15日内出具供热方案。",
            [("收到供热申请", "2023-09-04")],
            ["overdue"],
        ),
        (
            "乙方于签约后七日内缴纳保证金200万元；项目开工后十日内甲方退还50%，投产后十日内退还剩余50%。",
            [
                ("保证金200万元入账", "2023-03-20"), ("厂区正式开工", "2023-11-01"),
                ("退还保证金100万元", "2023-11-09"), ("点火投产", "2024-07-10"),
            ],
            ["done_on_time", "done_on_time", "overdue"],
        ),
        (
            "补助兑付安排：\n| 兑付节点 | 兑付比例 | 金额（万元） | 兑付时限 |\n| 主体封顶 | 30% | 150 | 封顶后30日内 |\n"
            "| 投产 | 30% | 150 | 投产后60日内 |",
            [("主体封顶", "2023-09-10"), ("补助150万元拨付", "2023-10-01"), ("正式投产", "2024-03-01")],
            ["done_on_time", "overdue"],
        ),
        (
            "代建费用1200万元分次支付：签约后10日内付10%；基础验收通过后10日内付至40%；主体封顶后10日内付至75%。",
            [
                ("付代建费120万元", "2023-03-20"), ("基础验收", "2023-12-15"), ("代建费进度款360万元", "2023-12-24"),
                ("主体封顶", "2024-06-01"),
            ],
            ["done_on_time", "done_on_time", "overdue"],
        ),
    ],
)  # fmt: skip
def test_statuses(text: str, rows: list[tuple[str, str]], statuses: list[str], understand: Understand) -> None:
    evidence = tuple(
        Evidence(contract="协议", matter=matter, done_on=date.fromisoformat(day), proof="") for matter, day in rows
    )
    settled = settle(understand(text), Context(as_of=date(2025, 3, 1), evidence=evidence))
    assert [duty.status for duty in settled.obligations if duty.due] == statuses


@pytest.mark.parametrize(
    "heads",
    [
        "2023年（上） 2023年（下） 2024年（上）",
        "2023前半年 2023后半年 2024前半年",
        "23上 23下 24上",
        "2023H1 2023H2 2024H1",
        "H12023 H22023 H12024",
        "2023.1-6 2023.7-12 2024.1-6",
        "2023.06 2023.12 2024.06",
        "2023年上半年（1—6月） 2023年下半年（7—12月） 2024年上半年（1—6月）",
    ],
)
def test_heads_name_half_years_in_short(heads: str, understand: Understand) -> None:
    first, second, third = heads.split(" ")
    table = (
        f"| 工作 | 责任方 | {first} | {second} | {third} |\n| 场地平整 | 甲方 | ■ | | |\n| 厂房建设 | 乙方 | | ■ | ■ |"
    )
    duties = understand(f"双方按下列进度推进项目：\n{table}", day="2022年12月8日").obligations
    assert [(duty.side, duty.due) for duty in duties] == [
        ("government", date(2023, 6, 30)),
        ("investor", date(2024, 6, 30)),
    ]


@pytest.mark.parametrize("heads", ["2017上 2017下 2018上", "17上 17下 18上", "2017年（上） 2017年（下） 2018年（上）"])
def test_half_years_of_any_decade_are_heads(heads: str, understand: Understand) -> None:
    first, second, third = heads.split(" ")
    table = (
        f"| 工作 | 责任方 | {first} | {second} | {third} |\n| 场地平整 | 甲方 | ■ | | |\n| 厂房建设 | 乙方 | | ■ | ■ |"
    )
    duties = understand(f"双方按下列进度推进项目：\n{table}", day="2016年12月8日").obligations
    assert [duty.due for duty in duties] == [date(2017, 6, 30), date(2018, 6, 30)]


def test_bare_years_are_heads_of_targets(understand: Understand) -> None:
    table = "| 年度目标 | 2023 | 2024 | 2025 |\n| 当年到位资金（万元） | 3000 | 8000 | — |"
    duties = understand(f"乙方按年完成下列目标：\n{table}", day="2022年12月8日").obligations
    assert [duty.due for duty in duties if duty.due] == [date(2023, 12, 31), date(2024, 12, 31)]


@pytest.mark.parametrize("below", ["| | | 上半年 | 下半年 | 上半年 |"])
def test_half_years_stand_below_years_that_are_told_once(below: str, understand: Understand) -> None:
    table = (
        f"| 工作 | 责任方 | 2023年 | | 2024年 |\n{below}\n| 场地平整 | 甲方 | ■ | | |\n| 厂房建设（乙方） | | | ■ | ■ |"
    )
    duties = understand(f"双方按下列进度推进项目：\n{table}", day="2022年12月8日").obligations
    assert [(duty.side, duty.due) for duty in duties] == [
        ("government", date(2023, 6, 30)),
        ("investor", date(2024, 6, 30)),
    ]


@pytest.mark.parametrize("bar", ["├──┤", "<—>", "●—●", "——→", "▬▬", "▍"])
def test_any_mark_is_a_bar(bar: str, understand: Understand) -> None:
    table = (
        f"| 工作 | 责任方 | 2023年上半年 | 2023年下半年 | 2024年上半年 |\n| 场地平整 | 甲方 | {bar} | — | — |\n"
        f"| 厂房建设 | 乙方 | / | {bar} | {bar} |"
    )
    duties = understand(f"双方按下列进度推进项目：\n{table}", day="2022年12月8日").obligations
    assert [duty.due for duty in duties] == [date(2023, 6, 30), date(2024, 6, 30)]
