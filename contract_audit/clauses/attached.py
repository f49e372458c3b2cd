"""Lists of attachments: what an agreement says is attached, by number or by name (附件：1.红线图；2.设备清单)."""

import re
from collections.abc import Iterator
from itertools import chain

from contract_audit.chinese.openings import in_lines_with
from contract_audit.chinese.text import Folded, behind_last, fold
from contract_audit.clauses.numbering import value_of
from contract_audit.model import Clause, Reference

_LEAD = re.compile(
    r"(?:附件(?:清单|目录|名称|材料)?(?:如下|包括|分别[为是]|有|为|是|[：:])[：:]?"
    r"|本(?:协议|合同)(?:后)?附(?:件|有|上|带)?(?:如下|包括|有|为|[：:])[：:]?"
    r"|(?<=[，。；\n])附(?:有)?(?=《)|(?<![\u4e00-\u9fff])附[：:]"
    r"|附件(?:清单|目录)?[：:]?\n(?=[ \u3000]*[0-9]{1,2}[.、．]))"
)
_NUMBER = (
    r"(?:附件)?(?:[0-9]{1,2}[.、．:：]|[（(][0-9一二三四五六七八九十]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,2}、|(?<![\u4e00-\u9fff])[甲乙丙丁戊己]、)"
)
_NUMBERED = re.compile(
    rf"(?<![0-9A-Za-z.．第-])(?P<number>{_NUMBER})\s*(?P<name>[^；;。\n]{{2,40}}?)(?=[；;。，\n]|、?(?<![0-9A-Za-z-]){_NUMBER}(?![0-9])|$)"
)
_PLAIN = re.compile(r"[、，]|和|以及|及|与|(?<=》)(?=《)")
_PAPER = re.compile(
    r"(?:图|表|清单|书|方案|计划|明细|目录|证明|说明|办法|细则|规定|协议|合同|条件|要求|标准|摘录|复印件|函|批复|报告|册|名单|意见"
    r"|决议|执照|指标|条款|清册|政策|约定)$"
)
_REMARK = re.compile(r"[（(][^（）()]*[）)]$")
_ON_PAGE = re.compile(r"[（(](?:详?见)?第[0-9一二三四五六七八九十]{1,3}[页至-]")  # （见第5页）: it is there
_DIGITS = re.compile(r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己]")
# The list says that its papers are kept with, and not in, this one: （均另附）.
_APART = re.compile(
    r"[（(](?:以上|上述|各|各项)?(?:均|都)(?:另[附册页行]|略|附后|见附页|随(?:正本|文)|单独成册)[^（()）]{0,8}[）)]"
)
_THING = (
    r"[\u4e00-\u9fff]{0,10}?(?:图纸?|表|清单|方案|计划书?|明细表?|目录|报告|证明|说明书?|批复|名单|决议|委托书|承诺书|确认书|意见书"
    r"|执照|须知|要求|标准|办法|细则|花?名册|清册|台账|坐标|样式|格式|样本|范本|保函|预算书?|概算书?|成果)"
)
# A paper that is said to be here: 后附红线图, 审计报告附后, 《计划书》作为本协议附件, （附件：产品方案说明）.
_SAID = (
    re.compile(
        rf"(?:后附|随附|所附|另附|附有|附后)的?(?P<name>{_THING})(?![\u4e00-\u9fff]{{0,2}}(?:附件|规定|要求|记载))"
    ),
    re.compile(
        rf"(?P<name>《[^》\n]{{3,30}}》|{_THING})(?:原件|复印件|扫描件)?(?:均|一并)?"
        r"(?:附后|附于(?:本协议|本合同|文)?后|随附(?:于后)?|[（(](?:详?见)?(?:附后|后附|文后附|附件|附页)[）)])"
    ),
    re.compile(
        rf"(?P<name>《[^》\n]{{3,30}}》|{_THING})(?:原件|复印件)?[，,]?(?:均)?(?:作为|系|为|列为|构成)(?:本)?(?:协议|合同)(?:书|的|之)*附件"
    ),
)
_ATTACHED = re.compile("附")
# One that is to be looked at, by name or (详见附图) by its kind alone; it is not here where none of the kind is.
_SEEN = (
    re.compile(rf"见(?:本协议|本合同)?附件[：:“（]\s?(?P<name>{_THING})(?=[）”。，；\n])"),
    re.compile(r"(?:详见|参见|见|以|按照?)(?:本协议|本合同)?所?(?P<name>附[图表件])(?=[，。；）)为所\n])"),
)
_OF_KIND = {"图": "图", "表": "表|清单|明细|计划|目录", "件": ""}
# What is handed in, made or agreed later, and what other papers have.
_LATER = re.compile(
    r"今后|届时|另行|将来|后续|日后|应[在于当]|(?:提交|报送|提供|递交)(?!的)|申[请报]|投标|招标|出让|竞买|如有|若有|原[协合]|公告|发票|货物"
    r"|送货|招租|(?:取得|签订|签署|完成|批准|通过|核定|确认|评审|评估|编制|测绘|验收)[^，。；]{0,6}后"
)
_WANTING = (
    r"(?:暂?缺|未附|暂无|空白?|后补|另补|补附|待补|尚未[^（()）\n]{1,16}|待定|(?:待|由|于)[^（()）\n]{1,24}(?:补[附充交齐签]?|附上|后附|提供|编制|出具|完善|确定|确认|测绘)"
    r"|(?:签约|签订|签署|生效|盖章)后[^（()）\n]{0,16}(?:补[附充交齐]?|提供|附上|确定|编制|完善))"
)
_EMPTY = re.compile(rf"[（(【\[]?(?:此(?:处|页))?{_WANTING}[^（()）\n]{{0,6}}[）)】\]]?")
# 附件2：接入点位表（待签约后由甲方补附): the heading itself says it.
_SAYS_WANTING = re.compile(rf"[（(]{_WANTING}[^（()）\n]{{0,6}}[）)]$")
# Kept with the paper in another cover, or told by page: it is there.
_THERE = re.compile(
    r"[^。\n]{0,40}(?:另册|装订|单独成册|另行?附|存档|归档|档号|签收|已(?:由|经|于)?[^，。；]{0,16}(?:交付|移交|提交|留存|确认签收)|附于?光盘|随(?:正本|图))"
)
_WRITTEN_OUT = 10  # characters below a heading that make it more than a line of a list
_ENDING = 3  # characters in which two names of one paper end alike
_OWN_LABEL = re.compile("^(?:第[一二三四五六七八九十百0-9]{1,4}条)?(?:.*的(?=.{3}))?")
_GAPS = "，、和及与以按由将其的见为在有之经对"  # characters that no name begins with
_REACH = 400  # characters a list may have


