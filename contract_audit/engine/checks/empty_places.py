"""Places left empty that no sign shows: cells of tables, fields with nothing behind the colon, boxes of which none is ticked."""

import re
from collections.abc import Callable, Iterator

from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Block

# What a heading says of a party, with nothing behind the colon.
_OF_PARTY = re.compile(
    r"^[ \u3000]*(?:统一社会信用代码|注册地址|住所地?|(?:通讯)?地址|法定代表人|法人代表|负责人|联系人|(?:联系)?电话)"
    r"[ \u3000]*[：:][ \u3000]*$",
    re.MULTILINE,
)
# What a clause or a table of the project tells by its name.
_NAMES = (
    r"(?:收款|付款|结算|指定)?(?:账号|账户(?:名称?)?|户名)|开户(?:银)?行|(?:项目)?(?:总投资|固定资产投资|投资总?额|计划投资)额?|注册资本"
    r"|(?:项目)?(?:用地|占地|建筑|租赁|出租)面积|(?:项目|建设|交付|租赁物?)(?:地点|地址|位置|选址)|建设(?:期限|周期|工期|内容|规模)|宗地(?:编号|位置|坐落|四至)|四至(?:范围)?"
    r"|(?:计划)?(?:开工|竣工|投产|交付|交地|达产|完工|起租)(?:时间|日期|期限)|租赁?期限?|(?:租金|补偿|收费|补助|奖励)标准|年?租金|(?:履约)?保证金(?:金额|数额)?"
    r"|投资强度|亩均(?:税收|产值)|年(?:产值|税收|产量|产能)|(?:合同|成交|转让)(?:总)?价款?|联系人|联系电话|(?:电子)?邮箱|送达地址|收件人"
)
_NUMBERING = r"[ \u3000]*(?P<number>[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|[①-⑳])?[ \u3000]*"
_FIELD_LINE = re.compile(rf"^{_NUMBERING}(?P<name>{_NAMES})[ \u3000]*[：:][ \u3000]*$", re.MULTILINE)
_OPEN_LINE = re.compile(r"[：:][ \u3000]*$", re.MULTILINE)
_FIELD_INSIDE = re.compile(rf"(?:{_NAMES})[ \u3000]*[：:][ \u3000]*(?=[，。；])")
_NOTHING_SAID = re.compile("[：:][ \u3000]*[，。；]")
_NOTHING_ELSE = re.compile(r"\s*\Z")
_NEXT = re.compile(rf"\n*{_NUMBERING}[^\n：:]{{1,14}}[：:]")
_LABEL = re.compile(rf"(?:{_NAMES})(?:[（(][^（()）]{{1,12}}[）)])?")

_LEAST_ROWS = 3
_NEED_NOT_BE = re.compile(
    r"备注|说明|签|盖章|附注|其他|附件|合计|总计|小计|核验|验收|确认|意见|考核|审[核查]|记录|实际|登记|结果|得分|评分|序号"
)
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|平均|备注|说明|其他")
_MONEY = re.compile(r"金额|投资|价款|总价|租金|费用?(?![率类])|款项|补偿|补助|万元|[（(]元|支付")
_KEY = re.compile(
    rf"{_MONEY.pattern}|单价|面积|亩|平方米|时间|日期|期限|年限|节点|比例|标准|数量|规模|产值|税收|产能|位置|地点|用途|账号|责任"
)
_SERIAL = re.compile(r"[（(]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])[)）]?[.、．]?")
_PART = re.compile(r"其中|[（(]?[0-9一二三四五六七八九十]{1,2}[)）.、]|[-—·]")  # how the parts of the row above begin
_TOLD_BY_SUM = re.compile(r"单价|数量|比例|规格|面积|台|标准")  # left out where the row tells its sum
_NOT_YET = re.compile(r"实际|已|结算|核|验|确认|完成情况|兑现")

_OPTION = re.compile(r"(?<!□)□(?!□)[ ]*[\u4e00-\u9fff]")
_TICKED = re.compile(r"[☑☒√✓✔■▣●]")
_SENTENCE = re.compile(r"[^。；\n]+")

# A paper to be filled in when something is done, attached as a form.
_FORM = re.compile(
    r"格式|样式|式样|样本|样张|范本|示范文本|模板|表样|空白(?:表|文本)|参考文本"
    r"|(?:确认书|交接(?:单|书|清单|表)|验收(?:单|表|证书)|移交(?:单|书|清单)|申请[书表]|考核表|评分表|回执|收据|通知书|委托书|保函|月报|季报|报表|台账|记录表?|登记表)(?:[（(]|$)"
)
_LEFT_EMPTY = re.compile(
    r"(?:空格|空白(?:处|栏)?|留白|空项|横线)[^。；\n]{0,24}(?:不填|届时|时填|现场|时再填|后填|实际发生)"
)


def forms(case: Case) -> list[tuple[int, int]]:
    """Spans of the attachments that are forms, with the lines for signing and the notes that follow them."""
    found = []
    clauses = case.understanding.clauses
    for index, clause in enumerate(clauses):
        if clause.kind != "attachment":
            continue
        stop = clause.stop
        for later in clauses[index + 1 :]:
            if later.start >= stop and later.kind not in ("signature", "note"):
                break
            stop = max(stop, later.stop)
        heading = clause.heading or case.text(clause.start, clause.end).partition("\n")[0]
        if _FORM.search(heading.strip()) or _LEFT_EMPTY.search(case.text(clause.start, stop)):
            found.append((clause.start, stop))
    return found


def check(case: Case, is_spared: Callable[[int], bool]) -> Iterator[Outcome]:
    """Outcomes for fields, cells and boxes; `is_spared` says of an offset whether it lies where nothing need be filled in."""
    for outcome in (*_fields(case), *_cells(case), *_choices(case)):
        if not is_spared(outcome.start):
            yield outcome


