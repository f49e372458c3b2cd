"""Who owes a duty: the name right beside its time, not the one in the event it counts from; else what the heading says."""

import re
from functools import lru_cache

import msgspec

from contract_audit.chinese.text import behind_last
from contract_audit.extract.duties.acts import kind_of_act, side_by_act
from contract_audit.extract.duties.nodes import columns
from contract_audit.extract.facts.names import kind_of, side_of
from contract_audit.model import Clause, Obligation, Party, Provision, Side

_BREAK = re.compile(r"[，；;。：:]|,(?![0-9]{3})")


def with_subjects(
    text: str,
    found: list[Obligation],
    clauses: tuple[Clause, ...],
    provisions: tuple[Provision, ...],
    parties: tuple[Party, ...],
) -> tuple[Obligation, ...]:
    """The duties with bearer and side mended where the provision's own bearer is another's."""
    times = [(duty.due_start, duty.due_end) for duty in found if duty.anchor]
    named: list[Obligation] = []
    for duty in found:
        duty = _with_subject(text, duty, times, (provisions, clauses), parties)
        last = named[-1] if named else None
        if duty.side == "unknown" and last is not None and last.provision == duty.provision:  # …，并于次年报送
            duty = msgspec.structs.replace(duty, bearer=last.bearer, side=last.side)
        named.append(duty)
    named = [_with_next_phrase(text, duty, parties) for duty in named]
    named = [_with_outsider(duty, parties) for duty in named]
    named = [_by_column(text, duty, provisions, parties) for duty in named]
    said = _said_under(clauses, provisions)
    named = [_in_table(text, duty, clauses, provisions, parties, said) for duty in named]
    return tuple(_under_heading(text, duty, _is_guess(text, duty, provisions), clauses, parties) for duty in named)


# “9月30日前开通班车”不作调整，由甲方按期办理
_SEEN_TO = re.compile(
    r"[”\"]?[，,](?:仍|继续|均)*由(?P<role>[甲乙丙丁]方)(?:仍|继续|负责|按期|如期|按时|办理|完成|组织|实施|落实)"
)


def _with_next_phrase(text: str, duty: Obligation, parties: tuple[Party, ...]) -> Obligation:
    """A duty of nobody whose sentence goes on to say who sees to it."""
    match = _SEEN_TO.match(text, duty.end) if duty.side == "unknown" and duty.bearer is None else None
    side = _side_of_name(match["role"], parties) if match is not None else None
    if match is None or side is None:
        return duty
    return msgspec.structs.replace(duty, bearer=match["role"], side=side)


def _with_outsider(duty: Obligation, parties: tuple[Party, ...]) -> Obligation:
    """What a party owes together with one who is no party to the bargain is owed by the party: 县城投、承建公司对账."""
    if duty.side != "both" or not duty.bearer or "、" not in duty.bearer:
        return duty
    sides = {_any_side(name, parties) for name in duty.bearer.split("、")}
    owing = sides - {"third"}
    side = owing.pop() if len(owing) == 1 and "third" in sides else None
    return duty if side not in ("government", "investor") else msgspec.structs.replace(duty, side=side)


def _any_side(name: str, parties: tuple[Party, ...]) -> Side | None:
    return next((party.side for party in parties if name in (party.role, party.name, *party.aliases)), None)


_WHO_COLUMN = re.compile(r"^(?:责任|承担|承办|牵头|负责|实施|履约|义务|完成|落实)(?:单位|部门|主体|方|人|者)?$")
_ZONE = re.compile(r"(?:经济|高新|产业|工业)*(?:开发区|园区|新区|高新区|经开区|工业园|集聚区)|[县市区镇乡](?:里|委)")


def _by_column(
    text: str, duty: Obligation, provisions: tuple[Provision, ...], parties: tuple[Party, ...]
) -> Obligation:
    """A row with a column of who is responsible is owed by the one who stands there, not by who is named in the task."""
    provision = provisions[duty.provision] if duty.provision is not None else None
    if provision is None or provision.kind != "table_row":
        return duty
    table = columns(text, provision)
    who = next(
        (
            text[low:high].strip()
            for head, (low, high) in zip(table.heads, table.cells, strict=False)
            if _WHO_COLUMN.match(head)
        ),
        "",
    )
    if len(who) < _SHORTEST_NAME or (duty.bearer and duty.bearer in who and duty.side != "unknown"):
        return duty
    side = _side_of_name(who, parties) or ("government" if _ZONE.fullmatch(who) else side_of(kind_of(who)))
    return msgspec.structs.replace(duty, bearer=who, side=side) if side in ("government", "investor") else duty


_SHORTEST_NAME = 2


