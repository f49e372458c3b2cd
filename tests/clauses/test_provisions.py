import pytest
from agreement import PARTIES, Line, document, party

from contract_audit.clauses import parse, provisions
from contract_audit.model import Document, Party, Provision

HEAD = ("投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "双方经协商，订立本协议。")
SIGNED = ("甲方（盖章）：云岭县人民政府", "乙方（盖章）：恒远制造有限公司")


def read(*lines: Line, parties: tuple[Party, ...] = PARTIES) -> tuple[Document, list[Provision]]:
    text = document(*HEAD, *lines, *SIGNED)
    clauses = parse(text)
    body = [
        provision
        for provision in provisions(text, clauses, parties)
        if provision.kind not in ("title", "signature") and provision.force != "recital"
    ]
    return text, body


def words(text: Document, provision: Provision) -> str:
    return text.text[provision.start : provision.end]


# sentence → (bearer, side, force, polarity) of each provision in order
SENTENCES: list[tuple[str, list[tuple[str | None, str, str, str]]]] = [
    ("甲方应于2020年3月31日前交付净地。", [("甲方", "government", "duty", "+")]),
    ("甲方于2020年2月20日前向乙方提供标准厂房。", [("甲方", "government", "commitment", "+")]),
    ("乙方应于2020年6月30日前开工建设。", [("乙方", "investor", "duty", "+")]),
    ("项目公司应在六个月内投产。", [("项目公司", "investor", "duty", "+")]),
    ("由县财政于次年3月底前拨付上年度资金。", [("县财政", "government", "commitment", "+")]),
    ("甲方应当在2020年3月31日前，由县自然资源局发布挂牌公告。", [("县自然资源局", "government", "commitment", "+")]),
    ("经甲方审核后，由县财政局拨付。", [("县财政局", "government", "commitment", "+")]),
    ("成交价超过每亩8万元的部分，由甲方拨付给项目公司。", [("甲方", "government", "commitment", "+")]),
    ("你公司申请的三亿元贷款，我县同意以县政府名义出具承诺函。", [("我县", "government", "commitment", "+")]),
    ("贵公司可与全县企业一样申报补助。", [("贵公司", "investor", "permission", "+")]),
    ("双方协商解决争议。", [("双方", "both", "commitment", "+")]),
    ("任何一方不得单方解除本协议。", [("任何一方", "both", "prohibition", "-")]),
    ("甲方协助乙方办理施工许可证。", [("甲方", "government", "effort", "+")]),
    ("甲方应依法协助乙方办理审批手续。", [("甲方", "government", "effort", "+")]),
    ("甲方协助乙方办理手续，确保三十日内取得施工许可证。", [("甲方", "government", "commitment", "+")]),
    ("甲方负责协调供电企业将线路接至红线。", [("甲方", "government", "effort", "+")]),
    ("甲方负责在十二日内办妥环评批复。", [("甲方", "government", "commitment", "+")]),
    ("甲方力争2020年底前通车。", [("甲方", "government", "effort", "+")]),
    ("甲方有权监督检查。", [("甲方", "government", "permission", "+")]),
    ("甲方不得代缴土地价款。", [("甲方", "government", "prohibition", "-")]),
    ("甲方不承诺任何税收返还。", [("甲方", "government", "commitment", "-")]),
    ("不得擅自承诺优惠政策。", [("甲方", "government", "prohibition", "-")]),
    ("“项目公司”是指乙方设立的全资子公司。", [(None, "unknown", "definition", "+")]),
    ("乙方已于2019年3月28日完成注册登记。", [("乙方", "investor", "report", "+")]),
    ("贵公司提出返还土地出让金。", [("贵公司", "investor", "request", "+")]),
    # one bearer each
    ("甲方有权监督检查，乙方应予配合并报送报告。",
     [("甲方", "government", "permission", "+"), ("乙方", "investor", "duty", "+")]),
    ("乙方未按期开工的，甲方有权解除协议，土地由自然资源部门依法处置。",
     [("甲方", "government", "permission", "+"), ("自然资源部门", "government", "commitment", "+")]),
    ("甲方应依法协助乙方办理手续，但不得承诺减免法定收费。",
     [("甲方", "government", "effort", "+"), ("甲方", "government", "prohibition", "-")]),
    ("甲方建设道路；乙方承担红线内管线。",
     [("甲方", "government", "commitment", "+"), ("乙方", "investor", "commitment", "+")]),
    # the enterprise is the grammatical subject of what the government promises
    ("乙方享受县级留成部分全额返还的优惠。", [("甲方", "government", "commitment", "+")]),
    ("乙方依法享受国家规定的企业所得税优惠。", [("甲方", "government", "commitment", "+")]),
    ("乙方免缴城市基础设施配套费。", [("甲方", "government", "commitment", "+")]),
    ("乙方缴纳的增值税由县财政按50%返还。", [("县财政", "government", "commitment", "+")]),
    ("乙方新购置生产设备，按照实际投资额的8%给予补助。", [("甲方", "government", "commitment", "+")]),
    ("项目公司投产后，按地方贡献的80%给予奖励。", [("甲方", "government", "commitment", "+")]),
    ("建设期间乙方不必办理环评手续。", [("甲方", "government", "commitment", "-")]),
    ("乙方股东所缴个人所得税，地方留成部分全部奖励给股东个人。", [("甲方", "government", "commitment", "+")]),
    ("公共停车场一次性交由乙方经营二十年。", [("甲方", "government", "commitment", "+")]),
    ("乙方年税收达到500万元的，厂房租金全免。", [("甲方", "government", "commitment", "+")]),
    ("成交价与起始价之差，待出让金由市财政划回区财政后六个月内支付给乙方。", [("甲方", "government", "commitment", "+")]),
    # … and what looks like it
    ("乙方未按期开工的，收回土地。", [("甲方", "government", "commitment", "+")]),
    ("税收达不到300万元的，按每亩2万元补足土地款。", [(None, "investor", "commitment", "+")]),
    ("乙方缴纳保证金，项目投产后三十日内无息退还。", [("甲方", "government", "commitment", "+")]),
    ("乙方违反本条约定的，应当全额退还已领取的扶持资金。", [("乙方", "investor", "duty", "+")]),
    ("乙方给予举报人500元奖励。", [("乙方", "investor", "commitment", "+")]),
    ("乙方不享有区域独家地位。", [("乙方", "investor", "permission", "-")]),
    ("甲方未按约定交付土地的，乙方工期相应顺延，并赔偿乙方直接损失。", [("甲方", "government", "commitment", "+")]),
    # nobody named
    ("城市基础设施配套费减半收取。", [("甲方", "government", "commitment", "+")]),
    ("投产后年纳税总额不低于960万元。", [(None, "investor", "statement", "+")]),
    ("全部用地按每亩6.8万元的价格供给乙方。", [("甲方", "government", "commitment", "+")]),
    ("本协议一式六份。", [(None, "unknown", "statement", "+")]),
    # negation
    ("甲方不得拒绝兑付奖励资金。", [("甲方", "government", "duty", "+")]),
    ("甲方不得以换届为由不履行本协议。", [("甲方", "government", "duty", "+")]),
    ("甲方不得不承担费用。", [("甲方", "government", "commitment", "+")]),
    ("甲方承诺不减免税款。", [("甲方", "government", "commitment", "-")]),
    ("甲方同意乙方在未取得许可证的情况下先行开工。", [("甲方", "government", "commitment", "+")]),
    ("甲方原则上在三年内不引进同类企业。", [("甲方", "government", "commitment", "-")]),
    ("甲方支持乙方申报专项资金，但不保证申报成功。",
     [("甲方", "government", "effort", "+"), ("甲方", "government", "commitment", "-")]),
    ("未经甲方同意，乙方不得转让股权。", [("乙方", "investor", "prohibition", "-")]),
    ("竞得的转作价款，未竞得的按规定退还。", [("甲方", "government", "commitment", "+")]),
    ("行政办公用地占比不超过7%。", [(None, "unknown", "statement", "+")]),
    ("清单以外的税款甲方全数替乙方交清。", [("甲方", "government", "commitment", "+")]),
    ("安置户的搬迁费甲方先替乙方垫上。", [("甲方", "government", "commitment", "+")]),
    ("县应急管理局于2025年6月17日前组织验收。", [("县应急管理局", "government", "commitment", "+")]),
    ("由沧衡物业有限公司于2025年7月20日前移交楼层。", [("沧衡物业有限公司", "unknown", "statement", "+")]),
    ("差价、代缴、返补等情形概不存在。", [(None, "unknown", "statement", "-")]),
    # corrections and quotations
    ("原协议第五条税收奖励自签订之日起废止。", [("甲方", "government", "report", "-")]),
    ("双方同意删除原协议第五条。", [("双方", "both", "report", "-")]),
    ("甲方承诺将用地性质变更为商业。", [("甲方", "government", "commitment", "+")]),
    (
        "甲方安排一千万元用于乙方厂房的改造，由乙方自行施工。",
        [("甲方", "government", "commitment", "+"), ("乙方", "investor", "commitment", "+")],
    ),
    ("《企业技改办法》（县政规〔2024〕5号）规定，对各类企业按投入的10%给予支持。", [("甲方", "government", "citation", "+")]),
    ("贵公司所提税收返还事项，因不符合规定，我县不予支持。", [("我县", "government", "report", "-")]),
    ("请示所提由政府回购设备的请求，因与规定不符，不予同意。", [(None, "unknown", "report", "-")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence[:24] for sentence, _ in SENTENCES])
def test_who_says_what_how_strongly(sentence: str, expected: list[tuple[str | None, str, str, str]]) -> None:
    _, found = read(f"一、{sentence}")
    got = [(one.bearer, one.side, one.force, "+" if one.polarity == "positive" else "-") for one in found]
    assert got == expected


def test_sides_come_from_the_parties_not_from_the_letters() -> None:
    swapped = (party("甲方", "恒远制造有限公司", "investor"), party("乙方", "云岭县人民政府", "government"))
    _, found = read(
        "1、甲方投产后八年内所交的税，属乡财政分成的部分，由乙方按六成返给甲方。",
        "2、甲方不必办理环评。",
        parties=swapped,
    )
    assert [(one.bearer, one.side) for one in found] == [("乙方", "government"), ("乙方", "government")]


def test_names_and_aliases_are_known() -> None:
    _, found = read("一、恒远公司应当依法纳税。", "二、云岭县人民政府负责修路。")
    assert [(one.bearer, one.side) for one in found] == [("恒远公司", "investor"), ("云岭县人民政府", "government")]


def test_a_heading_gives_the_side_of_unnamed_duties() -> None:
    _, found = read(
        "三、甲方的权利和义务",
        "1、成立专班，所需规费由乙方承担。",
        "2、将水电接至红线。",
        "四、乙方的义务",
        "1、按时缴纳价款。",
    )
    assert [(one.bearer, one.side, one.known_by) for one in found] == [
        ("甲方", "government", "heading"), ("乙方", "investor", "said"), ("甲方", "government", "heading"),
        ("乙方", "investor", "heading"),
    ]  # fmt: skip
    assert found[2].force == "commitment"


def test_items_inherit_subject_force_and_stems() -> None:
    text, found = read(
        "三、扶持",
        "1、甲方给予乙方以下扶持：",
        "（1）五年内按下列标准安排资金：①前三年为县级留成的100%；②后两年为50%。由县财政拨付。",
    )
    item = found[2]
    assert words(text, item) == "前三年为县级留成的100%"
    assert (item.side, item.known_by, item.force, item.kind) == ("government", "inherited", "commitment", "item")
    assert [text.text[stem.start : stem.end] for stem in item.stems] == [
        "甲方给予乙方以下扶持：", "五年内按下列标准安排资金：",
    ]  # fmt: skip
    assert found[4].bearer == "县财政"


def test_items_of_a_prohibition_are_prohibited() -> None:
    _, found = read("五、甲方不得有下列行为：", "（1）减免税款；", "（2）返还土地价款。")
    assert [(one.force, one.polarity, bool(one.negations)) for one in found[1:]] == [
        ("prohibition", "negative", True)
    ] * 2


def test_items_that_list_cases_are_conditions() -> None:
    _, found = read("五、乙方有下列情形之一的，甲方有权解除协议：", "（1）未开工建设；", "（2）提供虚假材料。")
    assert [one.force for one in found] == ["permission", "condition", "condition"]


def test_a_lead_in_inside_the_sentence_is_a_stem() -> None:
    text, found = read("8、甲方承诺：2020年底前通车；次年通气。", "9、投资规模：总投资2亿元。")
    assert [words(text, one) for one in found] == ["2020年底前通车", "次年通气", "总投资2亿元"]
    assert [(one.side, one.force) for one in found[:2]] == [("government", "commitment")] * 2
    assert [text.text[stem.start : stem.end] for stem in found[2].stems] == ["投资规模"]


def test_a_sentence_that_refers_back_takes_the_one_before_as_stem() -> None:
    text, found = read("五、乙方缴纳的增值税实行先征后返。前款资金由县财政拨付。道路由甲方建设。")
    assert [text.text[stem.start : stem.end] for stem in found[1].stems] == ["乙方缴纳的增值税实行先征后返"]
    assert found[2].stems == ()


def test_a_paragraph_that_refers_back_takes_the_paragraph_before_as_stem() -> None:
    text, found = read("1. 甲方按设备投资的10%给予补助。", "2. 前款补助分期拨付。", "3. 道路由甲方建设。")
    stems = [[text.text[stem.start : stem.end] for stem in one.stems] for one in found]
    assert stems == [[], ["甲方按设备投资的10%给予补助"], []]


def test_what_is_left_over_takes_what_it_is_left_of_as_stem() -> None:
    text, found = read("一、生产用电按每千瓦时0.48元结算，高出部分由县财政按季补贴。")
    assert [text.text[stem.start : stem.end] for stem in found[1].stems] == ["生产用电按每千瓦时0.48元结算"]


def test_a_handing_over_without_object_takes_the_one_before_as_stem() -> None:
    text, found = read("五、前三年租金由乙方先行缴纳，甲方于每季度终了后十五日内等额补给乙方。")
    assert [[text.text[stem.start : stem.end] for stem in one.stems] for one in found] == [
        [],
        ["前三年租金由乙方先行缴纳"],
    ]


def test_table_rows_take_lead_in_and_header_as_stems() -> None:
    text, found = read("1、乙方应按下表向甲方兑现资金：", "| 事项 | 金额（万元） |", "| 装修补助 | 180 |", "| 合计 | 180 |",
                       parties=(party("甲方", "恒远制造有限公司", "investor"), party("乙方", "某管委会", "government")))  # fmt: skip
    row = found[1]
    assert (row.kind, row.side, row.force) == ("table_row", "government", "duty")
    assert [text.text[stem.start : stem.end] for stem in row.stems] == [
        "乙方应按下表向甲方兑现资金：",
        "事项\t金额（万元）",
    ]


def test_a_column_of_responsible_offices_names_the_bearer() -> None:
    _, found = read("1、分工如下：", "| 事项 | 责任单位 | 时限 |", "| 天然气接通 | 县住建局 | 2027年4月30日前 |")
    assert (found[1].bearer, found[1].side) == ("县住建局", "government")


def test_old_wording_in_a_table_is_denied() -> None:
    text, found = read("一、清理的条款", "原协议下列条款按处理意见执行：", "| 条款 | 原约定 | 处理意见 |",
                       "| 第五条 | 按增值税的六成给予扶持 | 自签订之日起废止 |", "| 第六条 | 争议提交仲裁 | 改为向法院起诉 |")  # fmt: skip
    repealed, replaced = found[-2:]
    assert (repealed.force, repealed.polarity) == ("report", "negative")
    assert [text.text[span.start : span.end] for span in replaced.negations] == ["争议提交仲裁"]


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("甲方不收取土地闲置费，乙方可以延期。", ["不收取土地闲置费"]),
        ("甲方不得返还、抵扣、补贴土地价款，也不得代缴。", ["不得返还、抵扣、补贴土地价款", "不得代缴"]),
        ("甲方不减免税款，但给予设备补助。", ["不减免税款"]),
        ("甲方不再另行比价，货款自到货次日起九十日内付清。", ["不再另行比价"]),
        ("甲方不承诺返还，按规定给予奖励。", ["不承诺返还"]),
        ("甲方不得拖延支付奖励。", ["不得拖延"]),
        ("甲方不得以前任签订为由否认或者拖延债务。", ["不得以前任签订为由否认或者拖延"]),
        ("甲方未向任何企业承诺厂房的租金减免。", ["未向任何企业承诺厂房的租金减免"]),
        ("固定资产投资不低于3亿元，用地不超过百亩。", []),
        ("除本协议另有约定外，甲方不承担费用。", ["不承担费用"]),
        ("投产日期由“2023年6月”变更为“2024年9月”，依照原合同第四条。", ["投产日期由“2023年6月”"]),
        ("甲方给予补贴（备注：此句在正式文本中删去）。", ["（备注：此句在正式文本中删去）"]),
    ],
)
def test_denied_scopes(sentence: str, denied: list[str]) -> None:
    text, found = read(f"一、{sentence}")
    assert [text.text[span.start : span.end] for one in found for span in one.negations] == denied