def _named(start: int, end: int, name: str) -> Outcome:
    return Outcome(start=start, end=end, values={"name": name, "field": name})


def _fields(case: Case) -> Iterator[Outcome]:
    """Names with nothing behind the colon: of the parties in the heading, of the project in clauses."""
    text = case.understanding.document.text
    first = next((clause.start for clause in case.understanding.clauses if clause.kind in ("article", "clause")), 0)
    for match in _OF_PARTY.finditer(text, 0, first):
        yield _named(match.start(), match.end(), match.group().strip(" \u3000：:"))
    for colon in _OPEN_LINE.finditer(text, first):
        field = _FIELD_LINE.match(text, text.rfind("\n", first, colon.start()) + 1 or first)
        if field is not None and _is_left_open(text, field):
            yield _named(field.start("name"), field.end(), field["name"])
    for match in _FIELD_INSIDE.finditer(text, first) if _NOTHING_SAID.search(text, first) else ():
        yield _named(match.start(), match.end(), match.group().rstrip(" \u3000：:"))


def _is_left_open(text: str, field: re.Match[str]) -> bool:
    """Whether nothing follows a field with nothing behind its colon, or another field, numbered as it is."""
    after = _NEXT.match(text, field.end())
    ends = _NOTHING_ELSE.match(text, field.end()) is not None
    return ends or (after is not None and bool(after["number"]) == bool(field["number"]))


def _choices(case: Case) -> Iterator[Outcome]:
    """Boxes to tick of which none is ticked: 付款方式：□一次付清 □分期付款."""
    text = case.understanding.document.text
    for sentence in _SENTENCE.finditer(text) if "□" in text else ():
        boxes = list(_OPTION.finditer(sentence.group()))
        if len(boxes) > 1 and not _TICKED.search(sentence.group()):
            yield _named(sentence.start() + boxes[0].start(), sentence.end(), "所选项")


def _cells(case: Case) -> Iterator[Outcome]:
    for rows in case.tables():
        cells = [[case.text(cell.start, cell.end).strip() for cell in row.cells] for row in rows]
        if all(len(row) == 2 for row in cells):
            yield from _pairs(rows, cells)
        elif len({len(row) for row in cells}) == 1 and len(rows) > 1:
            yield from _of_columns(rows, cells)
            yield from _labelled(rows, cells)


def _pairs(rows: list[Block], cells: list[list[str]]) -> Iterator[Outcome]:
    """A row without its content in a table of names and contents in which most others have theirs."""
    empty = [index for index, (_, content) in enumerate(cells) if not content]
    if not empty or len(rows) < _LEAST_ROWS or 2 * len(empty) >= len(rows):
        return
    for index in empty:
        name = cells[index][0]
        below = cells[index + 1][0] if index + 1 < len(cells) else ""
        if (
            name
            and not _NEED_NOT_BE.search("".join(cells[0]) + name)
            and not (_PART.match(below) and not _PART.match(name))
        ):
            yield _named(rows[index].start, rows[index].end, name)


def _labelled(rows: list[Block], cells: list[list[str]]) -> Iterator[Outcome]:
    """A name in a cell and nothing in the next one, in a table that has several names to the row."""
    if len(cells[0]) % 2:
        return
    for row, texts in zip(rows, cells, strict=True):
        for name, content in zip(texts[::2], texts[1::2], strict=True):
            if not content and _LABEL.fullmatch(name):
                yield _named(row.start, row.end, name)


def _of_columns(rows: list[Block], cells: list[list[str]]) -> Iterator[Outcome]:
    """A row without its figure or day in a column that the head names and the other rows fill."""
    head = cells[0]
    body = [index for index in range(1, len(rows)) if not any(_TOTAL.search(cell) for cell in cells[index][:2])]
    told: set[int] = set()
    for column, name in enumerate(head):
        if column == 0 or not _KEY.search(name) or _NEED_NOT_BE.search(name):
            continue
        empty = [index for index in body if not cells[index][column]]
        if not _is_left_out(name, len(empty), len(body)):
            continue
        for index in empty:
            if index not in told and _is_told(cells, index) and not _sum_tells(head, cells[index], column):
                told.add(index)
                yield _named(rows[index].start, rows[index].end, name)


def _is_left_out(name: str, empty: int, rows: int) -> bool:
    """Whether empty cells of a column are gaps: the others are filled, or the whole column of sums is not."""
    if not empty:
        return False
    if empty == rows:
        return bool(_MONEY.search(name)) and not _NOT_YET.search(name)
    return 2 * empty <= rows


def _is_told(cells: list[list[str]], index: int) -> bool:
    """Whether the row is one thing of its own, not the head of those below it (一、建设工程, then 1, 2, 小计)."""
    row = cells[index]
    said = [cell for cell in row if cell]
    if not row[0] or len(said) < 2:
        return False
    if len(said) > 2 or not _SERIAL.fullmatch(row[0]):
        return True
    digits = [cell.strip("（）().、")[:1].isdigit() for cell, *_ in cells[1:] if _SERIAL.fullmatch(cell)]
    alike = digits.count(row[0].strip("（）().、")[:1].isdigit())
    return 2 * alike > len(digits) and not any("小计" in cell for other in cells for cell in other)


def _sum_tells(head: list[str], row: list[str], column: int) -> bool:
    """Whether price, quantity or share may be left out, as the row has its sum."""
    has_sum = any(cell and _MONEY.search(name) for name, cell in zip(head, row, strict=True))
    return bool(_TOLD_BY_SUM.search(head[column])) and has_sum
