"""Check kind `party`: who signs, and may they promise what they promise (主体与权限)."""

import re
from collections.abc import Callable, Iterator

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.absence import meets
from contract_audit.engine.checks.signing import only_witnesses
from contract_audit.engine.view import View
from contract_audit.model import Party, PartyKind, Side
from contract_audit.rulespec import PartyCheck

_ROLES = ("甲方", "乙方", "丙方", "丁方")
# Somebody else instead of the one named: 或其届时书面指定的运营主体, （或政府授权单位）, （待定）.
_ELSE = re.compile(
    r"[（(]?(?:或者?|/或|及/或)[^，。；\n（）]{0,8}?(?:指定|授权|指派|委派|选定|确定|关联|控股|控制|下属|所属|设立)的?"
    r"[^，。；\n（）]{0,8}?(?:公司|企业|主体|第三[方人]|关联方|单位|机构|平台|部门|人(?!民)|方)|[（(]待[定签补][)）]"
)
# The firm is not there yet, or what signs is no person before the law: （以登记机关核准的名称为准）, 某公司沅浦项目部.
_UNBORN = re.compile(
    r"[（(][^（()）\n]{0,12}(?:拟(?:设立|成立|组建|注册)|筹[建备]中|待设立|设立中|尚未(?:设立|成立|注册)|暂定名|以[^，。；（()）]{0,14}(?:核准|登记)[^，。；（()）]{0,8}为准)"
    r"[^（()）\n]{0,8}[）)]"
)
# One body or another, or whoever signs in the end: 某县人民政府（或某县教育局，以最终盖章单位为准）, 甲公司/乙公司.
_ONE_OR_OTHER = re.compile(
    r"[（(]?(?:或者?|及/或|/|／)\s?[^，。；\n（）()]{2,24}?(?:人民政府|管理委员会|管委会|委员会|[局厅院]|公司|集团|中心|合作社|街道办事处)(?=[，,；;（(）)\s]|$)"
    r"|以[^，。；（()）\n]{0,14}(?:盖章|签章|用印|签署|签字|签约|登记|核准|批复|执照|通知)[^，。；（()）\n]{0,8}为准"
    r"|[（(][^（()）\n]{0,30}(?:届时|另行|自行)(?:自行|另行|书面)?(?:确定|指定|选定|决定)[^（()）\n]{0,8}[)）]"
    r"|[（(][^（()）\n]{0,10}(?:待定|另定|暂定|拟定|(?:待|另行|届时|暂未|尚未)(?:确定|明确|指定|选定|落实))[^（()）\n]{0,8}[)）]"
)
_NO_PERSON = re.compile(r"(?:项目(?:经理)?部|办事处|事业部|代表处)$")
_CLOSING = 30  # characters in which a bracket that the name opens is closed


def check(parameters: PartyCheck, case: Case) -> Iterator[Outcome]:
    """Outcomes of the rule's test over the parties."""
    if any(case.occurs(exception) for exception in parameters.unless):
        return
    for party in case.understanding.parties:
        yield from _TESTS[parameters.test](parameters, case, party)


def _competence(parameters: PartyCheck, case: Case, party: Party) -> Iterator[Outcome]:
    """A body of a kind that lacks the power promises what one of `groups` says, or what was found, without authorisation."""
    if not _is_meant(parameters, case, party) or party.authorised:
        return
    others = [other for other in _fellows(case, party) if other.role in _ROLES and other.kind in _COMPETENT]

    def is_own(view: View) -> bool:
        return _is_promised_by(case, party, others, view)

    sides: tuple[Side, ...] = (party.side, "both")
    views = [view for groups in parameters.groups if (view := meets(groups, case, sides, is_own)) is not None]
    found = not others and not case.found.isdisjoint(parameters.given_categories)
    found = found or any(is_own(case.views[place]) for place in _charged(parameters, case))
    if parameters.groups and not views and not found:
        return
    promised = [view.provision for view in views[:1]]
    related = tuple(case.related("超出职权的承诺", provision.start, provision.end) for provision in promised)
    yield Outcome(start=party.start, end=party.end, values={"name": party.name}, related=related)


def _charged(parameters: PartyCheck, case: Case) -> list[int]:
    """The provisions, by their place, in which rules of the given categories found their wrong."""
    return sorted(set().union(*(case.charged.get(category, ()) for category in parameters.given_categories)))


_COMPETENT: frozenset[PartyKind] = frozenset({"government", "committee", "department"})
_NO_STANDING: frozenset[PartyKind] = frozenset(
    {"temporary_body", "internal_body"}
)  # not even to issue minutes that bind
# What is asked for, or open to everybody by a rule that there is, is not promised.
_ASKED = re.compile(r"(?:来函|贵公司|你公司|企业|公司)(?:所)?(?:希望|提出|要求|请求|建议|恳请)")
_FOR_ALL = re.compile(
    r"面向(?:全|所有|各|社会)|适用于?(?:全|所有|各)|一视同仁|普惠|对所有|统一的|补贴与否|是否[^，。；]{0,6}(?:由|以)|(?:依照|按照|依)(?:法律|国家)[^，。；]{0,8}规定|依(?:法定)?程序(?:确定|审核|决定)|与其他[^，。；]{0,8}(?:同等|一样|相同)"
)


