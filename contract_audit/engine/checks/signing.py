"""The signature block read party by party: whose seal, name, authority or date is missing (签署缺陷)."""

import re
from collections.abc import Iterator

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Party

_ROLES = ("甲方", "乙方", "丙方", "丁方")
_LONGEST = 1500  # characters of a signature block; beyond it the layout was not understood
_QUOTE = 60
_LINE = 120
_NAME_CHARS = 6  # a name without the place before it that still can be known
_NAMED_WITHIN = 3  # lines from the name under a letter to the first that shows a signature
# Spaces part cells, but not the parts of one date that was left open (日期：    年  月  日).
_CELLS = re.compile(r"(?<![年月 ])(?:(?<![：:])[ ]{2,}|(?<=[：:])[ ]{2,}(?!年))(?![月日 ])|　+|\t+|\|")
_NEW_ROLE = re.compile(r"(?<=\S)\s*(?=[甲乙丙丁]\s*方\s*[（(：:])")
_ROLE = re.compile(r"\s*(?:[\u4e00-\u9fff]{2,10}\s*[（(]|[（(])?\s*(?P<role>[甲乙丙丁])\s*方")
# 收到人：某某有限公司, 被申请人（盖章）：某县某局; what is folded has brackets of half width
_LABEL = re.compile(r"^[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{0,7}\s*(?:[(（][^（）()]{0,8}[)）])?\s*[：:]\s*")
_WITNESS = re.compile(r"(?:见证|鉴证)(?:方|人|单位|机关)?")
_SIGNER = re.compile(r"经[手办]|代\s*表|负责人|代理人|签[字名]")
_UNSEALED = re.compile(
    r"[未没](?:有|能|再|及)?(?:加)?(?:盖|签|用|钤|落)(?:公|单位)?[印章字署名]?|[缺无欠少](?:公|单位)?[章印](?!鉴)|无公章"
    r"|[印章字名]\s*[：:]?\s*(?:待补|缺失|待盖|待签|后补|另补|从缺|暂缺|暂无|空缺)|[印章字名签]\s*[：:]\s*(?:无|缺|空|暂无)(?![\u4e00-\u9fff])"
    r"|(?:待|改日|回头|来日|日后|随后|择日)(?:再)?(?:补|来)?(?:盖|加盖|签|用印|补签|换签|补章)[章字名]?|代章"
    r"|(?:仅|只)(?:有|由|见|凭|为)?[^，。\n]{0,10}(?:签名|签字|手印|指印|按印|私章|名章|笔迹|电话确认)|不(?:再|予|用|必)?(?:加)?盖(?:公)?章"
    r"|[章印签字名][^，。\n]{0,2}[处栏位页](?:空着|空白|空缺)|待[^，。（()）\n]{0,12}[后再]补|[手指](?:模|印)|按了?指|印[鉴章信][^，。\n]{0,6}(?:借|丢失|遗失|锁|外带|不在)"
)
# Signatures or seals that were not put on this paper, or seals that do not stand for the party.
_BORROWED = re.compile(
    r"(?:复印|扫描|翻拍|影印|截图|拼接|剪贴|粘贴|裁剪|套用|套打|移自|取自|截自|抄自)[^，。\n]{0,16}[签章印页]"
    r"|[签章印页][^，。\n]{0,12}(?:复印|扫描|翻拍|影印|截图|拼接|剪贴|粘贴|套用|套打|移自|取自|截自)"
    r"|[科股室处]室?印?章代|(?:内设机构|科室|股室|办公室|专班|筹备[组处]|财务|业务|收发|资料|党支部|工会|食堂|服务中心|工作组|领导小组|内部|接待|临时|原单位|作废|停用|缴销|旧|私|个人)(?:的)?(?:专用)?(?:公|印)?章"
    r"|[盖用]的(?:是|系)[^，。\n]{0,16}[章印]|[字署章]页[^，。\n]{0,8}(?:替换|更换|抽换|后换)|先[盖签][^，。\n]{0,6}后[填补写印]"
)
_PROXY = re.compile(
    r"代为(?:签|画押|盖)|[（(，,](?:代|替)[^，。\n（）()]{1,8}?(?:签|画押)|受[^，。\n]{1,8}(?:之托|所托)|"
    r"[\u4e00-\u9fff]{2,4}\s*[（(][^（()）\n]{0,20}代(?:签)?[)）]|代签(?!订)|[（(]代签?[)）]|由[^，。\n]{2,16}代(?:为)?(?:签[字署名]?|笔|$|[，,）)])"
    r"|(?:秘书|司机|驾驶员|科员|办事员|门卫|文员|实习生|家属|会计)[^，。\n]{0,16}[代签写盖]"
)
_UNAUTHORISED = re.compile(
    r"(?:未|没有?|无|缺|欠|尚未)(?:附|出具|取得|提交|办理?|见|带|持|获|经|补)?(?:任何|书面|正式)?(?:的)?(?:授权|委托)"
    r"|(?:授权|委托)(?:书|手续|文件)?[^，。\n]{0,4}(?:后补|待补|另补|[尚还]?未(?:附|见|带|办|取得|出具|下达|签发|拿到)|从缺|暂缺|遗失|过期|已到期|届满|失效)|(?:超出|超越)授权|越权"
    r"|已(?:于|在)?[^，。\n]{0,10}(?:调离|调任|退休|离任|离职|辞职|免职|卸任|停职)|(?:口头|电话|微信)(?:授权|委托)"
)
_UNDATED = re.compile(
    r"(?:日期|时间|年月日|落款)[^，。\n]{0,10}(?:不(?:写|填|落|署|注|载)|空着|空白|留空|待[填补定]|后补|另[填补]|暂[缺空不]|未[填写署注]|倒签|倒填|补填|早于|晚于|涂改|刮改)"
    r"|倒签|先签后填"
)
_RULE = re.compile(r"无效|退回|补正|生效|有效|不得|不予|应当|任何|均须|须[由经加在]")  # speaks of signing, shows none
_AUTHORITY = re.compile(r"授权(?:委托)?书|委托书|授权文件|授权编号|授权号|书面授权")
_DATE_FIELD = re.compile(r"年[\s_＿—\-xX×*/　]*月[\s_＿—\-xX×*/　]*日|(?:日期|时间)\s*[：:][\s_＿—　]*$")
_DATE = re.compile(r"[0-9０-９〇零一二三四五六七八九○OＯ]{2,4}\s*(?:年|[-./])\s*[0-9０-９一二三四五六七八九十元]{1,3}")
_SEALED = re.compile(r"[章印]")
_PERSON_FIELD = re.compile(r"代\s*表|负责人|代理人|签字|签名|[县区市镇乡]长|主任|经办人")
# What is printed on every form: labels, brackets of seals, dates. What is left was written by somebody.
_PRINTED = re.compile(
    r"[甲乙丙丁]\s*方|[（(][^（()）\n]{0,12}[章印字名][)）]|法定代表人|授权代表|委托代理人|(?:主要)?负责人|代\s*表\s*人?|代理人"
    r"|签\s*字\s*人?|签\s*名|签\s*章|盖\s*章|公\s*章|印\s*章|经办人|或|[县区市镇乡]长|主任|签[署订约]|日\s*期|时\s*间|地\s*点|公元"
    r"|[0-9０-９〇零一二三四五六七八九十○]+\s*[年月日]|[年月日]|[^\u4e00-\u9fff]"
)
_ELSEWHERE = re.compile(
    r"\s*(?:地\s*址|住\s*所|电\s*话|传\s*真|开户|账\s*号|帐\s*号|邮\s*编|联系|统一社会信用|税号|鉴证|见证|签[订署]地)"
)


