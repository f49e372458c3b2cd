"""Facts that values state: an amount and the words right before it that say what it measures."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from contract_audit.extract.facts.cues import BY_THING, CUES, TOTAL_OF_PHASES, Cue
from contract_audit.extract.values.units import MU_SQM
from contract_audit.model import Confidence, Fact, Party, Value

_PHASES = re.compile(r"[一二三首]期[^。；\n]{0,10}投[资入]")
# A bare 面积 measures what its sentence last spoke of.
_BARE_AREA = re.compile(
    r"(?:(?<!建筑)(?<!占地)面积|(?:^|[，、；（])(?:[两二三四五各](?:宗地?|地?块地?))?(?:共计?|合计|总计|一共)|[0-9A-Z](?:#|号)?(?:栋|幢|楼|座))(?:共计|合计|约|为|共|：)*$"
)
_THINGS = re.compile(
    r"(?P<land>用地|土地|地块|宗地|占地|厂址|厂区|选址|旧址)|(?P<plant>厂房|车间|[0-9A-Z](?:#|号)?[栋幢座]|\d+(?:号|#)?楼|[一二三四五六七八九十0-9]层|(?:生产|经营|研发)[^，。；]{0,6}(?:场所|场地))"
)

_LOWER = re.compile(
    r"[一二三四首]期|分期|第[一二三四]期|分别|[老原旧]厂[^，。；]{0,12}$|（含|累计|完成|达到|其中(?!固定|[^，。；]{0,6}(?:建设|工业)用地)|种植|基地|增资|差额|不足|少于"
)
_NEVER: dict[str, re.Pattern[str]] = {
    "land_mu": re.compile(
        r"种植|流转|农用地|农田|[蔗茶果林牧灌]区|[茶果]园|山场|海域|水面|草[场原]|林地|耕地|补助|补偿|每亩|建筑占地|基底|占用|腾退|退出|核减|绿化|道路|停车|公共|预留|矿区|规划范围|(?:地块|用地|土地)中"
    ),
    "plant_sqm": re.compile(
        r"办公|宿舍|食堂|展厅|孵化|(?<!加工)(?<!生产)(?<!厂)用房|住宅|商业|周转|过渡|公寓|公共|(?<!办)公用|地下|屋顶|每[栋幢层间座]"
    ),
    "total_investment_yuan": re.compile(
        r"设备|完成|累计|[一二三四首]期|年度|分期|基金|借款|强度|政府|财政|补助|奖励|股权"
    ),
    "fixed_investment_yuan": re.compile(r"强度|完成|累计|审计|[一二三四首]期"),
    "registered_capital_yuan": re.compile(r"合计"),
}
_NEVER_AFTER: dict[str, re.Pattern[str]] = {
    "land_mu": re.compile(
        r"(?![）)]?内)[^，。；]{0,10}(?:预留|收储|收回|腾退|搬迁|留给|留作|[做作]二期|不计入|种植|流转)"
    ),
    "plant_sqm": re.compile(
        r"[）)]?(?:（[^（）]{0,24}）)?[，、]?[^，。；]{0,14}(?:过渡|周转|临时|对外分租|收购|收储|向[^，。；]{0,8}开放)"
    ),
}
_NOT_FOR_LONG = re.compile(r"周转|过渡|公共|(?<!办)公用|配套厂房|屋顶|每[栋幢层间座]")
# Floors of inns, hospitals and car parks are no plant.
_IS_PUBLIC = re.compile(
    r"(?:门诊|医院|民宿|农房|酒店|宾馆|停车(?:场|楼|综合体)|景区|展馆)(?![^。；\n]*(?:厂房|车间|仓))"
)
_IS_BUILDING = re.compile(
    r"(?:用地|占地|土地|地块|厂区)[^，。；]{0,8}(?:厂房|车间|建筑面积|仓库|库房)[^，。；]{0,4}$"
    r"|(?:建设|新建|修建|兴建|建)[^，。；]{0,10}(?:商铺|公寓|酒店|住宅|宿舍|综合楼|办公楼|展厅)[^，。；]{0,4}$"
)
# In a paper about one phase: what the others measure, or all of them together.
_OF_OTHER_PHASES = re.compile(r"[一二三四五六首两各]期")
_BUILT = re.compile(r"厂房|车间|库房|仓库|生产|总建筑面积")
_SENTENCE = re.compile(r"[。；\n\t|]")
# The cell before in a table; the heading of a line: 第三条 用地。约180亩.
_LABEL_CELL = re.compile(
    r"(?:^|[\n\t])(?P<label>[^\n\t]{2,24})\t[^\n\t，。；0-9]{0,20}$"
    r"|(?:^|\n)[^\n。]{0,8}?(?P<heading>[\u4e00-\u9fff]{2,8})。[^\n，。；0-9]{0,8}$"
)
_REACH, _SUBJECT_REACH = 44, 90
_STANDING = "现有房屋"
_WORSE: dict[Confidence, Confidence] = {"high": "medium", "medium": "low", "low": "low"}
_AGAIN = re.compile(r"\s*[（(](?:小写|大写)?[：:]?\s*$")
# 由原5亿元调整为3.2亿元: what it was, what it is now.
_THEN = re.compile(r"(?:由(?:原(?:来|定|约定)?的?)?|原(?:来|定|约定)?(?:为|是|系))(?:约|人民币)*$")
_BECOMES = re.compile(
    r"[”）]?[，、]?(?:现|拟|相应|[^，。；、0-9]{2,6}后)*(?:调整|调[增减]|核[定增减]|变更|修改|改|增加?|增资|减资|减少?|[升降])(?:为|至|到)"
)
_NOW = re.compile(
    r"(?:（[^（）]{0,20}）)?[，、]?(?:现|拟|相应|[^，。；、0-9]{2,6}后)*(?:调整|核[定增减]|增资|减资|变更|修改|增加|提高|调增|调减|减少|降低|缩减|压缩|扩大|改|[增减升降])(?:为|至|到)(?:约|人民币)*$"
)
_CHANGED_TO = re.compile(
    r"(?:调整|调[增减]|核[定增减]|变更|修改|改|增[加至]|减[少至]|压缩|追加)(?:为|至|到)(?:约|人民币)*$"
)
_PORTRAIT = re.compile(
    r"(?:系|为|是)(?:一家|依|从事|专业|国内|中国|[^，。；\n]{0,12}上市公司)|上市公司|成立于|(?:[甲乙丙]方|公司)（[^（）]{0,12}注册资"
)
# 投资总额达到12亿元的，给予…: what is supposed, not what is invested.
_SUPPOSED = re.compile(r"(?:（[^（）\n]{0,12}）)?(?:及?以上)?(?:（[^（）\n]{0,12}）)?的(?=[，,])")
_TOTAL = re.compile(r"(?:共计?|合计|总计|总共)(?:约|为)*$")
_FIRST = re.compile(r"[一首]期")
_OTHER_PHASE = re.compile(r"[二三]期(?:（[^（）\n]{0,20}）)?[^，。；\n0-9]{0,14}[0-9][0-9.,]*(?:亿|万)")
_BARE_MU = re.compile(r"(?:^|[，,、:：】）（])(?:约|共|计|净|总|面积)*$")
_SUM = re.compile(r"[，、；（]?\s*(?:两期|三期|各期)?(?:共计?|合计|总计|总共)\s*")
_NEXT_BUILDING = re.compile(
    r"[、，和及]+(?!其中)[^，。；0-9、]{0,10}(?:[0-9]+(?:#|号)?[^，。；0-9、]{0,8})?"
    r"(?:厂房|车间|库|楼|栋|幢|中心|用房|食堂|宿舍|房)[^，。；0-9、]{0,2}(?:建筑面积|面积|约)*$"
)
_LODGING = re.compile(r"(?:宿舍|公寓|食堂)[^，。；、0-9]{0,4}$")
_SQUARE = re.compile(r"平方(?!公里|千米)|平米|㎡|m2|m²")
_VAST = re.compile(r"平方公里|平方千米|km")
_IN_OTHER = re.compile(r"\s*[（(，、/]?\s*(?:折合?|合|约|即|计|共|相当于)*\s*$")


def stated(text: str, values: tuple[Value, ...], parties: tuple[Party, ...], phase: str = "") -> Iterator[Fact]:
    """Facts of folded `text` in its order; `values` have folded spans. What `parties` of the government invest is left out.

    `phase` (二期) is the one the paper is about: its sizes are the paper's.
    """
    roles = "|".join(re.escape(party.role) for party in parties if party.side == "government")
    theirs = re.compile(rf"(?:{roles})[^，。；]{{0,8}}投资$") if roles else None
    found = _as_changed(text, _of_own_land(list(_by_words(text, values, theirs, phase))))
    sums = list(_buildings(text, values, found))
    totals = [
        msgspec.structs.replace(fact, start=_sentence_start(text, fact.start), end=fact.start)
        for fact in found
        if fact.name == "plant_sqm" and _TOTAL.search(text, max(0, fact.start - 6), fact.start)
    ]
    parts = _parts_of_land(text, found)
    for fact in found:
        part = fact.name == "plant_sqm" and any(total.start <= fact.start < total.end for total in sums + totals)
        yield msgspec.structs.replace(fact, confidence="low") if part or fact.start in parts else fact
    yield from (_below_total(text, sum_, found) for sum_ in sums)


def _as_changed(text: str, found: list[Fact]) -> list[Fact]:
    """What was agreed before is less sure where the paper says what it is changed to: 总投资5亿元 … 总投资调整为3.4亿元."""
    changed = {
        fact.name: fact.start
        for fact in reversed(found)
        if fact.confidence == "high" and _CHANGED_TO.search(text, max(0, fact.start - _REACH), fact.start)
    }
    return [
        msgspec.structs.replace(fact, confidence="low") if fact.start < changed.get(fact.name, 0) else fact
        for fact in found
    ]


def _of_own_land(found: list[Fact]) -> list[Fact]:
    """Without standing buildings that are lent, where the paper has land to build on."""
    land = any(fact.name in ("land_mu", "land_sqm") and fact.confidence != "low" for fact in found)
    return [fact for fact in found if not (land and fact.source == _STANDING)]


def _parts_of_land(text: str, found: list[Fact]) -> set[int]:
    """Where parcels begin that a sentence adds up: A地块76亩（…），B地块24亩（…），合计100亩."""
    parts: set[int] = set()
    for name in ("land_mu", "land_sqm"):
        parcels = [(fact, fact.value) for fact in found if fact.name == name and isinstance(fact.value, Decimal)]
        first = len(parcels)  # of those that a total behind adds up
        for place, begin in reversed(list(enumerate(_first_parts(text, parcels)))):
            if place >= first:
                parts.add(parcels[place][0].start)
            first = min(first, begin)
    return parts


def _first_parts(text: str, parcels: list[tuple[Fact, Decimal]]) -> Iterator[int]:
    """For each parcel, which is the first of those before it in its line that it is the sum of; itself where of none.

    What parcels add up to is the difference of two sums from the beginning of the line.
    """
    line, added, sums = 0, Decimal(0), dict[Decimal, int]()
    for place, (parcel, size) in enumerate(parcels):
        if "\n" in text[line : parcel.start]:
            added, sums = Decimal(0), {}
        line = parcel.start
        first = sums.get(added - size, place)
        yield first if place - first > 1 and parcel.confidence != "low" else place
        sums.setdefault(added, place)
        added += size


def _below_total(text: str, reckoned: Fact, found: list[Fact]) -> Fact:
    """The sum over listed buildings, less sure where the paper itself adds them up behind the list, with others."""
    line = text.find("\n", reckoned.end)
    end = line if line >= 0 else len(text)
    stated_total = any(
        fact.name == "plant_sqm"
        and reckoned.end <= fact.start < end
        and Decimal(str(fact.value)) > Decimal(str(reckoned.value))
        for fact in found
    )
    return msgspec.structs.replace(reckoned, confidence="low") if stated_total else reckoned


def _by_words(text: str, values: tuple[Value, ...], not_theirs: re.Pattern[str] | None, phase: str) -> Iterator[Fact]:
    alone = not _OTHER_PHASE.search(text)
    last: dict[str, tuple[int, Cue | None]] = {}
    land: Value | None = None
    for value in values:
        start, cue = _before(text, value, last)
        words = text[start : value.start].replace("。", "：")
        words = words.replace(phase, "") if phase else words
        if value.kind == "area" and land is not None and _is_same_land(text, land, value, words):
            yield from _in_other_unit(text, value)
            land = value if _is_mu(text, value) else land
            continue
        land = None if value.kind == "area" else land
        chosen = _cue_for(words, text, value) or (cue if _AGAIN.match(words) or _NOW.match(words) else None)
        chosen = chosen or (_of_first_phase(words, text, value) if alone else None)
        last[value.kind] = (value.end, chosen)
        if chosen is None or (not_theirs and chosen.name == "total_investment_yuan" and not_theirs.search(words)):
            continue
        amount = _amount(text, value, chosen)
        if amount is None:
            continue
        confidence = chosen.confidence
        if (
            (phase and _OF_OTHER_PHASES.search(words.rsplit("，", 1)[-1]))
            or _THEN.search(words)
            or _BECOMES.match(text, value.end)
            or (value.kind == "money" and _SUPPOSED.match(text, value.end))
        ):
            confidence = "low"
        elif _NOW.match(words):
            confidence = "high" if confidence == "high" else "medium"
        elif (
            _converted(text, value, chosen)
            or _describes(text, value, chosen, words)
            or _LOWER.search(words)
            or not value.sure
            or _AGAIN.match(words)
        ):
            confidence = _WORSE[confidence]
        name = "land_sqm" if chosen.name == "land_mu" and _SQUARE.search(text, value.start, value.end) else chosen.name
        land = value if chosen.name == "land_mu" else land
        fact = _fact(name, value, amount, confidence)
        yield msgspec.structs.replace(fact, source=_STANDING) if chosen.standing else fact


def _of_first_phase(words: str, text: str, value: Value) -> Cue | None:
    """The total of a first phase, no other phase being priced, stands for the whole with low confidence."""
    if value.kind != "money" or not _FIRST.search(words):
        return None
    cue = _cue_for(_FIRST.sub("", words), text, value)
    return cue._replace(confidence="low") if cue and cue.name == "total_investment_yuan" else None


def _converted(text: str, value: Value, cue: Cue) -> bool:
    """Whether mu are reckoned from hectares, which the paper may also give in mu."""
    return cue.name == "land_mu" and not _is_mu(text, value) and not _SQUARE.search(text, value.start, value.end)


def _describes(text: str, value: Value, cue: Cue, words: str) -> bool:
    """Whether the capital is told of a party (乙方系上市公司，注册资本4亿元), not of the company to be founded."""
    if cue.name != "registered_capital_yuan":
        return False
    stop = _SENTENCE.search(text, value.end)
    end = min(stop.start() if stop else len(text), value.end + 30)
    return bool(_PORTRAIT.search(words + text[value.end : end]))


def _sentence_start(text: str, end: int) -> int:
    return max((match.end() for match in _SENTENCE.finditer(text, max(0, end - _SUBJECT_REACH), end)), default=0)


def _before(text: str, value: Value, last: dict[str, tuple[int, Cue | None]]) -> tuple[int, Cue | None]:
    """Where the words that belong to this value begin: after the sentence's start and the value of its kind before it.

    In a row of a table they are those of the cell before.
    """
    end, cue = last.get(value.kind, (0, None))
    label = _LABEL_CELL.search(text, max(0, value.start - _REACH), value.start)
    if label and label.lastgroup and label.start(label.lastgroup) >= end:
        return label.start(label.lastgroup), cue
    start = max(end, value.start - _REACH, 0)
    for match in _SENTENCE.finditer(text, start, value.start):
        start = match.end()
    return start, cue


def _cue_for(words: str, text: str, value: Value) -> Cue | None:
    for cue in CUES:
        if cue.kind != value.kind or (cue.per is not None and value.per != cue.per):
            continue
        if cue.per is None and value.per is not None and cue.name != "tax_yuan_per_mu":
            continue
        if not cue.before.search(words) or (cue.after is not None and not cue.after.match(text, value.end)):
            continue
        if cue.name == "land_mu" and (
            _IS_BUILDING.search(words) or (cue.confidence != "high" and not _is_mu(text, value))
        ):
            continue
        if cue.name == "plant_sqm" and _is_mu(text, value):
            continue
        if not _is_denied(cue, words, text, value):
            return cue
    if (
        value.kind == "money"
        and not value.per
        and _SUM.fullmatch(words)
        and _PHASES.search(text[_sentence_start(text, value.start) : value.start])
    ):
        return TOTAL_OF_PHASES
    if value.kind == "area" and (_BARE_AREA.search(words) or (_is_mu(text, value) and _BARE_MU.search(words))):
        return _by_thing(words, text, value)
    return None


def _by_thing(words: str, text: str, value: Value) -> Cue | None:
    """The cue of the land or the building that the sentence last named before a bare 面积."""
    things = list(_THINGS.finditer(text, max(0, value.start - _SUBJECT_REACH), value.start))
    if not things or re.search(r"[。\n]", text[things[-1].start() : value.start]):
        return None
    cue = BY_THING[things[-1].lastgroup or "land"]
    if cue.name == "plant_sqm" and _is_mu(text, value):
        return None
    return None if _is_denied(cue, words, text, value) else cue


def _is_denied(cue: Cue, words: str, text: str, value: Value) -> bool:
    """Whether the words nearby say that the value measures something else."""
    never, never_after = _NEVER.get(cue.name), _NEVER_AFTER.get(cue.name)
    nearest = words[-18:].rsplit("，", 1)[-1]
    nearest = nearest if cue.kind == "area" else nearest[-10:]
    if cue.after is not None and cue.name != "land_mu":  # the words behind say what it is
        never = None
    elif cue.name == "plant_sqm" and _BUILT.search(nearest):
        never = _NOT_FOR_LONG
    if never and never.search(nearest):
        return True
    if cue.kind == "area" and _VAST.search(text, value.start, value.end):
        return True
    if cue.name == "plant_sqm" and _IS_PUBLIC.search(text[_sentence_start(text, value.start) : value.start]):
        return True
    return bool(never_after and never_after.match(text, value.end))


def _fact(name: str, value: Value, amount: Decimal, confidence: Confidence) -> Fact:
    return Fact(name=name, value=amount, start=value.start, end=value.end, confidence=confidence, source="正文")


def _is_mu(text: str, value: Value) -> bool:
    return "亩" in text[value.start : value.end]


def _is_same_land(text: str, land: Value, value: Value, words: str) -> bool:
    """用地86亩（折合57,333平方米）: the second is the first in the other unit; 一期80亩，二期40亩，共计120亩: the sum."""
    if _is_mu(text, land) != _is_mu(text, value):
        return bool(_IN_OTHER.fullmatch(text[land.end : value.start]))
    return _is_mu(text, value) and bool(_SUM.fullmatch(words))


def _in_other_unit(text: str, value: Value) -> Iterator[Fact]:
    if value.low is not None and _is_mu(text, value):
        yield _fact("land_mu", value, _tidy(round(value.low / MU_SQM, 4)), "high")
    elif value.low is not None and _SQUARE.search(text, value.start, value.end):
        yield _fact("land_sqm", value, _tidy(value.low), "high")


def _buildings(text: str, values: tuple[Value, ...], found: list[Fact]) -> Iterator[Fact]:
    """The sum over buildings listed one after another: 1号厂房8000平方米、2号厂房6000平方米."""
    areas = [
        value
        for value in values
        if value.kind == "area" and value.amount and not _LODGING.search(text, value.start - 8, value.start)
    ]
    starts = {fact.start for fact in found if fact.name == "plant_sqm"}
    run: list[Value] = []
    for value in [*areas, None]:
        if value is not None and run and _NEXT_BUILDING.fullmatch(text, run[-1].end, value.start):
            run.append(value)
            continue
        if len(run) > 1:
            total = sum((part.amount or Decimal(0) for part in run), Decimal(0))
            whole = msgspec.structs.replace(run[0], end=run[-1].end)
            yield _fact("plant_sqm", whole, _tidy(total), "medium")
        run = [value] if value is not None and value.start in starts else []


def _amount(text: str, value: Value, cue: Cue) -> Decimal | None:
    if cue.name == "term_years":
        return _years(value.low_iso or value.high_iso)
    amount = value.low if value.low is not None else value.high
    if amount is not None and cue.name == "intensity_yuan_per_mu":
        if value.per == "平方米" and amount > _MOST_PER_SQM:
            return None  # 331万元/平方米: the unit is wrong, and what was meant is not known
        return _tidy(round(amount * _IN_MU.get(value.per or "", Decimal(1)), 4))
    if amount is not None and cue.name == "land_mu" and not _SQUARE.search(text, value.start, value.end):
        return _tidy(round(amount / MU_SQM, 4))
    return None if amount is None else _tidy(amount)


_MOST_PER_SQM = Decimal(100_000)
_IN_MU = {"平方米": MU_SQM, "公顷": 1 / Decimal(15)}  # what a sum for one of these makes for a mu


def _tidy(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _years(iso: str | None) -> Decimal | None:
    match = re.fullmatch(r"P(?:(?P<y>[0-9.]+)Y)?(?:(?P<m>[0-9.]+)M)?", iso or "")
    if match is None:
        return None
    return _tidy(Decimal(match["y"] or 0) + Decimal(match["m"] or 0) / 12)
