from decimal import Decimal

import pytest

from tests.extract.conftest import Understand


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("用地位于纬三路北侧，面积40000平方米（合60亩），总建筑面积52000平方米。", "land_mu", "60"),
        ("用地位于纬三路北侧，面积40000平方米（合60亩），总建筑面积52000平方米。", "land_sqm", "40000"),
        ("用地位于纬三路北侧，面积40000平方米（合60亩），总建筑面积52000平方米。", "plant_sqm", "52000"),
        ("项目拟使用云岭开发区62亩工业用地。", "land_mu", "62"),
        ("一期土地使用权已依法登记在乙方名下，面积58亩，二期地块30亩的补偿费由甲方承担。", "land_mu", "58"),
        ("提供12号楼1至3层作为生产场地，面积8600平方米。", "plant_sqm", "8600"),
        ("新建1号厂房8000平方米、2号厂房6000平方米、仓库1500平方米。", "plant_sqm", "15500"),
        ("增资时乙方认购新增注册资本2000万元，增资后注册资本变更为8000万元。", "registered_capital_yuan", "80000000"),
        ("| 事项 | 数额 |\n| 总投资 | 4.5亿元 |\n| 用地面积 | 约90亩 |", "total_investment_yuan", "450000000"),
        ("| 事项 | 数额 |\n| 总投资 | 4.5亿元 |\n| 用地面积 | 约90亩 |", "land_mu", "90"),
        ("甲方投资2600万元配套建设污水站，乙方投资1.3亿元建厂。", "total_investment_yuan", "130000000"),
    ],
)
def test_a_value_is_the_fact_its_words_make_it(text: str, name: str, expected: str, understand: Understand) -> None:
    fact = understand(text).fact(name)
    assert fact is not None
    assert fact.value == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("前两年免费提供厂房3000平方米供乙方过渡使用。", "plant_sqm"),
        ("丙方建设公共试验检测楼（建筑面积5200平方米），向全部企业开放。", "plant_sqm"),
        ("厂区东侧约40亩留给企业做二期。", "land_mu"),
        ("上述地块中约22亩现为果园。", "land_mu"),
        ("园区规划用地面积约3.5平方公里。", "land_sqm"),
        ("甲方投资2600万元配套建设污水站。", "total_investment_yuan"),
        ("乙方提供其厂区内培训车间760平方米作为实训基地。", "land_sqm"),
        ("乙方蔗区面积18万亩，种植扶持由甲方承担。", "land_mu"),
    ],
)
def test_what_measures_something_else_is_no_fact(text: str, name: str, understand: Understand) -> None:
    assert understand(text).fact(name) is None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("项目总投资由原5亿元调整为3.2亿元。", "total_investment_yuan", "320000000"),
        ("项目用地由原150亩调整为96亩，调减的54亩由甲方收回。", "land_mu", "96"),
        ("一期用地78亩，二期用地50亩，共128亩（约85333平方米）。", "land_sqm", "85333"),
        ("建标准厂房三栋，每栋6000平方米，共计18000平方米。", "plant_sqm", "18000"),
        ("项目公司五年内完成投资不低于8.2亿元（“总投资”）。", "total_investment_yuan", "820000000"),
        ("出让面积：16666.67平方米（25亩）。", "land_sqm", "16666.67"),
        ("建设2.4万平方米的仓储设施，包括常温库16000平方米。", "plant_sqm", "24000"),
        ("代建厂房15万平方米、职工宿舍2万平方米。", "plant_sqm", "150000"),
        ("一期租赁厂房36000平方米；二期购地60亩自建厂房。", "land_mu", "60"),
        ("用地。12万平方米（折180亩），分期供地。", "land_mu", "180"),
        ("固定资产投资（含装修、设备）不低于1.3亿元。", "fixed_investment_yuan", "130000000"),
        ("老厂区土地86亩由甲方收储；新厂区用地200亩。", "land_mu", "200"),
        ("提供厂房三栋，建筑面积分别为18000平方米、18000平方米、19000平方米，合计55000平方米。", "plant_sqm", "55000"),
        ("标准厂房两栋（5号栋6800平方米、6号栋6000平方米）由乙方租用。", "plant_sqm", "12800"),
        ("乙方（注册资本2000万元）须于6月底前将注册资本增加至8000万元。", "registered_capital_yuan", "80000000"),
        ("教学楼加食堂一共2860平方米，产权在镇里，给您做车间和宿舍。", "plant_sqm", "2860"),
        ("“项目总投资1.5亿元”修改为“项目总投资9500万元”。", "total_investment_yuan", "95000000"),
        ("新增用地210亩（含安全距离用地150亩）。", "land_mu", "210"),
        ("项目规划面积3200亩，其中建设用地900亩。", "land_mu", "900"),
        ("项目建筑总面积11500平方米。", "plant_sqm", "11500"),
        ("乙方系上市公司，注册资本4.4亿元；项目公司注册资本1.5亿元。", "registered_capital_yuan", "150000000"),
        ("乙方注册资本5000万元。项目公司注册资本8000万元。", "registered_capital_yuan", "50000000"),
        ("项目占地2.67公顷（40亩）。", "land_mu", "40"),
        ("利用现有土地新建厂房14000平方米。", "plant_sqm", "14000"),
        ("养殖场使用设施农用地800亩，加工厂建设用地60亩。", "land_mu", "60"),
    ],
)
def test_of_several_values_the_one_that_counts_is_taken(
    text: str, name: str, expected: str, understand: Understand
) -> None:
    fact = understand(text).fact(name)
    assert fact is not None
    assert fact.value == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A地块用地76亩，B地块用地24亩，用地合计100亩。", {"76", "24"}),
        ("A地块用地76亩，B地块用地24亩，用地合计110亩。", set()),
        ("A地块用地76亩，用地合计76亩。", set()),  # one is no sum
        ("A地块用地76亩。\nB地块用地24亩，用地合计100亩。", set()),  # of another line
        ("用地60亩，A地块用地30亩，B地块用地20亩，用地合计50亩，C地块用地15亩，用地共65亩。", {"30", "20", "50", "15"}),
    ],
)
def test_parcels_that_their_line_adds_up_are_less_sure(text: str, parts: set[str], understand: Understand) -> None:
    found = [fact for fact in understand(text).facts if fact.name == "land_mu"]
    assert {str(fact.value) for fact in found if fact.confidence == "low"} == parts
