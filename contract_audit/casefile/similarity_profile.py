"""What makes a project recognisable under another name: marks of who, where, what and how much, and its phrases.

A mark is `kind:value` with the words it was read from. Papers and register rows give the same marks, so that a draft
can be held against either.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from contract_audit.casefile.register import RegisterRow
from contract_audit.casefile.similarity_text import phrases
from contract_audit.chinese.text import Folded, fold, fold_text
from contract_audit.extract import values_in
from contract_audit.model import Party, Struct, Understanding

_HAN = r"\u4e00-\u9fff"
_PERSON = re.compile(
    rf"(?:法定代表人|法人代表|实际控制人)\s*[：:为是]?\s*(?P<words>[{_HAN}·]{{2,8}})(?=[，。；、\n\t（）|]|$)"
)
_HOLDER = re.compile(
    rf"(?:股东|出资人|母公司|实际控制人|合资方)(?:分别)?(?:[为是：有系]|包括)?(?P<words>[{_HAN}（）、A-Za-z0-9%.，]{{2,90}})"
    rf"|与(?P<also>[{_HAN}（）A-Za-z]{{4,30}}?公司)(?:共同)?(?:合资|出资|组建|设立)"
    rf"|(?<=[，。；：（])(?P<holding>[{_HAN}、和]{{2,24}}?)(?:各|分别)?(?:持股|占股|出资)(?=[0-9占比百为约])"
)
_HOLDER_ENDS = re.compile(
    r"[0-9.]+%|（[^（）]*）|(?:各|分别)?(?:占|持股|持有|出资|认缴)[^、，]*|[、，]|[和及与](?=[^、，]{2,})"
)
_NO_HOLDER = re.compile(r"变更|转让|会议|决议|名册|借款|责任|承诺|提供|其他|各方|双方|连带|[0-9%]")
_PARCEL_NUMBER = r"(?:[A-Za-z\u4e00-\u9fff]{0,4}[（〔\[]?(?:19|20)[0-9]{2}[）〕\]]?[-—]|[A-Z]{1,4}[0-9]{0,4}[-—])[A-Za-z0-9\-—]{1,16}"
_PARCEL = re.compile(
    rf"(?:宗地|地块)(?:编号|代码|号)?[为是：（]{{0,2}}(?P<words>{_PARCEL_NUMBER})|(?P<before>{_PARCEL_NUMBER})号?(?:宗地|地块|土地|国有建设用地)"
)
_BOUND = re.compile(
    rf"(?P<words>[{_HAN}0-9A-Za-z]{{1,8}}?(?:大道|路|街|巷|河|渠|铁路|高速))以?(?P<way>[东西南北]{{1,2}})侧?"
)
_CODE = re.compile(r"信用代码[^0-9A-Z\n]{0,6}(?P<words>[0-9A-Z]{18})")
_BUILDING = re.compile(
    r"(?P<words>[A-Z][0-9]{1,3}(?:号|#)?(?:栋|幢|楼|厂房|车间)|(?:[A-Z]区?|[一二三四五六七八九十0-9]+期)?第?[A-Z]?[0-9一二三四五六七八九十]{1,3}(?:号|#|栋|幢)(?:标准化?|定制)?(?:厂房|车间|楼|栋|幢))"
)
_SITE = re.compile(r"(?:选址|位于|坐落于?|落户(?:在|于)?|地点[：为]|选定在)(?P<words>[^。；\n]{4,60})")
_CAPACITY = re.compile(
    rf"(?:年(?:产|供|加工|处理|生产|组装|吞吐|制造|回收|利用)|产能|能力|每年(?:生产|加工|处理)?)[{_HAN}A-Za-z（）]{{0,14}}?(?P<words>[0-9][0-9,.]*[万亿]?(?P<unit>吨|台套|台|套|件|只|片|米|平方米|立方米|千瓦时|GWh|MWh|GW|MW|辆|支|张|箱|头|羽|瓶|块|颗|双|樘|组|升|盒|枚|公里|千米|吉瓦时?|兆瓦时?))"
)
_DEVICE = r"[机线炉釜床塔罐窑仪站器架柜筛磨钻车]|中心|机器人|设备|系统|单元|模具|生产线|流水线|机组|装置"
_MACHINE = re.compile(
    rf"(?P<words>[{_HAN}A-Za-z]{{2,14}}?(?:{_DEVICE}))[\t|（x×*：]*\s*(?P<count>[0-9]{{1,4}})\s*(?:台套|台|套|条|座|组|部)"
    rf"|(?P<count_first>[0-9]{{1,4}}|[一二两三四五六七八九十]{{1,3}})(?:台套|台|套|条|座|部)(?P<after>[{_HAN}A-Za-z]{{2,14}}?(?:{_DEVICE}))(?![{_HAN}])"
)
_BOUGHT = re.compile(
    r"^.*(?:购置|布置|选用|购买|引进|采购|新增|安装|配备|配置|包括|拥有|建设|投入|设备|主要|以及|及|和|与|其中)(?=.{2})"
)
_SUBJECT = re.compile(
    r"(?:建设内容|建设规模|生产规模|主要(?:从事|生产|产品|建设|经营)|产品(?:为|方案|包括)|年产|从事|生产线|经营范围)[^。；\n]{4,160}"
)
_ENDS = re.compile(r"有限责任公司|股份有限公司|有限公司|集团公司|集团|股份公司|公司|（[^（）]*）")
_PLACE = re.compile(rf"(?P<name>[{_HAN}]{{2,3}})(?:省|自治区|市|县|区|镇|乡|旗)")
_PROVINCE = re.compile(
    r"^(?:(?:中国|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|深圳|广州|[\u4e00-\u9fff]{2,3}(?=[省市县]))[省市县]?)+"
)
_TRADE = re.compile(
    r"科技|技术|实业|制造|新材料|材料|新能源|能源|装备|机械|电子|食品|农业|生物|医药|药业|化工|纺织|服饰|服装|家居|家具|包装|智能|物流|环保|建材|汽车|零部件|发展|投资|控股|贸易|商贸|工业|产业|文化|旅游|信息|光电|半导体|精密|国际"
)
_CITED = re.compile(r"《(?P<title>[^《》\n]{4,80})》")
_NUMBER = re.compile(r"编号[^，。；\n《》]{0,4}?[：:为是]?(?P<number>[A-Za-z\u4e00-\u9fff〔〕（）\[\]0-9\-—]{4,40})")
_SIGNED = re.compile(
    r"(?P<y>20[0-9]{2})年(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日)?[^。；\n]{0,40}?(?:签订|签署|订立|签约|所签|达成)[^。；\n]{0,60}?(?:协议|合同)"
)
_DATED = re.compile(  # 依据2021年6月18日《…投资合同》
    r"(?P<y>20[0-9]{2})年(?P<m>[0-9]{1,2})月(?:[0-9]{1,2}日)?的?(?=《[^《》\n]{2,60}(?:协议|合同)[^《》\n]{0,4}》)"
)
_HEAD = 60  # characters that say what a paper is about
_ORIGINAL = re.compile(r"原(?:投资|入园|招商)?(?:协议|合同)|(?:一|首)期(?:投资)?(?:协议|合同)|主(?:协议|合同)")
_FOLLOWS = re.compile(
    r"补充|续签|续期|延期|延长|展期|变更|增资|扩产|扩建|扩能|技改|技术改造|[二三四]期|追加投资|后续|在[^。；\n]{0,24}基础上|新增用地"
)
_DENIES = re.compile(r"无关|不属于|不同于|不是同一|相互独立|没有关系|不涉及")
_FIRST_CLAUSE = re.compile(r"\n(?:第[一1]|[一1][、.．]|（[一1]）|1(?![0-9]))")
# A line may break inside a sentence; a new number begins a new one.
_SENTENCE_END = re.compile(r"[。；]|\n(?=第|[（(]?[一二三四五六七八九十0-9]{1,3}[、.．）)]|[甲乙丙]方)")
_SUBJECT_LENGTH = 240
_NAMES = ("法定代表人:", "股东:", "地点:", "宗地:")
_OUTPUT = re.compile(r"年[产供加处]|产能|能力")  # square metres of glass or film are no floor
_OUTPUT_REACH = 20
_LEAST_NAME = 5  # characters: shorter names (本项目) are no names
_LEAST_FLOOR = 500  # square metres: smaller areas are of no weight


class Mark(msgspec.Struct, frozen=True):
    """The words of a mark and their span in the original text; (0, 0) in a register row."""

    words: str
    start: int = 0
    end: int = 0


class Profile(Struct, frozen=True, kw_only=True):
    """A paper or register row (`row`) as the comparison sees it; all texts folded.

    `marks`: kind:value → words. `subject`: what the project makes, for its terms. `phrases`: see similarity_text.
    `cited_titles`, `cited_numbers`, `cited_months` (year, month) name other agreements; `follows`: says that it continues
    one (补充, 续期, 增资扩产, 二期).
    """

    name: str
    row: int | None
    title: str
    number: str
    kind: str
    company: str
    project: str
    signed_on: date | None
    drafted: bool
    state: str
    marks: dict[str, Mark]
    subject: Mark
    phrases: bytes
    cited_titles: frozenset[str] = frozenset()
    cited_numbers: frozenset[str] = frozenset()
    cited_months: frozenset[tuple[int, int]] = frozenset()
    follows: bool = False
    files: tuple[str, ...] = ()


def profile(understanding: Understanding) -> Profile:
    """The profile of an understood paper."""
    folded = fold(understanding.document.text)
    investors = [party for party in understanding.parties if party.side == "investor"]
    signed = understanding.fact("signed_on")
    marks: dict[str, Mark] = {}
    for kind, value, start, end in _marks(folded.text, _public_blocks(folded, understanding.parties)):
        marks.setdefault(f"{kind}:{value}", Mark(folded.text[start:end], *folded.original(start, end)))
    places = _places(understanding.parties)
    for party in investors:
        marks |= _party_marks(party)
        trade = trade_name(fold_text(party.name), places)
        if trade:
            marks[f"字号:{trade}"] = Mark(party.name, party.start, party.end)
    marks |= _fact_marks(understanding)
    titles, numbers, months, follows = _citations(folded.text)
    own_number = bare_number(_text(understanding, "number"))
    return Profile(
        name=understanding.document.name,
        row=None,
        title=fold_text(understanding.title or ""),
        number=own_number,
        kind=understanding.kind or "",
        company="、".join(party.name for party in investors),
        project=_text(understanding, "project"),
        signed_on=signed.value if signed is not None and isinstance(signed.value, date) else None,
        drafted=understanding.mode == "draft",
        state="",
        marks=marks,
        subject=_subject(understanding, folded),
        phrases=phrases(_without_marks(folded.text, understanding, marks)),
        cited_titles=titles,
        cited_numbers=numbers - {own_number},
        cited_months=months,
        follows=follows or understanding.kind == "补充",
    )


def row_profile(row: RegisterRow) -> Profile:
    """The profile of a register row: only what its columns say."""
    marks: dict[str, Mark] = {}
    whole = "\n".join((row.site, row.content, row.product, row.capacity, row.equipment))
    text = fold_text(whole)
    for kind, value, start, end in _marks(text, (), register=True):
        marks.setdefault(f"{kind}:{value}", Mark(text[start:end]))
    for kind, words in (
        ("信用代码", row.uscc),
        ("法定代表人", row.representative),
        *(("股东", name) for name in row.holders),
    ):
        if words:
            marks[f"{kind}:{fold_text(words)}"] = Mark(words)
    if row.company:
        marks[f"企业名称:{fold_text(row.company)}"] = Mark(row.company)
    for kind, words in (("总投资", row.investment), ("用地", row.land)):
        for amount in values_in(words, None)[:1]:
            if amount.amount is not None and amount.kind in ("money", "area"):
                marks[f"{kind}:{_plain(amount.amount)}"] = Mark(words)
    if len(fold_text(row.project)) >= _LEAST_NAME:
        marks[f"项目名称:{fold_text(row.project)}"] = Mark(row.project)
    subject = "，".join(words for words in (row.project, row.content, row.product) if words)
    return Profile(
        name=f"项目台账 第{row.row}行",
        row=row.row,
        title=row.project,
        number="",
        kind="",
        company=row.company,
        project=fold_text(row.project),
        signed_on=row.signed_on,
        drafted=False,
        state=row.state,
        marks=marks,
        subject=Mark(fold_text(subject)[:_SUBJECT_LENGTH]),
        phrases=b"",
        files=row.files,
    )


def bare_number(number: str) -> str:
    """A contract number without brackets and dashes, which people write in many ways."""
    return "".join(char for char in number if char.isalnum())


_Found = tuple[str, str, int, int]  # kind, value, span in the folded text


def _marks(text: str, public: tuple[tuple[int, int], ...], *, register: bool = False) -> Iterator[_Found]:
    """Marks found by words; the people of public bodies (spans `public`) are none. A register's cell is a place itself."""
    for kind, pattern in (("法定代表人", _PERSON), ("信用代码", _CODE)):
        for match in pattern.finditer(text):
            if not any(start <= match.start() < end for start, end in public):
                yield kind, match["words"], *match.span("words")
    for match in _HOLDER.finditer(text):
        yield from _holders(text, *_span(match))
    for match in _PARCEL.finditer(text):
        start, end = _span(match)
        yield "宗地", bare_number(text[start:end]), start, end
    for place in _SITE.finditer(text):
        yield from _bounds(text, *place.span("words"))
    for match in _BUILDING.finditer(text):
        yield "地点", match["words"], *match.span("words")
    if register:
        yield from _bounds(text, 0, len(text))
    yield from _makings(text)


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The span of the one named group that took part in the match."""
    return match.span(next(name for name, words in match.groupdict().items() if words))


def _makings(text: str) -> Iterator[_Found]:
    """Capacities and machines."""
    for match in _CAPACITY.finditer(text):
        quantity = values_in(match["words"], None)
        amount = quantity[0].low if quantity else None
        yield "产能", f"{_plain(amount) if amount is not None else match['words']}{match['unit']}", *match.span()
    for match in _MACHINE.finditer(text):
        group = "words" if match["words"] else "after"
        lead = _BOUGHT.match(match[group])
        start = match.start(group) + (lead.end() if lead else 0)
        if match.end(group) - start >= 3:
            yield "设备", text[start : match.end(group)], match.start() if group == "after" else start, match.end()


def _holders(text: str, first: int, last: int) -> Iterator[_Found]:
    """Persons and firms of a list; shares and remarks between them are left out."""
    start = first
    for border in (*_HOLDER_ENDS.finditer(text, first, last), None):
        end = border.start() if border else last
        name = text[start:end]
        if (2 <= len(name) <= 4 or name.endswith(("公司", "集团", "企业", "中心"))) and not _NO_HOLDER.search(name):
            yield "股东", name, start, end
        start = border.end() if border else last


def _bounds(text: str, first: int, last: int) -> Iterator[_Found]:
    for match in _BOUND.finditer(text, first, last):
        name = re.sub(r"^.*(?:园区|新区|[县市区镇乡]|位于|地块|[、，与和以及东西南北侧])(?=.{2})", "", match["words"])
        yield "地点", f"{name}{match['way']}", match.end("words") - len(name), match.end()


def _public_blocks(folded: Folded, parties: tuple[Party, ...]) -> tuple[tuple[int, int], ...]:
    """From each public body's name to the next party's or the first clause, in the folded text."""
    ordered = sorted(parties, key=lambda party: party.start)
    first = _FIRST_CLAUSE.search(folded.text)
    opening = folded.original(first.start(), first.end())[0] if first else folded.length
    stops = [party.start for party in ordered[1:]] + [ordered[-1].end + 200 if ordered else 0]
    return tuple(
        folded.folded(party.start, min(stop, party.end + 300, opening))
        for party, stop in zip(ordered, stops, strict=False)
        if party.side != "investor"
    )


def _party_marks(party: Party) -> dict[str, Mark]:
    marks = {f"企业名称:{fold_text(party.name)}": Mark(party.name, party.start, party.end)}
    if party.uscc:
        marks[f"信用代码:{party.uscc}"] = Mark(party.uscc, party.start, party.end)
    return marks


def _places(parties: tuple[Party, ...]) -> frozenset[str]:
    """Names of places in the names of public bodies, with and without 省市县区: 崤南市涧口县人民政府 → 崤南, 涧口."""
    names = (match["name"] for party in parties if party.side != "investor" for match in _PLACE.finditer(party.name))
    return frozenset(names)


def trade_name(company: str, places: frozenset[str] = frozenset()) -> str:
    """The distinctive part (字号) of a firm's name, empty where none stands out: 河南恒远制造有限公司 → 恒远.

    `places` are names of places known from the paper; a name may begin with one that has no 省市县区 behind it.
    """
    bare = _PROVINCE.sub("", _ENDS.sub("", company))
    for place in sorted(places, key=len, reverse=True):
        bare = re.sub(rf"^{re.escape(place)}[省市县区]?", "", bare)
    first = _TRADE.search(bare)
    if first is None or first.start() > 4:
        return bare[:2] if len(bare) >= 3 else bare
    return bare[: first.start()] if first.start() >= 2 else ""


def _fact_marks(understanding: Understanding) -> dict[str, Mark]:
    kinds = {
        "total_investment_yuan": "总投资",
        "fixed_investment_yuan": "固定资产投资",
        "land_mu": "用地",
        "plant_sqm": "建筑面积",
        "jobs": "就业人数",
    }
    marks = {}
    for name, kind in kinds.items():
        fact = understanding.fact(name)
        if fact is not None and fact.confidence != "low" and isinstance(fact.value, Decimal):
            value = fact.value * Decimal(10000) / Decimal(15) if name == "land_mu" else fact.value
            words = understanding.document.text[fact.start : fact.end]
            marks[f"{kind}:{_plain(value)}"] = Mark(words, fact.start, fact.end)
    for area in understanding.values:
        if area.kind == "area" and area.sure and area.amount is not None and area.amount >= _LEAST_FLOOR:
            words = understanding.document.text[area.start : area.end]
            size = _plain(area.amount)
            before = understanding.document.text[max(0, area.start - _OUTPUT_REACH) : area.start]
            if "亩" not in words and f"用地:{size}" not in marks and not _OUTPUT.search(before):
                marks.setdefault(f"建筑面积:{size}", Mark(words, area.start, area.end))
    project = understanding.fact("project")
    if project is not None and len(fold_text(str(project.value))) >= _LEAST_NAME:
        marks[f"项目名称:{fold_text(str(project.value))}"] = Mark(str(project.value), project.start, project.end)
    return marks


def _plain(number: Decimal) -> str:
    return f"{number.quantize(Decimal(1)) if number > 100 else number.normalize():f}"


def _subject(understanding: Understanding, folded: Folded) -> Mark:
    """Project name and the words on what is built and made."""
    found = [match.span() for match in _SUBJECT.finditer(folded.text)][:4]
    words = "，".join((_text(understanding, "project"), *(folded.text[start:end] for start, end in found)))
    place = understanding.fact("content") or understanding.fact("project") or understanding.fact("title")
    start, end = folded.original(*found[0]) if found else (place.start, place.end) if place else (0, 0)
    return Mark(words[:_SUBJECT_LENGTH], start, end)


def _without_marks(text: str, understanding: Understanding, marks: dict[str, Mark]) -> str:
    """The text without what other marks count already: the parties, people, places and the project by name."""
    names = {fold_text(party.name) for party in understanding.parties} | {_text(understanding, "project")}
    names |= {fold_text(mark.words) for name, mark in marks.items() if name.startswith(_NAMES)}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "") if len(name) > 1 else text
    return text


def _text(understanding: Understanding, name: str) -> str:
    fact = understanding.fact(name)
    return fold_text(str(fact.value)) if fact is not None else ""


def _citations(
    text: str,
) -> tuple[frozenset[str], frozenset[str], frozenset[tuple[int, int]], bool]:
    """Titles, numbers and months of agreements the text names, and whether it says that it continues one.

    A sentence that denies the connection (与…无关) names nothing.
    """
    parts = (part.replace("\n", "") for part in _SENTENCE_END.split(text))
    sentences = [part for part in parts if not _DENIES.search(part)]
    kept = "\n".join(sentences)
    dated = (match for pattern in (_SIGNED, _DATED) for match in pattern.finditer(kept))
    months = frozenset((int(match["y"]), int(match["m"])) for match in dated)
    naming = (part for part in sentences if _CITED.search(part) or _ORIGINAL.search(part) or _SIGNED.search(part))
    return (
        frozenset(match["title"] for match in _CITED.finditer(kept)),
        frozenset(bare_number(match["number"]) for match in _NUMBER.finditer(kept)),
        months,
        any(_FOLLOWS.search(part) for part in naming)
        or bool(_FOLLOWS.search(kept) and months)
        or bool(_FOLLOWS.search(text[:_HEAD]) and _CITED.search(kept)),
    )