def _in_table(
    text: str,
    duty: Obligation,
    clauses: tuple[Clause, ...],
    provisions: tuple[Provision, ...],
    parties: tuple[Party, ...],
    said_under: dict[int | None, dict[Side, int]],
) -> Obligation:
    """A row or item that names nobody is owed by the one party of the words above, a row else by that of the article before."""
    provision = provisions[duty.provision] if duty.provision is not None else None
    if provision is None or not _is_guess(text, duty, provisions):
        return duty
    in_table = provision.kind == "table_row"
    if not in_table and (duty.side != "unknown" or provision.known_by == "said"):
        return duty
    above = {
        role for stem in provision.stems[0 if in_table else -1 :] for role in _ROLE.findall(text[stem.start : stem.end])
    }
    side = _side_of_name(above.pop(), parties) if len(above) == 1 else None
    if side is None and in_table and duty.side == "unknown" and duty.clause is not None:
        parent = clauses[duty.clause].parent
        said = {one for one, first in said_under.get(parent, {}).items() if first < (duty.provision or 0)}
        side = said.pop() if parent is not None and len(said) == 1 else None
    return duty if side is None else msgspec.structs.replace(duty, side=side)


def _said_under(clauses: tuple[Clause, ...], provisions: tuple[Provision, ...]) -> dict[int | None, dict[Side, int]]:
    """The sides that are named as bearers in a clause or right below it, each with the first provision that names it."""
    found: dict[int | None, dict[Side, int]] = {}
    for index, one in enumerate(provisions):
        if one.known_by == "said" and one.side in ("government", "investor") and one.clause is not None:
            for clause in (one.clause, clauses[one.clause].parent):
                found.setdefault(clause, {}).setdefault(one.side, index)
    return found


def _is_guess(text: str, duty: Obligation, provisions: tuple[Provision, ...]) -> bool:
    """True where nothing but the thing owed told the side."""
    provision = provisions[duty.provision] if duty.provision is not None else None
    if provision is None or duty.side in ("unknown", "third"):
        return True
    said = _ROLE.search(text, provision.start, provision.end)
    guessed = provision.side == "unknown" or (provision.known_by == "default" and duty.bearer is None)
    return guessed and not said


def _under_heading(
    text: str, duty: Obligation, guessed: bool, clauses: tuple[Clause, ...], parties: tuple[Party, ...]
) -> Obligation:
    """Where nobody is named: the one party of the heading above (乙方权责), else the writer of a letter (贵公司…)."""
    if duty.side == "unknown":
        duty = _as_said_before(text, duty, clauses, parties)
        guessed = guessed and duty.side == "unknown"
    if guessed and (side := _side_of_heading(text, duty, clauses, parties)) is not None:
        return msgspec.structs.replace(duty, side=side)
    if duty.side == "unknown" and parties and _is_letter(text):
        return msgspec.structs.replace(duty, side=parties[0].side)
    return duty


@lru_cache(maxsize=4)  # asked for each duty of a paper
def _is_letter(text: str) -> bool:
    """Whether a paper speaks to its reader and names no parties by their roles."""
    return _LETTER.search(text) is not None and _ROLE.search(text) is None


def _side_of_heading(
    text: str, duty: Obligation, clauses: tuple[Clause, ...], parties: tuple[Party, ...]
) -> Side | None:
    """The side of the one party that a short heading above the duty names: 乙方权责, 镇里答应的事, 企业方面."""
    place = duty.clause
    while place is not None:
        clause = clauses[place]
        line = text.find("\n", clause.start, clause.end)
        heading = _REMARK.sub("", text[clause.start : line if line >= 0 else clause.end])
        own = clause.start <= duty.start < clause.start + len(heading) and not clause.heading
        if len(heading) <= _HEADING_CHARS and not own:  # 押金于期满后退乙方 is no heading of what 乙方 owes
            sides = {_side_of_name(name, parties) for name in _ROLE.findall(heading)}
            if not sides and _OF_DUTIES.search(heading):
                sides = {
                    party.side
                    for party in parties
                    if party.side != "unknown" and any(name in heading for name in (party.name, *party.aliases))
                } or {side for side, words in _HEADED if words.search(heading)}
            if len(sides) == 1 and (side := sides.pop()) is not None:
                return side
        place = clause.parent
    return None


_OF_DUTIES = re.compile(
    r"(?:[的要该应须]|答应|承诺)(?:办|做|干|管|负)?(?:到的)?(?:的?事项?)?[：:]?$|义务|责任|承诺|任务|答应|[办做]的事|[做干办]什么$"
    r"|(?:节点|进度|里程碑|计划|指标|时间表|安排)[）)]?$"
)
# 二、镇里做的事（前五样的钱已列入预算）: the remark behind the heading says nothing of who; 第十条（承租人投资进度） is all heading.
_REMARK = re.compile(r"(?<=[\u4e00-\u9fff])(?<![条章节款])[（(][^（）()]*[）)]?$")
_HEADED: tuple[tuple[Side, re.Pattern[str]], ...] = (
    (
        "government",
        re.compile(
            r"(?:[县市区镇乡村]|园区|新区|开发区)(?:里|上|委会|政府|方|管委会)|政府|[我贵][县市区镇乡府]|管委会"
        ),
    ),
    ("investor", re.compile(r"企业|公司|投资[人方]|厂里|厂方")),
)


