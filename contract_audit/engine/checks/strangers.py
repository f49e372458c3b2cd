"""Firms that act as a party and are none: a name left over from an older draft (云杉木业应于每季度末向甲方报送…)."""

import re
from collections.abc import Iterator

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import said_to_be
from contract_audit.engine.checks.naming import named_in
from contract_audit.rulespec import AgreeCheck

# How short names of firms end; 行业, 企业, 产业 and their like are no names.
_ENDING = (
    r"(?:公司|集团|实业|股份|科技|新材料?|新能源|电子|机械|重工|药业|生物|食品|智能|精密|光电|环保|能源"
    r"|(?:[竹木纸茶药钢铝铜锂酒乳糖牧纺化机电矿])业)"
)
_NAME = rf"[\u4e00-\u9fff]{{2,8}}?{_ENDING}"
_DUTY = (
    r"(?:应当?(?!收|付|税|急|用|届)|须|必须|需(?!求|要)|不得|有权|负责|承诺|保证(?!金|期|责|人)|同意|确保|享有|享受)"
)
# The name opens the clause and a duty follows: 恒远公司应于每月5日前报送….
_ACTS = re.compile(rf"(?:^|[。；，、：\n）)]|[0-9][.．、]\s?|[0-9）]\s)(?P<name>{_NAME})(?=(?:股份|有限)?{_DUTY})")
# The government gives to the name: 甲方对恒远公司购置的设备给予….
_RECEIVES = re.compile(
    r"甲方(?:应当?|须|负责)?(?:另行)?(?:对|给予|向|为|授予)(?P<name>[\u4e00-\u9fff]{2,6}公司)(?=[^，。；\n]{0,24}(?:给予|补|奖|购置|提供|支付|拨|交付|投资|，))"
)
_FIRM = re.compile(r"[\u4e00-\u9fff]{4,}(?:（[\u4e00-\u9fff]{2,8}）)?(?:[\u4e00-\u9fff]*)(?:公司|集团|厂|合作社|中心)")
_ENDINGS = ("公司", "集团", "厂", "合作社", "中心")
# Words that make a name a kind of firm, somebody's firm, or no firm at all.
_KIND = re.compile(
    r"[甲乙丙丁双各]方|[贵你我]公司|政府|管委|[市县区镇乡省州国]属|项目|平台|城投|该|子公司|母公司|本公司|目标|合资|合营|新公司|上市|担保|保险|运营|物业|供[电水热气]|电网|热力|燃气|自来水"
    r"|水务|排水|电力|通信|保安|评估|测绘|监理|施工|设计|建筑|建设|工程|审计|咨询|中介|租赁|投资|投控|国投|产投|资产|融资|银行|基金|信托|证券|其他|任何|有关|相关|关联|控股|参股|下属"
    r"|所属|总公司|分公司|股份公司|有限公司|责任公司|专业|第三方|受让|引进|培育|高新|企业|行业|产业|农业|工业|商业|服务业|制造|发展|先进|优质|配套|原料|产品|设备|技术|研发|绿色|战略|集成|新型|人工|清洁|可再生|大数据|节能|循环|招商|开发|国有|民营|外资|所在|上游|下游|主导"
)
_LOCAL = frozenset("市县区旗州省镇乡")  # 市城建集团: a firm of the place
_LIKE_A_FORM = re.compile(
    r"^(?:[一二两三四五六七八九十几多数各][家个]|未|非|不|由|对|向|为|与|和|及|但|如|若|则|并|且|其|原|新|各|每|经|因|凡|当|除|以|将|在|从|自|按|依|据|使|让|请|待)"
)


# A government that opens a clause and bears a duty: 磴泉县人民政府应当组织….
_GOVERNS = re.compile(
    rf"(?:^|[。；，、：\n）)]|[0-9][.．、]\s?|[0-9）]\s)(?:由)?(?P<name>(?P<place>[^\W方由与和的对经按受向据及以在为]{{2,4}}?)(?P<level>[县旗区市镇乡])(?:人民政府|政府))"
    rf"(?={_DUTY}|于|在|组织|按|向|自)"
)
_LEVELS = (frozenset("县旗区"), frozenset("市"), frozenset("镇乡"))
_OF_LEVEL = re.compile(r"(?P<level>[县旗区市镇乡])人民政府$")


