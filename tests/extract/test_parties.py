import pytest

from contract_audit.extract.facts.names import kind_of, level_of
from tests.extract.conftest import Understand

BODY = "第一条 乙方在云岭县投资建厂。\n"


@pytest.mark.parametrize(
    ("name", "kind", "level"),
    [
        ("云岭县人民政府", "government", "county"),
        ("榕浦市澜湾区人民政府", "government", "county"),
        ("沅平县龙溪乡人民政府", "township", "township"),
        ("云岭县城关街道办事处", "subdistrict", "township"),
        ("鹤汀市云麓绿色产业开发区管理委员会", "committee", "zone"),
        ("云岭县自然资源局", "department", "county"),
        ("云岭县招商引资工作领导小组办公室", "temporary_body", "county"),
        ("云岭县北部新城开发建设指挥部", "temporary_body", "county"),
        ("云岭县招商服务专班", "temporary_body", "county"),
        ("云岭县职教园区筹建处", "temporary_body", "county"),
        ("恒远科技公司筹建处", "preparatory", "none"),
        ("云岭县驻京招商联络处", "internal_body", "county"),
        ("云岭县中小企业发展局", "department", "county"),
        ("云岭县企业服务中心", "institution", "county"),
        ("云岭县城建发展集团有限公司", "platform_company", "county"),
        ("云岭县新兴产业引导基金（有限合伙）", "platform_company", "county"),
        ("云岭县投资促进中心", "institution", "county"),
        ("云岭县供销合作社联合社", "institution", "county"),
        ("云岭县第二中学", "institution", "county"),
        ("云岭县机关幼儿园", "institution", "county"),
        ("云岭县城市建设投资集团有限公司", "platform_company", "county"),
        ("云岭县竹山村村民委员会", "village", "none"),
        ("恒远健康产业发展有限公司", "enterprise", "none"),
        ("恒远制造（云岭）有限公司", "enterprise", "none"),
        ("云岭恒远新材料有限公司（筹）", "preparatory", "none"),
        ("卢庆山", "person", "none"),
    ],
)
def test_a_name_tells_kind_and_level(name: str, kind: str, level: str) -> None:
    assert kind_of(name) == kind
    assert level_of(name, kind_of(name)) == level


@pytest.mark.parametrize(
    "head",
    [
        "甲方：云岭县人民政府\n乙方：恒远制造有限公司\n",
        "甲　　方：云岭县人民政府（以下简称甲方）\n乙　　方：恒远制造有限公司（以下简称乙方）\n",
        "云岭县人民政府（以下简称“甲方”）\n恒远制造有限公司（以下简称“乙方”）\n",
        "甲方:云岭县人民政府    乙方:恒远制造有限公司\n",
        "引资方（甲方）：云岭县人民政府\n投资方（乙方）：恒远制造有限公司\n",
        "出租方：云岭县人民政府\n承租方：恒远制造有限公司\n",
        "| 甲方 | 云岭县人民政府 |\n| 乙方 | 恒远制造有限公司 |\n",
    ],
)
def test_the_parties_are_found_in_every_form_of_head(head: str, understand: Understand) -> None:
    paper = understand(f"投资协议\n{head}{BODY}", whole=True)
    assert [(party.role, party.name, party.side) for party in paper.parties] == [
        ("甲方", "云岭县人民政府", "government"),
        ("乙方", "恒远制造有限公司", "investor"),
    ]


def test_the_enterprise_may_be_the_first_party(understand: Understand) -> None:
    paper = understand(f"建厂合同\n甲方：恒远制造有限公司\n乙方：云岭县人民政府\n{BODY}", whole=True)
    assert [party.side for party in paper.parties] == ["investor", "government"]


def test_two_firms_may_share_a_role_and_a_company_of_the_government_stands_on_its_side(understand: Understand) -> None:
    company = "云岭兴园产业发展有限公司（县国资中心出资的国有独资公司）"
    head = f"甲方：云岭县人民政府\n乙方：恒远制造有限公司、恒远精工有限公司\n丙方：{company}\n"
    paper = understand(f"投资协议\n{head}{BODY}", whole=True)
    assert [(party.role, party.side) for party in paper.parties] == [
        ("甲方", "government"), ("乙方", "investor"), ("乙方", "investor"), ("丙方", "government"),
    ]  # fmt: skip


def test_a_company_owned_by_an_office_stands_on_its_side(understand: Understand) -> None:
    company = "云岭城南实业投资有限公司（街道办全资公司）"
    paper = understand(f"协议\n甲方：云岭县城南街道办事处\n乙方：恒远制造有限公司\n丙方：{company}\n{BODY}", whole=True)
    assert [party.side for party in paper.parties] == ["government", "investor", "government"]


