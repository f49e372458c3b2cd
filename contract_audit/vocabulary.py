"""The names of facts that extractors may yield and rules may use, with type, Chinese title and one-line definition."""

from typing import Literal

import msgspec

FactType = Literal["text", "date", "money", "area_mu", "area_sqm", "rate", "number", "flag"]


class FactName(msgspec.Struct, frozen=True):
    """One entry of the vocabulary."""

    type: FactType
    title: str
    about: str


def _fact(kind: FactType, title: str, about: str) -> FactName:
    return FactName(kind, title, about)


REGULATION = "法规政策"  # the kind of papers that are statutes or policies, no agreements

FACTS: dict[str, FactName] = {
    "title": _fact("text", "标题", "合同标题，多行标题合并"),
    "number": _fact("text", "合同编号", "合同自己的编号，不是文号"),
    "kind": _fact(
        "text", "合同种类", "投资、入园、框架、补充、厂房租赁、代建、回购、纪要、承诺书、采购、施工、法规政策等"
    ),
    "party_a": _fact("text", "甲方", "首部所载甲方全称"),
    "party_b": _fact("text", "乙方", "首部所载乙方全称"),
    "party_c": _fact("text", "丙方", "首部所载丙方全称"),
    "party_d": _fact("text", "丁方", "首部所载丁方全称"),
    "uscc": _fact("text", "统一社会信用代码", "企业方的统一社会信用代码"),
    "signed_on": _fact("date", "签订日期", "首部或签署栏所载日期；函件、纪要为印发日期"),
    "project": _fact("text", "项目名称", "合同所载项目名称"),
    "content": _fact("text", "建设内容", "项目建设内容的原文"),
    "industry": _fact("text", "行业", "合同自述的行业或产业类别"),
    "site": _fact("text", "建设地点", "项目选址的原文"),
    "effective": _fact("text", "生效条件", "合同生效条款的原文"),
    "total_investment_yuan": _fact("money", "总投资", "项目总投资额，元"),
    "fixed_investment_yuan": _fact("money", "固定资产投资", "其中固定资产投资额，元"),
    "registered_capital_yuan": _fact("money", "注册资本", "乙方或项目公司注册资本，元"),
    "own_means_yuan": _fact("money", "自有财力", "实缴资本、净资产、资产总额、年营业收入中所载最大的一项，元"),
    "own_share_yuan": _fact("money", "乙方自身新增投入", "总投资之后所载乙方自身、本次、实际新增的投入，元"),
    "market_price_yuan": _fact("money", "市场价", "同一句里所载设备、工程的市场价、询价、发票价，元"),
    "booked_price_yuan": _fact("money", "计入价", "同一句里计入投资的作价，元"),
    "equipment_investment_yuan": _fact("money", "设备投资", "设备购置及安装的投资额，元"),
    "equipment_listed_yuan": _fact("money", "设备清单合计", "设备清单各项金额之和，元"),
    "building_investment_yuan": _fact("money", "厂房土建投资", "厂房、土建的投资额，元"),
    "working_capital_yuan": _fact("money", "流动资金", "计入总投资的流动资金，元"),
    "first_phase_yuan": _fact("money", "一期投资", "分期项目第一期的投资额，元"),
    "unbuilt_investment_yuan": _fact(
        "money", "非建设投入", "计入总投资的商标作价、采购资金等不形成固定资产的各项之和，元"
    ),
    "output_yuan": _fact("money", "年产值", "达产后年产值或营业收入，元"),
    "tax_yuan": _fact("money", "年纳税额", "达产后年纳税额，元"),
    "land_mu": _fact("area_mu", "用地面积（亩）", "项目用地面积，亩"),
    "land_sqm": _fact("area_sqm", "用地面积（平方米）", "项目用地面积，平方米"),
    "plant_sqm": _fact("area_sqm", "厂房或建筑面积", "建设或租用的厂房、建筑面积，平方米"),
    "jobs": _fact("number", "就业人数", "承诺带动就业人数"),
    "intensity_yuan_per_mu": _fact("money", "投资强度", "自述固定资产投资强度，元每亩"),
    "tax_yuan_per_mu": _fact("money", "亩均税收", "自述亩均年税收，元每亩"),
    "plot_ratio": _fact("number", "容积率", "自述容积率下限"),
    "building_density": _fact("rate", "建筑系数", "自述建筑系数或建筑密度"),
    "office_share": _fact("rate", "行政办公及生活服务设施用地占比", "自述上限"),
    "term_years": _fact("number", "合同年限", "合同、租赁或经营年限，年"),
    "rent_yuan_per_sqm_month": _fact("money", "租金单价", "厂房、场地每平方米每月的租金，元"),
    "land_price_yuan_per_mu": _fact("money", "土地单价", "协议所写的土地价格，元每亩"),
    "term_from": _fact("date", "期限起日", "租赁、合作期限或者协议有效期的第一日"),
    "term_to": _fact("date", "期限止日", "租赁、合作期限或者协议有效期的最后一日"),
    "signatory_a": _fact("text", "甲方签字人", "签署栏中甲方的法定代表人或者授权代表"),
    "signatory_b": _fact("text", "乙方签字人", "签署栏中乙方的法定代表人或者授权代表"),
    "signatory_c": _fact("text", "丙方签字人", "签署栏中丙方的法定代表人或者授权代表"),
    "currency": _fact("text", "币种", "主要金额的币种，ISO 4217"),
}
