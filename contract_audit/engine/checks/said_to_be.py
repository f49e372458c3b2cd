"""Firms said to be something in one place and another firm in another: the project company, the guarantor, who signed before."""

import re
from collections.abc import Iterator

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.sentences import matches_with
from contract_audit.model import Party

_NAME = r"[\u4e00-\u9fff（）()A-Za-z]{4,32}?(?:公司|集团|合作社)(?![\u4e00-\u9fff]{0,2}(?:的?(?:子公司|分公司|股东|母公司)))"
_ROLE = (
    r"项目公司|项目主体|实施主体|运营公司|运营主体|运营单位|担保(?:人|方|公司)|保证人|代建(?:单位|方|人)|产权(?:人|单位|方)|控股股东|控股母公司|母公司|实际控制人"
    r"|土地受让人|受让人|竞得人|买受人|物业(?:公司|单位)|施工(?:总承包)?单位|总承包单位|监理单位|监管银行|出租人|承租人"
)
_FOUNDS = "(?:设立|成立|注册|组建|新设|委托|聘请|选定|由|与|以|的)"
_SAYINGS = (
    re.compile(rf"(?P<role>{_ROLE})(?:的?(?:名称|全称))?(?:暂定|拟定|确定)?(?:名?为|是|系|即|[：:\t|])?\s?[“「（(]?(?P<name>{_NAME})(?P<after>)"),
    re.compile(rf"(?P<name>{_NAME})[”」]?\s?[（(，]?(?:以下|下)?(?:简称|统称|称)(?:为)?[：:]?[“「]?(?P<role>{_ROLE})[”」]?(?P<after>[）)，。、])"),
    re.compile(rf"(?P<name>{_NAME})[”」]?(?:作为|担任|系|为|是)(?:本项目|本协议|项目|该项目)?的?(?P<role>{_ROLE})(?P<after>[，。；、）)应须承负的]|$)"),
)  # fmt: skip
_ROLES = re.compile(_ROLE)
_LEAD = re.compile(rf"^.*{_FOUNDS}(?=[\u4e00-\u9fff（）()A-Za-z]{{6,}})")
# Two may hold the role, or one under two names.
_SEVERAL = re.compile(r"分别|之一|各自|两家|[一二三四首]期|原|更名|变更|曾用名|前身|或|、|地块|替换|由[^，。；]{0,6}改")
_NUMBER = re.compile(r"^[ \u3000]*(?:[0-9一二三四五六七八九十]{1,3}、|[（(][0-9一二三四五六七八九十]{1,3}[)）])")
_AROUND = 14
_LEAST = 6
_FORM = re.compile("(?:有限|有限责任|股份)公司$|[\u4e00-\u9fff]{4}(?:集团|合作社)$")  # 国有独资公司 names no firm
# Who signed the agreement that this paper goes on from.
_SIGNED = (
    re.compile(rf"(?P<first>甲方|[\u4e00-\u9fff]{{2,16}}?(?:人民政府|管理委员会|管委会|局))(?:已)?(?:与|和|同)(?P<name>{_NAME})(?:已)?(?:于|在|就|共同)?[^。；\n]{{0,40}}?(?:签订|签署|订立|达成|签定)"),
    re.compile(rf"(?P<name>{_NAME})(?:已)?(?:与|和|同)(?P<first>甲方|[\u4e00-\u9fff]{{2,16}}?(?:人民政府|管理委员会|管委会|局))(?:已)?(?:于|在|就|共同)?[^。；\n]{{0,40}}?(?:签订|签署|订立|达成|签定)"),
    re.compile(rf"原(?:投资|合作|主)?(?:协议|合同)(?:的|之|中的?)?(?P<first>乙方|受让方|投资方|签约企业|企业方)(?:为|是|系|：|即)(?P<name>{_NAME})"),
)  # fmt: skip
_GOES_ON = re.compile(r"补充|变更|终止|解除|续签|延期|调整|备忘")
_EARLIER = re.compile("原协议|原合同|主合同|主协议|原投资|补充")
_SUCCEEDS = re.compile(
    r"更名|名称变更|变更(?:登记)?为|承继|承接|受让|转让|概括|继受|继承|合并|分立|吸收|原名|曾用名|前身|子公司|新设|指定|三方|加入|股权"
)
_TITLED = re.compile(r"(?P<name>[\u4e00-\u9fff（）]{2,24}?(?:有限公司|有限责任公司|股份公司))")


