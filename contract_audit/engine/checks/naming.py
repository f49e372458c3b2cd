"""Names and codes of the parties that must agree: heading, body, signature block, check digits (GB 32100-2015)."""

import re
from collections.abc import Iterator

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import signatories
from contract_audit.model import Party
from contract_audit.rulespec import AgreeCheck

_ROLES = {"a": "甲方", "b": "乙方", "c": "丙方", "d": "丁方"}
_CODE = re.compile(
    r"(?:信用代码|组织机构代码)(?:证?号)?[^0-9A-Za-z\n，。；]{0,6}(?P<code>[0-9A-Za-z]{15,20})(?![0-9A-Za-z*])"
)
_NEAR = 120  # characters between a party's name and the code told below it
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PLACEHOLDER = re.compile(r"X{4}|0{8}")
_FIRM = re.compile(r"[\u4e00-\u9fff]{2,}(?:（[\u4e00-\u9fff]{2,8}）[\u4e00-\u9fff]*)?公司")
# Words before or after that say the other name is meant: another firm, an old name, a correction.
_MEANT = re.compile(
    r"更名|曾用名|原名|前身|变更为|变更前|改名|原系|母公司|子公司|股东|关联|另一|兄弟|受让|转让|收购|合并|分立"
)
_FORM = re.compile(r"(?:股份有限公司|有限责任公司|集团有限公司|股份公司|有限公司|公司)$")
_LEAST_STEM = 6
_NO_NAME = re.compile(r"以下|简称|下称|项目公司|[或及其指]|关联|子公司|分公司|承继|新设|设立|该")
_LEAST = 8  # characters of a name; below, one character makes another firm
_ORDINAL = frozenset("一二三四五六七八九十东西南北甲乙丙丁上下新老大小省市县区")