@pytest.mark.parametrize(
    ("sentence", "condition", "exception"),
    [
        ("乙方未开工的，甲方有权解除。", "乙方未开工的", None),
        ("如乙方违约，甲方可以解除。", "如乙方违约", None),
        ("除法律另有规定外，甲方不收费。", "除法律另有规定外", "除法律另有规定外"),
        ("甲方应当公开，商业秘密除外。", None, "商业秘密除外"),
        ("甲方应当公开。", None, None),
    ],
)
def test_conditions_and_exceptions(sentence: str, condition: str | None, exception: str | None) -> None:
    text, (one, *_) = read(f"一、{sentence}")
    spans = [one.condition, one.exception]
    assert [text.text[span.start : span.end] if span else None for span in spans] == [condition, exception]


def test_recitals_titles_and_signatures_bind_nobody() -> None:
    text = document("投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "鉴于：", "1.甲方承诺给予优惠；", "2.乙方拟投资。",
                    "为加快发展，根据《民法典》，订立本协议。", "一、概况", "1、内容。", *SIGNED)  # fmt: skip
    found = provisions(text, parse(text), PARTIES)
    kinds = {words(text, one): (one.kind, one.force) for one in found}
    assert kinds["甲方承诺给予优惠"] == ("item", "recital")
    assert kinds["投资协议书"] == ("title", "statement")
    assert kinds["甲方：云岭县人民政府"] == ("title", "statement")
    assert kinds["乙方（盖章）：恒远制造有限公司"] == ("signature", "statement")
    assert kinds["概况"] == ("title", "statement")


