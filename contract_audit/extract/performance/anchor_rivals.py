"""Which of several records dates the event that a duty counts from, where more than likeness must decide.

A record may tell of two events, prove the duty before without telling of the thing the anchor names, belong to another
phase, or be that of money which comes and of its going on.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from contract_audit.deeds import Event, event, recorded
from contract_audit.deeds.likeness import abbreviated
from contract_audit.extract.performance.anchor_fit import is_telling, may_date
from contract_audit.extract.performance.joining import Known, Record
from contract_audit.model import Understanding

_PHRASE = re.compile(r"[，,；;。：:]")


def phrases(record: Record) -> Iterator[Known]:
    """The record as a whole, and each of its phrases that tells of an act: 地价款缴清，同日宗地移交单签字."""
    if not record.told.pairs:
        return
    yield Known(_of_land(record.told, record.row.matter), record)
    parts = _PHRASE.split(record.row.matter)
    whole = not (record.told.undone or record.told.short or record.told.lacking)
    for part in parts if len(parts) > 1 and whole else ():
        told = recorded(part)
        if told.acts - record.told.acts and not told.undone and not told.parts:
            yield Known(told, record)


def _of_land(told: Event, matter: str) -> Event:
    """站前路北42亩点交签单 hands over land, whatever road it lies at."""
    if "hand_over" not in told.acts or "land" in told.things or not _MU.search(matter):
        return told
    return msgspec.structs.replace(told, things=told.things - {"road"} | {"land"})


def without_parts(known: list[Known]) -> list[Known]:
    """The records without those that tell only of a part of what a later one tells of as a whole.

    厂房交付（部分完成，一跨未通过点验） is not the hand-over, once there is 厂房交付（复验通过，全部移交）.
    """
    whole = [one for one in known if not (one.words.short or one.words.undone or one.words.lacking)]
    return [
        one
        for one in known
        if not one.words.short
        or not any(
            one.words.acts <= other.words.acts
            and one.words.things == other.words.things
            and one.words.marks == other.words.marks
            and other.record.done_on > one.record.done_on
            for other in whole
        )
    ]


_MU = re.compile(r"[0-9]亩")
_PIECE = re.compile(r"(?P<mu>[0-9]+(?:\.[0-9]+)?)亩")


def last_piece(anchor: Event, known: list[Known], paper: Understanding) -> Record | None:
    """The last of several hand-overs of land that make up the whole: 东片71亩点交, 西片41亩点交 of 112亩."""
    fact = paper.fact("land_mu")
    total_mu = fact.value if fact is not None else None
    if not isinstance(total_mu, Decimal) or "hand_over" not in anchor.acts or "land" not in anchor.things:
        return None
    pieces: dict[str, tuple[Decimal, Record]] = {}
    for one in known:
        size = _PIECE.search(one.record.row.matter)
        if size is not None and one.duty is None and "hand_over" in one.words.acts:
            pieces[one.record.row.matter] = (Decimal(size["mu"]), one.record)
    if len(pieces) < _COMMON or abs(sum(size for size, _ in pieces.values()) - total_mu) > total_mu / 100:
        return None
    return max((record for _, record in pieces.values()), key=lambda record: record.done_on)


_ALL_PAPERS = re.compile(
    r"(?:材料|资料|手续|文件|要件|证件)[^，。；]{0,6}(?:[交报备补送递收]齐|齐全|齐备)|[交报备补送递收]齐[^，。；]{0,12}(?:材料|资料|手续|文件|要件|证件)"
)


def handed_in(words: str, wanted: Event, known: list[Known], proofs: dict[int, Record]) -> Record | None:
    """The one free record of papers that are all handed in: 自材料交齐之日起 and 报齐一期厂房登记资料."""
    if not _ALL_PAPERS.search(words):
        return None
    placed = {id(record) for record in proofs.values()}
    told = [
        one.record for one in known
        if one.duty is None and id(one.record) not in placed and _ALL_PAPERS.search(one.record.row.matter)
        and any(len(pair) > 1 for pair in one.words.pairs & wanted.pairs)
    ]  # fmt: skip
    return told[0] if len({record.done_on for record in told}) == 1 else None


def signed_apart(
    known: list[Known], anchor: Event, wanted: Event, proofs: dict[int, Record], before: int
) -> Record | None:
    """The one free record of the signing itself, where what proves the duty before tells of none: 对账单签字."""
    proof, placed = proofs.get(before), {id(record) for record in proofs.values()}
    if "sign" not in anchor.acts or (proof is not None and "sign" in proof.told.acts):
        return None
    told = [
        one.record
        for one in known
        if id(one.record) not in placed
        and "sign" in one.words.acts
        and len([pair for pair in one.words.content & wanted.content if len(pair) > 1]) >= _COMMON
    ]
    return told[0] if len({record.done_on for record in told}) == 1 else None


_COMMON = 2


def of_its_number(anchor: Event, known: list[Known], proof: Record | None) -> Record | None:
    """The one record of the event for the numbered thing that the duty's own proof tells of: of 首期租金自移交之日起十日内支付,
    told by 一号厂房首期租金到账, the hand-over of no. 1.
    """
    numbers = _numbers(proof.told) if proof is not None else frozenset()
    if not numbers or not anchor.acts or anchor.marks & numbers:
        return None
    told = [
        one.record
        for one in known
        if one.record is not proof and anchor.acts <= one.words.acts and numbers == _numbers(one.words)
    ]
    return told[0] if len({record.done_on for record in told}) == 1 else None


def _numbers(told: Event) -> frozenset[tuple[str, str]]:
    return frozenset(mark for mark in told.marks if mark[0] in "号栋层")


def of_the_thing(known: list[Known], said: tuple[str, Event], proofs: dict[int, Record], before: int) -> Record | None:
    """The first free record of the thing that the anchor names, where the proof of the duty before tells of no such thing.

    核验报告出具后十日内 counts from the report, not from the day the papers went to be verified.
    """
    words, anchor = said
    proof, placed = proofs.get(before), {id(record) for record in proofs.values()}
    if proof is None or not anchor.things or anchor.things & proof.told.things:
        return None
    own = [
        one.record
        for one in known
        if id(one.record) not in placed
        and anchor.things <= one.words.things
        and anchor.acts & one.words.acts
        and may_date(words, anchor, one)
        and one.record.done_on >= proof.done_on
    ]
    return min(own, key=lambda record: record.done_on, default=None)  # a report is issued before it is sent on


def of_other_phase(wanted: list[Event], anchor: Event, one: Known, proofs: dict[int, Record]) -> bool:
    """True where the record proves the duty of another phase than the anchor's: 首台下线 of 一期投产 is no 二期投产."""
    phases, named = ({mark for mark in words.marks if mark[0] == "期"} for words in (anchor, one.record.told))
    if phases and named and not phases & named:
        return True
    if not phases or not anchor.acts & _PHASED:
        return False
    told_apart = {mark for event in wanted if event.acts & anchor.acts for mark in event.marks if mark[0] == "期"}
    if not named and len(told_apart) > 1 and ("期", "1") not in phases:
        return True  # a record that names no phase is no sign of a later one
    shown = [wanted[index] for index, record in proofs.items() if record is one.record]
    marks = [{mark for mark in event.marks if mark[0] == "期"} for event in shown if event.acts & anchor.acts]
    return bool(marks) and not any(phases & mark or not mark for mark in marks)


