"""Pairs of a wrong and its right neighbour: lists and their totals, what an investment is made of, measures, what is built."""

from datetime import date

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack

AS_OF = date(2026, 6, 30)
SUM, UNIT = "review.sum_mismatch", "review.unit_error"
INFLATED, CLASS = "review.inflated_investment", "review.category_mismatch"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def categories(text: str, pack: Pack) -> set[str]:
    found = trial.try_text(text, pack, as_of=AS_OF).findings
    return {finding.category for finding in found if finding.verdict == "fail"}


MONEY = "三、资金安排：\n3.1 自有{own}万元；\n3.2 贷款5,400万元；\n3.3 以上两项合计8,000万元。"
YEARS = "（一）2027年不低于800万元；\n（二）2028年不低于1,100万元；\n三年度累计不低于{total}万元，即上列各年之和。"
ROWS = "四栋仓房总面积{total}平方米，如下：\n| 栋 | 面积（平方米） |\n| 甲 | 3,100 |\n| 乙 | 2,900 |"
MADE_OF = (
    "总投资7亿元，构成如下：\n| 内容 | 出资方 | 金额（亿元） |\n| 榨油车间 | 乙方 | 1.2 |\n"
    "| 进场公路 | {who} | 5.8 |\n| 合计 | | 7 |"
)
ROADS = "| 路名 | 长度 | 车行道宽度 |\n| 新一路 | 2.6公里 | {width} |\n| 新二路 | 1.4公里 | 15米 |"
SOLAR = "项目名称：青陵光伏发电项目。\n项目总投资3.2亿元，装机容量{size}。"


@pytest.mark.parametrize(
    ("wrong", "right", "category"),
    [
        (MONEY.format(own="2,900"), MONEY.format(own="2,600"), SUM),
        (YEARS.format(total="2,000"), YEARS.format(total="1,900"), SUM),
        (ROWS.format(total="6,600"), ROWS.format(total="6,000"), SUM),
        ("定金分期缴纳：签字时缴纳20万元；放线时缴纳25万元；封顶时缴纳25万元，合计80万元。",
         "定金分期缴纳：签字时缴纳20万元；放线时缴纳25万元；封顶时缴纳25万元，合计70万元。", SUM),
        ("建设内容：1．榨季车间9,000平方米；2．油罐区2,000平方米。由乙方自建。总建筑面积12,500平方米。",
         "建设内容：1．榨季车间9,000平方米；2．油罐区2,000平方米。由乙方自建。总建筑面积11,000平方米。", SUM),
        ("风场分三片：北片42兆瓦、中片36兆瓦、南片30兆瓦，总装机规模110兆瓦。",
         "风场分三片：北片42兆瓦、中片36兆瓦、南片30兆瓦，总装机规模108兆瓦。", SUM),
        ("栽植茶园900亩，每亩补植费1,200元，合计118万元。", "栽植茶园900亩，每亩补植费1,200元，合计108万元。", SUM),
        ("乙方应付总价6,000万元的15%，即960万元。", "乙方应付总价6,000万元的15%，即900万元。", SUM),
        (MADE_OF.format(who="县财政"), MADE_OF.format(who="乙方"), INFLATED),
        ("项目总投资4亿元，其中磨粉线5,000万元、商标估值3.5亿元。", "项目总投资4亿元，其中磨粉线3.5亿元、商标估值500万元。", INFLATED),
        ("总投资9亿元，包括：本地冷库0.7亿元；在外省各地的门店投入8.3亿元。",
         "总投资9亿元，包括：本地冷库8.3亿元；装修0.7亿元。", INFLATED),
        ("承租老供销社建筑面积600平方米，手工编筐，总投资2亿元。", "承租老供销社建筑面积600平方米，手工编筐，总投资60万元。", INFLATED),
        ("建设工期16年，自交地之日起算。", "建设工期16个月，自交地之日起算。", UNIT),
        ("仓库楼面荷载800吨/平方米。", "仓库楼面荷载0.8吨/平方米。", UNIT),
        (ROADS.format(width="15公里"), ROADS.format(width="15米"), UNIT),
        ("供电线路装机60兆瓦（600万千瓦）。", "供电线路装机60兆瓦（6万千瓦）。", UNIT),
        ("用地约18万亩，工业用地，总投资6,000万元，厂房建筑面积9,000平方米。",
         "用地约18亩，工业用地，总投资6,000万元，厂房建筑面积9,000平方米。", UNIT),
        ("总投资33亿元，其中固定资产投资2,800万元，流动资金500万元。",
         "总投资3,300万元，其中固定资产投资2,800万元，流动资金500万元。", UNIT),
        (SOLAR.format(size="80千瓦"), SOLAR.format(size="80兆瓦"), UNIT),
        ("年产竹炭30亿吨，年销售收入2,400万元。", "年产竹炭3,000吨，年销售收入2,400万元。", UNIT),
        ("统计类别：纺织业。建设分拨中心、月台和堆垛机高架库区。", "统计类别：纺织业。建设织造车间、整经间，购置织机400台。", CLASS),
        ("项目类别：家具制造业。乙方没有任何生产环节，产品均由外地工厂生产。", "项目类别：家具制造业。建设木器车间，不设电镀工序。", CLASS),
        ("行业门类：教育。建设教学楼2,000平方米、高层住宅41,000平方米。",
         "行业门类：教育。建设教学楼2,000平方米、学生公寓2,600平方米。", CLASS),
    ],
)  # fmt: skip
def test_the_wrong_is_found_and_its_neighbour_is_not(wrong: str, right: str, category: str, pack: Pack) -> None:
    assert category in categories(wrong, pack)
    assert category not in categories(right, pack)


