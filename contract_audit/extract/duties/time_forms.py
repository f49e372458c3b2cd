"""Times that the words around a date or an offset turn into others: moved by a length, the start of a rhythm, every year's end."""

import re
from datetime import date

from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.chinese.workdays import shifted
from contract_audit.deeds import event as deed
from contract_audit.extract.duties.acts import has_act
from contract_audit.model import Provision

# 2020年底累计投资1.2亿元的时限，顺延十二个月
_MOVED_BY = re.compile(
    rf"[^，。；\n]{{0,30}}(?:时限|期限|时间|日期|节点)[^，。；\n]{{0,8}}[，,]?"
    rf"(?:经[^，。；\n]{{2,12}}?|相应|统一|均|再|现|予以|同意)*"
    rf"(?:顺延|延长|推迟|延后|后延|延期|展期)(?P<n>{RUN})(?P<unit>个?月|年|日|天|个?工作日)(?![^，。；\n]{{0,4}}的)"
)
# The day that no longer holds may itself be called so: 原定2024年5月底的试产时间，延后四个月
_SUPPOSED = re.compile(r"若|如(?!期|实|数|约|下|上)|倘|假如|一旦|逾期|未能|未(?=[在于按])|的[，,]")
_UNITS = {"月": "M", "年": "Y", "日": "D", "天": "D"}
# 自交付之日起第4个月开始按季支付
_RHYTHM_FROM = re.compile(
    r"(?:开始|起)[，,]?[^，。；\n]{0,4}?(?P<rhythm>[按逐每]个?(?:半年|月度?|季度?|年度?))(?![均薪租息])"
)
_YEARS_END = re.compile(r"年[底末终]前?|(?:春节|元旦|年关|中秋|国庆|端午|五一)节?[之以]?前")
# 六年之内镇里不留一厘，年底结完账原数端回: at the end of each of them
_FOR_YEARS = re.compile(
    rf"(?:(?:{RUN}(?:个?年度|年)(?:[之以]?内|里|间))|连续{RUN}年|[头前]{RUN}年|逐年|历年|每年|年薪|按年|年年)[^。；\n]*$"
)


# “2020年6月15日前完成员工公寓装修”顺延六个月: the quoted duty is moved.
_QUOTED_MOVED_BY = re.compile(
    rf"[^，。；\n“”]{{2,40}}”(?:的?(?:时限|期限|时间|日期|节点))?[，,]?(?:经[^，。；\n]{{2,12}}?|相应|统一|均|再|现|予以|同意)*"
    rf"(?:顺延|延长|推迟|延后|后延|延期|展期)(?P<n>{RUN})(?P<unit>个?月|年|日|天|个?工作日)(?![^，。；\n]{{0,4}}的)"
)


def _moving(text: str, end: int) -> re.Match[str] | None:
    return _MOVED_BY.match(text, end) or _QUOTED_MOVED_BY.match(text, end)


# 逢1月10日、7月10日前报: each time that day comes
_AT_EACH = re.compile(
    r"(?<![相恰适正])(?:每逢|逢|每到)(?:[0-9]{1,2}月(?:[0-9]{1,2}日|[底末初])[之以]?前?[、和及与]?)*$"
)


def is_moved(text: str, end: int) -> bool:
    """Whether a length named after the date that closes at `end` moves it."""
    return _moving(text, end) is not None


def moved_day(text: str, provision: Provision, end: int, due: date | None) -> date | None:
    """The day that `due`, whose words close at `end`, is moved to by a length named after it; None where none is."""
    match = _moving(text, end)
    if match is None or due is None:
        return None
    line = behind_last("\n。；", text, end)
    count = number(fold_text(match["n"]))
    if count is None or _SUPPOSED.search(text, min(line, provision.start), match.start()):
        return None
    workday = "工作" in match["unit"]
    return shifted(due, f"P{count:f}{_UNITS[match['unit'][-1]]}", workday=workday, back=False)


# 自对账确认之日起一百二十日内支付当季服务费: again each quarter
_OF_THE_PERIOD = re.compile(
    r"[^，。；\n]{0,12}?(?:支付|付清|付给|结清|结算|拨付|缴纳|付|缴|结)[^，。；\n]{0,6}?(?P<rhythm>[当该本上各](?:个|一)?(?:季度?|月度?|月份|期(?!限)))的?"
    r"[^，。；\n]{0,8}?(?:费|款|租金|补[贴助]|价|金)"
)


def rhythm_from(text: str, end: int) -> str | None:
    """The rhythm that begins where an offset ends (自交付之日起第4个月开始按季支付), or of what is paid by it (当季服务费)."""
    match = _RHYTHM_FROM.match(text, end) or _OF_THE_PERIOD.match(text, end)
    return match["rhythm"] if match else None


