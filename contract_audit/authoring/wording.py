"""What a rule looks for, in Chinese sentences: the rule book's and the reviewer's view of a check."""

from collections.abc import Iterator
from typing import assert_never

from contract_audit.engine.case import FORCES, SIDES
from contract_audit.engine.remedies import mending
from contract_audit.model import PartyKind, Side
from contract_audit.reports.wording import DUTY_KINDS, chinese_date
from contract_audit.rulespec import (
    AbsenceCheck,
    AgreeCheck,
    BasisRef,
    BlankCheck,
    Check,
    CompareCheck,
    DuplicateCheck,
    Group,
    IndustryCheck,
    ObligationCheck,
    Pack,
    PartsCheck,
    PartyCheck,
    ProvisionCheck,
    ReferenceCheck,
    RelationCheck,
    Rule,
    StructureCheck,
    UnequalCheck,
    Unless,
    ValueTest,
    WordingCheck,
    WorthCheck,
)
from contract_audit.vocabulary import FACTS

_VALUES = {
    "date": "日期", "recurrence": "周期", "duration": "期间", "deadline": "期限", "money": "金额", "area": "面积", "percent": "比例",
    "number": "数量",
}  # fmt: skip
_DENIED = {
    "require": "（被否定的）", "allow": "（不论是否被否定）", "within": "（否定词属于所列词语的，否定也算）", "forbid": "",
}  # fmt: skip
_SHOWN_WORDS = 24  # words of a list that the book shows; the file has all
_DUTY_TESTS = {
    "overdue": "期限已过而没有按期完成的凭证", "due_soon": "期限将至", "infeasible": "期限短于完成该事项所需的时间",
    "conflicting": "同一事项约定了不同的期限", "before_signing": "期限早于签订日期", "missing_deadline": "没有期限",
    "missing_standard": "没有交付标准", "vague": "写了时间，但没有可核对的日子",
}  # fmt: skip
_AGREEMENTS = {
    "capitals": "大写金额与小写金额不一致", "sum": "各分项之和与合计不一致", "party_names": "当事人名称前后不一致",
    "signing_dates": "首部与签署栏的日期不一致", "unit": "单位或者数量级有误", "uscc": "统一社会信用代码校验不符",
    "terms": "期限、日期的两种写法对不上", "strangers": "不是当事人的企业以当事人的口吻出现",
    "intensity": "同一处所写的用地、投资与投资强度算不到一起", "planning": "规划指标与所列面积不符或者突破控制值",
    "deposit": "定金超过价款的百分之二十", "penalty": "违约金与标的不成比例", "lease": "租期加上续期、免租期等合计超过二十年",
    "told_twice": "总投资前后写成两个数",
}  # fmt: skip
_PARTIES = {
    "competence": "签约主体对所承诺的事项没有权限", "person": "以自然人名义签约", "preparatory": "以筹建中的公司名义签约",
    "unsure": "签约主体不确定", "successor": "签约机构已经撤并", "uscc": "统一社会信用代码校验不符",
}  # fmt: skip
_STRUCTURES = {"signature": "签署栏缺签字或者盖章", "signing_date": "没有签订日期", "numbering": "条款编号跳号或者重复"}
_RELATIONS = {"one_sided_liability": "违约责任只约束企业一方", "circular": "两项义务互为前提"}
_REFERENCES = {"clause": "引用的条款不存在", "attachment": "所列附件不存在或者没有附上"}
_OPERATORS = {"lt": "低于", "le": "不高于", "gt": "高于", "ge": "不低于", "differs": "不同于"}


def meaning(check: Check, pack: Pack) -> tuple[str, ...]:
    """The conditions of a check, one sentence each."""
    return tuple(_sentences(check, pack))


