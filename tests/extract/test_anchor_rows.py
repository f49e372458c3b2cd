"""Rows that most likely date what a duty counts from, in words that no rule knows; and papers whose body is a table or a list."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

HEAD = "云岭县产教合作协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n签订日期：2021年1月8日\n"
DUTIES = (
    "一、甲方2021年6月30日前交付校舍。\n二、乙方2021年8月31日前招生80人。\n"
    "三、{duty}\n四、乙方2022年12月31日前安排就业60人。\n"
)


def _settled(understand: Understand, duty: str, *rows: tuple[str, str]) -> Obligation:
    evidence = tuple(
        Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof="登记表") for matter, day in rows
    )
    paper = understand(HEAD + DUTIES.format(duty=duty), whole=True)
    settled = settle(paper, Context(as_of=date(2023, 6, 1), evidence=evidence))
    return next(one for one in settled.obligations if one.offset)


@pytest.mark.parametrize(
    ("duty", "told", "due"),
    [
        ("首届学员结业之日起1个月内，甲方拨付培训补助20万元。", ("第一届结业典礼", "2022-06-25"), "2022-07-25"),
        ("宿舍楼腾空后20日内，乙方开办食堂。", ("宿舍楼人都搬走，屋子清完", "2021-09-06"), "2021-09-26"),
        ("实训车间开动之日起3个月内，乙方报送用工名册。", ("实训车间机器启动", "2021-10-08"), "2022-01-08"),
    ],
)
def test_a_row_in_other_words_dates_the_event(
    duty: str, told: tuple[str, str], due: str, understand: Understand
) -> None:
    rows = [("校舍钥匙交接", "2021-06-20"), ("首批学员83人注册", "2021-08-28"), told]
    found = _settled(understand, duty, *sorted(rows, key=lambda row: row[1]))
    assert str(found.due) == due
    assert any(told[0] in step for step in found.chain)


def test_whether_a_delay_from_a_likely_row_is_one_is_for_a_person_to_say(understand: Understand) -> None:
    found = _settled(
        understand,
        "实训车间开动之日起3个月内，乙方报送用工名册。",
        ("校舍钥匙交接", "2021-06-20"),
        ("首批学员83人注册", "2021-08-28"),
        ("实训车间机器启动", "2021-10-08"),
    )
    assert (found.status, found.doubt) == ("overdue", "起算日按履行情况“实训车间机器启动”（2021-10-08）推定，不能确定")


@pytest.mark.parametrize(
    ("duty", "told"),
    [
        ("领到办学许可证之日起1个月内，甲方拨付开办补助20万元。", ("办学许可申请窗口受理", "2021-07-25")),
        ("实训车间投产后20日内，乙方开办食堂。", ("实训车间设备试运转", "2021-09-06")),
        ("二期工厂投产之日起3个月内，乙方报送用工名册。", ("一期工厂首批产品下线", "2021-10-21")),
    ],
)
def test_what_is_asked_for_or_tried_or_of_another_phase_is_not_the_event(
    duty: str, told: tuple[str, str], understand: Understand
) -> None:
    rows = [("首批学员83人注册", "2021-08-28"), told, ("61人签劳动合同", "2022-11-30")]
    assert _settled(understand, duty, *sorted(rows, key=lambda row: row[1])).due is None


def test_a_table_right_after_the_head_is_the_body(understand: Understand) -> None:
    text = (
        "冷链中心安排表\n甲方：云岭县商务局\n乙方：恒远冷链有限公司\n双方按下表推进。\n"
        "| 任务 | 谁来办 | 何时办成 |\n| 场地平整 | 甲方 | 2024年3月31日 |\n| 配送站12个挂牌 | 乙方 | 2025年6月底 |\n"
        "签订日期：2024年1月5日\n"
    )
    duties = understand(text, whole=True).obligations
    assert [(duty.side, str(duty.due)) for duty in duties] == [("government", "2024-03-31"), ("investor", "2025-06-30")]


@pytest.mark.parametrize(
    "heads",
    ["★甲方须办 ★乙方须办", "一、甲方负责 二、乙方负责", "甲方承诺事项清单 乙方承诺事项清单", "第一条甲方 第二条乙方"],
)
def test_a_heading_that_only_names_a_party_gives_the_bearer(heads: str, understand: Understand) -> None:
    first, second = heads.split(" ")
    text = (
        f"屠宰加工项目协议书\n甲方：云岭县畜牧中心\n乙方：恒远肉业有限公司\n{first}\n〔1〕2024年3月31日前，净地移交67亩；\n"
        f"〔2〕2024年底前，污水管接到厂区。\n{second}\n〔1〕2024年5月31日前，围墙合围；\n〔2〕2024年10月31日前，围栏立好。\n"
        "签订日期：2023年5月30日\n"
    )
    duties = understand(text, whole=True).obligations
    assert [duty.side for duty in duties] == ["government"] * 2 + ["investor"] * 2
    assert [str(duty.due) for duty in duties] == ["2024-03-31", "2024-12-31", "2024-05-31", "2024-10-31"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2023年2月16日，双方会商，议定：\n（一）乙方3月10日前交齐材料。\n（二）门诊的装修由乙方组织，今年8月底前完成。\n", "2023-08-31"),
        ("主协议签订日期：2022年11月3日。\n一、主协议签订后六个月内，乙方实缴资本金1亿元。\n", "2023-05-03"),
        ("双方于2022年8月14日在云岭签约，约定如下：\n一、乙方须在本约签订后90天内提出核准申请。\n", "2022-11-12"),
        ("签订日期：2022年7月1日\n一、2023年7月25日前，你公司报送2022年度投资完成情况表。\n", "2023-07-25"),
        ("签订日期：2022年7月1日\nd. 2023年7月25日以前乙方为工人办妥工伤保险。\n", "2023-07-25"),
    ],
)  # fmt: skip
def test_days_that_stand_elsewhere_or_behind_a_label(text: str, due: str, understand: Understand) -> None:
    head = "分院推进会议纪要（双方签署）\n甲方：云岭县卫生局\n乙方：恒远医疗有限公司\n"
    duties = understand(head + text, whole=True).obligations
    assert [str(duty.due) for duty in duties][-1] == due
