from datetime import date
from decimal import Decimal

import pytest

from contract_audit.audit import understand
from contract_audit.casefile import Profile, RegisterRow, profile, resemblances, side_by_side
from contract_audit.casefile.similarity_profile import trade_name
from contract_audit.casefile.similarity_text import codes, common_passages, phrases
from contract_audit.readers import txt
from contract_audit.settings import Settings

OLD = """年产60万套压缩机壳体压铸项目投资合同
甲方：云岭县人民政府
乙方：云岭鼎沃压铸有限公司
法定代表人：常远山
第一条 乙方建设年产60万套压缩机壳体压铸项目，总投资18600万元，股东为常远山、阮青竹。
第二条 项目位于创业大道以西、纬三路以北，宗地编号YL-2021-08，用地面积62亩，总建筑面积31000平方米。
第三条 主要设备为冷室压铸机16台、卧式加工中心45台、抛丸线3条。
甲方（盖章）：云岭县人民政府  代表（签字）：卜建章
乙方（盖章）：云岭鼎沃压铸有限公司  代表（签字）：常远山
签订日期：2021年4月22日
"""
NEW = """新能源汽车轻量化铸件智能工厂项目招商引资合同
甲方：云岭县人民政府
乙方：云岭睿驰轻量化科技有限公司
法定代表人：{person}
第一条 项目名称：新能源汽车轻量化铸件智能工厂项目。{lead}
第二条 项目选址位于{site}，用地面积{land}亩，总建筑面积{floor}平方米。
第三条 购置{machines}，年产压缩机动盘、静盘{output}万套。总投资2.1亿元。
甲方（盖章）：
乙方（盖章）：
签订日期：    年    月    日
"""
SAME = {
    "person": "常远山",
    "lead": "",
    "site": "创业大道西侧、纬三路北侧（宗地编号YL-2021-08）",
    "land": "62",
    "floor": "31000",
    "machines": "冷室压铸机16台、卧式加工中心45台、抛丸线3条",
    "output": "60",
}


def _profile(text: str, name: str) -> Profile:
    return profile(understand(txt.read(text.encode(), name, Settings())))


def _new(**changes: str) -> str:
    return NEW.format(**(SAME | changes))


def _documents(text: str, old: str = OLD, register: tuple[RegisterRow, ...] = ()) -> list[str]:
    found = resemblances([_profile(old, "old.txt"), _profile(text, "new.txt")], register)
    assert found[0] == ()  # the earlier paper resembles nothing before it
    return [item.resemblance.document for item in found[1]]


def test_the_same_project_under_another_firm_is_named_with_its_facts() -> None:
    papers = [_profile(OLD, "old.txt"), _profile(_new(), "new.txt")]
    (likely,) = resemblances(papers)[1]
    facts = {fact.name: fact for fact in likely.resemblance.facts}
    assert likely.resemblance.signed_on == date(2021, 4, 22)
    assert facts["法定代表人"].own == facts["法定代表人"].other == "常远山"
    assert facts["宗地"].own == "YL-2021-08"
    assert NEW.format(**SAME)[facts["用地"].start : facts["用地"].end] == "62亩"
    assert OLD[facts["用地"].other_start : facts["用地"].other_end] == "62亩"
    assert "卧式加工中心45台" in facts["设备"].own
    assert Decimal(7) <= likely.resemblance.points <= sum(fact.points for fact in facts.values())


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "傅一鸣"},
        {"land": "70", "floor": "36000"},
        {"site": "创业大道西侧、纬三路北侧"},
        {"machines": "压铸单元16套、卧式加工中心45台、抛丸线3条", "output": "80"},
    ],
)
def test_one_changed_fact_hides_nothing(changes: dict[str, str]) -> None:
    assert _documents(_new(**changes)) == ["old.txt"]


LEASE = "一、租期六年，租金每平方米每月9元。\n"


def test_a_lease_that_tells_what_is_made_with_which_machines_is_of_a_project() -> None:
    lease = _new().replace("项目招商引资合同", "项目厂房租赁合同").replace("第一条", f"{LEASE}第一条", 1)
    assert _profile(lease, "new.txt").kind == "厂房租赁"
    assert _documents(lease) == ["old.txt"]
    bare = lease.replace(SAME["machines"], "必要的设施").replace("年产压缩机动盘、静盘60万套", "依法经营")
    assert _documents(bare) == []


def test_a_lease_beside_the_agreement_with_the_same_firm_is_lawful() -> None:
    lease = _new().replace("项目招商引资合同", "项目厂房租赁合同").replace("云岭睿驰轻量化科技", "云岭鼎沃压铸")
    assert _documents(lease.replace("第一条", f"{LEASE}第一条", 1)) == []


def test_a_rival_of_the_same_trade_is_another_project() -> None:
    text = _new(person="傅一鸣", site="迎宾大道南侧", land="35", floor="14000", machines="抛丸线5条", output="20")
    assert _documents(text) == []


