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
    ],
)
def test_what_measures_something_else_is_no_fact(text: str, name: str, understand: Understand) -> None:
    assert understand(text).fact(name) is None
