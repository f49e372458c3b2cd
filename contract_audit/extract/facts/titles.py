"""Title, contract kind and contract number of a paper; its project is read in projects.py."""

import re

from contract_audit.extract.facts.names import kind_of
from contract_audit.extract.facts.projects import projects
from contract_audit.model import Fact
from contract_audit.vocabulary import REGULATION

_TITLE_END = (
    "(?:合同|协议|协议书|合同书|意向书|备忘录|纪要|承诺书|承诺函|函|复函|批复|答复|通知书|解除书|确认书|责任书|决定|意见|议定书|契约|约定书"
    "|条款|方案|合作书)"
)
_TITLE = re.compile(
    rf"^[^：:。；]{{0,70}}{_TITLE_END}\s*(?:[（(][^（）()]{{1,30}}[）)]|[一二三四五六七八九十之0-9]{{1,4}})?$"
)
_NOT_TITLE = re.compile(
    r"^[\s|]*(?:〔|[甲乙丙丁]\s*方|.{0,6}编号|签[订约定署]|地址|住所|[^\s]{2,20}〔\d{4}〕|第[一二三四五六七八九十0-9]+[条章稿]|[一二三四五六七八九十]{1,2}、|序号|目\s*录|[（(]"
    r"|(?:密\s*级\s*[：:]\s*)?[绝机秘]密(?:[★☆*＊].{0,12})?$)|文件$|^\d{1,2}\s*[.．、]|^\d{4}年|^[\d\s\-—－/]+$"
)
_PARTY = re.compile(r"^[\s|]*(?:[甲乙丙]\s*方|[^\n：:]{2,10}[（(][甲乙丙]方[）)])\s*[（(：:\s　]", re.MULTILINE)

# Contract kind (合同种类) by words of the title; the first that fits.
_KINDS: tuple[tuple[str, str], ...] = (
    ("补充", r"补充(?:协议|合同|约定)|变更协议|(?:协议|合同)[^书]{0,6}之[一二三四五六]|若干条款的"),
    ("纪要", r"纪要"),
    ("承诺书", r"承诺书|承诺函|保证书|保证函"),
    ("函", r"函$|批复$|答复(?:意见)?$|复函"),
    ("采购", r"采购"),
    ("施工", r"施工|工程承包|总承包"),
    ("代建", r"代建|委托建设|建设移交|建设与移交|BT"),
    ("回购", r"回购"),
    ("厂房租赁", r"租赁|承租|租购|租用"),
    ("土地出让", r"土地使用权出让|出让合同"),
    ("兑现", r"兑现|奖补|扶持资金|专项资金|拨付"),
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
_NUMBER = re.compile(
    r"(?:(?:合同|协议)?\s*编\s*号\s*[：:]\s*|(?:合同|协议)(?:书)?编?号\s*(?=[A-Za-z]{2}|[\u4e00-\u9fff]{0,8}[0-9〔（]))"
    r"(?P<number>(?:[（(][^（）()\s]{1,10}[）)])?(?:[^\s，。；、（）()]|[（(][^（）()\s]{1,10}[）)]){3,40})"
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
    return [*found, *projects(text, title, span or (0, 0))]


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


_CITES = re.compile(r"《[^》\n]+》|签[订署]|原(?:合同|协议)")  # 甲乙双方签署《…框架协议》（编号：…）


def _number(text: str) -> list[Fact]:
    """The paper's own number; that of a paper it speaks of is none."""
    found = _NUMBER.finditer(text, 0, 800)
    match = next(
        (one for one in found if not _CITES.search(text, text.rfind("\n", 0, one.start()) + 1, one.start())), None
    )
    if match is None:
        return []
    return [
        Fact(name="number", value=match["number"], start=match.start("number"), end=match.end("number"), source="首部")
    ]