_BINDS = {"governments": "承诺人是政府", "public": "承诺人是机关", "firms": "承诺人是企业", "party": "当事人中有机关"}
_BODIES: dict[PartyKind, str] = {
    "government": "县级以上政府", "department": "部门", "committee": "管委会", "township": "乡镇政府", "subdistrict": "街道办事处",
    "temporary_body": "专班、指挥部等临时机构", "internal_body": "内设机构", "institution": "事业单位",
    "platform_company": "平台公司", "enterprise": "企业", "village": "村集体", "person": "个人",
    "preparatory": "筹建机构", "unknown": "不明主体",
}  # fmt: skip


def remedies(rule: Rule, pack: Pack) -> Iterator[str]:
    """What else a rule advises than its redraft: in particular cases, and where the paper is signed."""
    for one in rule.remedy_cases:
        done = {None: [], True: ["已经完成的"], False: ["尚未完成的"]}[one.done]
        duties = [f"属于{'、'.join(DUTY_KINDS[kind] for kind in one.duties)}的"] if one.duties else []
        where = [f"写到{'、'.join(one.where)}的"] if one.where else []
        others = f"（会同{'、'.join(one.departments)}）" if one.departments else ""
        yield f"{'，'.join([*done, *duties, *where])}：{one.remedy or '建议同上'}{others}"
    signed = mending(rule, pack)
    if signed != "{remedy}":
        yield f"已经签订的：{signed.replace('{remedy}', '（建议的条文）').replace('{paper}', pack.info.remedies.agreed_by)}"


def matter(ref: BasisRef) -> str:
    """Where the basis is cited: for which matter, in which papers, of which day; empty where nothing limits it."""
    limits = []
    if ref.where:
        limits.append(f"写到{'、'.join(entry.removeprefix('@') for entry in ref.where)}的才引")
    if ref.unless:
        limits.append(f"写到{'、'.join(entry.removeprefix('@') for entry in ref.unless)}的不引")
    if ref.kinds:
        limits.append(f"只在{'、'.join(ref.kinds)}中引")
    if ref.binds != "all":
        limits.append(f"{_BINDS[ref.binds]}的才引")
    if ref.bodies:
        limits.append(f"承诺人或当事人是{'、'.join(_BODIES[kind] for kind in ref.bodies)}的才引")
    if ref.owed_by != "any":
        limits.append("由当事人履行的才引" if ref.owed_by == "sides" else "由当事人以外的部门、公司履行的才引")
    if ref.mode != "any":
        limits.append("只在已签文本中引" if ref.mode == "signed" else "只在送审稿中引")
    if ref.selected_by == "due":
        limits.append("按义务到期日选版本")
    if ref.until is not None:
        limits.append(f"只引到{chinese_date(ref.until)}")
    return f"（{'；'.join(limits)}）" if limits else ""


def exceptions(check: Check, pack: Pack) -> tuple[str, ...]:
    """What keeps the rule silent, or moves its grade, one sentence each."""
    roles = (("不提示", "unless"), ("降一级", "lower"), ("升一级", "raise_"))
    return tuple(
        f"{title}：{entry.label}（{_test(entry, pack)}）" if _test(entry, pack) else f"{title}：{entry.label}"
        for title, role in roles
        for entry in getattr(check, role, ())
    )


def _sentences(check: Check, pack: Pack) -> Iterator[str]:
    match check:
        case ProvisionCheck():
            yield f"看{_sides(check.side)}的条款，语气为{'、'.join(FORCES[force] for force in check.force)}"
            yield from (f"同一约定中有{_group(group, pack)}" for group in check.groups)
            yield from (f"并有数值条件：{_value(value)}" for value in check.values)
        case AbsenceCheck():
            yield "全文没有" + _together(check.missing, pack, "，也没有")
            yield from ("而文中有" + _together(groups, pack) for groups in check.given)
        case ObligationCheck():
            yield f"看{_sides(check.side)}的义务：{_DUTY_TESTS[check.test]}"
        case CompareCheck():
            yield _comparison(check)
        case IndustryCheck() | PartsCheck() | WorthCheck():
            yield _made_of(check, pack)
        case DuplicateCheck():
            yield f"与台账或者此前签订的协议有相同的主体、地点、产品、设备、规模或者少见语句，合计不少于{check.least}分"
        case UnequalCheck():
            yield "同一政府对不同企业的同类承诺标准不同（同批文件之间比较）"
        case WordingCheck():
            yield f"整句的用字与这一类的已知写法相近，识别分高于{check.bar}；{check.doubt}至{check.bar}分的留给人判断"
        case PartyCheck():
            yield _PARTIES[check.test]
            yield from ("所承诺的是" + _together(groups, pack) for groups in check.groups)
        case _:
            yield _fixed(check)