def test_a_letter_names_its_parties_by_issuer_and_addressee(understand: Understand) -> None:
    text = (
        "云岭县招商引资工作领导小组办公室\n云招办函〔2017〕23号\n关于轴承项目有关事项的答复函\n恒远制造有限公司：\n你公司来函收悉。\n"
        "此函。\n云岭县招商引资工作领导小组办公室（印章）\n2017年11月20日\n"
    )
    paper = understand(text, whole=True)
    assert [(party.name, party.side) for party in paper.parties] == [
        ("云岭县招商引资工作领导小组办公室", "government"),
        ("恒远制造有限公司", "investor"),
    ]
    assert "你公司" in paper.parties[1].aliases


def test_the_credit_code_and_an_authorisation_belong_to_their_party(understand: Understand) -> None:
    head = "甲方：云岭县开发区管理委员会（受云岭县人民政府委托）\n乙方：恒远制造有限公司\n统一社会信用代码：91340699MA8P3N7E27\n"
    paper = understand(f"投资协议\n{head}{BODY}", whole=True)
    assert [(party.uscc, party.authorised) for party in paper.parties] == [(None, True), ("91340699MA8P3N7E27", False)]


def test_who_signed_is_read_from_the_block(understand: Understand) -> None:
    text = (
        f"投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n{BODY}甲方（盖章）：          乙方（盖章）：\n"
        "代表（签字）：          代表（签字）：\n签订日期：    年  月  日\n"
    )
    assert [party.signed for party in understand(text, whole=True).parties] == [False, False]
    assert [party.signed for party in understand(BODY).parties] == [True, True]


def test_first_and_second_party_stand_for_the_roles(understand: Understand) -> None:
    head = "第一方：恒远制造有限公司（以下称企业）\n第二方：云岭县人民政府（以下称县方）\n"
    paper = understand(f"合作协议\n{head}第一条 企业在云岭县投资建厂，县方提供服务。\n", whole=True)
    assert [(party.role, party.side) for party in paper.parties] == [("甲方", "investor"), ("乙方", "government")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "投资承诺书\n云岭县人民政府：\n我公司在贵县投资建厂，承诺如下。\n承诺人：恒远制造有限公司（盖章）\n2019年12月5日\n",
            ["恒远制造有限公司", "云岭县人民政府"],
        ),
        (
            "关于轴承项目落户条件的承诺函\n致：恒远制造有限公司\n我县承诺如下。\n云岭县招商引资工作专班\n2022年10月10日\n",
            ["云岭县招商引资工作专班", "恒远制造有限公司"],
        ),
        (
            "云岭县柳荫镇人民政府\n关于诚邀沐禾竹筷厂来我镇落户的信\n常明坤先生并沐禾竹筷厂各位股东：\n来信收悉。\n2019年4月1日\n",
            ["云岭县柳荫镇人民政府", "沐禾竹筷厂"],
        ),
    ],
)
def test_who_writes_and_who_is_written_to(text: str, names: list[str], understand: Understand) -> None:
    assert [party.name for party in understand(text, whole=True).parties] == names


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Hanover Bearings GmbH", ["enterprise"]),
        ("BrightPath (HK) Co., Limited", ["enterprise"]),
        ("Kestrel Aerospace Sdn. Bhd.", ["enterprise"]),
        ("Party B", []),
    ],
)
def test_foreign_names_are_firms(name: str, kinds: list[str], understand: Understand) -> None:
    paper = understand(f"投资协议\n甲方：云岭县人民政府\n乙方：{name}\n{BODY}", whole=True)
    assert [party.kind for party in paper.parties if party.role == "乙方"] == kinds


def test_a_role_may_be_told_behind_the_name(understand: Understand) -> None:
    head = "委托方：云岭县住房和城乡建设局（以下称甲方）\n投资方：恒远制造有限公司（以下称乙方）\n"
    paper = understand(f"代建合同\n{head}{BODY}", whole=True)
    assert [(party.role, party.name) for party in paper.parties] == [
        ("甲方", "云岭县住房和城乡建设局"), ("乙方", "恒远制造有限公司"),
    ]  # fmt: skip
    turned = "投资方：恒远制造有限公司（以下称甲方）\n引资方：云岭县住房和城乡建设局（以下称乙方）\n"
    paper = understand(f"代建合同\n{turned}{BODY}", whole=True)
    assert [(party.role, party.side) for party in paper.parties] == [("甲方", "investor"), ("乙方", "government")]


def test_names_keep_what_belongs_to_them_and_nothing_more(understand: Understand) -> None:
    head = "甲方：恒远制造有限公司或其书面指定的关联企业\n乙方：Hanover Bearing Systems (Asia) Pte. Ltd.（下称乙方）\n"
    paper = understand(f"投资协议\n{head}{BODY}", whole=True)
    assert [(party.name, party.kind) for party in paper.parties] == [
        ("恒远制造有限公司", "enterprise"), ("Hanover Bearing Systems (Asia) Pte. Ltd.", "enterprise"),
    ]  # fmt: skip


