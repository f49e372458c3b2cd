"""Who acts, speaks or signs in the paper and is not who its heading names: a role nobody holds, a place or a person misspelt."""

import re
from collections.abc import Iterator

from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Party

_ROLE = re.compile(r"(?<![甲乙丙丁戊])(?P<role>[丙丁戊])方")
_GIVEN = '称为?是作即指系：:“"（('  # after these a role is given to somebody: （以下简称丙方）, 丙方：某公司
_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:人民政府|管理委员会)")
_LEGAL_HEAD = re.compile(
    r"(?:法定代表人|负责人)\s*[：:]\s*(?P<name>[\u4e00-\u9fff]{2,4})(?=[\s，,；;（(）)]|$)", re.MULTILINE
)
_LEGAL_SIGNED = re.compile(
    r"(?<!授权)法定代表人\s*(?:[（(]签[字章名][）)])?\s*[：:]\s*(?P<name>[\u4e00-\u9fff]{2,4})(?=[\s，,；;（(）)]|$)",
    re.MULTILINE,
)
_AS_SIGNED = re.compile(
    r"(?P<role>[甲乙丙丁])\s*方\s*(?:[（(][^（）()\n]{0,8}[）)])?\s*[：:]\s*(?P<name>[\u4e00-\u9fff]{4,40}?(?:公司|集团))(?=[\s（(]|$)",
    re.MULTILINE,
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔崔康毛"
    "邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚"
)
_LEGAL_TOLD = re.compile(
    rf"(?P<role>[甲乙]方)(?:的|之)?法定代表人(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=先生|女士|个人|本人|自愿|承担|提供|同意|保证|应|须|对|为|以|[，；。（(])"
)
_ACCOUNT = re.compile(
    r"(?P<role>[甲乙]方)(?:的|指定)?(?:收款|开户|结算|基本)?(?:账户|帐户|账号)[^。；]{0,30}?(?:户\s?名|账户名称|开户名称|收款单位)[：:\s]\s*"
    r"(?P<name>[\u4e00-\u9fff（()）]{4,36}?公司)"
)
# 户名 | 某某城建投资有限公司, whosever account the paper says it is.
_PAYEE = re.compile(
    r"(?:户\s?名|(?:账户|开户)名称|收款(?:单位|人|方))[：:\s|\t]*"
    r"(?P<name>[\u4e00-\u9fff（()）]{4,36}?公司)(?![\u4e00-\u9fff])"
)
_ON_BEHALF = re.compile(r"委托|授权|代收|代管|监管|共管|指定|受托|存管")
_EXPLAINED = 60  # characters behind an account in which it is said why another firm holds it
_BELOW = 120  # characters below a party's name in which its representative is told
_BRANCH = re.compile(r"分公司|分厂|项目(?:经理)?部|办事处|经营部$|事业部|销售部|代表处")
_LEAST_SHORT = 6
_LEAST_CHARS = 600
_WHOLE = re.compile("生效|一式[两二三四五六七八九十0-9]{1,2}份")  # a short paper that has its end is no part of one
_SLIPS = 3  # a role told more often is somebody's, whom the heading names in a way not understood
_NAMED_AFTER = re.compile(r"[\u4e00-\u9fff（）]{2,20}?(?:公司|集团|[局厅委]|政府|单位|中心|银行|合作社)")
_MEANT = re.compile(r"报|上级|批准|邻|原|更名|移交|与[^，。；]{0,4}$|《")


def check(case: Case) -> Iterator[Outcome]:
    """Outcomes of the comparisons one after another, where the heading names its parties."""
    if not {"甲方", "乙方"} <= {party.role for party in case.understanding.parties}:
        return
    yield from _nobody(case)
    yield from _nobody_numbered(case)
    yield from _not_among_the_signed(case)
    yield from _misspelt_organs(case)
    yield from _other_person(case)
    yield from _cut_names(case)
    yield from _other_representative(case)
    yield from _other_account(case)


def _begin_of_signatures(case: Case) -> int:
    return next(
        (clause.start for clause in case.understanding.clauses if clause.kind == "signature"), len(case.document.text)
    )