def check(case: Case) -> Iterator[Outcome]:
    """Outcomes of the comparisons one after another."""
    yield from _two_in_one_role(case)
    yield from _another_signed_before(case)
    yield from _another_in_the_title(case)


def _bare(name: str) -> str:
    return re.sub("[（）()“”「」]", "", name)


def _differ(one: str, other: str) -> bool:
    """Whether two names are of two firms: neither is a part of the other."""
    first, second = _bare(one), _bare(other)
    return first not in second and second not in first


def _two_in_one_role(case: Case) -> Iterator[Outcome]:
    """拟设立项目公司“南阳启湛光电有限公司” … 启湛显示科技（南阳）有限公司作为项目公司."""
    text = case.document.text
    held: dict[str, tuple[str, int]] = {}
    found = sorted(
        (match for saying in _SAYINGS for match in matches_with(_ROLES, saying, text, "。")),
        key=lambda match: match.start("name"),
    )
    for match in found:
        lead = _LEAD.match(match["name"]) if match.start("name") < match.start("role") else None
        start = match.start("name") + (lead.end() if lead else 0)
        name = text[start : match.end("name")].lstrip("（(“「")
        start = match.end("name") - len(name)
        before = text[max(0, match.start() - _AROUND, text.rfind("\n", 0, match.start()) + 1) : match.start()]
        around = _NUMBER.sub("", before) + text[match.end("name") : match.end("name") + 4]
        if (
            len(name) < _LEAST
            or not _FORM.search(name)
            or _SEVERAL.search(around)
            or _SEVERAL.search(text[match.start() : start])
        ):
            continue
        role = match["role"]
        known = held.setdefault(role, (name, start))
        if _differ(known[0], name) and not re.search("更名|变更|替换", text[known[1] : start]):
            yield _outcome(case, start, name, known[0], f"前文{role}为“{known[0]}”", (known[1], len(known[0])))
            held[role] = (name, start)


def _outcome(case: Case, start: int, other: str, name: str, why: str, first: tuple[int, int]) -> Outcome:
    return Outcome(
        start=start, end=start + len(other), values={"name": name, "other": other}, conditions=(why,),
        related=(case.related("前文名称", first[0], first[0] + first[1]),),
    )  # fmt: skip


def _another_signed_before(case: Case) -> Iterator[Outcome]:
    """甲方与甲公司签订原协议 in a supplement whose 乙方 is another firm, and nothing says why."""
    text = case.document.text
    firms = [party for party in case.understanding.parties if party.side == "investor"]
    if (
        not firms
        or not _GOES_ON.search(case.understanding.title or "")
        or not _EARLIER.search(text)
        or _SUCCEEDS.search(text)
    ):
        return
    for match in (match for signed in _SIGNED for match in signed.finditer(text)):
        lead = _LEAD.match(match["name"])
        name = match["name"][lead.end() :] if lead else match["name"]
        if len(name) < _LEAST or any(not _differ(name, party.name) for party in case.understanding.parties):
            continue
        party = _signing_now(firms)
        at = match.end("name") - len(name)
        yield _outcome(
            case, party.start, party.name, name, f"原协议的签约企业为“{name}”，未说明承继关系", (at, len(name))
        )
        return


def _signing_now(firms: list[Party]) -> Party:
    return next((party for party in firms if party.role == "乙方"), firms[0])


def _another_in_the_title(case: Case) -> Iterator[Outcome]:
    """A title that names a firm which is no party and of which the paper does not speak."""
    title = case.understanding.fact("title")
    names = [party.name for party in case.understanding.parties]
    if title is None or title.end <= title.start or not any(name.endswith("公司") for name in names):
        return
    found = _TITLED.search(case.text(title.start, title.end))
    if found is None or "《" in case.text(title.start, title.end):
        return
    name = re.sub("^.*(?:关于|与|和|对|引进|支持)", "", found["name"])
    alone = case.document.text.count(name) == 1
    if len(name) > _LEAST and alone and all(_differ(name, other) for other in names):
        start = title.start + found.end("name") - len(name)
        party = next(other for other in case.understanding.parties if other.name.endswith("公司"))
        yield _outcome(case, start, name, party.name, f"当事人为“{party.name}”", (party.start, len(party.name)))