@pytest.mark.parametrize(
    "lead",
    [
        "本项目是在双方2021年4月22日签订的投资合同基础上实施的二期扩建。",
        "本合同是《年产60万套压缩机壳体压铸项目投资合同》的补充，双方对原合同续期。",
    ],
)
def test_a_paper_that_names_its_original_is_lawful(lead: str) -> None:
    assert _documents(_new(lead=lead)) == []


@pytest.mark.parametrize(
    "lead",
    ["二期视市场情况扩建。", "本项目与《年产60万套压缩机壳体压铸项目投资合同》无关，不属于其二期扩建。"],
)
def test_a_second_phase_without_original_or_a_denial_excuses_nothing(lead: str) -> None:
    assert _documents(_new(lead=lead)) == ["old.txt"]


def test_an_undated_old_draft_is_no_earlier_paper() -> None:
    old = (
        OLD.replace("2021年4月22日", "    年    月    日")
        .replace("卜建章", "")
        .replace("代表（签字）：常远山", "代表（签字）：")
    )
    assert _documents(_new(), old) == []


def _row(**fields: object) -> RegisterRow:
    blank: dict[str, object] = {
        "project": "压缩机壳体项目",
        "company": "鼎沃压铸有限公司",
        "uscc": "",
        "files": (),
        "row": 5,
    }
    return RegisterRow(**(blank | fields))


def test_a_register_row_is_an_earlier_project() -> None:
    row = _row(
        representative="常远山",
        site="宗地编号YL-2021-08",
        equipment="冷室压铸机16台、卧式加工中心45台",
        land="62亩",
        state="停产",
    )
    (found,) = resemblances([_profile(_new(), "new.txt")], (row,))
    assert [item.resemblance.document for item in found] == ["项目台账 第5行"]


def test_a_signed_paper_is_not_held_against_rows_without_date() -> None:
    row = _row(
        company="云岭鼎沃压铸有限公司", representative="常远山", site="宗地编号YL-2021-08", land="62亩", state="投产"
    )
    assert resemblances([_profile(OLD, "old.txt")], (row,)) == ((),)


@pytest.mark.parametrize(
    ("fields", "certain"),
    [
        ({"state": "在谈"}, None),
        ({"files": ("new.txt",)}, None),
        ({"state": "已签约", "signed_on": date(2022, 1, 1)}, True),
        ({}, False),
    ],
)
def test_the_projects_own_row_is_not_held_against_it(fields: dict[str, object], certain: bool | None) -> None:
    row = _row(
        project="新能源汽车轻量化铸件智能工厂项目", company="云岭睿驰轻量化科技有限公司", land="62亩", investment="2.1亿元",
        site="宗地编号YL-2021-08", **fields,
    )  # fmt: skip
    (found,) = resemblances([_profile(_new(), "new.txt")], (row,))
    assert [item.resemblance.certain for item in found] == ([] if certain is None else [certain])


def test_phrases_are_the_same_whatever_the_numbers_and_marks() -> None:
    one = phrases("本项目以有色金属铸造为基础，总投资3亿元，向轻量化部件方向延伸，服务周边上下游企业。")
    other = phrases("本项目以有色金属铸造为基础；总投资9亿元；向轻量化部件方向延伸，服务周边上下游企业。")
    assert len(codes(one)) > 3 and one == other


def test_passages_stand_side_by_side() -> None:
    text, other = (
        "一、甲方在园区北侧为乙方修建长三百米的蒸汽管廊。",
        "第五条 县里在园区北侧，为乙方修建长三百米的蒸汽管廊。",
    )
    (common,) = common_passages(text, other, codes(phrases(text)))
    assert text[common.start : common.end] == "在园区北侧为乙方修建长三百米的蒸汽管廊"
    assert other[common.other_start : common.other_end] == "在园区北侧，为乙方修建长三百米的蒸汽管廊"


def test_side_by_side_gives_places_in_both_texts() -> None:
    clause = "第四条 甲方在渣土场旧址上为乙方修建三百米蒸汽管廊和专用铁路道岔一组。\n"
    old, new = (
        OLD.replace("甲方（盖章）", clause + "甲方（盖章）", 1),
        _new().replace("甲方（盖章）", clause + "甲方（盖章）", 1),
    )
    likely = resemblances([_profile(old, "old.txt"), _profile(new, "new.txt")])[1][0]
    passages = side_by_side(likely, new, old).passages
    assert any("渣土场旧址" in passage.own for passage in passages)
    assert all(new[passage.start : passage.end] == passage.own for passage in passages)
    assert all(old[passage.other_start : passage.other_end] == passage.other for passage in passages)
    assert {passage.points for passage in passages} == {Decimal("0")}


@pytest.mark.parametrize(
    ("company", "places", "trade"),
    [
        ("河南恒远制造有限公司", (), "恒远"),
        ("崤南睿驰轻量化科技有限公司", ("崤南",), "睿驰"),
        ("恒远（南阳）新材料有限公司", (), "恒远"),
    ],
)
def test_the_distinctive_part_of_a_name(company: str, places: tuple[str, ...], trade: str) -> None:
    assert trade_name(company, frozenset(places)).startswith(trade)