def listed(folded: Folded, clauses: tuple[Clause, ...]) -> Iterator[Reference]:
    """One reference for each paper that a list names; target None where no attachment has its number or its name."""
    attached = [(index, clause) for index, clause in enumerate(clauses) if clause.kind == "attachment"]
    last = folded.folded(attached[0][1].start, 0)[0] if attached else len(folded.text)
    for lead in _LEAD.finditer(folded.text, 0, last):
        if _APART.search(folded.text, lead.end(), _list_end(folded.text, lead.end(), last)):
            continue
        for start, end, number, name in _items(folded.text, lead.end(), last):
            target = next((index for index, clause in attached if _is_named(clause, number, name)), None)
            if target is None and attached:
                target = _below_heading(folded, attached, name)
            low, high = folded.original(start, end)
            yield Reference(start=low, end=high, text=folded.text[start:end], kind="attachment", target=target)


def _below_heading(folded: Folded, attached: list[tuple[int, Clause]], name: str) -> int | None:
    """The attachment in which a line of its own bears the name: 附件： and below it 一、建设内容表（略）."""
    line = re.compile(
        rf"^[ \u3000]*(?:{_NUMBER}|[①-⑳])?[ \u3000]*《?{re.escape(name)}》?(?:[（(][^（()）]*[）)])?[：:]?[ \u3000]*$",
        re.MULTILINE,
    )
    for index, clause in attached:
        if line.search(folded.text, *folded.folded(clause.start, clause.stop)):
            return index
    return None


_RANGE = re.compile(
    r"附件(?P<first>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[至到~～—-]+(?P<last>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?![0-9一二三四五六七八九十])"
)


def ranged(folded: Folded, clauses: tuple[Clause, ...]) -> Iterator[Reference]:
    """附件一至四 where there are three: one reference for the last of the range, where others are here and it is not."""
    attached = [clause for clause in clauses if clause.kind == "attachment"]
    numbers = {value_of(found[0]) for one in attached if (found := _DIGITS.search(one.path[-1] if one.path else ""))}
    for match in _RANGE.finditer(folded.text):
        first, last = value_of(match["first"]), value_of(match["last"])
        if first in numbers and last is not None and last not in numbers:
            low, high = folded.original(match.start(), match.end())
            yield Reference(start=low, end=high, text=f"附件{match['last']}", kind="attachment", target=None)


def mentioned(folded: Folded, clauses: tuple[Clause, ...]) -> Iterator[Reference]:
    """One reference for each paper that a sentence says is attached here without giving it a number."""
    attached = [(index, clause) for index, clause in enumerate(clauses) if clause.kind == "attachment"]
    last = folded.folded(attached[0][1].start, 0)[0] if attached else len(folded.text)
    signed = [folded.folded(clause.start, clause.stop) for clause in clauses if clause.kind == "signature"]
    said = (in_lines_with(_ATTACHED, pattern, folded.text, last) for pattern in _SAID)
    seen = (pattern.finditer(folded.text, 0, last) for pattern in _SEEN)
    for match in chain(*said, *seen):
        name = _OWN_LABEL.sub("", _bare(match["name"])).lstrip(_GAPS)
        begin = behind_last("\n。；", folded.text, match.start())
        before = folded.text[begin : match.end()]
        after = folded.text[match.end() : match.end() + 12]
        kept = _THERE.match(folded.text, match.end())
        here = kept or any(low <= match.start() < high for low, high in signed)
        if len(name) < 2 or here or _LATER.search(before) or _LATER.match(after) or _is_written_out(folded.text, name):
            continue
        target = next((index for index, clause in attached if _is_meant(clause, name)), None)
        shown = _OWN_LABEL.sub("", match["name"]).lstrip(_GAPS)
        low, high = folded.original(match.end("name") - len(shown), match.end("name"))
        yield Reference(start=low, end=high, text=name, kind="attachment", target=target)