def _nobody(case: Case) -> Iterator[Outcome]:
    """丙方负责提供担保 in an agreement of two."""
    text = case.document.text
    if len(text) < _LEAST_CHARS and not (_WHOLE.search(text) and _begin_of_signatures(case) < len(text)):
        return  # a part of a paper: who holds the role is told in the other
    held = {party.role for party in case.understanding.parties}
    given = {match["role"] for match in _ROLE.finditer(text) if _is_given(text, match)}
    for match in _ROLE.finditer(text):
        if f"{match['role']}方" in held or match["role"] in given or text.count(match.group()) > _SLIPS:
            continue
        held.add(f"{match['role']}方")
        end = min((place for mark in "，。；\n" if (place := text.find(mark, match.end())) >= 0), default=match.end())
        others = "、".join(party.name for party in case.understanding.parties)
        yield Outcome(
            start=match.start(), end=min(end, match.end() + 20), values={"name": others, "other": match.group()},
            conditions=(f"首部没有{match.group()}",),
        )  # fmt: skip


_NUMBERED = re.compile(r"(?P<role>[甲乙丙])方(?P<n>[一二三四五])(?![\u4e00-\u9fff]?[期批次个种])")
_NUMBERS = "一二三四五"


def _nobody_numbered(case: Case) -> Iterator[Outcome]:
    """乙方三 in an agreement whose heading names 乙方一 and 乙方二."""
    text = case.document.text
    headed = {match.group() for match in re.finditer(rf"(?m)^\s*{_NUMBERED.pattern}\s*[：:（(]", text)}
    told = {match.group()[:3].strip() for match in _NUMBERED.finditer("\n".join(headed))}
    last = {role: max((_NUMBERS.index(one[2]) for one in told if one[0] == role), default=0) for role in "甲乙丙"}
    for match in _NUMBERED.finditer(text):
        if last[match["role"]] >= 1 and _NUMBERS.index(match["n"]) > last[match["role"]]:
            names = "、".join(party.name for party in case.understanding.parties)
            yield Outcome(
                start=match.start(), end=match.end(), values={"name": names, "other": match.group()},
                conditions=(f"首部没有{match.group()}",),
            )  # fmt: skip
            return


_SIGNS = re.compile(
    r"(?m)^\s*(?P<role>[甲乙丙丁])\s*方\s*(?:[（(：:]|$)|[ \u3000\t](?P<beside>[甲乙丙丁])\s*方\s*[（(：:]"
)


def _not_among_the_signed(case: Case) -> Iterator[Outcome]:
    """A third party of the heading that bears duties and has no line where the first two sign."""
    text, begin = case.document.text, _begin_of_signatures(case)
    signing = {f"{match['role'] or match['beside']}方" for match in _SIGNS.finditer(text, begin)}
    if not {"甲方", "乙方"} <= signing:
        return
    for party in case.understanding.parties:
        headed = re.match(rf"\s*{party.role}", text[text.rfind("\n", 0, party.start) + 1 :])
        bears = headed and re.search(
            rf"{party.role}(?:应|须|负责|承诺|保证|同意|按|于|自|以|的?(?:义务|责任))", text[:begin]
        )
        if party.role in ("丙方", "丁方") and party.role not in signing and bears and party.name not in text[begin:]:
            yield Outcome(
                start=party.start, end=party.end, values={"name": party.name, "other": "（签署栏没有该方）"},
                conditions=(f"签署栏只有{'、'.join(sorted(signing))}",),
            )  # fmt: skip


def _is_given(text: str, match: re.Match[str]) -> bool:
    """Whether the words around a role say who holds it, before the page on which it is signed."""
    sealed = re.match(r"\s*[（(][^（）()\n]{0,6}[章签]", text[match.end() : match.end() + 10])
    after = text[match.end() : match.end() + 2]
    named = after[:1] in ("：", ":", "（", "(", " ", "\u3000", "\t", "|") or bool(re.match("为[^其甲乙本该此]", after))
    named = named or bool(_NAMED_AFTER.match(text, match.end()))
    return not sealed and (named or text[max(0, match.start() - 1) : match.start()] in tuple(_GIVEN))


def _misspelt_organs(case: Case) -> Iterator[Outcome]:
    """沅江县人民政府 where the party is 沅浦县人民政府: one character of the place is another."""
    text = case.document.text
    names = {party.name for party in case.understanding.parties}
    organs = [party for party in case.understanding.parties if _ORGAN.fullmatch(party.name)]
    seen: set[str] = set()
    for match in _ORGAN.finditer(text) if organs else ():
        for party in organs:
            said = match.group()[-len(party.name) :]
            if said in names | seen or not _is_one_off(said, party.name) or any(said in name for name in names):
                continue
            if not _MEANT.search(text[max(0, match.start() - 10) : match.end() - len(said)]):
                seen.add(said)
                yield named_otherwise(case, party, said, match.end() - len(said))