def check(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """One outcome for each name that acts as a party and that the paper nowhere introduces, at its first such place."""
    yield from _another_government(case)
    yield from _another_project_company(case)
    yield from said_to_be.check(case)
    if not any(party.kind == "enterprise" for party in case.understanding.parties):
        return
    yield from _taken_for_a_party(case)
    yield from _one_character_off(case)
    if "项目公司" not in case.document.text:
        yield from _invests_in_its_place(case)
    text = case.document.text
    seen: set[str] = set()
    for match in sorted((*_ACTS.finditer(text), *_RECEIVES.finditer(text)), key=lambda found: found.start("name")):
        name = match["name"]
        stem = re.sub(rf"{_ENDING}$", "", name)
        if name in seen or name[0] in _LOCAL or _KIND.search(name) or _LIKE_A_FORM.match(name) or len(stem) < 2:
            continue
        if any(stem in other for other in case.once(_introduced)):
            continue
        seen.add(name)
        parties = "、".join(party.name for party in case.understanding.parties if party.side == "investor")
        yield Outcome(
            start=match.start("name"),
            end=match.end("name"),
            values={"name": parties or "投资方", "other": name},
            conditions=(f"全文未见对“{name}”的介绍",),
        )


def _another_government(case: Case) -> Iterator[Outcome]:
    """A government of the level of the party that the paper names only where it bears a duty: left over from another paper."""
    text = case.document.text
    levels = {
        level["level"]: party.name
        for party in case.understanding.parties
        if (level := _OF_LEVEL.search(party.name)) is not None
    }
    for match in _GOVERNS.finditer(text):
        place = match["place"] + match["level"]
        named = next((name for level, name in levels.items() if _is_of_one_level(level, match["level"])), None)
        if named is None or any(match["place"] in party.name for party in case.understanding.parties):
            continue
        if text.count(match["place"]) == text.count(place + match["name"].removeprefix(place)) == 1:
            yield _mistaken(named, match["name"], match.start("name"))


def _is_of_one_level(one: str, other: str) -> bool:
    return any({one, other} <= level for level in _LEVELS)


_SAME_HEAD = 4  # characters of place and trade name that two firms share
_SAME_TRADE_NAME = 3  # characters where no place stands before: 皓康医疗… for 皓康医学…
_TRADES = "科技|技术|集团|股份|实业|材料|电子|食品|能源|制造|工业|环保|机械|药业"
# Words of a trade, of which no firm's own name is made: 储能装备制造 names no firm.
_OF_A_TRADE = re.compile(
    r"(?:储能|装备|新能|能源|源材|材料|新材|电子|食品|科技|医药|生物|环保|机械|智能|制造|农业|物流|光电|光伏|风电|电气|电力|精密|汽车|纺织|服饰|建材"
    r"|先进|陶瓷|高端|智慧|现代|绿色|金属|稀土|石墨|纳米|生命|海洋|航空|航天|低空|机器|人工|集成|功能|复合|精细|基因|细胞|制剂|饲料|种业|粮油|果蔬|水产|畜牧|养殖|服装|家具|研究|检测"
    r"|化工|包装|家居|冷链|数字|信息|通信|软件|医疗|器械|健康|文旅|旅游|实业|工业|集团|股份|技术|重工|矿业|钢构|门窗|橡胶|塑料|半导|导体){2}"
)
_FULL_ACTS = re.compile(
    rf"(?:^|[。；，、：\n）)]|[0-9）]\s)(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff（）]{{5,23}}?公司)(?={_DUTY})"
)
_RELATED = re.compile(r"更名|曾用名|原名|前身|变更|母公司|子公司|股东|关联|兄弟|受让|转让|收购|合并|分立|设立|项目公司")


def _taken_for_a_party(case: Case) -> Iterator[Outcome]:
    """Names that begin as a party's and go on otherwise: 云岭半导体股份公司应… for 云岭微电子有限公司, 恒远生物科技 for …技术."""
    text = case.document.text
    names = {party.name for party in case.understanding.parties}
    firms = [name for name in names if name.endswith("公司") and len(name) > _FULL]
    for name in sorted(firms):
        for match in _FULL_ACTS.finditer(text):
            other = match["name"]
            alike = other not in names and _begins_alike(other, name) and text.count(other) == 1
            if alike and not _RELATED.search(text, max(0, match.start() - 24), match.end()):
                yield _mistaken(name, other, match.start("name"))
        head, rest = name[2 : 2 + _SAME_HEAD], name[2 + _SAME_HEAD : 4 + _SAME_HEAD]
        if _OF_A_TRADE.fullmatch(head):
            continue
        for match in re.finditer(rf"{re.escape(head)}(?P<trade>{_TRADES})(?!{re.escape(rest)})", text):
            whole = re.compile("[^，。；\n]{0,8}公司").match(text, match.end())  # a full name is another firm's own
            if match["trade"] != rest and not whole and not any(match.group() in other for other in names):
                yield _mistaken(name, match.group(), match.start())
                break


# 江苏映川影业有限公司: place, trade name, trade.
_FIRM_PARTS = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}(?:省|市|县|区)?)??(?P<own>[\u4e00-\u9fff]{2})(?P<trade>[\u4e00-\u9fff]{2})(?:（[^（）]{2,6}）)?(?:股份|集团|有限|责任)*公司$"
)
_GIVEN_PART = r"(?:^|[。；，、：\n）)]|由|与|向|对|和)"