class Block(msgspec.Struct):
    """What one party wrote in the signature block: the cells of its lines with their offsets in the document text."""

    role: str
    cells: list[tuple[int, str]]

    @property
    def text(self) -> str:
        """All cells, a line each."""
        return "\n".join(words for _, words in self.cells)


def defects(case: Case) -> Iterator[Outcome]:
    """One outcome for each government party that did not sign as the others did; none where nobody signed."""
    parties = {
        party.role: party
        for party in case.understanding.parties
        if party.role in _ROLES and party.side in ("government", "investor")
    }
    blocks = _blocks(case, parties)
    if len(parties) < 2 or not any(_is_signed(blocks[role], parties[role]) for role in blocks):
        return
    for role, party in parties.items():
        if party.side != "government" or only_witnesses(party):
            continue
        found = _faults(case, blocks, role, party) if role in blocks else _absent(blocks)
        if found:
            start, words, _ = found[0]
            end = _with_signer(case, blocks, start + len(words))
            name = "；".join(fault for _, _, fault in found)
            yield Outcome(start=start, end=end, values={"name": party.name, "missing": name})


def only_witnesses(party: Party) -> bool:
    """Whether a party only witnesses what others agree, and is bound to nothing."""
    return any(map(_WITNESS.fullmatch, party.aliases))


def _with_signer(case: Case, blocks: dict[str, Block], end: int) -> int:
    """The end of a fault with who signed beside it in the same line: 综合科（科室章）　经手人：某某."""
    text = case.document.text
    beside = [
        at + len(words)
        for block in blocks.values()
        for at, words in block.cells
        if at >= end and not text[end:at].strip(" \u3000") and _SIGNER.match(words)
    ]
    return min(beside, default=end)


_Fault = tuple[int, str, str]  # offset, quoted words, what is wrong


