"""What the name of an organisation says: its kind, level of government and side."""

import re

from contract_audit.model import Level, PartyKind, Side

# What a company of the government does for a living, by its name: the first needs no place (城投), the others do (某县…产业发展);
# 国有独资 and the like are read from the text.
_PUBLIC = (
    r"(?:[经高]开区|高新区)[^公]{0,8}(?:开发|建设|发展|投资|运营)|城市?建设投资|城建投|城投|国有资[本产]|国投|国控|国资|旅投|交投|产投|工投|资产经营|开发区[^公]{0,8}(?:开发|建设|发展)"
    r"|园区?(?:建设|运营|开发|投资|公用)"
)
_PUBLIC_AT_PLACE = (
    r"(?:[县市区镇旗]|(?<!贵)州)[^公]{0,10}(?:建设|投资|开发|产业|资产|城乡|城建|城发|城运|交通|旅游|水务|国有)"
    r"[^公]{0,8}(?:建设|投资|开发|发展|控股|运营|集团|管理)?"
)
_FIRM = "公司|集团|[工药酒]厂|药业|实业|合作社|商会"
# Order decides: the first that fits. The office of a leading group is no department, a company （筹） no company yet.
_KINDS: tuple[tuple[PartyKind, str], ...] = (
    # an office of a government that is to set up an institution (某县职教园区筹建处), not one that founds a firm
    ("temporary_body", rf"^(?!.*(?:{_FIRM})).*(?:[县市区镇乡旗]|自治州|新城).*(?:筹建|筹备)[处组办]$"),
    ("internal_body", rf"^(?!.*(?:{_FIRM})).*驻[\u4e00-\u9fff]{{1,8}}(?:联络|办事|代表|工作|招商)[处组站部]$"),
    ("preparatory", r"[(（]筹(?:建)?[)）]|筹建[处组办]|筹备[处组]"),
    ("temporary_body", r"(?:领导|工作|协调)小组|指挥部|专班|工作组|联席会议|筹委会"),
    ("village", r"村民?委员?会|居民?委员会|经济(?:联合|合作)社|村集体|村民小组"),
    ("subdistrict", r"街道(?:办事处|党工委)?$"),
    ("township", r"(?:[乡镇]|苏木)(?:人民)?政府"),
    ("government", r"人民政府|[县市区旗省州]政府$"),
    ("committee", r"管理委员会|管委会?$|(?:新区|园区|开发区|高新区|示范区|保税区|度假区)(?:管理处|管理局)$"),
    ("institution", r"供销(?:合作)?(?:社|总社|联社)"),
    (
        "platform_company",
        rf"(?:{_PUBLIC}|{_PUBLIC_AT_PLACE})[^公]{{0,10}}公司|[省市县区州旗][^公]{{0,12}}(?:引导|政府投资|产业发展|产业投资)基金",
    ),
    (
        "enterprise",
        r"业主(?:委员会|大会)|(?:商|同乡)会$|行业协会$|公司|集团|株式会社|商行|合伙|事务所|经营部|工作室|农场|酒店|合作社|[厂社矿场店铺企](?:[(（]|$)|企业(?!(?:服务|发展|促进)?(?:局|处|办公室|服务中心)$|(?:发展|促进)中心$)"
        r"|\b(?i:Ltd|Limited|Inc|Incorporated|LLC|LLP|GmbH|AG|Corp|Corporation|Company|Holdings?|Group|Pte|PLC)\b"
        r"|^[A-Z][A-Za-z&]+ [A-Z][A-Za-z&.,'() -]{5,}$",
    ),
    ("internal_body", r"[科股]室?$|内设机构"),
    ("institution", r"中心$|[站院校馆所]$|(?:公路|养护|管理|航道|工务)段$|[中小]学$|幼儿园$|学校|大学|医院|事业单位"),
    ("department", r"[局厅署部委办]$|委员会$|办公室$|法院|检察院"),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_GOVERNMENT: frozenset[PartyKind] = frozenset(
    {
        "government",
        "department",
        "committee",
        "township",
        "subdistrict",
        "temporary_body",
        "internal_body",
        "institution",
    }
)
_ZONE = "开发区|园区|新区|新城|高新区|度假区|示范区|保税区|集中区|工业区|产业园|产业城|风景区|合作区|试验区"
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("township", re.compile(r"[乡镇](?:人民)?政府|街道")),
    ("zone", re.compile(rf"(?:{_ZONE}).{{0,12}}(?:管理?委|管理局|管理处)|管委会$")),
    ("county", re.compile(r"[县旗]|区(?:人民政府|政府)|市[^市]{1,6}区.{2,14}(?:[局委办部会组班])$")),
    ("city", re.compile(r"市|自治州|地区|盟")),
    ("province", re.compile(r"省|自治区")),
    ("national", re.compile(r"国务院|国家|中华人民共和国")),
)
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,8})?(?:先生|女士)?"
    r"(?:等(?:[0-9一二两三四五六七八九十]{1,3}|数)(?:名|位|个)?(?:自然人|股东|合伙人|村民|人|户))?"
)
_SIDES: dict[PartyKind, Side] = {
    "platform_company": "government", "enterprise": "investor", "person": "investor", "preparatory": "investor",
    "village": "third",
}  # fmt: skip


def kind_of(name: str) -> PartyKind:
    """Kind of a party by its name: 云岭县人民政府 → government, …（筹） → preparatory, 卢庆山 → person."""
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(name):
            return kind
    return "person" if len(name) > 1 and _PERSON.fullmatch(name) and not name.endswith("方") else "unknown"


def level_of(name: str, kind: PartyKind) -> Level:
    """Level of government a public body or a company of the government belongs to; none for everybody else."""
    if kind not in _GOVERNMENT and kind != "platform_company":
        return "none"
    return next((level for level, pattern in _LEVELS if pattern.search(name)), "none")


def side_of(kind: PartyKind) -> Side:
    """Side by kind alone; the paper may show otherwise (parties.py)."""
    return "government" if kind in _GOVERNMENT else _SIDES.get(kind, "unknown")


_BUILDS = re.compile(
    r"[”\"]?[）)]?[，,]?(?:依法|经[^，。；（）]{0,12}|由其|负责|中标)*(?:承建|承揽|总承包|施工|监理|供货|中标)"
)


def is_contractor(text: str, end: int) -> bool:
    """Whether the words behind a firm's name, which closes at `end`, say that it builds or supplies for another: …公司承建."""
    return _BUILDS.match(text, end) is not None


def called_contractor(text: str, alias: str) -> bool:
    """Whether a firm known by the short name `alias` is said to build or supply for another: 1号厂房由恒筑公司经公开招标承建."""
    return any(is_contractor(text, match.end()) for match in re.finditer(rf"由{re.escape(alias)}", text))


def is_public(kind: PartyKind) -> bool:
    """True for organs and institutions of government, not for its companies."""
    return kind in _GOVERNMENT
