"""References that lead somewhere, but not to what they speak of: 第八条（违约责任） where the eighth article is about disputes."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.cited import told_of
from contract_audit.model import Clause, Reference, Understanding

_NAMED = re.compile(
    r"[（(“「《](?P<title>[\u4e00-\u9fff]{3,14})[）)”」》]"
    r"|(?:所?[约规]定|所[述列称指])的(?P<thing>[\u4e00-\u9fff]{4,12}?)"
    r"(?:的?(?=[，。；、（(）)]|$)|(?=[的为和与及或时处执承予进支付计办达未已由按而不]))"
    r"|(?:中)?(?:有关|关于|对于)(?P<about>[\u4e00-\u9fff]{3,14}?)的(?:[约规]定|条款|要求|承诺)"
)
# What a clause settles in any paper, told by the verb that follows: 按第三条承担违约责任.
_SETTLES = re.compile(
    r"(?:的?[约规]定)?(?:的(?:方式|办法|标准))?(?:处理|承担|解决|支付|计[收算付]|缴纳|给予|享受|执行)(?:的|相应的?)?"
    r"(?P<matter>违约责任|违约金|争议|补偿|租金|保证金|奖励|补贴)"
)
# 第二条约定的违约金: told as what the clause itself fixes.
_FIXES = re.compile(
    r"所?[约规]定的(?P<matter>违约责任|违约金|租金|保证金|补偿金?|奖励|补贴)(?![\u4e00-\u9fff]{0,4}(?:条件|程序|办法))"
)
_MATTERS = {
    "违约责任": "违约|赔偿|责任|罚",
    "违约金": "违约|赔偿|罚|滞纳",
    "争议": "争议|纠纷|诉讼|法院|仲裁|协商",
    "补偿": "补偿|赔偿|补助",
    "租金": "租",
    "保证金": "保证金|押金|担保",
    "奖励": "奖|补|扶持",
    "补贴": "奖|补|扶持",
}
_ORIGINAL = re.compile(
    r"(?P<kind>(?:原|主|首份|一期|出让|租赁|框架|投资|代建)(?:投资|合作|框架|入园|项目)?(?:合同|协议)书?)(?:的|之|中)?[“”》]?"
    r"(?P<more>(?:第[0-9一二三四五六七八九十百]{1,5}条(?:第[^，。；、]{1,4}[款项])?[、和及与至到])*)$"
)
_ARTICLE = re.compile(r"第(?P<n>[0-9〇零一二三四五六七八九十百]{1,5})条")
_WORD = 2  # characters that two texts about one thing have in common
# Deeds of which a clause may speak in other words, told with a plain word: 开工时间, 交付期限, 付款义务.
_DEEDS = {
    "开工": "开工|动工|破土|进场|启动|施工|建设",
    "投产": "投产|达产|生产|竣工|建成|营业|运营|投入使用",
    "竣工": "竣工|建成|完工|验收|封顶",
    "交付": "交付|移交|交地|交房|供地|腾|交给|点交|交接",
    "交地": "交付|移交|交地|供地|净地|交给|点交|交接",
    "付款": "付|缴|拨|支",
    "保密": "保密|泄|披露|秘密",
    "租金": "租",
}
_PLAIN = re.compile(
    "约定|规定|条件|标准|办法|方式|内容|事项|责任|义务|时间|期限|情形|要求|相关|有关|途径|程序|渠道|原则|流程"
)
_NEAR = 6
_MOST = 2 / 3  # of the words of a name, told near each other
_POINT = re.compile(r"[0-9]{1,2}[、.．]?")
_LEAST_ARTICLES = 4
_SENDS_ON = re.compile(
    "附件|附表|另行|补充协议|第[0-9一二三四五六七八九十]+条"
)  # the clause leaves it to another place
_DECIMAL = re.compile("[0-9][.．][0-9]")
_OWN_LABEL = 6  # characters that a clause's own number may have
_OTHER = "与该条内容明显不对应"
_Told = Callable[[], list[str]]  # tells what other clauses say, for the few references of which that is asked


def _values(name: str, fault: str) -> dict[str, str]:
    return {"name": name, "other": fault}


def elsewhere(case: Case) -> Iterator[Outcome]:
    """References to a clause that says nothing of what it is cited for, while another clause does."""
    clauses = case.understanding.clauses
    units = _units(clauses)
    doubled = Counter((clauses[index].kind, _number(clauses[index])) for index in units)
    for reference in case.understanding.references:
        if reference.kind != "clause" or reference.target is None:
            continue
        article = _decimal_unit(clauses, reference.target) or _unit_of(clauses, units, reference.target)
        inside = article is not None and article.start <= reference.start < article.stop
        if article is None or inside or doubled[article.kind, _number(article)] > 1:
            continue
        after = fold_text(case.text(reference.end, reference.end + 30))
        said = fold_text(case.text(article.start, article.stop))
        others = partial(_others, case, units, article, reference)
        if _is_about_another(case, article, said, after, others):
            end = reference.end + _length_of_name(after)
        elif (length := _cited_for_another(case, reference, said, after, others)) is not None:
            end = reference.end + length
        else:
            continue
        yield Outcome(start=reference.start, end=end, values=_values(case.text(reference.start, end), _OTHER))


def _others(case: Case, units: frozenset[int], article: Clause, reference: Reference) -> list[str]:
    """What the other clauses say, but for the one in which the reference stands and the one that holds the article."""
    clauses = case.understanding.clauses
    if _DECIMAL.search(article.label or ""):  # 3.2 stands beside 1.1 and 2.4, not beside the chapters
        units = frozenset(index for index, clause in enumerate(clauses) if _DECIMAL.search(clause.label or ""))
    return [
        fold_text(case.text(clause.start, clause.stop))
        for clause in (clauses[index] for index in sorted(units))
        if not clause.start <= article.start < clause.stop and not clause.start <= reference.start < clause.stop
    ]


def _decimal_unit(clauses: tuple[Clause, ...], target: int) -> Clause | None:
    """The clause itself where its number has a point: 3.2 names no more than that clause."""
    return clauses[target] if _DECIMAL.search(clauses[target].label or "") else None


_LISTED = re.compile(r"(?:[条款项]|[0-9])[、和及与或至到~～-]+$")
_LISTS_ON = re.compile(r"[条款项]?[、和及与或至到~～-]+第?[0-9一二三四五六七八九十]")


def _cited_for_another(case: Case, reference: Reference, said: str, after: str, others: _Told) -> int | None:
    """Characters to the end of the name of what a clause is cited for, where it says nothing of it and another clause does."""
    text = case.document.text
    begin = behind_last("\n，。；", text, reference.start)
    before = fold_text(text[begin : reference.start])
    sentence = re.split("[，。；\n]", after)[0]
    if _LISTED.search(before) or _LISTS_ON.match(sentence):
        return None  # which of several is for what is not told
    matter = told_of(sentence, before)
    if matter is None or matter[0].search(said) or _SENDS_ON.search(said, _OWN_LABEL):
        return None
    return matter[2] if any(matter[1].search(other) for other in others()) else None


def beyond_the_original(case: Case) -> Iterator[Outcome]:
    """References to an article that the agreement supplemented does not have, as it lies beside or as the paper itself says."""
    external = (one for one in case.understanding.references if one.kind == "external")
    cited = [(one, found) for one in external if (found := _ARTICLE.search(fold_text(one.text)))]
    if not cited:
        return
    original = _original(case)
    beside = max(_numbers(original)) if original is not None else None
    for reference, found in cited:
        before = fold_text(case.text(max(0, reference.start - 30), reference.start))
        named = _ORIGINAL.search(before)
        value = number(found["n"])
        if named is None or value is None:
            continue
        highest = case.kept(_told_lengths, partial(_told_lengths, case.folded.text)).get(named["kind"], beside)
        if highest is None or value <= highest:
            continue
        start = reference.start - len(named.group()) if not named["more"] else reference.start
        yield Outcome(
            start=start,
            end=reference.end,
            values=_values(case.text(start, reference.end), f"不存在，{named['kind']}只有{highest}条"),
        )


# （以下简称原协议，全文共十八条）; 主合同共26条.
_LENGTH = re.compile(
    r"(?:全文|正文|全部)?(?:共计?有?|总共|仅有?|只有)(?P<n>[0-9〇零一二三四五六七八九十百]{1,5})个?条(?![款目件道])"
)
_PAPER = re.compile(r"(?:原|主|首份|一期|出让|租赁|框架|投资|代建)[\u4e00-\u9fff]{0,4}?(?:合同|协议)书?")
_TOLD_WITHIN = 24


def _told_lengths(text: str) -> dict[str, int]:
    """How many articles each earlier agreement has, as the paper says right behind its name."""
    lengths: dict[str, int] = {}
    for match in _LENGTH.finditer(text):
        lead = re.split("[。；\n]", text[max(0, match.start() - _TOLD_WITHIN) : match.start()])[-1]
        named, value = _PAPER.findall(lead), number(match["n"])
        if named and value is not None:
            lengths[named[-1]] = int(value)
    return lengths


def _original(case: Case) -> Understanding | None:
    """The one agreement of the family that can be what a supplement calls the original; None where there may be two."""
    mains = [
        paper for paper in case.context.family if paper.kind not in ("补充", "纪要", "承诺书") and _is_numbered_throughout(paper)
    ]  # fmt: skip
    return mains[0] if len(mains) == 1 else None


def _is_numbered_throughout(paper: Understanding) -> bool:
    numbers = _numbers(paper)
    return len(numbers) >= _LEAST_ARTICLES and numbers == list(range(1, len(numbers) + 1))


def _numbers(paper: Understanding) -> list[int]:
    """The numbers of a paper's articles in order."""
    return [value for clause in paper.clauses if clause.kind == "article" and (value := _number(clause)) is not None]


