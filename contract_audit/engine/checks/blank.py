"""Check kind `blank`: places that were to be filled in, signature blocks excepted."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from string import ascii_letters

from contract_audit.chinese.text import WHITE_SPACE, behind_last
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import empty_places
from contract_audit.rulespec import BlankCheck

# Units that a bare gap may stand before; a character that begins another word (条件, 人民) is none.
_UNITS = (
    r"万元|亿元|元|亩|平方米|㎡|公顷|平方公里|公里|米|兆瓦|千瓦|吨|立方米|[%％‰]|人(?![民员才数事力均])|台(?!账)|套(?!取)|条(?![件款例约目])"
    r"|栋|幢|层(?![级面])|间(?!接)|户(?!籍)|辆|个(?![人体])|份(?!额)|名(?![称义])|倍|[天年月日期](?=[，。；、）内前止后至到以]|$)"
)
# Lines of underscores, empty brackets, ×× and 待定, and bare gaps before a unit or after a colon of a numbered item.
_GAP = re.compile(
    r"[_＿▁]{2,}"
    r"|[（(【\[]\s*[●○◎＊*…·.．]{1,6}\s*[）)】\]]|(?<=[：:为])某某{1,2}(?=[，。；、\n）)]|$)"
    rf"|□{{2,}}(?=[万亿年月日]|{_UNITS})|…{{1,2}}(?=[万亿]|{_UNITS})|(?<![A-Za-z])[NM]{{2,}}(?=[万亿]元|{_UNITS})"
    r"|(?<=[在于位至])[ \u3000]{2,}(?=[县镇乡村路街区])"
    rf"|[△▲◇◆]{{2,}}|[○●◎?？]{{2,}}(?=[万亿年月日]|{_UNITS})"
    rf"|[（(【\[](?:金额|数额|面积|数量|比例|期限|时间|日期|具体)?(?:另[定议]|另行(?:商定|约定|确定|议定)|再[定议]|未定)[）)】\]]\s*(?={_UNITS})"
    r"|(?<=[0-9×Xx][-—－])[×xX＊*]{2,}|[×＊]{2,}(?=[-—－])"
    r"|(?:19|20)\d\d\s*年\s{1,8}月(?!\s*[0-9日])"
    r"|[“「][ \u3000]{2,}[”」]|[（(【][^（()）】，。；\n]{0,6}[时后前]再?(?:填|补填|填写|填入)[）)】]"
    r"|暂空|暂缺(?=[，。；、\n）)]|$)|(?:暂未|尚未|暂不)填写?"
    r"|[（(【\[]\s{1,12}[）)】\]]"
    r"|【\s*】|（\s*）(?=[万亿元亩年月日平])|[〔﹝]\s{1,12}[〕﹞]|(?<=起)[ \u3000]+(?=日内|个月内|个工作日|年内)"
    rf"|-{{4,}}(?=[万亿]|个月|{_UNITS})|(?<=[：:为])[ \u3000]*(?:TBD|tbd|N/A)(?=[，。；、\n）)]|$)|[（(【]空[）)】](?=[万亿]|{_UNITS})"
    r"|[（(【]此处[^（()）】，。；\n]{0,16}(?:填|补)[^（()）】，。；\n]{0,3}[）)】]"
    r"|[（(【][^（()）】，。；\n]{0,8}待(?:甲乙|双)方?(?:另行)?(?:商定|议定|确定|填写?|补充)[）)】]"
    r"|(?<=\t)[×xXＸ※＊*]{2,}(?=[ ]*\t)"
    r"|[×xXＸ※＊*]{2,}(?=\s*(?:万|亿|元|亩|年|月|日|平方|立方|吨|人|套|台|米|公里|号|个(?:月|工作日|日|点)|[%％]|[县区市镇乡村街路]|公司|$|[，。；、）)]))"
    r"|(?<=[号文码间期额积称址])待补(?=[，。；、）)\n]|$)"
    r"|[（(]?待(?:定(?![线点价向岗编员级标稿址])|填|补充|明确)[）)]?|[（(【：:]待[^（()）】，。；\n]{0,8}(?:定|填|填写|补充?|明确|确认|提供|完善|核实|商)(?=[）)】，。；\n]|$)[）)】]?"
    r"|(?:(?:19|20)\d\d|\s{2,})\s*年\s{1,8}月\s{1,8}日|(?<=\S)\s{2,}年\s{1,}月\s{1,}日"
    r"|(?<=[为于计共达约按第：:])[ \u3000]{2,}(?=[万亿元亩年月日个平人％%\u4e00-\u9fff，。；])"
    r"|(?<=[\u4e00-\u9fff])(?<![条章节款部分篇])[ \u3000]{2,}(?=(?:路|街|大道|镇|乡|村|组|号)(?:以|与|、|，|。|；|[东南西北及]))"
    rf"|(?<=[为约计共达])[ \u3000](?=(?:{_UNITS}|个月|个工作日)(?:[，。；、）)内]|$))"
    rf"|(?<=[\u4e00-\u9fff])(?<![条章节款部分篇])[ \u3000]{{2,}}(?=(?:{_UNITS}))",
    re.MULTILINE,
)
# One sign in the place of a figure: 二〇二六年○月, 自交地之日起×个月内, 每亩△万元; 面积×年租金 is a product.
_MASK = r"[×xX＊*○◯●◎△▲□▢◻☐?？]"
_FIGURE_GOES_BEFORE = (
    r"(?:个月|个?工作日|周|年度|[天年月日期](?=[，。；、）)内前止后至到以末底初]|$)|万元|亿元|元(?=[/／每，。；、）)]|$)|亩(?=[，。；、）)]|$)"
    r"|平方米(?=[，。；、）)]|$)|吨(?=[，。；、）)]|$)|人(?=[，。；、）)]|$)|[%％])"
)
_SINGLE = (
    rf"(?<=年)[ \u3000]*{_MASK}{{1,2}}[ \u3000]*月(?:[ \u3000]*{_MASK}{{1,2}}[ \u3000]*日)?"
    rf"|(?<=[0-9一二三四五六七八九十]月)[ \u3000]*{_MASK}{{1,2}}[ \u3000]*日"
    rf"|(?<=[\u4e00-\u9fff])(?<![积价数量额率亩年月日元吨米费金])[ \u3000]*{_MASK}[ \u3000]*(?={_FIGURE_GOES_BEFORE})"
    rf"|(?<=第)[ \u3000]*{_MASK}{{1,4}}[ \u3000]*(?=[条款项号期次](?![件目]))"
)
# A number written with boxes, a word of drafting in English, a field of a form left as it was: {{投资总额}}, 【填写金额】.
_OF_FORMS = (
    r"[□▢◻☐■]{3,}|(?<=[第：:为字])[□▢◻☐■]{2}|(?<![A-Za-z0-9])(?:TBD|TBC|TBA|tbd|tbc|tba)(?![A-Za-z0-9])"
    r"|\{\{?[^{}\n]{1,16}\}\}?|\$\{[^{}\n]{1,16}\}|#{2,}(?=[万亿元年月日亩%％平])|[【〔\[](?:请|待|此处)?(?:填写|填入|输入|插入|补充|填)[^】〕\]。；\n]{1,12}[】〕\]]"
    r"|(?<=[\u4e00-\u9fff：:])[【\[](?:具体)?(?:金额|数额|面积|日期|时间|期限|比例|年限|名称|地点|账号|编号|数量)[】\]](?=[，。；、）)万亿元亩平年月日个]|$)"
)
# A note that somebody fills it in some day: （文号待办结回填）, 备案号：取得后补录.
_FILLS = r"(?:回填|补录|补填|填写|填入|填列|填报|补入|补登|补写|补记|录入|续填|填上|补上|添上|写上)"
_SOME_DAY = (
    rf"[（(【\[〔][^（()）【】\[\]〔〕。；\n]{{0,24}}(?:待|后|时|前|再|另|由)[^（()）【】\[\]〔〕。；\n]{{0,12}}{_FILLS}[^（()）【】。；\n]{{0,2}}[）)】\]〕]"
    rf"|(?<=[：:])[ \u3000]*[^，。；：:（()）\n]{{0,16}}(?:待|后|前|再|另)[^，。；：:（()）\n]{{0,10}}{_FILLS}(?=[，。；、）)\n]|$)"
)
# Gaps of spaces or dashes before a mark or behind a word that something must follow; a unit without its figure.
_SPACES = (
    r"(?<=[至到是名号址])[ \u3000]{2,}(?=[，。；、）)])|(?<=[\u4e00-\u9fff])[ \u3000]{3,}(?=[，；、。])"
    r"|(?<=[由向给自经与从])[ \u3000]{3,}(?=[\u4e00-\u9fff])"
    r"|(?<=[）)》」”¥￥])[ \u3000]{2,}(?=[万亿]?元|亩|平方米)|(?<=[¥￥])[ \u3000]{2,}(?=[，。；）)]|$)"
    r"|(?<=[币：:额])[ \u3000]{3,}(?=[（(])|(?<=[0-9]月)[ \u3000]{2,}(?=日)|〔[0-9]{4}〕[ \u3000]*号(?![\u4e00-\u9fff]{0,2}以)"
    r"|[—–─━]{2,}(?=[万亿]元|元(?=[，。；/])|亩(?=[，。；])|平方米|个月|年[，。；内前]|[%％])"
    r"|(?:总投资|固定资产投资|投资总?额|注册资本|(?:用地|占地|建筑)面积|保证金|年租金|租金总额|合同总?价款?|投资强度)"
    r"(?:额|为|约|共|计|不低于|不少于|不超过)*(?:人民币)?(?:万元|亿元|亩|平方米)(?:[/／每]亩)?(?=[，。；])"
)
# A name, and that it is still to be settled: 租金标准：面议; a clause kept free.
_LATER = r"(?:另行|届时|日后|后续|再行)"
_NOT_KNOWN = r"(?:尚?未|暂[未不])(?:确定|明确|落实|议定|填写?)"
_UNSETTLED = (
    rf"(?<=[：:\t])[ \u3000]*(?:由?(?:甲乙)?[双各]方)?{_LATER}?(?:面议|另议|另定|未定|{_NOT_KNOWN}|(?:商定|商议|协商|议定|约定)后填写?"
    rf"|{_LATER}(?:商定|议定|协商|商议|确定|明确))(?=[，。；、）)\n\t]|$)"
    r"|[（(【\[〔][^（()）】\]，。；\n]{0,10}(?:待(?:核实?|补充?|议|商定?|定|确认|落实)|需核实|请核实?|请补充?|请填写?)[）)】\]〕]"
    r"|[（(【\[](?:预留|留空|留白|空缺|此处空缺)[）)】\]]|本条(?:暂时?)?(?:预留|空缺|留空|留白|待补)"
    r"|(?<=[：:])[ \u3000]*(?:此处)?略(?=[。；\n]|$)"
)
_BLANK = re.compile("|".join((_GAP.pattern, _SINGLE, _OF_FORMS, _SOME_DAY, _SPACES, _UNSETTLED)), re.MULTILINE)
# What any of them begins with, or stands behind: at no other place they are tried, which takes many times as long.
_BEHIND = "：:\t"
_SIGNS = re.escape(f"{_BEHIND} \u3000_＿▁●○◎◯△▲◇◆□▢◻☐■…·×＊*?？※Ｘ#$¥￥{{（(【〔﹝[“「-—–─━暂待{ascii_letters}")
_NAMES = (
    "尚某本总固投注用占建保年租合",
    "未某条投定资册地筑证租金同",
)  # 尚未, 某某, 本条, 总投资: their first two characters
_BEGINS = re.compile(
    rf"[{_SIGNS}{WHITE_SPACE}12{_NAMES[0]}]"  # by itself it passes over all others without looking at them one by one
    rf"(?:(?<=[_＿▁])[_＿▁]*|(?<=[{_SIGNS}])|(?<=[{_NAMES[0]}])(?=[{_NAMES[1]}])|(?<=\s)(?=\s+年)|(?<=1)(?=9\d\d\s*年\s)|(?<=2)(?=0\d\d\s*年\s))"
)
# Lines under what has been filled in: __26,800__万元, 用途为__工业用地__.
_LINE = "_＿"
_RUN = re.compile(f"[{_LINE}][{_LINE}]+")
_FEW, _NUMERALS = 4, "两零壹贰叁肆伍陆柒捌玖拾佰仟"  # 一式  肆  份
_FIGURE = re.compile(
    r"[ \u3000]*(?:[¥￥]?[0-9０-９][0-9０-９,，.．]*[万亿%％‰]?|[一二三四五六七八九十百千万亿零两壹贰叁肆伍陆柒捌玖拾佰仟]+(?:元整?)?"
    r"|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,3}[-—~～至][0-9]{1,3})[ \u3000]*"
)
_WORDS = re.compile(
    r"(?![号年月日元万亿亩平路街县市区镇乡村条款个起至止层栋幢%％]|公司)[\u4e00-\u9fff（）A-Za-z0-9-]{2,20}"
)
_NEAR = 20  # characters between blanks that are told together
_PARTED = re.compile(r"[。；\n]|[，、 ][^，。：\n]{1,8}：")  # a sentence ends, or another field begins
_FIELD = re.compile(r"(?P<name>[^，。；：:、\s]{1,10})\s*[：:]\s*$")
# 本协议由双方于____年__月__日在云岭县签订: filled in when it is signed, as the signature page is.
_WHEN_SIGNED = re.compile(
    r"(?:本(?:协议|合同|备忘录|意向书)|双方)[^。；，\n]{0,30}[于在][\s_＿0-9年月×Xx]*日[^。；，\n]{0,20}(?:签[订署约]|订立)(?!的|原|[^。；，\n]{0,4}《)"
    r"|(?:签[订署约]|订立)(?:地点|日期|时间|日|于)\s*[：:][\s_＿0-9年月×Xx]*日?"
)
# Where parties sign in a paper that has no page for it: 甲方：        乙方：
_SIGNING = (
    r"(?:[甲乙丙丁]方|法定代表人|授权代表|委托代理人|代表人?|负责人|经办人|签[字章名]|盖章|签?订?日期"
    r"|拟稿|核稿|审核|复核|会签|签发|校对|签署[于日])"
)
_WHERE_SIGNED = re.compile(
    rf"^[^\S\n]*(?:{_SIGNING}{{1,2}}(?:（[^（）\n]*）)?[：:](?:[^\S\n_＿]*[\u4e00-\u9fff]{{2,4}}(?=[\s]))?"
    r"[^\S\n_＿]*[\s_＿年月日]*?){2,6}$",
    re.MULTILINE,
)
_SPOKEN_OF = re.compile(
    r"不得(?:出现|使用|写|留|填写?)|字样|等(?:词语|表述|用语)|不(?:应|能|可)(?:出现|写|留)|严禁|禁止"
)
_SAYS_ELSEWHERE = "号（(，"  # with one of these each match of the next begins
_SAID_ELSEWHERE = re.compile(
    r"号?[（(，][^（()）。；\n]{0,4}以[^（()）。；\n]{1,16}(?:编号|为准|编的)|号?[（(][^（()）。；\n]{0,14}编[号排列制]"
)
_NOT_BLANK = re.compile(r"以下空白|此处空白|无正文|□(?<!□□)(?!□)")
_SIGNING_WORDS = ("签", "订立")  # of which one stands in every match of `_WHEN_SIGNED`


def check(parameters: BlankCheck, case: Case) -> Iterator[Outcome]:
    """One outcome a blank; several in one sentence are one, quoted from the first to the last."""
    text = case.understanding.document.text
    spared = empty_places.forms(case)
    if not parameters.in_signature:
        clauses = case.understanding.clauses
        spared += [(clause.start, clause.stop) for clause in clauses if clause.kind == "signature"]
        spared += [match.span() for match in _WHERE_SIGNED.finditer(text, len(text) // 2)]
    last: tuple[int, int] | None = None
    is_meant, is_filled = _meant(text), _filled(text)
    agreed = case.document.text  # without what is struck out and what is a note
    is_agreed = agreed == text
    spared_from = min((start for start, _ in spared), default=len(text))
    for start, end in _blanks(text):
        if start >= spared_from and _is_in(spared, start):
            continue
        if is_filled(start, end) or is_meant(start, end) or not (is_agreed or agreed[start:end] == text[start:end]):
            continue
        if last is not None and start - last[1] < _NEAR and not _PARTED.search(text, last[1], start):
            last = last[0], end
            continue
        if last is not None:
            yield _outcome(case, last)
        last = start, end
    if last is not None:
        yield _outcome(case, last)
    yield from empty_places.check(case, lambda offset: _is_in(spared, offset))


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    """The spans that `_BLANK` finds one after another."""
    position = 0
    for begin in _BEGINS.finditer(text):
        first, last = begin.span()
        for start in (first, last) if begin[0] in _BEHIND else (first,):
            match = _BLANK.match(text, start) if start >= position else None
            if match is not None:
                span = match.span()
                position = span[1]
                yield span


def _is_in(spans: list[tuple[int, int]], offset: int) -> bool:
    return any(start <= offset < stop for start, stop in spans)


def _meant(text: str) -> Callable[[int, int], bool]:
    """What tells of a blank whether nothing is to be filled in now: 此处空白, the day and place of signing, a number that an
    office gives.
    """
    tells_of_signing = any(word in text for word in _SIGNING_WORDS)
    tells_of_blanks = _NOT_BLANK.search(text) is not None

    def is_meant(start: int, end: int) -> bool:
        if tells_of_blanks and _NOT_BLANK.search(text, max(0, start - 6), end + 6):
            return True
        if text[end : end + 1] in _SAYS_ELSEWHERE and _SAID_ELSEWHERE.match(text, end):
            return True
        quoted = text[max(0, start - 1) : start] in ("“", "「", '"')
        if not quoted and not tells_of_signing:
            return False
        line = _line(text, start, end)
        if quoted and _SPOKEN_OF.search(text, *line):  # 文本中不得出现“待定”: the word is spoken of
            return True
        return any(text.find(word, *line) >= 0 for word in _SIGNING_WORDS) and any(
            match.start() <= start < match.end() for match in _WHEN_SIGNED.finditer(text, *line)
        )

    return is_meant


def _filled(text: str) -> Callable[[int, int], bool]:
    """What tells of a blank whether it is a line of underscores before or behind what is written on it, or a few spaces behind
    a numeral.
    """
    filled: set[int] = set()  # where lines of underscores begin beside which something is written
    is_written = cache(_is_written)  # forms repeat themselves: ____年____月____日
    for (before, begin), (end, behind) in pairwise([match.span() for match in _RUN.finditer(text)]):
        written = text[begin : min(end, begin + _REACH)]
        if is_written(written, text[max(0, before - 1) : before], text[behind : behind + 1]):
            filled |= {before, end}

    def is_filled(start: int, end: int) -> bool:
        if start in filled and text[end - 1] in _LINE:
            return True
        spaces = end - start <= _FEW and not text[start:end].strip(" \u3000")
        return spaces and text[start - 1 : start] in _NUMERALS

    return is_filled


def _is_written(written: str, before: str, behind: str) -> bool:
    """Whether what stands between two lines of underscores fills them; with the characters before and behind both lines."""
    if _FIGURE.fullmatch(written):
        return True
    named = before.strip("\n") in "为是：:于 \u3000" and behind.strip("\n") in "，。；、（）() \u3000"
    return named and _WORDS.fullmatch(written) is not None


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the line that a blank stands in; of an endless one, what lies within reach."""
    first, last = text.rfind("\n", max(0, start - _REACH), start) + 1, text.find("\n", end, end + _REACH)
    return first or max(0, start - _REACH), last if last >= 0 else min(len(text), end + _REACH)


_REACH = 500


def _outcome(case: Case, span: tuple[int, int]) -> Outcome:
    """The blank with the words before and after it, so that a reader knows what is missing."""
    text = case.understanding.document.text
    label = _FIELD.search(text, max(0, span[0] - 16), span[0])
    start = behind_last("\n，。；：", text, label.start() if label else span[0])
    start = max(start, span[0] - 16)
    end = span[1]
    while end < len(text) and end - span[1] < 6 and text[end] not in "，。；：\n":
        end += 1
    name = text[start : span[0]].strip()
    field = label["name"] if label is not None else ""
    return Outcome(start=start, end=end, values={"name": name, "field": field})