def _faults(case: Case, blocks: dict[str, Block], role: str, party: Party) -> list[_Fault]:
    block = blocks[role]
    found = [(*cell, fault) for cell in block.cells for fault in _confessed(cell[1])]
    others = [other for name, other in blocks.items() if name != role]
    names = {other.name for other in case.understanding.parties}
    if not found and not case.document.seals and _is_blank(block, party, others, names):
        empty = [cell for cell in block.cells if _PERSON_FIELD.search(cell[1])]
        found.append((*(empty if _is_signed(block, party) else block.cells)[0], "缺印章、签字"))
    found += [(*cell, "代签而未附授权") for cell in _proxies(block)]
    if not found and not case.document.seals and _is_person_only(block, party):
        found.append((*block.cells[0], "仅有个人签名，未见单位印章"))
    if not found and not case.document.seals and _lacks_seal(block, others):
        found.append((*block.cells[0], "未见印章"))
    if not found and (other := _sealed_by_other(block, party, names)) is not None:
        found.append((*other, "盖章的不是签约单位"))
    undated = next((cell for cell in block.cells if _DATE_FIELD.search(cell[1]) and not _DATE.search(cell[1])), None)
    if undated is not None and not _DATE.search(block.text) and any(_DATE.search(other.text) for other in others):
        found.append((*undated, "未写日期"))
    found += [(*cell, "未写日期") for other in others for cell in other.cells if _UNDATED.search(cell[1])]
    return [(start, words[:_QUOTE], fault) for start, words, fault in found]


_SEAL_OF = re.compile(
    r"\s*[甲乙丙丁]\s*方\s*(?:[(（][^()（）\n]{0,8}[)）])?\s*[：:]\s*"
    r"(?P<name>[\u4e00-\u9fff]{2,26}(?:政府|委员会|管委会|局|委|办|站|处|科|股|中心|指挥部|小组))(?=[ \u3000（(]|$)"
)


def _sealed_by_other(block: Block, party: Party, names: set[str]) -> tuple[int, str] | None:
    """The cell where a public body seals that is neither the party nor part of its name: 甲方（盖章）：某镇招商服务站."""
    known = {fold_text(name) for name in (*names, *party.aliases)}
    for cell in block.cells:
        match = _SEAL_OF.match(cell[1])
        name = fold_text(match["name"]) if match is not None else ""
        if name and not any(one in name or name in one for one in known if len(one) > 1):
            return cell
    return None


def _confessed(words: str) -> Iterator[str]:
    """What the paper itself says is missing: at most one fault a cell."""
    if not _RULE.search(words):
        yield from [fault for pattern, fault in _CONFESSED if pattern.search(words)][:1]


_CONFESSED = (
    (_UNSEALED, "未盖章、未签字"),
    (_BORROWED, "签章不是本单位在本件上所签盖"),
    (_UNAUTHORISED, "签署人没有授权"),
    (_UNDATED, "未写日期"),
)


def _absent(blocks: dict[str, Block]) -> list[_Fault]:
    """Only the other side signs an agreement between roles; a pledge is signed by who makes it."""
    start, words = next(iter(blocks.values())).cells[0]
    between_roles = any(_ROLE.match(said) for block in blocks.values() for _, said in block.cells)
    return [(start, words[:_QUOTE], "无签署栏，只有对方签署")] if between_roles else []


def _proxies(block: Block) -> Iterator[tuple[int, str]]:
    return (cell for cell in block.cells if _PROXY.search(cell[1]) and not _AUTHORITY.search(block.text))


def _is_signed(block: Block, party: Party) -> bool:
    return fold_text(party.name) in fold_text(block.text) or bool(_written(block, party))


def _is_blank(block: Block, party: Party, others: list[Block], names: set[str]) -> bool:
    """Nothing was written, or the line for the signature is empty where another party's is not; `names` are the parties'."""
    if not _is_signed(block, party):
        return True
    own = _persons(block, names)
    theirs = [written for other in others for written in _persons(other, names)]
    return bool(own) and not any(own) and any(theirs)


def _persons(block: Block, names: set[str]) -> list[str]:
    """What is written where a person signs, cell by cell, without the names of the parties."""
    cells = [fold_text(words) for _, words in block.cells if _PERSON_FIELD.search(words)]
    for name in sorted(names, key=len, reverse=True):
        cells = [words.replace(fold_text(name), "") for words in cells]
    return [_left(words) for words in cells]


def _is_person_only(block: Block, party: Party) -> bool:
    named = fold_text(party.name) in fold_text(block.text) or any(
        alias in block.text for alias in party.aliases if len(alias) > 3
    )
    return not named and not _SEALED.search(block.text) and bool(_written(block, party))


def _lacks_seal(block: Block, others: list[Block]) -> bool:
    """No word of a seal where every other party's block has one."""
    return bool(others) and not _SEALED.search(block.text) and all(_SEALED.search(other.text) for other in others)