def _is_written_out(text: str, name: str) -> bool:
    """Whether a line of the paper opens with it and says it there: 附件：建设标准（层高8米）, 所附平面图：6号楼二层（图号6-2）."""
    said = name if len(name) == 2 else f"(?:所附|后附|附)?{re.escape(name)}"
    # 附表（收购价，万元） stands over lines of figures.
    headed = r"(?:[（(][^（()）\n]*[）)])?[：:]?[ \u3000]*\n[^\n]*[0-9]" if name == "附表" else r"(?!)"
    return re.compile(rf"^[ \u3000]*{said}(?:[：:][^\n]{{2,}}|{headed})", re.MULTILINE).search(text) is not None


def wanting(folded: Folded, clauses: tuple[Clause, ...]) -> Iterator[Reference]:
    """One reference for each attachment whose page says that it is not there (暂缺, 后补)."""
    for clause in clauses:
        if clause.kind != "attachment":
            continue
        words = folded.text[folded.folded(clause.start, 0)[0] : folded.folded(clause.stop, 0)[0]]
        heading, _, body = words.partition("\n")
        bare = not body.strip() and (_SAYS_WANTING.search(heading) or _is_left_bare(folded, clauses, heading))
        if bare or _EMPTY.fullmatch(body.strip()):
            end = clause.start + len(heading)
            yield Reference(start=clause.start, end=end, text=heading, kind="attachment", target=None)


def _is_left_bare(folded: Folded, clauses: tuple[Clause, ...], heading: str) -> bool:
    """Whether a heading has nothing below it where others have, and is no picture or copy that a page of its own may hold."""
    if re.search("[（(]|图|照片?|复印件|扫描件|执照|证书?$", heading):
        return False
    attached = [
        folded.text[folded.folded(one.start, 0)[0] : folded.folded(one.stop, 0)[0]]
        for one in clauses
        if one.kind == "attachment"
    ]
    return any(len(words.partition("\n")[2].strip()) >= _WRITTEN_OUT for words in attached)


def _is_meant(clause: Clause, name: str) -> bool:
    """Whether an attachment may be the paper named, by the end of its name (用地红线图, 红线图) or only by its kind (附图)."""
    heading = fold(clause.heading or "").text
    if len(name) == 2 and name[0] == "附":
        return bool(re.search(_OF_KIND[name[1]], heading))
    words = {name[index : index + 2] for index in range(len(name) - 2)} - {"项目", "企业", "本协", "协议"}
    return _is_named(clause, "", name) or name[-_ENDING:] in heading or any(word in heading for word in words)


def _items(text: str, start: int, stop: int) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, number or empty, name) of the papers named from `start` on."""
    end = _list_end(text, start, stop)
    numbered = list(_NUMBERED.finditer(text, start, end))
    if numbered:
        for match in numbered:
            name = _bare(match["name"])
            digits = _DIGITS.search(match["number"])
            if _ON_PAGE.search(match["name"]):
                continue
            if _PAPER.search(name) and digits:
                yield match.start("number"), match.end("name"), digits[0], name
        return
    position = start
    for part in (*_PLAIN.finditer(text, start, end), None):
        low, high = position, part.start() if part else end
        position = part.end() if part else end
        name = _bare(text[low:high])
        if 3 <= len(name) <= 30 and _PAPER.search(name) and not re.search("[：:“”]|——|附件", name):
            yield low, high, "", name


def _list_end(text: str, start: int, stop: int) -> int:
    """Where a list ends that runs on in numbered lines, or with its sentence."""
    lines = re.compile(rf"(?:[ \u3000]*{_NUMBER}[^\n]*\n?)+").match(text, start, min(stop, start + _REACH))
    return lines.end() if lines and lines.end() > text.find("\n", start) > 0 else _end(text, start, stop)


def _end(text: str, start: int, stop: int) -> int:
    found = re.compile(r"[。；;\n]").search(text, start, min(stop, start + _REACH))
    return found.start() if found else min(stop, start + _REACH)


def _bare(name: str) -> str:
    """The name alone, without book marks and remarks in brackets (略, 另册)."""
    return _REMARK.sub("", name.strip(" 　、，")).strip("《》 　")


def _is_named(clause: Clause, number: str, name: str) -> bool:
    heading = fold(clause.heading or "").text
    printed = _DIGITS.search(clause.path[-1] if clause.path else "")
    if number and printed is not None:
        same = printed[0] == number or (value_of(printed[0]) is not None and value_of(printed[0]) == value_of(number))
        return same or name in heading
    bare = re.sub(r"^附[件表录图]?\s*[^\u4e00-\u9fff《]*", "", heading).strip("：:《》 　")
    return name in heading or (len(bare) > 2 and bare in name)