def test_short_names_in_quotation_marks_and_of_firms_to_be_founded(understand: Understand) -> None:
    head = "甲方：云岭县数字商务区管理委员会（“商务区”）\n乙方：恒远制造集团有限公司（“公司”）\n"
    body = "1.1 项目由公司新设的恒远（云岭）供应链有限公司（“运营公司”）实施。\n"
    office, firm = understand(f"合作协议\n{head}{body}", whole=True).parties
    assert "商务区" in office.aliases
    assert "运营公司" in firm.aliases
    assert "公司" not in firm.aliases


def test_minutes_that_three_seal_have_them_as_parties_in_the_order_of_their_seals(understand: Understand) -> None:
    text = (
        "仓储装备项目推进会议纪要\n时间：2023年8月24日\n参加：开发区主任、企业董事长。\n"
        "1. 企业租用公寓60套，开发区2025年2月底前先交36套。\n"
        "开发区（盖章）：澄海湾经济开发区管理委员会　签字：池砚秋\n"
        "企业（盖章）：瀚格物流装备（澄海湾）有限公司　签字：骆沛文\n澄海湾园区运营有限公司（盖章） 芮春池\n2023年8月28日\n"
    )
    paper = understand(text, whole=True)
    assert [(party.role, party.name) for party in paper.parties] == [
        ("甲方", "澄海湾经济开发区管理委员会"), ("乙方", "瀚格物流装备（澄海湾）有限公司"), ("丙方", "澄海湾园区运营有限公司"),
    ]  # fmt: skip
    (duty,) = [one for one in paper.obligations if one.due]
    assert (duty.side, duty.bearer) == ("government", "甲方")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "总部项目投资协议\n本协议由以下双方订立：\n（1）湖洲市临湖新区管理委员会（“新区管委会”），是湖洲市人民政府的派出机构；与\n"
            "（2）拓林数科集团股份有限公司（“拓林”），在上海证券交易所上市。\n",
            ["湖洲市临湖新区管理委员会", "拓林数科集团股份有限公司"],
        ),
        (
            "战略合作框架协议\n1. 桂溪市人民政府（以下简称“市政府”）\n地址：人民大道1号\n2. 东南五金行业商会（以下简称“商会”）\n"
            "3. 海浦锐冠工具股份有限公司（以下简称“锐冠公司”）\n",
            ["桂溪市人民政府", "东南五金行业商会", "海浦锐冠工具股份有限公司"],
        ),
        ("共建学校协议\n1.1 甲方：渌江市白石区人民政府，住所：府前街8号。\n1.2 乙方：景行教育集团有限公司，住所：星沙路19号。\n",
         ["渌江市白石区人民政府", "景行教育集团有限公司"]),
        ("投资协议书\n招商方：（甲方）梅川县工业和信息化局\n投资方：（乙方）董立坤，身份证号3301\n", ["梅川县工业和信息化局", "董立坤"]),
        ("招商协议\n本协议由岚皋市商务局（甲方，地址：解放路12号）与四季丰冷链有限责任公司（乙方，地址：环城路88号）签订。\n",
         ["岚皋市商务局", "四季丰冷链有限责任公司"]),
    ],
)  # fmt: skip
def test_parties_by_number_by_role_in_brackets_and_with_an_address(
    understand: Understand, text: str, names: list[str]
) -> None:
    assert [party.name for party in understand(text, whole=True).parties] == names


@pytest.mark.parametrize(
    "addressee", ["恒远制造有限公司", "恒远制造有限公司、王强经理", "王强先生并恒远制造有限公司各位股东"]
)
def test_a_letter_may_be_to_a_firm_and_to_its_manager(addressee: str, understand: Understand) -> None:
    paper = understand(f"关于支持建厂的承诺书\n{addressee}：\n{BODY}云岭县石桥镇人民政府\n承诺人：李明\n", whole=True)
    assert [(party.role, party.name) for party in paper.parties] == [
        ("甲方", "云岭县石桥镇人民政府"),
        ("乙方", "恒远制造有限公司"),
    ]


def test_a_firm_named_after_the_place_of_the_government_acts_for_it_beside_the_investor(understand: Understand) -> None:
    head = (
        "甲方：栎阳高新技术产业开发区管理委员会\n乙方：澄朗光学（栎阳）有限公司\n丙方：{name}\n第一条 丙方建设厂房。\n"
    )
    kinds = {
        name: understand(head.format(name=name), whole=True).parties[-1].kind
        for name in ("栎阳高新建设发展有限公司", "栎阳宏垣建筑工程有限公司", "澜江建设发展有限公司")
    }
    assert list(kinds.values()) == ["platform_company", "enterprise", "enterprise"]
    alone = understand("甲方：栎阳市人民政府\n乙方：栎阳文旅发展有限公司\n第一条 乙方投资。\n", whole=True)
    assert alone.parties[-1].side == "investor"