def party_names(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """The name in the signature block is not the name in the heading; a name in the body is off by one character."""
    heads = {party.role: party for party in case.understanding.parties}
    seen: set[str] = set()
    for fact in case.understanding.facts:
        party = heads.get(_ROLES.get(fact.name.removeprefix("party_"), ""))
        if party is None or party.kind == "unknown" or fact.source != "signature":
            continue
        if _full(str(fact.value)) == _full(party.name):
            continue
        seen.add(str(fact.value))
        yield signatories.named_otherwise(case, party, str(fact.value), fact.start)
    yield from _slips(case, seen)
    yield from signatories.check(case)


def _full(name: str) -> str:
    """管委会 is how everybody calls a 管理委员会; half-width brackets are the same brackets."""
    return fold_text(name).replace("管委会", "管理委员会")


def named_in(text: str, name: re.Pattern[str], endings: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Places of a pattern of names, Chinese characters and full-width brackets that hold one of the endings.

    It is run only where one stands: at each character of a line such a pattern reads on to the end of the line.
    """
    for run in _RUN.finditer(text):
        if any(ending in run.group() for ending in endings):
            yield from name.finditer(text, *run.span())


_RUN = re.compile(r"[\u4e00-\u9fff（）]+")


def _slips(case: Case, seen: set[str]) -> Iterator[Outcome]:
    """Names of firms in the text that differ from a party's in one character, at their first mention."""
    names = {party.name for party in case.understanding.parties}
    firms = [party for party in case.understanding.parties if len(party.name) >= _LEAST and party.name.endswith("公司")]
    text = case.document.text
    for match in named_in(text, _FIRM, ("公司",)) if firms else ():
        for party in firms:
            bracket = text[max(0, match.start() - 1) : match.start()] in ("（", "(")
            if _says_whose(text, match.start(), party) and (
                _is_another(match.group(), party, names) if bracket else _stem(match.group()) == _stem(party.name)
            ):
                if match.group() != party.name and match.group() not in seen:
                    seen.add(match.group())
                    yield signatories.named_otherwise(case, party, match.group(), match.start())
                break
            name = match.group()[-len(party.name) - 2 :]
            slip = next((part for part in _endings(name, party.name) if part not in names | seen), None)
            if slip is None or any(known.endswith(slip) for known in names):
                continue
            around = text[max(0, match.start() - 16) : match.end() + 16]
            if not _MEANT.search(around):
                seen.add(slip)
                yield signatories.named_otherwise(case, party, slip, match.end() - len(slip))
                break


def _says_whose(text: str, start: int, party: Party) -> bool:
    """Whether the role stands right before the name: 乙方（恒远制造股份有限公司）."""
    return text[max(0, start - 3) : start] in (f"{party.role}（", f"{party.role}：", f"{party.role}(")


def _is_another(name: str, party: Party, names: set[str]) -> bool:
    """Whether a firm told right behind the role is not the party, nor a part of its name, nor one that has the role too."""
    if _stem(name) == _stem(party.name):
        return True
    is_name = len(name) >= _LEAST and not _NO_NAME.search(name)
    return is_name and name not in names and name not in party.name and party.name not in name


def _stem(name: str) -> str:
    return _FORM.sub("", name)


def _endings(words: str, name: str) -> Iterator[str]:
    """Endings of `words` that are `name` but for one character changed, left out, put in, or two characters or words exchanged."""
    for length in (len(name), len(name) - 1, len(name) + 1, len(name) - 2, len(name) + 2):
        ending = words[-length:]
        if len(ending) == length and ending != name and _is_slip(ending, name):
            yield ending


def _is_slip(one: str, other: str) -> bool:
    stems = {_stem(name) for name in (one, other)}
    if len(stems) == 1 and len(min(stems)) >= _LEAST_STEM and one.endswith("公司"):
        return True
    if len(one) == len(other):
        places = [index for index, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
        changed = {one[index] for index in places} | {other[index] for index in places}
        exchanged = len(places) in (2, 4) and places[-1] == places[0] + len(places) - 1 and sorted(one) == sorted(other)
        return (len(places) == 1 and not changed & _ORDINAL) or exchanged
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    # A character more in front is a word of the sentence, not of the name.
    cut = [index for index in range(1, len(longer)) if longer[:index] + longer[index + 1 :] == shorter]
    return bool(cut) and longer[cut[0]] not in _ORDINAL


def credit_codes(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """A credit code that cannot be, or is another's: codes left open (91XXXX…) are none."""
    held: dict[str, str] = {}
    for match in _CODE.finditer(case.folded.text):
        code = match["code"].upper()
        fault = _fault(code) or _of_another(case, match, code, held)
        if fault and not _PLACEHOLDER.search(code):
            start, end = case.folded.original(match.start("code"), match.end("code"))
            yield Outcome(start=start, end=end, values={"value": code, "other": fault}, conditions=(fault,))


_ORGANS = ("11", "12", "13")  # 机关, 事业单位, 社会团体 in the first two places of GB 32100; 91 to 93 are business


def _of_another(case: Case, match: re.Match[str], code: str, held: dict[str, str]) -> str:
    """Whether the party above the code is of another kind, or another party has it, in Chinese; `held` gathers the codes."""
    start = case.folded.original(match.start("code"), match.end("code"))[0]
    near = _line_above(case, start)
    above = [
        party
        for party in case.understanding.parties
        if party.start < start and (start - party.end < _NEAR or party.name in near)
    ]
    if not above:
        return ""
    party = next((one for one in reversed(above) if one.name in near), above[-1])
    if party.name.endswith("公司") and code[:2] in _ORGANS:
        return "前两位是机关、事业单位或者社会团体的类别，与企业不符"
    if party.kind in ("government", "department", "committee", "township") and code[0] == "9":
        return "前两位是企业的类别，与机关不符"
    other = held.setdefault(code, party.name)
    if other != party.name:
        return f"与“{other}”的代码相同"
    first = next(one for one, name in held.items() if name == party.name)
    return f"与前文同一单位的代码{first}不同" if first != code else ""


def _line_above(case: Case, start: int) -> str:
    """The line of a code and the one above it, where its holder stands."""
    line = case.document.text.rfind("\n", 0, start)
    return case.text(max(0, case.document.text.rfind("\n", 0, max(line, 0))), start)


def _fault(code: str) -> str:
    """What is wrong with the code, in Chinese; empty if nothing is."""
    from stdnum.cn import uscc

    if len(code) != 18:
        return f"应为18位，实为{len(code)}位"
    strange = sorted({letter for letter in code if letter not in _LETTERS})
    if strange:
        return f"含有不使用的字母{'、'.join(strange)}"
    right = uscc.calc_check_digit(code[:-1])
    return "" if code[-1] == right else f"校验位应为{right}"