def _written(block: Block, party: Party) -> str:
    return _left(fold_text(block.text).replace(fold_text(party.name), ""))


def _left(words: str) -> str:
    rest = _PRINTED.sub("", words)
    return rest if len(rest) > 1 else ""


def _blocks(case: Case, parties: dict[str, Party]) -> dict[str, Block]:
    """The block of each role. A line of several roles opens columns; cells below belong to them in order."""
    start, stop = _region(case)
    blocks: dict[str, Block] = {}
    columns: list[str] = []
    for offset, cells in _lines(case.document.text, start, stop):
        roles = [_role_of(words, parties) for _, words in cells]
        if any(roles):
            columns = [role for role in roles if role]
        for index, (at, words) in enumerate(cells):
            if (_ELSEWHERE.match(words) and not roles[index]) or not columns:
                continue
            owner = roles[index] or columns[min(index, len(columns) - 1)]
            blocks.setdefault(owner, Block(owner, [])).cells.append((offset + at, words))
    return {role: block for role, block in blocks.items() if role in parties}


def _region(case: Case) -> tuple[int, int]:
    """From the first to the last signature clause before the attachments."""
    spans: list[tuple[int, int]] = []
    for clause in case.understanding.clauses:
        if clause.kind == "attachment" and spans:
            break
        if clause.kind == "signature":
            spans.append((clause.start, clause.stop))
    if not spans or spans[-1][1] - spans[0][0] > _LONGEST:
        return 0, 0
    return _named_above(case, spans[0][0]), _named_below(case, spans[-1][1])


def _named_above(case: Case, start: int) -> int:
    """Where the block begins: at the first of the lines shortly above one another that each begin with a party's name."""
    text, above, begin, others = case.document.text, start, start, 0
    while above > 0 and others < _NAMED_WITHIN:
        above = text.rfind("\n", 0, above - 1) + 1
        line = text[above : text.find("\n", above)]
        if len(line) > _LINE or line.rstrip().endswith("。"):
            break
        begin, others = (above, 0) if _names_party(line, case) else (begin, others + 1)
    return begin


def _named_below(case: Case, stop: int) -> int:
    """Where the block ends: behind the lines next below that begin with a party's name, as 支持方：某镇人民政府（未盖章）."""
    text = case.document.text
    while stop < len(text):
        end = text.find("\n", stop + 1)
        end = len(text) if end < 0 else end
        line = text[stop:end].strip()
        if line and not (len(line) <= _LINE and _names_party(line, case)):
            break
        stop = end
    return stop


def _names_party(line: str, case: Case) -> bool:
    """Whether a line is a party's name, or begins with it behind its role; a name may lack the place before it."""
    bare = fold_text(_LABEL.sub("", line.strip()))
    names = [fold_text(party.name) for party in case.understanding.parties]
    tail = len(bare) >= _NAME_CHARS and any(name.endswith(bare) for name in names)
    labelled = len(bare) < len(fold_text(line.strip())) and bare.startswith(tuple(names))
    return tail or labelled or bare in names


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Every line with its cells as (offset in the line, words)."""
    offset = start
    for line in text[start:stop].split("\n"):
        parts: list[tuple[int, str]] = []
        position = 0
        for mark in [
            *sorted((*_CELLS.finditer(line), *_NEW_ROLE.finditer(line)), key=lambda match: match.start()),
            None,
        ]:
            end = mark.start() if mark is not None else len(line)
            words = line[position:end]
            if words.strip():
                lead = len(words) - len(words.lstrip())
                parts.append((position + lead, words.strip()))
            position = max(position, mark.end()) if mark is not None else position
        yield offset, _with_names(parts)
        offset += len(line) + 1


_TITLED = re.compile(r"(?:[县区市镇乡州盟旗]长|主任|书记|局长|[：:])\s*$")
_A_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}(?:\s*[（(][^（()）]{0,40}[）)])?")


def _with_names(parts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A name that a gap parts from its title goes with it: 授权代表（签字）：区长  蓝其昭."""
    joined: list[tuple[int, str]] = []
    for at, words in parts:
        before = joined[-1] if joined else None
        named = _A_NAME.fullmatch(words) and bool(_PRINTED.sub("", words)) and not _PERSON_FIELD.match(words)
        if before and named and _PERSON_FIELD.search(before[1]) and _TITLED.search(before[1]):
            joined[-1] = (before[0], f"{before[1]}{words}")
        else:
            joined.append((at, words))
    return joined


def _role_of(words: str, parties: dict[str, Party]) -> str | None:
    """The role that the cell begins with, or whose party it names first."""
    match = _ROLE.match(words)
    if match is not None:
        return f"{match['role']}方"
    folded = _LABEL.sub("", fold_text(words))
    return next((role for role, party in parties.items() if folded.startswith(fold_text(party.name))), None)
