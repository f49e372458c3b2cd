import pytest

from tests.extract.conftest import Understand

PARTIES = "甲方：云岭县人民政府\n乙方：恒远制造有限公司\n"


@pytest.mark.parametrize(
    ("title", "body", "project"),
    [
        ("轴承项目投资协议", "项目名称：高速轴承基地（下称本项目）。", "高速轴承基地"),
        ("轴承项目投资协议", "项目名称及规模：高速轴承基地，年产3万套。", "高速轴承基地"),
        ("云岭工业园入园协议", "1.1 名称：高速轴承迁建项目。", "高速轴承迁建项目"),
        ("轴承进区协议", "1、项目为年产三万套轴承迁建项目，四道工序全部进区。", "年产三万套轴承迁建项目"),
        ("投资协议", "乙方拟在云岭县投资建设“恒远高速轴承中心”（以下简称“本项目”）。", "恒远高速轴承中心"),
        ("投资协议", "乙方在云岭县投资建设高速轴承项目（下称项目），达成如下约定。", "高速轴承项目"),
        ("标准化厂房租赁协议", "乙方承租厂房，用于实施“高速轴承及保持架项目”。", "高速轴承及保持架项目"),
        ("关于调整轴承项目时序的补充协议", "双方曾签订《年产三万套轴承项目投资协议》。", "年产三万套轴承项目"),
        ("云岭县年产1.8万套轴承项目协议书", "乙方守约。", "年产1.8万套轴承项目"),
        ("城北片区市政道路项目合同", "乙方守约。", "城北片区市政道路项目"),
        ("标准厂房及轴承产业园综合开发合同", "乙方守约。", "标准厂房及轴承产业园综合开发"),
        ("入驻车间协议", "双方就乙方入驻车间实施轴承加工项目达成如下协议。", "轴承加工项目"),
        ("招商引资框架协议", "乙方在云岭县设立区域结算中心。", "区域结算中心"),
        ("整县屋顶光伏开发项目协议", "双方就整县屋顶光伏开发项目开展合作。", "整县屋顶光伏开发项目"),
        ("园区共建协议", "双方就共建云岭装备产业园达成如下协议。", "云岭装备产业园"),
        ("关于兴建年产5万套轴承项目的合同书", "双方守约。", "年产5万套轴承项目"),
        ("50万套轴承项目投资协议", "双方守约。", "50万套轴承项目"),
        ("小微企业园入驻协议", "甲方同意乙方轴承生产项目入驻小微企业园。", "轴承生产项目"),
        ("产线扩建扶持协议", "为支持乙方实施轴承套圈产线扩建，双方协议如下。", "轴承套圈产线扩建"),
        ("城区停车项目合同", "乙方负责城区道路停车。", "城区停车项目"),
        ("协议书", "就乙方投资木业加工项目，双方协议如下。", "木业加工项目"),
        ("协议书", "乙方拟实施冷冻加工扩建工程，双方协议如下。", "冷冻加工扩建工程"),
        ("产业扶持协议", "鉴于乙方轴承滚子项目已于2022年12月建成投产。", "轴承滚子项目"),
    ],
)
def test_the_project_is_named_where_the_paper_names_it_best(
    title: str, body: str, project: str, understand: Understand
) -> None:
    fact = understand(f"{title}\n{PARTIES}{body}\n", whole=True).fact("project")
    assert fact is not None
    assert fact.value == project


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("云岭县招商引资项目投资合同", "本项目为省重点项目。"),
        ("投资协议", "双方共同推进各类招商引资项目。"),
        ("云岭高新区入园协议", "甲方指云岭高新区管委会。"),
    ],
)
def test_a_kind_of_project_or_a_park_is_no_name(title: str, body: str, understand: Understand) -> None:
    assert understand(f"{title}\n{PARTIES}{body}\n", whole=True).fact("project") is None


def test_a_title_that_names_organ_and_firm_leaves_the_project(understand: Understand) -> None:
    text = "云岭县商务局关于恒远制造有限公司轴承项目有关事项的复函\n恒远制造有限公司：\n来函收悉。\n云岭县商务局\n2023年3月15日\n"
    paper = understand(text, whole=True)
    assert [fact.value for fact in paper.facts if fact.name in ("project", "party_a", "party_b")] == [
        "云岭县商务局", "恒远制造有限公司", "轴承项目",
    ]  # fmt: skip