def _number(article: Clause) -> int | None:
    return _number_in(article.label or "")


@lru_cache(maxsize=1024)  # all papers number their articles alike
def _number_in(label: str) -> int | None:
    value = number(fold_text(label).strip("第条、.：: "))
    return None if value is None else int(value)


def _units(clauses: tuple[Clause, ...]) -> frozenset[int]:
    """What a number names: the articles, and the points 1, 2, 3 … below headings or below nothing."""
    articles = {index for index, clause in enumerate(clauses) if clause.kind == "article"}
    if any("条" in (clauses[index].label or "") for index in articles):
        return frozenset(articles)
    points = {
        index
        for index, clause in enumerate(clauses)
        if clause.kind == "clause" and _POINT.fullmatch(clause.label or "")
    }
    return frozenset(articles | points)


def _unit_of(clauses: tuple[Clause, ...], units: frozenset[int], index: int) -> Clause | None:
    at: int | None = index
    while at is not None and at not in units:
        at = clauses[at].parent
    return clauses[at] if at is not None else None


def _is_about_another(case: Case, article: Clause, said: str, after: str, others: _Told) -> bool:
    settles = _SETTLES.match(after)
    if settles is not None:
        return not re.search(_MATTERS[settles["matter"]], said) and _is_headed(
            case, article, _MATTERS[settles["matter"]]
        )
    fixed = _FIXES.match(after)
    if fixed is not None:
        matter = fixed["matter"]
        told = _MATTERS["补偿" if matter == "补偿金" else matter]
        return not re.search(told, said) and any(matter in other for other in others())
    named = _NAMED.match(after)
    thing = (named["title"] or named["thing"] or named["about"]) if named is not None else None
    if not thing or _PLAIN.match(thing):
        return False
    deed = next((deed for deed in _DEEDS if thing.startswith(deed) and _PLAIN.fullmatch(thing[len(deed) :])), None)
    if deed is not None:  # 开工时间: the deed in any words, then by this one elsewhere
        return not re.search(_DEEDS[deed], said) and any(deed in other for other in others())
    if not (words := _words(thing)):
        return False
    return not any(_is_told(word, said) for word in words) and any(_tells(other, thing, words) for other in others())


