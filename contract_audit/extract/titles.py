"""Title, contract kind, contract number and project name of a paper."""

import re

from contract_audit.extract.names import kind_of
from contract_audit.model import Confidence, Fact
from contract_audit.vocabulary import REGULATION

_TITLE_END = (
    "(?:合同|协议|协议书|合同书|意向书|备忘录|纪要|承诺书|承诺函|函|复函|批复|通知书|确认书|责任书|决定|意见|议定书|契约|约定书"
    "|条款|方案|合作书)"
)
_TITLE = re.compile(
    rf"^[^：:。；]{{0,70}}{_TITLE_END}\s*(?:[（(][^（）()]{{1,30}}[）)]|[一二三四五六七八九十之0-9]{{1,4}})?$"
)
_NOT_TITLE = re.compile(
    r"^[\s|]*(?:〔|[甲乙丙丁]\s*方|.{0,6}编号|签[订约定署]|地址|住所|[^\s]{2,20}〔\d{4}〕|第[一二三四五六七八九十0-9]+[条章稿]|目\s*录|[（(]"
    r"|(?:密\s*级\s*[：:]\s*)?[绝机秘]密(?:[★☆*＊].{0,12})?$)|文件$|^\d"
)
_PARTY = re.compile(r"^[\s|]*(?:[甲乙丙]\s*方|[^\n：:]{2,10}[（(][甲乙丙]方[）)])\s*[（(：:\s　]", re.MULTILINE)

# Contract kind (合同种类) by words of the title; the first that fits.
_KINDS: tuple[tuple[str, str], ...] = (
    ("补充", r"补充(?:协议|合同|约定)|变更协议|(?:协议|合同)[^书]{0,6}之[一二三四五六]|若干条款的"),
    ("纪要", r"纪要"),
    ("承诺书", r"承诺书|承诺函|保证书|保证函"),
    ("函", r"函$|批复$|答复$|复函"),
    ("采购", r"采购"),
    ("施工", r"施工|工程承包|总承包"),
    ("代建", r"代建|委托建设|建设移交|建设与移交|BT"),
    ("回购", r"回购"),
    ("厂房租赁", r"租赁|承租|租购|租用"),
    ("土地出让", r"土地使用权出让|出让合同"),
    ("兑现", r"兑现|奖补|扶持资金"),
    ("入园", r"入园|进园|入区|进区|入驻|落户|落地|进驻"),
    ("框架", r"框架|意向|备忘录|战略合作"),
    ("监管", r"监管协议|履约监管|标准地"),
    ("投资", r"投资|招商|建厂|办厂|开发|项目|合作|总部"),
)  # fmt: skip
# Statutes and policy papers (法规、规章、规范性文件) set rules for all; they are no promise to anybody.
_REGULATION_TITLE = re.compile(
    r"(?:(?:条例|办法|规定|细则|法|法典|准则|规则|规程|制度|预案|解释|指南|目录|编)"
    r"|^(?:[^公项]|公(?!司)|项(?!目))*(?:通知|公告|意见|措施|政策|要点|规划|决定|[十百]条))(?:[（(][^（）()]{1,30}[）)])*$"
)
_ENACTED = re.compile(r"制定本(?:条例|办法|规定|细则|法|规则|准则|措施|政策|意见)")
_OPENING = 3000  # characters in which a paper says what it is
_ADDRESSED = re.compile(r"[甲乙丙]\s*方(?:[：:（(]|应|将|承诺|同意)|贵公司|你公司|(?:双|各|三)方(?:就|经)")
_NUMBER = re.compile(r"(?:合同|协议)?\s*编\s*号\s*[：:]\s*(?P<number>[^\s，。；、）)]{3,40})")
_CUT = r"[^，。；：:\n“”\"《》（）()]"
_BY_LABEL = re.compile(
    r"项目(?:名称\s*(?:为|[：:])?|\s*[：:])\s*[“\"]?(?P<name>[^，。；\n“”\"]{2,60}?)[”\"]?(?:（以下|\(以下|[，。；\n]|$)"
)
_DEFINED = re.compile(
    rf"[“\"](?:本)?项目[”\"](?:是|系)?指(?P<name>{_CUT}{{3,50}}?(?:(?:基地|中心|园|厂|工程)?项目|工程|基地|中心|园|厂))"
    rf"|(?P<short>{_CUT}{{3,50}}?项目)\s*[（(]以下(?:简称|称)(?:为)?[“\"]?(?:本)?项目"
)
_IN_PAPER = re.compile(r"《(?P<name>[^》\n]{3,50}?项目)[^》\n]{0,14}(?:协议|合同)[^》\n]{0,8}》")
_STARTED = re.compile(
    r"(?:投资(?:建设|兴办|新建|兴建|开办)|兴办|兴建|开办|筹建|(?<=[点村镇县区园])办|实施|建设|新建|落户|推进|投资(?=的))(?:的|了|设立)?"
    r"(?P<name>(?:年产)?[^，。；：\n“”《》（）()的、]{2,36}?(?:项目|工厂|厂(?![房区])|生产基地|制造基地|产业园(?!区)))"
)
_PLACE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,4}[市州])?[\u4e00-\u9fff]{1,4}(?:[县市旗]|(?<!园)区)(?=[\u4e00-\u9fff]{4,})"
)
_PROJECT_PATTERNS: tuple[tuple[re.Pattern[str], Confidence, str], ...] = (
    (_BY_LABEL, "high", "项目名称条款"),
    (_DEFINED, "high", "定义"),
    (_IN_PAPER, "medium", "所引协议"),
)
_ABOUT = re.compile(r"^关于(?:加快|推进|进一步|明确|规范|同意)*")
_PAPER_WORDS = (
    r"(?:、|有关|若干|相关|问题|事项|条款|招商引资|招商|投资|入园|入驻|进园|落地|落户|合作|建设|开发|委托|移交|代建|厂房|定制|租赁|租购|租用|回购|采购|运维|框架|意向|战略|补充|诚信"
    r"|履约|责任|节点|诉求|办理|意见|融资|扶持|服务|监管|三方|四方|资金|兑现|实施|管理|[与及和的之])"
)
_TITLE_PROJECT = re.compile(
    rf"(?P<name>[^《》（）()]{{2,50}}?项目|[^《》（）()]{{2,50}}?(?={_PAPER_WORDS}*(?:合同|协议|承诺|备忘|意向|合作书)))"
)
_NO_PROJECT = re.compile(
    r"^(?:.{0,6}(?:招商|投资|招商引资|工业|本|该)项目|项目|(?:入园|进园|合作|投资)?[建办]厂|总部经济|.{0,3}会议.*)$|纪要|专题|^关于|^[甲乙丙]方|^通过"
)


