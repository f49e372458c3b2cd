"""Parties of a paper: role words, names, aliases, kind, level, side, credit code; letters and minutes have none by role."""

import re
from collections.abc import Iterator

import msgspec

from contract_audit.extract.facts.acting import COMMON_ALIASES, acting_for, as_investor, told_public
from contract_audit.extract.facts.labels import NamedRole, clean_name, labelled
from contract_audit.extract.facts.letters import ORGAN, by_letter, is_whole, issuer_of_minutes
from contract_audit.extract.facts.names import called_contractor, is_contractor, is_public, kind_of, level_of, side_of
from contract_audit.extract.facts.sealed import Named, credit_code, listed, repeated, sealed
from contract_audit.extract.facts.signed_names import signed_roles
from contract_audit.model import Clause, Document, Party, PartyKind, Side

_ROLE = r"[甲乙丙丁戊]\s*方"
_HEAD_LINE = re.compile(
    rf"(?:^[\s|]*(?:\d+(?:\.\d+)*[.、]?\s*)?|[\s　]{{2,}}|(?<=[书议同])[ 　])"
    rf"(?:(?P<role>{_ROLE})[一二三1-3]?\s*(?:(?:单位)?(?:名称|全称)\s*)?(?:[(（][^\n()（）]{{0,20}}[)）])?"
    rf"|(?P<named>[^\n：:。，|]{{2,10}})\s*[(（](?:(?:以下|下)(?:简称|统称|称)为?[“\"]?(?={_ROLE}[”\"]?[)）]\s*[：:]))?"
    rf"(?P<role2>{_ROLE})[”\"]?[)）])"
    rf"\s*(?:[：:]|[|\t　]|\s(?=\S))\s*[|]?\s*(?P<name>(?:(?!{_ROLE}\s*[（(：:]|\s\s)[^\n|\t]){{2,90}})",
    re.MULTILINE,
)
# A name with its role behind it: 云岭县人民政府（以下简称甲方）.
_NAME_FIRST = re.compile(
    rf"(?P<name>(?![）)·])[\u4e00-\u9fff（）()·]{{2,40}}?)\s*[(（](?:以下|下)?(?:简称|统称|称)?(?:为)?\s*[“\"]?(?P<role>{_ROLE})[”\"]?"
    r"(?:[，,；;][^()（）\n]{0,40})?[)）]"
)
_LEAD = re.compile(
    r"^.*(?:与|和(?!城乡|旅游|信息化|改革|规划|体育|计划生育|社会保障|草原|投资促进|水利|水务|交通|科技|建设|园林)|及|由|在|经|、|，|：)(?=[\u4e00-\u9fff（）()]{4})"
)
# Roles of other contracts: the one that gives is read as 甲方, the one that takes as 乙方.
_GIVERS = (
    "第?一方|(?:政府|招商|引资|实施|授权|委托)(?:单位|机构|主体|机关)|政府方|引资方|引进方|招商方|授权方|委托方|委托人|转让方|出让方|出让人|出租方|出租人|发包人|发包方|采购人|采购方"
    "|买方|需方|(?:立约|签约|缔约|订约|合作|协议)(?:一方|方一|人一)"
)
_TAKERS = (
    "第?二方|另一方|(?:投资|建设|项目|承建|申请|入驻|落户)(?:单位|企业|主体)|社会资本方?|企业方|投资方|投资人|项目方|建设方|入驻方|受托方|受托人|受让方|受让人|承租方|承租人|承包人|承包方|供应商|中标人"
    "|卖方|供方|(?:立约|签约|缔约|订约|合作|协议)(?:另一方|二方|方二|人二)"
)
_OTHER_ROLE = re.compile(
    rf"^[\s|]*(?:(?P<giver>{_GIVERS})|(?P<taker>{_TAKERS})|(?P<third>第?三方|(?:[\u4e00-\u9fff]{{2,4}}及)?(?:支持|监管|管理|服务|协调|保障|协助|配合|指导|产权)(?:方|单位)|(?:见证|鉴证|监督|担保|保证)(?:方|人|单位)|项目公司|(?:立约|签约|缔约|订约|合作|协议)(?:三方|方三|人三)))\s*(?:[(（](?![^()（）]*[甲乙丙丁]方)[^\n()（）]{{0,12}}[)）])?\s*[：:|]\s*(?:[(（](?P<own>{_ROLE})[)）]\s*)?(?P<name>[^\n|\t]{{2,90}})",
    re.MULTILINE,
)
_CALLED_ROLE = re.compile(rf"[(（][^()（）]{{0,8}}称[^()（）]{{0,3}}(?P<role>{_ROLE})")
_CALLED = re.compile(
    r"[(（，,]\s*(?:以下|下)?(?:简称|统称|统一称|称为?|下称)(?:为|“|”|「|\s)*[“\"「]?(?P<alias>[^”\"」)）；;，,。\n]{1,14})[”\"」]?"
)
# A short name in quotation marks alone behind the name: 某某管理委员会（“商务区”）. Bare 公司 and 企业 are no names.
_QUOTED = re.compile(
    r"[(（]\s*[“\"「](?P<alias>(?!公司|企业|[甲乙丙丁]方)[^”\"」()（），。\n]{2,12})[”\"」]\s*[)），,]"
)
# A firm named further down, mostly the one that is to be founded: 新设的某某管理有限公司（“运营公司”）.
_FOUNDED = re.compile(
    r"(?:设立|新设|成立|组建|注册|出资|投资|控股|子公司|全资)[^，。；\n]{0,24}?(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff（）()]{3,29}公司)"
    r"\s*[（(](?:以下|下)?(?:简称|称)?(?:为)?[“\"「](?P<alias>[^”\"」()（），。\n]{2,8}公司)[”\"」]\s*[）)]"
)
_CODE = re.compile(r"(?:统一社会)?信用代码[^0-9A-Z\n]{0,6}(?P<code>[0-9A-Z]{18})")
_AUTHORISED = re.compile(
    r"(?:受|经)[^\n，。；]{2,30}(?:政府|委员会|管委会)[^\n，。；]{0,24}(?:委托|授权)|授权(?:委托)?书|委托书|代表[^\n，。；]{2,14}政府"
)
_STATE_OWNED = re.compile(
    r"国有(?:独资|全资|控股|资本|资产|[大中小]?型?企业)|[省市县区州]属[大中小]?型?(?:国有|国企|企业)|国资|平台公司|(?:甲|乙|丙)方(?:出资|授权|设立|所属)|(?:管委会|政府|服务中心|街道办?(?:事处)?|财政局?|国资[委局办])(?:出资|全资|独资|控股|所属|下属|直属)"
)
_OF_PLACE = re.compile(r"([\u4e00-\u9fff]{2})[市县区旗州镇乡]")
_NAMED_COMPANY = re.compile(
    r"(?P<name>(?![）)])[\u4e00-\u9fff（）()]{4,30}公司)\s*[（(](?:以下|下)?(?:简称|称)[“\"]?(?P<alias>[^”\"）)，。\n]{2,12})[”\"]?(?:[，,；;][^）)\n]{1,24})?[)）]"
)
_SPLIT = re.compile(r"(?<=公司)[、，,和与及](?=[\u4e00-\u9fff（）()]{4,40}公司)")
_HEAD_CHARS = 1500