def _is_told(word: str, said: str) -> bool:
    """Whether both characters of a word stand near each other: 交地 is told by 交付土地."""
    first, second = (re.escape(char) for char in word)
    return bool(re.search(f"{first}[^。]{{0,{_NEAR}}}{second}|{second}[^。]{{0,{_NEAR}}}{first}", said))


def _words(thing: str) -> list[str]:
    """Pairs of characters of a name, without those that any clause may hold."""
    pairs = (thing[index : index + _WORD] for index in range(len(thing) - _WORD + 1))
    return [pair for pair in pairs if not _PLAIN.fullmatch(pair)]


def _tells(text: str, thing: str, words: list[str]) -> bool:
    """Whether a text speaks of the thing, by its very name or by most of the words that it is made of."""
    return thing in text or sum(_is_told(word, text) for word in words) >= max(2, len(words) * _MOST)


def _is_headed(case: Case, article: Clause, words: str) -> bool:
    """Whether another article has the matter in its heading."""
    return any(
        other.kind == "article" and other != article and other.heading and re.search(words, other.heading)
        for other in case.understanding.clauses
    )


def _length_of_name(after: str) -> int:
    named = _SETTLES.match(after) or _FIXES.match(after) or _NAMED.match(after)
    return named.end() if named is not None else 0


def other_attachment(case: Case, *, missing: bool) -> Iterator[Outcome]:
    """附件一《设备清单》 where the first attachment is another paper; `missing`: and no other attachment bears the name."""
    clauses = case.understanding.clauses
    headings = [fold_text(clause.heading or "") for clause in clauses if clause.kind == "attachment"]
    for reference in case.understanding.references:
        if reference.kind != "attachment" or reference.target is None:
            continue
        name = _title_of(reference)
        if not name:
            continue
        heading = fold_text(clauses[reference.target].heading or "")
        elsewhere = any(name in other for other in headings)
        if missing != elsewhere and len(_bare(heading)) >= _WORD and not any(word in heading for word in _words(name)):
            yield Outcome(
                start=reference.start,
                end=reference.end,
                values=_values(reference.text, f"与所附“{heading}”不是同一文件"),
            )


def _title_of(reference: Reference) -> str:
    """The name in book marks that the reference gives to a numbered attachment; empty where it gives none."""
    found = re.search(
        r"(?:件|表|图|录)\s?[0-9一二三四五六七八九十A-Z]{1,3}《([^》]{2,40})》", fold_text(reference.text)
    )
    return found.group(1) if found else ""


def _bare(heading: str) -> str:
    return re.sub(r"^附[件表录图]?\s*[0-9一二三四五六七八九十A-Z]{0,3}[\s:：、.．]*", "", heading).strip("《》（）")