def _one_character_off(case: Case) -> Iterator[Outcome]:
    """A short name told once that differs in one character from a party's: 映山影业 for 江苏映川影业有限公司."""
    text = case.document.text
    known = case.once(_introduced)
    for party in case.understanding.parties:
        parts = _FIRM_PARTS.match(party.name) if party.kind == "enterprise" else None
        if parts is None:
            continue
        one, two, trade = parts["own"][0], parts["own"][1], parts["trade"]
        near = re.compile(
            rf"{_GIVEN_PART}(?P<name>(?:{one}[\u4e00-\u9fff]|[\u4e00-\u9fff]{two}){trade})(?=公司|{_DUTY}|投资|提供|支付|承担|运营|实施)"
        )
        for match in near.finditer(text):
            name = match["name"]
            if not any(name in other for other in known) and not _OF_A_TRADE.fullmatch(name) and text.count(name) == 1:
                yield _mistaken(party.name, name, match.start("name"))


def _begins_alike(one: str, other: str) -> bool:
    """Whether two names share place and trade name, or a trade name and what follows where no place is told."""
    placed = one[_SAME_TRADE_NAME - 1] in "省市县区旗州镇乡"
    return one[:_SAME_HEAD] == other[:_SAME_HEAD] or (not placed and one[:_SAME_TRADE_NAME] == other[:_SAME_TRADE_NAME])


# 设立衡澈（岫川）医疗科技有限公司（下称项目公司）
_FOUNDED = re.compile(
    r"(?:设立|成立|新设|组建|注册)(?:的|了)?(?P<name>[\u4e00-\u9fff（）()]{6,28}?公司)\s*[（(](?:以下|下)?(?:简称|称)?(?:为)?[“\"]?项目公司"
)
_OTHER_FIRM = re.compile(r"更名|曾用名|原名|前身|变更|母公司|子公司|股东|关联|兄弟|受让|转让|收购|合并|分立|另")
_LEAST_SAME = 4


_INVESTS = re.compile(
    r"[^，。；\n]{0,24}(?:投资|投产|达产|纳税|缴纳税|竞买|竞得|购置[^，。；]{0,6}设备|招(?:用|聘)|用工|固定资产|完成[^，。；]{0,8}建设|开工)"
)
# Who builds, runs, lends or answers for others may do so without being a party.
_SERVES = re.compile(
    "建设|建工|建筑|工程|城投|投控|国投|产投|开发|运营|置业|控股|资产|园区|物业|担保|银行|租赁|电力|供水|燃气|水务|热力|测绘|监理|设计|评估"
)
_IN_FULL = re.compile(
    rf"(?:^|[。；：\n）)]|条\s|[0-9）、.．]\s?)(?P<name>(?![甲乙丙]方|[贵我该]|由|与)[\u4e00-\u9fff][\u4e00-\u9fff（）]{{3,21}}?(?:有限|股份|责任)公司)(?={_DUTY}|自|于|按)"
)


def _invests_in_its_place(case: Case) -> Iterator[Outcome]:
    """A firm that is no party, named once, and bears what the investor bears: 恒泰实业有限公司应于…前投产."""
    text = case.document.text
    names = {party.name for party in case.understanding.parties}
    for match in _IN_FULL.finditer(text):
        name = match["name"]
        near = text[max(0, match.start() - 24) : match.end() + 4]
        alone = text.count(name) == 1 and not any(name in other or other in name for other in names)
        if (
            alone
            and _INVESTS.match(text, match.end())
            and not re.search("[甲乙丙]方|请", name)
            and not _SERVES.search(name)
            and not _RELATED.search(near)
        ):
            party = next((one.name for one in case.understanding.parties if one.side == "investor"), "投资方")
            yield _mistaken(party, name, match.start("name"))


def _another_project_company(case: Case) -> Iterator[Outcome]:
    """A firm named once that begins as the project company does and goes on otherwise: 衡澈岫川医疗器械有限公司."""
    text = case.document.text
    founded = _FOUNDED.search(text)
    if founded is None:
        return
    whole, parties = _bare(founded["name"]), {_bare(party.name) for party in case.understanding.parties}
    for match in re.finditer(rf"(?P<name>{whole[:2]}[\u4e00-\u9fff（）()]{{4,24}}?公司)", text):
        name = _bare(match["name"])
        alike = name[:_LEAST_SAME] == whole[:_LEAST_SAME] and name != whole and name not in parties
        near = _OTHER_FIRM.search(text, max(0, match.start() - 12), match.end() + 4)
        if alike and text.count(match["name"]) == 1 and near is None:
            yield _mistaken(founded["name"], match["name"], match.start("name"))


def _bare(name: str) -> str:
    return re.sub("[（）()]", "", name)


def _mistaken(name: str, other: str, start: int) -> Outcome:
    return Outcome(
        start=start,
        end=start + len(other),
        values={"name": name, "other": other},
        conditions=(f"当事人为“{name}”，此处写作“{other}”",),
    )


def _introduced(case: Case) -> set[str]:
    """Names of the parties, full names of firms, and short names that the paper gives: （以下简称“淮锅公司”）."""
    text = case.document.text
    names = {party.name for party in case.understanding.parties}
    names |= {match.group() for match in named_in(text, _FIRM, _ENDINGS) if len(match.group()) >= _FULL}
    names |= {match["name"] for match in _CALLED.finditer(text)}
    return names


_FULL = 8  # characters from which a name with its form is a full one
_CALLED = re.compile(r"(?:简称|下称|称为?|[“「])[：:]?[“「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,16})[”」）)]")
