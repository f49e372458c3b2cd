"""What only the whole folder shows comes out of a scan: old projects under new names, unequal promises."""

from datetime import date
from pathlib import Path

from contract_audit import batch, engine
from contract_audit.casefile import load_companions
from contract_audit.model import Finding

_OLD = """年产60万套压缩机壳体压铸项目投资合同
甲方：云岭县人民政府
乙方：云岭鼎沃压铸有限公司
法定代表人：常远山
第一条 乙方建设年产60万套压缩机壳体压铸项目，宗地编号YL-2021-08，用地面积62亩，总建筑面积31000平方米。
第二条 主要设备为冷室压铸机16台、卧式加工中心45台。甲方按乙方设备投资额的6%给予设备补助。
第三条 甲方在渣土场旧址上为乙方修建三百米蒸汽管廊和专用铁路道岔一组。
甲方（盖章）：云岭县人民政府  代表（签字）：卜建章
乙方（盖章）：云岭鼎沃压铸有限公司  代表（签字）：常远山
签订日期：2021年4月22日
"""
_NEW = """新能源汽车轻量化铸件智能工厂项目招商引资合同
甲方：云岭县人民政府
乙方：云岭睿驰轻量化科技有限公司
法定代表人：常远山
第一条 项目名称：新能源汽车轻量化铸件智能工厂项目。宗地编号YL-2021-08，用地面积62亩，总建筑面积31000平方米。
第二条 购置冷室压铸机16台、卧式加工中心45台。甲方按乙方设备投资额的10%给予设备补助。
第三条 甲方在渣土场旧址上为乙方修建三百米蒸汽管廊和专用铁路道岔一组。
甲方（盖章）：
乙方（盖章）：
签订日期：    年    月    日
"""


def _scan(folder: Path, register: Path | None = None) -> list[Finding]:
    options = batch.Options(as_of=date(2026, 6, 30), jobs=1, companions=load_companions(register=register))
    return [
        finding for audit in batch.scan((folder,), engine.load_rules(), options).audits for finding in audit.findings
    ]


def test_an_old_project_under_a_new_name_and_unequal_promises(tmp_path: Path) -> None:
    for name, text in (("old.txt", _OLD), ("new.txt", _NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    findings = _scan(tmp_path)
    (old,) = [finding for finding in findings if finding.category == "review.duplicate_project"]
    assert (old.document, old.quote, old.verdict) == ("new.txt", "新能源汽车轻量化铸件智能工厂项目", "fail")
    assert "old.txt" in old.message and "常远山" in old.message
    there = [place for place in old.related if place.document == "old.txt"]
    assert all(
        _OLD[place.start : place.end] == place.quote for place in there if place.role == "前件相同文字" and place.end
    )
    assert any("渣土场旧址" in place.quote for place in there)
    named = [
        finding.document
        for finding in findings
        if "云岭睿驰轻量化科技有限公司" in finding.message and "10%" in finding.message
    ]
    assert "old.txt" in named


def test_a_register_row_is_named_by_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "new.txt").write_text(_NEW, encoding="utf-8")
    register = tmp_path / "台账.csv"
    register.write_text(
        "项目名称,企业名称,法定代表人,签约日期,建设地点,设备,用地,状态\n"
        '压缩机壳体项目,鼎沃压铸有限公司,常远山,2021-04-22,宗地编号YL-2021-08,"冷室压铸机16台、卧式加工中心45台",62亩,停产\n',
        encoding="utf-8",
    )
    (found,) = [finding for finding in _scan(folder, register) if finding.category == "review.duplicate_project"]
    assert "项目台账 第2行" in found.message