def test_a_whole_that_its_parts_miss_by_powers_of_ten_is_a_unit_and_no_sum(pack: Pack) -> None:
    assert SUM not in categories("总投资33亿元，其中固定资产投资2,800万元，流动资金500万元。", pack)


def test_what_is_built_is_quoted_unless_the_application_names_a_code(pack: Pack) -> None:
    text = "{declared}。建设货运分拨中心、集装箱堆场和司机之家。"
    quotes = [
        finding.quote
        for declared in ("项目类别：专用车制造业", "申报行业：专用车制造业（C36）")
        for finding in trial.try_text(text.format(declared=declared), pack, as_of=AS_OF).findings
        if finding.category == CLASS
    ]
    assert "分拨中心" in quotes[0] and "C36" in quotes[1]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("行业类别：汽车零部件制造业。建设洗车工位、汽车美容区、二手车展厅和网约车司机之家，试制车桥一台。",
         "行业类别：汽车零部件制造业。建设车桥、底盘焊装车间，产品供应4S店、二手车展厅、洗车门店。"),
        ("申报产业类别：农副食品加工业。建设牛舍12栋、挤奶厅、青贮池，饲养泌乳牛2000头。",
         "申报产业类别：农副食品加工业。建设酸奶、奶酪车间，自有牧场建牛舍、挤奶厅、青贮池。"),
        ("土地用途为医疗卫生用地。建设小高层6栋、售楼处、样板房，可售面积5万平方米。",
         "土地用途为医疗卫生用地。建设门诊楼、住院楼、医技楼，设病床500张。"),
        ("项目归为文化产业。建设公墓、骨灰楼、殡仪服务厅。", "项目归为文化产业。建设非遗工坊、美术馆、演艺剧场。"),
        ("项目行业：信息技术服务业（I65）。设贴片线、波峰焊、回流焊，年产耳机200万副。",
         "项目行业：信息技术服务业（I65）。从事工业软件开发，试产用贴片线、波峰焊、回流焊各一条。"),
        ("宗地为工业用地。织布车间一栋20,000平方米；品牌卖场9,000平方米、公寓6,000平方米。",
         "宗地为工业用地。织布车间一栋20,000平方米；品牌卖场900平方米、公寓600平方米。"),
        ("宗地为工业用地。建设幼儿园、艺考培训学校和教学楼。", "东块工业用地建设织布车间，西块教育用地建设幼儿园、教学楼。"),
    ],
)  # fmt: skip
def test_words_of_one_industry_alone_tell_what_is_built(wrong: str, right: str, pack: Pack) -> None:
    assert CLASS in categories(wrong, pack)
    assert CLASS not in categories(right, pack)