def _as_said_before(text: str, duty: Obligation, clauses: tuple[Clause, ...], parties: tuple[Party, ...]) -> Obligation:
    """The one party that the sentence names before; a price is paid by the side that has the works done."""
    sentence = behind_last("\n。；", text, duty.start)
    roles = set(_ROLE.findall(text[sentence : max(duty.start, duty.due_start)]))
    side = _side_of_name(roles.pop(), parties) if len(roles) == 1 else None
    if side is not None:
        return msgspec.structs.replace(duty, side=side)
    named = _FIRM.match(duty.anchor or "")
    if named is not None:  # 海岱公司取得规划条件后报送: who gets it goes on
        side = _side_of_name(named.group(), parties)
        return msgspec.structs.replace(duty, side=side) if side is not None else duty
    clause = clauses[duty.clause] if duty.clause is not None else None
    if duty.kind != "payment":
        return duty
    said = text[clause.start : duty.end] if clause is not None else ""
    pays = _PRICE.search(said) and not _ROLE.search(said)
    pays = pays or _WHOLE_PRICE.search(text, duty.start, duty.end) is not None
    if pays and any(party.side == "government" for party in parties):
        return msgspec.structs.replace(duty, side="government")
    return duty


_FIRM = re.compile(r"[\u4e00-\u9fff（）]{4,24}?公司")
# 验收通过之日起30日内付清全部价款: who has had the work accepted pays for it.
_WHOLE_PRICE = re.compile(
    r"(?:验收|审核|核定)[^。；\n]{0,30}(?:付清|支付|拨付|结清)[^，。；]{0,6}(?:价款|服务费|采购款|合同款|货款|尾款|余款)"
)
_PRICE = re.compile(r"预付款|工程款|进度款|合同(?:总)?价|质(?:量)?保(?:证)?金|货款")
_ROLE = re.compile(r"[甲乙丙丁]方")
_LETTER = re.compile(r"贵(?:公司|司|单位|企业)|你(?:公司|司|单位)")
_HEADING_CHARS = 20


_SUBJECT = re.compile(
    r"(?:由|请)?\s*(?P<who>[甲乙丙丁]方|(?:项目)?公司|[\u4e00-\u9fff（）]{2,30}公司(?=承诺|应|须|要|负责|保证|确保|同意|必须|将|于|在|自))"
    r"(?!的|之间|提供的|所|名下|[^，。；应须]{0,6}(?:押金|保证金|定金|保函|诚意金)(?:在|于|自|，)?$)"
)
# 城投公司所欠的进度款于9月30日前付清: who owes the money pays it.
_DEBTOR = re.compile(r"(?P<who>[甲乙丙丁]方|[\u4e00-\u9fff（）]{2,30}?公司)(?:所欠|欠付|拖欠|尚欠)[^，。；\n]{2,30}$")
_UTILITY = re.compile(
    r"(?:协调|督促|要求|委托|组织|[与和向对给]|供电|电力|供水|水务|自来水|燃气|天然气|热力|供热|通信|电信)"
)


def _with_subject(
    text: str,
    duty: Obligation,
    times: list[tuple[int, int]],
    read: tuple[tuple[Provision, ...], tuple[Clause, ...]],
    parties: tuple[Party, ...],
) -> Obligation:
    """The duty with the bearer that stands right beside its time, which the event it counts from does not name.

    乙方报送资料后30日内审核完毕 speaks of 乙方 only in the event; 竣工后由甲方退还 names another than the sentence's subject.
    """
    if duty.provision is None or duty.due_end <= duty.due_start:
        return duty
    phrase = _BREAK.split(text[duty.start : duty.due_start])[-1] if duty.start < duty.due_start else ""
    phrase = _REMARK_END.sub("", phrase)
    after = text[max(duty.due_end, duty.start) : duty.end].lstrip("，, ")
    if (asked := asked_of(text, duty.start, duty.due_start)) is not None:
        side = _side_of_name(asked, parties) or _OTHER_SIDE.get(read[0][duty.provision].side)
        return duty if side is None else msgspec.structs.replace(duty, bearer=None, side=side)
    for words in (phrase, after):
        named = _DEBTOR.match(words) or _SUBJECT.match(words)
        if named is not None:
            stated = read[0][duty.provision]
            told = stated.bearer == named["who"] and stated.side in _OTHER_SIDE
            side = stated.side if told else _side_of_name(named["who"], parties)
            if named["who"].endswith("公司") and not _is_party(named["who"], parties):  # 由茶谷公司移交, under 贵府承诺
                side = _side_of_heading(text, duty, read[1], parties) or side
            return duty if side is None else msgspec.structs.replace(duty, bearer=named["who"], side=side)
    if (agent := _AGENT.search(re.split("[。；]", after)[0])) is not None:
        side = _side_of_name(agent["who"], parties)
        return duty if side is None else msgspec.structs.replace(duty, bearer=agent["who"], side=side)
    if (called := next((party for party in parties if _is_called(party, phrase)), None)) is not None:
        return msgspec.structs.replace(duty, bearer=called.role, side=called.side)
    return _with_other_subject(text, duty, times, read, (after, parties))