def title_facts(text: str, head: list[tuple[int, int]]) -> list[Fact]:
    """Title, kind, number and project with spans into folded `text`; `head` are the spans of its first lines."""
    span = title_span(text, head)
    found = _number(text)
    title = ""
    if span is not None:
        title = re.sub(r"\s+", "", text[span[0] : span[1]])
        found.append(Fact(name="title", value=title, start=span[0], end=span[1], source="标题"))
        kind = REGULATION if _is_regulation(title, text) else kind_of_paper(title)
        if kind:
            found.append(Fact(name="kind", value=kind, start=span[0], end=span[1], source="标题"))
    return [*found, *_projects(text, title, span or (0, 0))]


def kind_of_paper(title: str) -> str | None:
    """Contract kind by the title's words; None for titles of other papers."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, title)), None)


def _is_regulation(title: str, text: str) -> bool:
    """Titled or worded as a statute or a policy, and speaking to no party."""
    named = _REGULATION_TITLE.search(title) or _ENACTED.search(text, 0, _OPENING)
    return bool(named) and not _ADDRESSED.search(text, 0, _OPENING)


def title_span(text: str, head: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Span of the title: the last title-like line of the head, with its first half where it is broken over two lines."""
    lines: list[tuple[int, int, str]] = []
    for start, end in head:
        words = re.sub(r"\s+", "", text[start:end])
        if _PARTY.match(text, start, end):
            break
        if words:
            lines.append((start, end, words))
    for index in range(len(lines) - 1, -1, -1):
        start, end, words = lines[index]
        if _TITLE.match(words) and not _NOT_TITLE.search(words):
            while index and _runs_on(lines[index - 1][2], words):
                index -= 1
                start = lines[index][0]
            return start, end
    return next(
        ((start, end) for start, end, words in lines if len(words) <= 50 and not _NOT_TITLE.search(words)), None
    )


def _runs_on(above: str, words: str) -> bool:
    """A title broken over two lines: the upper line is no title, no mark and no organ of its own."""
    if len(above) > 40 or _TITLE.match(above) or _NOT_TITLE.search(above) or re.search(r"[。；：，]", above):
        return False
    return kind_of(above) in ("unknown", "person") or words[0] in "与和及"


def _number(text: str) -> list[Fact]:
    match = _NUMBER.search(text, 0, 800)
    if match is None:
        return []
    return [
        Fact(name="number", value=match["number"], start=match.start("number"), end=match.end("number"), source="首部")
    ]


def _projects(text: str, title: str, span: tuple[int, int]) -> list[Fact]:
    found: list[Fact] = []
    head = text[:4000]
    for pattern, confidence, source in _PROJECT_PATTERNS:
        for match in pattern.finditer(head):
            group = next(name for name, words in match.groupdict().items() if words)
            found.append(_project(match[group], match.start(group), confidence, source))
    in_title = _title_project(title, text, span)
    if in_title is not None:
        found.append(in_title)
    for match in _STARTED.finditer(head):
        found.append(_project(match["name"], match.start("name"), "medium", "正文"))
    rank = {"high": 0, "medium": 1, "low": 2}
    return sorted(
        (fact for fact in found if not _NO_PROJECT.search(str(fact.value))), key=lambda fact: rank[fact.confidence]
    )


def _project(name: str, start: int, confidence: Confidence, source: str) -> Fact:
    lead = _LEADS[source].match(name) if source in _LEADS else re.match(r"一个|本|该|其", name)
    skip = lead.end() if lead else 0
    return Fact(
        name="project", value=re.sub(r"\s+", "", name[skip:]), start=start + skip, end=start + len(name), confidence=confidence,
        source=source,
    )  # fmt: skip


_LEADS = {"所引协议": _PLACE, "定义": re.compile(r"^.*(?:投资建设|投资兴建|建设|兴建|实施|投资)的?")}


def _title_project(title: str, text: str, span: tuple[int, int]) -> Fact | None:
    """The project a title names: 年产2万吨精密铸件项目投资合同 → 年产2万吨精密铸件项目."""
    below = re.match(
        r"\s*[（(](?P<name>[^（）()\n]{3,40}?项目)[）)]\s*$",
        text[span[1] :].split("\n", 2)[1] if "\n" in text[span[1] :] else "",
    )
    if below:
        start = text.index(below["name"], span[1])
        return _project(below["name"], start, "medium", "副标题")
    bare = _ABOUT.sub("", title.strip("《"))
    match = _TITLE_PROJECT.search(bare)
    if match is None:
        return None
    name = _PLACE.sub("", match["name"])
    if _NO_PROJECT.search(name) or len(name) < 4:
        return None
    start = text.find(name, *span)
    return _project(name, start if start >= 0 else span[0], "medium", "标题")