def parties(document: Document, clauses: tuple[Clause, ...]) -> tuple[Party, ...]:
    """Parties in the order of the paper; several firms in one role give several parties with that role.

    Letters and pledges: the issuer is 甲方, the addressee 乙方; minutes: the issuer, then the firms named with a short form.
    """
    text = document.text
    found = (
        list(_by_role(text))
        or list(_in_order(listed(text)))
        or list(_by_short_names(text))
        or list(_in_order(repeated(text)))
        or [_party(role, name, start, line, line) for role, name, start, line in by_letter(text)]
        or list(_in_order(sealed(text)))
        or _by_minutes_or_names(text)
    )
    signed = signed_roles(document, clauses)
    return tuple(
        msgspec.structs.replace(
            party, signed=signed.get(party.role, party.signed), uscc=party.uscc or credit_code(text, party.name)
        )
        for party in _with_founded(document.text, _sided(document.text, found))
    )


def _by_role(text: str) -> Iterator[Party]:
    seen: set[str] = set()
    places: set[int] = set()
    known = [*_roles_first(text), *_other_roles(text), *_names_first(text)]
    for role, name, offset, end in [*known, *labelled(text, known)]:
        if role in seen and offset not in places and _BESIDE.match(text[text.rfind("\n", 0, offset) + 1 :]):
            role = "丁方"  # who witnesses or guarantees beside three parties
        if role in seen or offset in places or not _is_name(name):
            continue
        seen.add(role)
        places.add(offset)
        line_start, line_end = text.rfind("\n", 0, offset) + 1, text.find("\n", end)
        block = text[line_start : _block_end(text, end)]
        line = text[line_start : line_end if line_end > 0 else len(text)]
        for part in _SPLIT.split(name):
            at = text.find(part, offset)
            yield _party(role, part, at if at >= 0 else offset, line, block)


