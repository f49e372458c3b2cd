"""Companies of the government that their names alone do not show, and what parties of a kind are called beside their names."""

import re

import msgspec

from contract_audit.extract.facts.names import is_public, level_of
from contract_audit.model import Party, PartyKind

COMMON_ALIASES: dict[str, tuple[str, ...]] = {
    "government": ("县政府", "市政府", "区政府", "政府方", "我县", "我市", "我区", "本县", "本市", "本区"),
    "committee": ("管委会", "园区管委会", "开发区管委会", "我区", "园区", "我委"),
    "township": ("乡政府", "镇政府", "我乡", "我镇", "本乡", "本镇"),
    "subdistrict": ("街道", "街道办"),
    "temporary_body": ("指挥部", "专班", "我部", "我办", "领导小组"),
    "department": ("我局", "我办", "我委"),
    "enterprise": ("项目公司", "投资人", "投资方", "企业方", "入园企业", "贵公司", "贵司", "你公司", "你司", "该公司"),
    "preparatory": ("项目公司", "投资人", "投资方", "企业方"),
    "person": ("项目公司", "投资人", "投资方"),
    "platform_company": ("平台公司",),
}


# Firms whose name says nothing of their own but the place: 沭河开发投资集团有限公司 beside 沭河经济开发区管理委员会.
_NAMELESS = re.compile(
    r"(?:城市|城镇|城乡|园区|新区|经济|国有|国资|资产|资本|产业|工业|基础设施|公共|开发|投资|建设|发展|经营|管理|运营|控股|服务|招商|交通|水务|集团|置业|实业|金融|科创|创新)"
    r"{2,}(?:股份)?(?:有限(?:责任)?)?公司"
)
_PLACE_CHARS = 2


def acting_for(party: Party, found: list[Party]) -> Party:
    """A firm without a name of its own, of the place that a public party of the paper bears, is a company of the government."""
    others = [one for one in found if one is not party]
    place = party.name[:_PLACE_CHARS]
    public = any(is_public(one.kind) and one.name.startswith(place) for one in others)
    investor = any(one.side == "investor" and not _NAMELESS.fullmatch(one.name, _PLACE_CHARS) for one in others)
    rest = re.sub(r"^(?:[省市县区镇乡]|自治[州县])", "", party.name[_PLACE_CHARS:])
    if party.kind != "enterprise" or not (public and investor and _NAMELESS.fullmatch(rest)):
        return party
    return _as_company(party)


# 甲方系某镇集体资产管理部门与县国资中心共同出资设立的公司: the paper tells it in a sentence of its own.
_OWNED = (
    r"方(?:[（(][^（）()\n]{0,12}[）)])?[，,]?(?:系|为|是)(?:由|经)?[^，。；\n]{0,24}(?:[县区市镇乡旗]|管委会|园区|开发区)[^，。；\n]{0,24}"
    r"(?:国有|国资|出资|全资|独资|控股|所属|下属|直属)[^，。；\n]{0,12}(?:公司|企业|平台)"
)


def told_public(text: str, party: Party, found: list[Party]) -> Party:
    """A firm that the paper calls, or its name shows to be, a company of the county, where another is left as investor."""
    others = any(one is not party and one.kind in ("enterprise", "preparatory", "person") for one in found)
    if party.kind != "enterprise" or not others:
        return party
    told = re.search(rf"{party.role[0]}{_OWNED}", text) is not None or _is_named_after(party, found)
    return _as_company(party) if told else party


def _is_named_after(party: Party, found: list[Party]) -> bool:
    """Whether a firm bears the name of a public party's place and of what companies of a place do: 栎阳高新建设发展有限公司."""
    places = {one.name[:_PLACE] for one in found if one.side == "government" and one.kind != "platform_company"}
    return party.name[:_PLACE] in places and _DOES_FOR_PLACE.search(party.name[_PLACE:]) is not None


_PLACE = 2  # characters of the name of a place that tell it from others
_DOES_FOR_PLACE = re.compile(
    r"^[^（(]{0,6}?(?:(?:建设|产业|投资|文旅|旅游|城市|城乡|资产|开发)(?:发展|投资|运营|建设|开发|经营|管理|控股|服务)|园区[^公]{0,4})(?:集团|控股)?(?:有限|股份)"
)


def as_investor(party: Party) -> Party:
    """A firm whose name is like that of a public company and who is the investor none the less."""
    aliases = _aliases_as("enterprise", party, "platform_company")
    return msgspec.structs.replace(party, kind="enterprise", side="investor", aliases=aliases, level="none")


def _as_company(party: Party) -> Party:
    aliases, level = _aliases_as("platform_company", party, "enterprise"), level_of(party.name, "platform_company")
    return msgspec.structs.replace(party, kind="platform_company", side="government", aliases=aliases, level=level)


def _aliases_as(kind: PartyKind, party: Party, before: PartyKind) -> tuple[str, ...]:
    """The aliases of a party that is of one kind and was taken for another `before`: its own, and the common ones of its kind."""
    own = (alias for alias in party.aliases if alias not in COMMON_ALIASES[before])
    return tuple(dict.fromkeys((*own, *COMMON_ALIASES[kind])))