def test_a_pledge_speaks_for_the_side_that_gives_it() -> None:
    text = document("诚信履约承诺书", "致：恒远制造有限公司", "贵公司投资一亿元。为取信于企，我们郑重承诺：",
                    "其一，厂房年底前移交。", "其二，贵公司不得停产。",
                    "云岭县人民政府（印章）", "2020年5月6日")  # fmt: skip
    found = [one for one in provisions(text, parse(text), PARTIES) if one.force not in ("recital", "statement")]
    assert [(one.side, one.force) for one in found] == [("government", "commitment"), ("investor", "prohibition")]


def test_a_drafters_note_is_a_quotation_and_a_term_in_a_note_is_not() -> None:
    _, found = read("一、概况。", "备注：前三年免租一句在正式文本中删去。", "二、租金。", "注：前三年由甲方免租。")
    forces = [(one.force, one.polarity) for one in found]
    assert ("citation", "negative") in forces
    assert ("commitment", "positive") in forces


def test_spans_point_at_the_original_text() -> None:
    text, found = read("1、甲 方 应于 2020 年 3 月 31 日前交付净地;乙方应配合.", "2、乙方(含项目公司)应纳税。")
    assert words(text, found[0]) == "甲 方 应于 2020 年 3 月 31 日前交付净地"
    assert [one.side for one in found] == ["government", "investor", "investor"]