_BESIDE = re.compile(r"[ \u3000|]*(?:见证|鉴证|监督|担保|保证)(?:方|人|单位)\s*[（(：:]")


def _roles_first(text: str) -> Iterator[NamedRole]:
    for match in _HEAD_LINE.finditer(text, 0, _HEAD_CHARS):
        role = re.sub(r"\s", "", match["role"] or match["role2"])
        yield role, clean_name(match["name"]), match.start("name"), match.end()


def _names_first(text: str) -> Iterator[NamedRole]:
    for match in _NAME_FIRST.finditer(text, 0, _HEAD_CHARS):
        lead = _LEAD.match(match["name"])
        name = match["name"][lead.end() :] if lead else match["name"]
        yield re.sub(r"\s", "", match["role"]), name, match.end("name") - len(name), match.end()


_JOINS = re.compile(r"(?:双方|乙方)(?:及|和|与|、)项目公司|三方|四方")


def _other_roles(text: str) -> Iterator[NamedRole]:
    for match in _OTHER_ROLE.finditer(text, 0, _HEAD_CHARS):
        if match["third"] == "项目公司" and not _JOINS.search(text, 0, _HEAD_CHARS):
            continue  # it is named, and is no party
        called = _CALLED_ROLE.search(match["name"])
        role = "甲方" if match["giver"] else "乙方" if match["taker"] else "丙方"
        said = called["role"] if called else match["own"]
        role = re.sub(r"\s", "", said) if said else role
        yield role, clean_name(match["name"]), match.start("name"), match.end()


def _block_end(text: str, start: int) -> int:
    """The lines of one party (住所, 法定代表人, 信用代码) end where the next party's begin."""
    following = [match.start() for pattern in (_HEAD_LINE, _OTHER_ROLE) if (match := pattern.search(text, start))]
    return min([*following, start + 300, len(text)])


def _is_name(name: str) -> bool:
    return (
        len(name) >= 2
        and (kind_of(name) != "unknown")
        and not re.search(r"权利|义务|(?<!有限)责任|应当|负责|同意|承诺|应于|须", name)
    )


def _party(role: str, name: str, start: int, line: str, block: str) -> Party:
    kind = kind_of(name)
    if "筹" in line[len(role) :][:60] and kind in ("enterprise", "person", "unknown"):
        kind = "preparatory" if kind != "person" else kind
    if kind == "enterprise" and _STATE_OWNED.search(line):
        kind = "platform_company"
    code = _CODE.search(block)
    return Party(
        role=role, name=name, aliases=_aliases(role, kind, line), kind=kind, level=level_of(name, kind), side=side_of(kind),
        start=start, end=start + len(name), uscc=code["code"] if code else None, authorised=bool(_AUTHORISED.search(block)),
    )  # fmt: skip


def _aliases(role: str, kind: PartyKind, line: str) -> tuple[str, ...]:
    matches = (match for pattern in (_CALLED, _QUOTED) for match in pattern.finditer(line))
    named = [alias for match in matches if (alias := match["alias"].strip()) != role]
    word = re.match(
        rf"[\s|]*({_GIVERS}|{_TAKERS}|(?!{_ROLE})[\u4e00-\u9fff]{{1,6}}(?:方|人|单位|主体)(?=[：:（(／/]))", line
    )
    if word and word.group(1) != role:
        named.append(word.group(1))
    return tuple(dict.fromkeys([*named, *COMMON_ALIASES.get(kind, ())]))


_SHORT_NAMES = re.compile(
    rf"(?P<one>{ORGAN}?)\s*[（(](?:以下|下)?(?:简称|称)(?:为)?[“\"]?(?P<alias>[^”\"）)\n]{{1,14}})[”\"]?[）)]\s*[与和及、]\s*"
    rf"(?P<other>{ORGAN}?)\s*[（(](?:以下|下)?(?:简称|称)(?:为)?[“\"]?(?P<other_alias>[^”\"）)\n]{{1,14}})[”\"]?[）)]"
)