def _is_promised_by(case: Case, party: Party, others: list[Party], view: View) -> bool:
    """Whether a statement binds this party, not its fellows of the same side, and is no answer or general rule."""
    words = case.text(view.provision.start, view.provision.end)
    if _ASKED.search(words) or _FOR_ALL.search(words):
        return False
    bearer = view.provision.bearer
    return not others or (bearer is not None and (bearer == party.role or bearer in (party.name, *party.aliases)))


def _is_meant(parameters: PartyCheck, case: Case, party: Party) -> bool:
    """Whether the party is of the kinds and names that the rule is about, and signs alone where it must."""
    if party.kind not in parameters.party_kinds or party.side not in parameters.side:
        return False
    if party.role not in _ROLES and not (party.role == "发文机关" and party.kind in _NO_STANDING):
        return False
    if parameters.names and not any(name in party.name for name in parameters.names):
        return False
    # A company that signs with an office lends it no power of an organ.
    able = (other for other in _fellows(case, party) if other.role in _ROLES and other.kind != "platform_company")
    return not (parameters.alone and any(able))


def _fellows(case: Case, party: Party) -> list[Party]:
    """The other parties of its side that promise with it; who only witnesses does not."""
    return [
        other
        for other in case.understanding.parties
        if other is not party and other.side == party.side and not only_witnesses(other)
    ]


def _kind(parameters: PartyCheck, case: Case, party: Party) -> Iterator[Outcome]:
    wanted = {"person": "person", "preparatory": "preparatory"}[parameters.test]
    if party.kind == wanted and party.role in ("甲方", "乙方", "丙方") and not _answers_for_a_firm(case, party):
        yield Outcome(start=party.start, end=_whole_end(case, party), values={"name": party.name})


_OF_A_FIRM = re.compile(
    r"\s*[（(，,][^（()）\n]{0,12}(?:股东|控制人|创始人|出资人|担保|保证|法定代表人)[^（()）\n]{0,24}"
)


def _answers_for_a_firm(case: Case, party: Party) -> bool:
    """Whether a person signs beside the firm that invests, as its shareholder or surety."""
    firm = any(other.kind == "enterprise" and other.side == party.side for other in case.understanding.parties)
    return party.kind == "person" and firm and _OF_A_FIRM.match(case.document.text, party.end) is not None


def _whole_end(case: Case, party: Party) -> int:
    """The end of the name with the bracket that it opens: …有限公司（筹建中，暂未取得营业执照）."""
    text = case.document.text
    closing = re.compile(r"[)）]").search(text, party.end, party.end + _CLOSING)
    opened = re.search(r"[(（][^)）\n]*$", text[party.start : party.end]) or text.startswith(("（", "("), party.end)
    return closing.end() if opened and closing and "\n" not in text[party.end : closing.end()] else party.end


def _unsure(parameters: PartyCheck, case: Case, party: Party) -> Iterator[Outcome]:
    """「或其指定公司」: nobody can say who is bound."""
    line_end = case.document.text.find("\n", party.start)
    line = case.document.text[party.start : line_end if line_end >= 0 else None]
    found = _ELSE.search(line)
    if found is None and party.role in _ROLES:
        found = _UNBORN.search(line) or _ONE_OR_OTHER.search(line)
    if found is not None:
        yield Outcome(start=party.start, end=party.start + found.end(), values={"name": party.name})
    elif party.kind in ("enterprise", "unknown") and party.role in _ROLES and _NO_PERSON.search(party.name):
        yield Outcome(start=party.start, end=party.end, values={"name": party.name})


def _successor(parameters: PartyCheck, case: Case, party: Party) -> Iterator[Outcome]:
    """The signing body was abolished or renamed (机构沿革) and the agreement does not say who succeeds."""
    for old, new, changed_on, heir in case.context.institutions:
        was_later = changed_on is None or case.signed_on is None or changed_on >= case.signed_on
        if fold_text(old) == fold_text(party.name) and was_later and fold_text(heir or new) not in case.folded.text:
            values = {"name": old, "other": heir or new, "due": str(changed_on or "")}
            yield Outcome(start=party.start, end=party.end, values=values)
            return
    told = _GONE.match(case.document.text, party.end) if party.side == "government" else None
    if told is not None and not _TAKEN_ON.search(told.group()):
        year = _YEAR.search(told.group())
        values = {"name": party.name, "other": "依法承接的单位", "due": year.group() if year else "签约前"}
        yield Outcome(start=party.start, end=party.end, values=values, conditions=(told.group(),))


# 某局（2019年机构改革后不再保留，职责由某局承担）: the heading itself tells that the body is no more.
_GONE = re.compile(
    r"\s*[（(][^（()）\n]{0,40}?(?:(?:已|均|被|予以|批复|决定|同意|改革(?:时|中|后)?|年|月|日|该[局委办处])[^（()）\n，。；拟将若如未]{0,14}?"
    r"(?:撤销|撤并|裁撤|并入|注销|解散)|不再保留|已不存在)[^（()）\n]{0,60}[)）]"
)
_TAKEN_ON = re.compile(
    r"由[^，。；（()）]{2,24}(?:承接|承继|继承|概括承受|签章|盖章|代章)|拟(?:于)?[^，。；（()）]{0,8}撤"
)
_YEAR = re.compile(r"(?:[0-9]{4}|二〇[〇一二三四五六七八九○]{2})年(?:[0-9一二三四五六七八九十]{1,3}月)?")


_TESTS: dict[str, Callable[[PartyCheck, Case, Party], Iterator[Outcome]]] = {
    "competence": _competence,
    "person": _kind,
    "preparatory": _kind,
    "unsure": _unsure,
    "successor": _successor,
}