def in_parts(text: str, start: int) -> str | None:
    """The rhythm of what is paid in parts from a year on, whose days are not agreed: 自2024年起分四年还清."""
    match = _IN_PARTS.match(text, start)
    return match["rhythm"] if match else None


_IN_PARTS = re.compile(rf"(?:自|从)20[0-9]{{2}}年[^，。；\n]{{0,6}}起[，,]?(?P<rhythm>分{RUN}(?:年|期|次|批))")


def is_each_year(text: str, words: str, start: int) -> bool:
    """Whether a bare 年底 or feast stands for the end of every year of a term that the sentence names before."""
    line = behind_last("\n。；", text, start)
    if _AT_EACH.search(text, line, start):
        return True
    if not _YEARS_END.fullmatch(words):
        return False
    return _FOR_YEARS.search(text, line, start) is not None


# 自开业之月起三十六个月，…在次年第二季度内划给: in the year after each of the years of the term
_TERM_OF_YEARS = re.compile(
    rf"(?:自|从)[^，。；\n]{{2,24}}?(?<!年)(?<!年度)起(?:计算)?[，,]?(?:的|连续|前|头)?(?P<n>{RUN})(?P<unit>个?月|个?(?:完整)?(?:会计|纳税)?年度?)[之以]?内?[，,][^。；\n]*$"
)
_MONTHS_OF_YEAR = 12


def is_each_of_term(text: str, words: str, start: int) -> bool:
    """Whether 次年 or 当年 stands for that of every year of a term of years that opens the sentence."""
    if not words.startswith(("次", "翌", "当")):
        return False
    line = behind_last("\n。；", text, start)
    term = _TERM_OF_YEARS.search(text, line, start)
    count = number(fold_text(term["n"])) if term is not None else None
    if term is None or count is None:
        return False
    return count > (_MONTHS_OF_YEAR if term["unit"].endswith("月") else 1)


def happens(event: str) -> bool:
    """Whether the words tell of something that comes about on a day, and not each year anew."""
    if _EVERY.match(event):
        return False
    return has_act(event) or bool(deed(event).acts) or event.endswith("生效")


_EVERY = re.compile(r"每个?(?:学?年|学?期|季|月)")
_CONDITION_CHARS = 60
# 审核通过并公示期满无异议的，30日内拨付: what is supposed to come about is what the days count from.
_SUPPOSED_MET = re.compile(
    r"(?:^|[，。；：\n])(?:经)?(?P<event>[^，。；：\n]{4,24}?)的[，,](?:由?[甲乙丙]方)?(?:应当?|须|于|在)*$"
)
_FAILS = re.compile(r"若|如|未|没有|无|不(?!动产)|逾期|迟延|超过|拒|违")


def condition_met(text: str, start: int) -> str | None:
    """The event of the condition right before an offset without one; None where it is a failure or no event."""
    match = _SUPPOSED_MET.search(text, max(0, start - _CONDITION_CHARS), start)
    if match is None or _FAILS.search(match["event"].replace("无异议", "")):
        return None
    last = _AND_THEN.split(match["event"])[-1]  # 审核通过并公示期满: the last of the two
    return next((words for words in (last, match["event"]) if len(words) >= _NAMED and happens(words)), None)


_AND_THEN = re.compile(r"并且|并|且")
_NAMED = 4


def is_gloss(text: str, end: int, following: tuple[int, int]) -> bool:
    """8月中旬前（即8月15日前）, 春节前（1月28日）: the time that follows the one closing at `end` says it more exactly."""
    if _GLOSS.fullmatch(text, end, following[0]):
        return True
    return text[end : following[0]] in ("（", "(") and text[following[1] : following[1] + 1] in ("）", ")")


_GLOSS = re.compile(r"[，,（(]?(?:即|也就是|亦即|具体为|以下称)+")


# 五个工作日内完成复核，时限自本纪要印发之次日计
_COUNTED_BEHIND = re.compile(
    r"[^。；\n]{0,24}[，,（(](?:该|此|上述|前述)?(?:时限|期限|时间|工期)(?:均|统一|应)?(?:从|自)(?P<anchor>[^，。；\n]{2,30}?)(?:之日|之?次日|当?日)?"
    r"(?:起(?:计算|算|计)|计算?)(?=[，。；）)\n]|$)"
)


def counted_behind(text: str, end: int) -> str | None:
    """What a length without an event counts from, where the end of its sentence says so."""
    match = _COUNTED_BEHIND.match(text, end)
    return match["anchor"] if match is not None else None