_CONCLUDE = re.compile(r"签订|签署|订立|达成|签定")
_NEAR_CHARS = 60


def _by_short_names(text: str) -> Iterator[Party]:
    """Two parties by name and short name in one sentence: 某县人民政府（下称“县政府方”）与某公司（下称“投资方”）."""
    match = _SHORT_NAMES.search(text, 0, _HEAD_CHARS)
    if match is None or not _CONCLUDE.search(text, match.end(), match.end() + _NEAR_CHARS):
        return
    for role, name, alias in (("甲方", "one", "alias"), ("乙方", "other", "other_alias")):
        words = clean_name(match[name])
        if _is_name(words):
            party = _party(role, words, match.start(name), match[name], match[name])
            yield msgspec.structs.replace(party, aliases=(match[alias], *party.aliases))


# 甲方为某县人民政府, 甲方【某县人民政府】, or two names in the head that face one another.
_NAMED_ROLE = re.compile(rf"(?P<role>{_ROLE})\s*(?:为|是|系|【|\[|「|即)\s*(?P<name>{ORGAN}?)(?=[，,。；\n】\]」]|$)")
_ANY_ORGAN = re.compile(
    r"(?:(?<=[\n：:、，与和由及经（）()“”\s.．])|^)(?P<name>(?![与和由及经）)]|本(?:协议|合同))[\u4e00-\u9fff（）()]{2,30}?"
    r"(?:人民政府(?:(?![和与及由])[\u4e00-\u9fff]{2,8}?办事处)?|管理委员会|管委会|有限责任公司|"
    r"股份有限公司|有限公司|集团公司))(?!的|办公室|印发|文件|会议|令)"
)
_NAMES_CHARS, _TITLE_CHARS = 500, 200
_CALLED_SO = re.compile(r"[（(](?:以?下?[简统]?称|以下叫|叫)?(?P<alias>[\u4e00-\u9fff]{2,5})[，,）)]")
# 立字据的：某村村民委员会（村里）、徐某（办厂的）.
_BOTH_NAMED = re.compile(
    r"^\s*(?:立(?:字据|约|据|协议)(?:的|人)?|(?:签约|立约|协议|合同|当事)?双方(?:当事人)?|当事人|签约方"
    r"|(?:参会|与会|参加|会谈|洽谈)(?:双方|各方|方|单位))[：:]\s*"
    r"(?P<one>[^、，。；\n（(]{2,30})(?:[（(][^（）()\n]*[）)])?\s*[、，；和与及]\s*(?P<other>[^、，。；\n（(]{2,30})",
    re.MULTILINE,
)


_FIELD = re.compile(r"住所|地址|法定代表|负责人|联系|电话|统一社会|注册")


def _by_minutes_or_names(text: str) -> list[Party]:
    """Minutes have an issuer and firms; another paper of which no more is found, the two that its head names."""
    minutes = list(_by_minutes(text))
    if len(minutes) > 1 or "纪要" in text[:_TITLE_CHARS]:
        return minutes
    return list(_by_names(text)) or minutes


def _by_names(text: str) -> Iterator[Party]:
    """Where no role stands before a name: 甲方为…, else the first organ and the first firm that the head names."""
    named = [(re.sub(r"\s", "", match["role"]), match) for match in _NAMED_ROLE.finditer(text, 0, _HEAD_CHARS)]
    both = _BOTH_NAMED.search(text, 0, _NAMES_CHARS)
    if both is not None and not _FIELD.match(both["other"]):
        for role, group in (("甲方", "one"), ("乙方", "other")):
            party = _party(role, clean_name(both[group]), both.start(group), both[group], both[group])
            called = _CALLED_SO.match(text, both.end(group))
            yield msgspec.structs.replace(party, aliases=(called["alias"], *party.aliases)) if called else party
        return
    if len({role for role, _ in named}) < len(("甲方", "乙方")):
        found = [match for match in _ANY_ORGAN.finditer(text, 0, _NAMES_CHARS) if is_whole(match["name"])]
        public = [match for match in found if is_public(kind_of(match["name"]))]
        firms = [match for match in found if not is_public(kind_of(match["name"]))]
        if not public or not firms:
            return
        facing = sorted((public[0], firms[0]), key=lambda match: match.start())
        named = list(zip(("甲方", "乙方"), facing, strict=True))
    seen: set[str] = set()
    for role, match in named:
        name = clean_name(match["name"])
        if role not in seen and _is_name(name):
            seen.add(role)
            yield _party(role, name, match.start("name"), match.group(), match.group())