_PHASED = frozenset({"start", "build", "produce", "operate"})


def says_event(told: Event, anchor: Event) -> bool:
    """Whether the event is told by its act and a telling word of its own, and not by the duty that is thought proved."""
    return bool(told.acts & anchor.acts) and any(is_telling(pair) for pair in told.pairs & anchor.pairs)


def passed_on(anchor: Event, known: list[Known]) -> Record | None:
    """Money that comes and goes on (专项资金到账后15日内转拨): of two records of it the first is that of its coming."""
    if not anchor.acts & _PAID or not _ARRIVES.search(anchor.words):
        return None
    fitting = [
        one.record
        for one in known
        if one.duty is None and _ARRIVED.search(one.record.row.matter)
        if anchor.things & one.words.things or len(anchor.content & one.words.content) >= _FEWEST
    ]
    return fitting[0] if len({record.done_on for record in fitting}) == 1 else None


def come_in(known: list[Known]) -> Record | None:
    """The one record of people who moved in, whatever the place is called: 乙方人员入驻 and 一班人搬进9层办公."""
    told = [one.record for one in known if one.duty is None and one.words.acts & _COME]
    return told[0] if len({record.done_on for record in told}) == 1 else None


_COME = frozenset({"arrive", "hand_over", "move", "operate", "enter"})


def handed_with(anchor: Event, own: Record | None) -> Record | None:
    """The duty's own proof, where the row tells of the numbered thing handed over and of what went with it.

    2号楼验收完毕，钥匙、竣工图交乙方: on that day the plant was handed over, and the drawings that were due later with it.
    """
    if own is None or "hand_over" not in anchor.acts:
        return None
    told = recorded(own.row.matter)
    numbers = {mark for mark in anchor.marks if mark[0] != "期"}
    same = numbers and numbers <= told.marks and anchor.things & told.things
    return own if same and _HANDS_OVER.search(own.row.matter) else None


_HANDS_OVER = re.compile(r"钥匙|移交|交接|点交|交付")


def nearness(one: Known, said: Event) -> int:
    """How much of what the record names is said: things doubled, pairs of characters, words that one of the two shortens."""
    named = frozenset(pair for pair in one.words.content if len(pair) > 1)
    short = msgspec.structs.replace(one.words, content=named, pairs=named)
    return 2 * len(one.words.things & said.things) + len(named & said.pairs) + min(abbreviated(short, said), _SHORTENED)


_SHORTENED = 2
_FEWEST = 3
_PAID = frozenset({"pay"})
_ARRIVES = re.compile(r"到(?:账|位|达)?|拨[入到至]|下达|收到")
_ARRIVED = re.compile(r"到(?:账|位|达)|拨[入到至]|下达|收到|入库")


def tells_one_of_two(words: str, record: Record) -> bool:
    """价款付清且宗地移交: a record of one of the two is not enough."""
    parts, told = [event(part) for part in _AND_ALSO.split(words)], event(record.row.matter)
    return len(parts) > 1 and not all(
        part.acts & told.acts or any(len(pair) > 1 for pair in part.pairs & told.pairs) for part in parts
    )


_AND_ALSO = re.compile(r"(?:，|,)?(?:并且|而且|且|同时)")


def names_it(record: Record, anchor: Event) -> bool:
    """Whether the row names what the anchor is about, where that names anything."""
    own = {pair for pair in anchor.content if is_telling(pair)}
    if not own and anchor.acts & _PAID:  # 回购款到账: all of it are acts
        own = {pair for pair in anchor.pairs if is_telling(pair)}
    told = recorded(record.row.matter)
    return not own or bool(own & told.pairs or anchor.things & told.things)