def _is_one_off(one: str, other: str) -> bool:
    """Whether two names of one length differ in one character that is not the kind of the place (县, 市, 区)."""
    if len(one) != len(other):
        return False
    places = [index for index, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    return len(places) == 1 and not {one[places[0]], other[places[0]]} & set("省市县区州旗乡镇新东西南北中")


def _other_person(case: Case) -> Iterator[Outcome]:
    """法定代表人：顾启明 in the heading, 顾启民 where it is signed."""
    text, begin = case.document.text, _begin_of_signatures(case)
    heads = {match["name"] for match in _LEGAL_HEAD.finditer(text, 0, begin)}
    for match in _LEGAL_SIGNED.finditer(text, begin):
        name = match["name"]
        like = next((head for head in heads if _is_like(head, name)), None)
        if name not in heads and like is not None:
            yield Outcome(
                start=match.start("name"), end=match.end("name"), values={"name": like, "other": name},
                conditions=(f"首部法定代表人为{like}",),
            )  # fmt: skip


def _representatives(case: Case, begin: int) -> dict[str, str]:
    """The 法定代表人 that the heading tells right below each party; `begin` is where the signatures begin."""
    text = case.document.text
    return {
        f"{party.role}": match["name"]
        for party in case.understanding.parties
        if (match := _LEGAL_HEAD.search(text, party.end, min(begin, party.end + _BELOW))) is not None
        and not any(party.end < other.start < match.start() for other in case.understanding.parties)
    }


def _other_representative(case: Case) -> Iterator[Outcome]:
    """乙方法定代表人李明 in the body, where the heading says another name below 乙方 and nobody is said to follow him."""
    text, begin = case.document.text, _begin_of_signatures(case)
    heads = _representatives(case, begin)
    for match in _LEGAL_TOLD.finditer(text, 0, begin):
        head = heads.get(match["role"])
        if head is not None and match["name"] != head and "变更" not in text[match.start() - _BELOW : match.end()]:
            yield Outcome(
                start=match.start("name"), end=match.end("name"), values={"name": head, "other": match["name"]},
                conditions=(f"首部{match['role']}法定代表人为{head}",),
            )  # fmt: skip


def _other_account(case: Case) -> Iterator[Outcome]:
    """乙方收款账户：户名 of a firm that is no party and that the paper does not speak of otherwise."""
    text = case.document.text
    firms = {party.role: party for party in case.understanding.parties if party.name.endswith("公司")}
    told: set[int] = set()
    for match in _ACCOUNT.finditer(text):
        party, name = firms.get(match["role"]), match["name"]
        if party is not None and name not in party.name and text.count(name) == 1:
            told.add(match.start("name"))
            yield named_otherwise(case, party, name, match.start("name"))
    named = " ".join(party.name for party in case.understanding.parties)
    for match in _PAYEE.finditer(text):
        name, line = match["name"], text[text.rfind("\n", 0, match.start()) + 1 : match.end() + _EXPLAINED]
        unknown = name not in named and text.count(name) == 1 and match.start("name") not in told
        if unknown and firms and not _ON_BEHALF.search(line):
            party = max(firms.values(), key=lambda one: (one.side == "government", -one.start))
            yield named_otherwise(case, party, name, match.start("name"))


def _is_like(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(left != right for left, right in zip(one, other, strict=True)) == 1


def _cut_names(case: Case) -> Iterator[Outcome]:
    """禾川精工科技有限公司 signs for 江苏禾川精工科技有限公司: a part of the name is another firm's name."""
    heads = {party.role: party for party in case.understanding.parties}
    for match in _AS_SIGNED.finditer(case.document.text, _begin_of_signatures(case)):
        party, name = heads.get(f"{match['role']}方"), match["name"]
        if party is None or party.name == name or len(name) < _LEAST_SHORT:
            continue
        if party.name.endswith(name) or _BRANCH.sub("", name) == party.name:
            yield named_otherwise(case, party, name, match.start("name"))


def named_otherwise(case: Case, party: Party, name: str, start: int) -> Outcome:
    """A party under another name than the heading gives it."""
    return Outcome(
        start=start,
        end=start + len(name),
        values={"name": party.name, "other": name},
        related=(case.related("首部名称", party.start, party.end),),
    )