_REMARK_END = re.compile(r"^[^（()）]*[）)]")  # 车间（8600平方米，均已封顶）由某公司于: behind the remark
# 乙方押金在期满之日起60日内由甲方退还: who is named with 由 before the verb does it
_AGENT = re.compile(r"^[^，由]{0,16}(?<![不交给转])由(?P<who>[甲乙丙丁]方)(?!的|委托|指定|认可|提供的|选定|聘请)")
# 甲方可以要求其在30日内提出整改方案: who is asked owes
_ASKED = re.compile(r"(?:要求|责令|责成|通知)(?P<who>其|[甲乙丙丁]方|企业|项目公司|公司)(?:应当?|须)?(?:在|于|自)?$")
_OTHER_SIDE: dict[Side, Side] = {"government": "investor", "investor": "government"}


def asked_of(text: str, start: int, time: int) -> str | None:
    """Who is asked, right before the time, to do something; None where nobody is."""
    match = _ASKED.search(text, start, time)
    return match["who"] if match else None


def _with_other_subject(
    text: str,
    duty: Obligation,
    times: list[tuple[int, int]],
    read: tuple[tuple[Provision, ...], tuple[Clause, ...]],
    rest: tuple[str, tuple[Party, ...]],
) -> Obligation:
    """The duty without the bearer that only the event it counts from names."""
    after, parties = rest
    if duty.provision is None:
        return duty
    provisions, clauses = read
    provision = provisions[duty.provision]
    if provision.known_by != "said" or not provision.bearer or duty.side not in ("government", "investor"):
        return duty
    said = text.find(provision.bearer, provision.start, provision.end)
    if duty.anchor and (_GOT.search(duty.anchor) or _SIGNS.search(duty.anchor)):
        # 甲方收到申请后30日内答复: who receives is who owes; 乙方签约后分两年还清: all sign, one pays
        return duty
    excepted = _EXCEPT.search(text, provision.start, duty.due_start)
    if not any(start <= said < end for start, end in times) and not (excepted and excepted.end() > said):
        return duty
    outside = f"{text[duty.start : duty.due_start]} {after}"
    owed = side_by_act(kind_of_act(outside, outside, "unknown"), outside)
    owed = _side_of_heading(text, duty, clauses, parties) or owed
    before = provisions[duty.provision - 1] if duty.provision else provision
    if owed is None and before.clause == provision.clause and before.side in ("government", "investor"):
        owed = before.side
    return msgspec.structs.replace(duty, bearer=None, side=owed) if owed and owed != duty.side else duty


_EXCEPT = re.compile(r"(?:除非|未经|经|征得)[^，。；\n]{2,20}(?:同意|认可|要求|书面通知)[^，。；\n]{0,4}[，,]")
_SIGNS = re.compile(r"^[甲乙丙丁]方(?:在|于)?(?:本?(?:协议|合同))?签[约字订署]")
_GOT = re.compile(r"^.{0,8}(?:收到|接到|接收|受理|收悉|取得|领取|获得)")


def _is_called(party: Party, phrase: str) -> bool:
    """The phrase before the time is a party's name and nothing more: 企业租60套，开发区2月底前先交36套."""
    if party.side not in ("government", "investor"):
        return False
    words = _LEAD_IN.sub("", phrase.strip())
    return len(words) > 1 and words in (party.name, *party.aliases)


_LEAD_IN = re.compile(r"^(?:由|请)|(?:应当?|须|将|在|于|则)+$")


def _is_party(name: str, parties: tuple[Party, ...]) -> bool:
    short = name.removesuffix("公司")
    return name == "项目公司" or any(short in (party.name + "".join(party.aliases)) for party in parties)


def _side_of_name(name: str, parties: tuple[Party, ...]) -> Side | None:
    """The side of a role or a firm; None for those who are no party to the bargain (供电公司)."""
    for party in parties:
        if name in (party.role, party.name, *party.aliases) and party.side in ("government", "investor"):
            return party.side
    if not name.endswith("公司") or _UTILITY.search(name) or len(name) < len("总部公司"):
        return None
    side = side_of(kind_of(name))
    return side if side in ("government", "investor") else None