def _made_of(check: IndustryCheck | PartsCheck | WorthCheck, pack: Pack) -> str:
    """Checks of what a project, or a sum, is made of."""
    if isinstance(check, IndustryCheck):
        return f"申报的是{_group(check.declared, pack)}，所列建设内容按建筑面积（没有面积的按用词）主要属于别的行业"
    if isinstance(check, WorthCheck):
        return (
            f"{len(check.things)}种常见建筑、设备、设施中某一项的单价高于所定的最高价，"
            f"或者总投资高于所列全部内容按最高价计算的{check.scale}倍"
        )
    named = f"写有{_group(check.part, pack)}的各项"
    return f"{_group(check.whole, pack)}的构成（列表、表格或者一句之内）里，{named}合计占{check.share:.0%}以上"


def _fixed(check: AgreeCheck | ReferenceCheck | BlankCheck | StructureCheck | RelationCheck | DuplicateCheck) -> str:
    """Checks that one word decides."""
    match check:
        case AgreeCheck():
            return _AGREEMENTS[check.what]
        case ReferenceCheck():
            return _REFERENCES[check.what]
        case BlankCheck():
            return "应当填写的地方仍是空白" + ("（含签署栏）" if check.in_signature else "（签署栏除外）")
        case StructureCheck():
            return _STRUCTURES[check.test]
        case RelationCheck():
            return _RELATIONS[check.test]
        case DuplicateCheck():
            return "项目的主体、地点、内容与台账或者以前的协议相同或者相近"
        case _:
            assert_never(check)


def _comparison(check: CompareCheck) -> str:
    subject = _fact(check.fact) if check.fact else ""
    if check.ratio:
        subject = f"{_fact(check.ratio.numerator)}÷{_fact(check.ratio.denominator)}"
    limit = (
        check.limit.local
        or (_fact(check.limit.fact) if check.limit.fact else "")
        or "＋".join(_fact(term.fact) for term in check.limit.sum)
        or str(check.limit.number or "约定的限值")
    )
    return f"{subject}{_OPERATORS[check.op]}{limit}；缺少数据的列为未判定"


def _fact(name: str) -> str:
    return FACTS[name].title if name in FACTS else name


def _sides(sides: tuple[Side, ...]) -> str:
    return "、".join(SIDES[side] for side in sides)


def _value(test: ValueTest) -> str:
    words = {"any": "有", **_OPERATORS}[test.op]
    return f"{_VALUES[test.value]}{words}{test.than if test.than is not None else ''}"


def _together(groups: tuple[Group, ...], pack: Pack, between: str = "并有") -> str:
    return between.join(_group(group, pack) for group in groups)


def _group(group: Group, pack: Pack) -> str:
    return _test(group, pack) + _DENIED[group.negated]


def _test(test: Group | Unless, pack: Pack) -> str:
    """The words of a group: named lists with their first words, own words, and that there is a pattern."""
    parts = [_named(entry, pack) if entry.startswith("@") else f"“{entry}”" for entry in test.any[:_SHOWN_WORDS]]
    if len(test.any) > _SHOWN_WORDS:
        parts.append(f"等 {len(test.any)} 个词")
    if test.pattern:
        parts.append("句式（见规则文件）")
    return "、".join(parts)


def _named(entry: str, pack: Pack) -> str:
    words = pack.words[entry[1:]]
    shown = "、".join(words.words[:6])
    return f"{words.title}" + (f"（如{shown}）" if shown else "")