def test_every_statement_of_the_body_is_in_a_provision() -> None:
    lines = [
        "一、甲方修路，乙方建厂；丙方监管。",
        "二、给予下列扶持：（1）免租；（2）补贴。",
        "| 名称 | 数 |",
        "| 车床 | 2 |",
    ]
    text, _ = read(*lines)
    covered = provisions(text, parse(text), PARTIES)
    for word in ("修路", "建厂", "监管", "扶持", "免租", "补贴", "车床"):
        assert any(word in words(text, one) for one in covered), word


@pytest.mark.parametrize(
    ("lead", "denied"),
    [
        ("甲方不得有下列行为：", True),
        ("本协议不包含下列内容：", True),
        ("有下列情形之一的，甲方不承担责任：", False),
        ("甲方承诺：", False),
    ],
)
def test_items_below_a_denying_lead_in_are_denied(lead: str, denied: bool) -> None:
    text, found = read(f"一、{lead}\n（一）承诺回购厂房；\n（二）承诺保底收益。")
    items = [one for one in found if text.text[one.start : one.end].startswith("承诺")]
    assert [(one.force == "prohibition", one.polarity == "negative") for one in items] == [(denied, denied)] * 2


@pytest.mark.parametrize(
    ("then", "cited"),
    [("上述内容2021年以后未再执行。", True), ("双方确认该条继续有效，甲方照此执行。", False)],
)
def test_what_an_older_contract_said_is_cited_where_it_is_no_longer_done(then: str, cited: bool) -> None:
    text, found = read(f"一、原合同第六条写明：按乙方缴税所得的六成返还；第九条写明：五年内不引进同类园区。{then}")
    told = [one for one in found if text.text[one.start : one.end].startswith(("按乙方", "五年内"))]
    assert [one.force == "citation" for one in told] == [cited] * 2


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("以往有的地方以“零地价”争抢项目。", "report"),
        ("“独家”“唯一”等词语不出现于双方权利义务。", "definition"),
        ("其他地方税种一律不向乙方征收。", "commitment"),
        ("企业问：县政府能否承诺不再引进同类企业。", "request"),
    ],
)
def test_what_is_spoken_of_is_not_promised(sentence: str, force: str) -> None:
    _, found = read(f"一、{sentence}")
    assert [one.force for one in found if one.kind != "title"] == [force]


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("来函提出的“用电价格锁定十年”，电价执行国家规定，我县不能承诺。", "request"),
        ("请县政府为银行贷款出具承诺函一事，亦不予同意。", "request"),
        ("请县政府为银行贷款出具承诺函一事，县政府同意办理。", "commitment"),
        ("来函第六项提出由镇上把河滩地划给贵公司堆料，此事与规定不合，不能答应，请贵公司体谅。", "request"),
        ("来函第六项提出由镇上把河滩地划给贵公司堆料，请贵公司体谅，镇上同意划给。", "commitment"),
        ("你公司提出仍由开发区统一代缴土地使用税，该税应由纳税人自行申报缴纳，我县不代缴、不减免。", "request"),
    ],
)
def test_what_is_asked_for_and_refused_is_a_request(sentence: str, force: str) -> None:
    _, found = read(f"一、{sentence}")
    assert found[-2].force == force


def test_a_denial_that_is_complete_ends_with_its_part() -> None:
    text, found = read("一、双方对金额没有异议，等上级资金到了随到随付。")
    assert [text.text[scope.start : scope.end] for scope in found[-1].negations] == ["没有异议"]