def _in_order(found: tuple[Named, ...]) -> Iterator[Party]:
    """Parties that have no role words, by their order in a list or among the seals."""
    for one in found:
        party = _party(one.role, one.name, one.start, one.name, one.name)
        yield msgspec.structs.replace(party, aliases=(one.alias, *party.aliases)) if one.alias else party


def _by_minutes(text: str) -> Iterator[Party]:
    issuer = issuer_of_minutes(text)
    if issuer is not None:
        role, name, start, line = issuer
        yield _party(role, name, start, line, line)
    for match in _NAMED_COMPANY.finditer(text, 0, _HEAD_CHARS * 2):
        name = re.sub(
            r"^(?:.*[及和与由、，]|就|会同|(?:.*(?:带队|率队|陪同|一行)|先后|实地)?(?:到|赴|前往|来到|走进|深入)|(?:会议|会上|现场|逐[项一]|专题|集中|再次)?(?:听取|邀请|约请|会见|接待|通知|研究|讨论|审议|协调|解决|处理|推进|议定)了?)(?=.{4,}公司)",
            "",
            match["name"],
        )
        start = match.end("name") - len(name)
        party = _party("企业", name, start, match.group(), match.group())
        builds = is_contractor(text, match.end()) or called_contractor(text, match["alias"])
        yield _with_side(party, "third") if builds else party


def _sided(text: str, found: list[Party]) -> list[Party]:
    """Sides from all parties together: a company of the government acts for it, unless it is the only investor."""
    found = [told_public(text, acting_for(party, found), found) for party in found]
    sides = {party.side for party in found}
    village = next((party for party in found if party.kind == "village"), None)
    if village is not None and "government" not in sides:  # a village that brings in a firm stands for the public side
        return [_with_side(party, "government") if party is village else party for party in found]
    if "government" in sides and "investor" not in sides:
        companies = [party for party in found if party.kind == "platform_company"]
        others = [party for party in found if party.kind != "platform_company"]
        if len(companies) > 1 or (others and companies):
            investor = _least_public(text, companies, others)
            return [as_investor(party) if party is investor else party for party in found]
    if "investor" in sides and "government" not in sides and len(found) > 1:
        acting = next((party for party in found if party.authorised), None)
        return [_with_side(party, "government") if party is acting else party for party in found]
    return found


def _least_public(text: str, companies: list[Party], others: list[Party]) -> Party:
    """Of companies whose names are like those of public ones the first that neither bears the place of a public party nor is
    called public where it is named; else the last.
    """
    places = {place for party in others for place in _OF_PLACE.findall(party.name)}
    for party in companies:
        line = text[text.rfind("\n", 0, party.start) + 1 :].partition("\n")[0]
        if not any(place in party.name for place in places) and not _STATE_OWNED.search(line):
            return party
    return companies[-1]


def _with_side(party: Party, side: Side) -> Party:
    return msgspec.structs.replace(party, side=side)


def _with_founded(text: str, found: list[Party]) -> list[Party]:
    """Parties with the short names given elsewhere in the paper; the first enterprise also bears those of firms it founds."""
    named = [msgspec.structs.replace(party, aliases=_and_called(text, party)) for party in found]
    investor = next((party for party in named if party.side == "investor"), None)
    known = {name for party in named for name in (party.name, *party.aliases)}
    founded = [
        match["alias"]
        for match in _FOUNDED.finditer(text)
        if match["alias"] not in known and kind_of(match["name"]) == "enterprise"
    ]
    if investor is None or not founded:
        return named
    bearing = msgspec.structs.replace(investor, aliases=tuple(dict.fromkeys([*founded, *investor.aliases])))
    return [bearing if party is investor else party for party in named]


def _and_called(text: str, party: Party) -> tuple[str, ...]:
    called = re.compile(
        re.escape(party.name)
        + r"\s*[（(](?:以下|下)(?:简称|称)(?:为)?[“\"「]?(?P<alias>[^”\"」（）()，。\n]{2,12})[”\"」]?[）)]"
    )
    short = [match["alias"] for match in called.finditer(text, 0, _HEAD_CHARS) if match["alias"] != party.role]
    return tuple(dict.fromkeys([*short, *party.aliases]))
