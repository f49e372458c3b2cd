"""Which record tells of a paper that is received or handed in: 收到材料, 签收该方案之日, 收到用气计划.

What the paper is about stands in the anchor, or in what the sentence says before.
"""

import re

import msgspec

from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.deeds import Event, event
from contract_audit.deeds.events import ASKED
from contract_audit.deeds.likeness import abbreviated
from contract_audit.extract.performance.anchor_fit import is_telling
from contract_audit.extract.performance.joining import Known, Record
from contract_audit.model import Obligation, Understanding

RECEIVED = re.compile(r"[收接]到|收悉|签收|收讫|提交|递交|报送|提出|送达|申请|申报|受理")
RECEIVING = frozenset({"receive", "submit"})
_GENERIC = re.compile(
    r"[收接]到|收悉|签收|收讫|受理|提交|提出|递交|报送|送达|提供|出具|完整|齐全|齐备|合格|全部|书面|相关|有关|相应|符合|要求|规定|"
    r"上述|材料|资料|文件|手续|通知书?|函|[甲乙丙]方|项目公司|管委|委会|政府|企业|公司|[该的之日后起向其并将]"
)


def of_that_paper(paper: Understanding, duty: Obligation, got: tuple[str, Event], known: list[Known]) -> list[Known]:
    """Records of the paper that is received: 收到用气计划 is no receipt of another plan.

    A bare 收到材料 is told by what the sentence says before (申报设备补助的); without that any application would do.
    """
    text, (words, anchor) = paper.document.text, got
    if _THIS_PAPER.search(words):  # 收到本函之日
        return [one for one in known if one.duty is None and _RECEIPT_OF_IT.search(one.record.row.matter)]
    wanted = content(words)
    named = anchor.things & _NAMED_PAPERS
    if not wanted and not named:
        provision = paper.provisions[duty.provision] if duty.provision is not None else None
        clause = paper.clauses[duty.clause].start if duty.clause is not None else duty.start
        wanted = content(text[provision.start : duty.due_start]) if provision is not None else frozenset()
        said = event(f"{text[min(clause, duty.start) : duty.due_start]} {text[duty.due_end : duty.end]}").pairs
        told = [one for one in known if anchor.acts & one.words.acts and _is_said(one.words.content, said)]
        told = told or _of_that_thing(paper, duty, anchor, known)
        if told:
            return told
    return [
        one
        for one in known
        if named & one.words.things or (wanted and len(wanted & one.words.pairs) * 2 >= min(len(wanted), _FEW_PAIRS))
    ]


_THIS_PAPER = re.compile(r"(?:收|接|签收|送达)[^，。；]{0,4}本(?:复|承诺)?(?:函|通知|意向书|承诺书|纪要)")
_RECEIPT_OF_IT = re.compile(
    r"(?:收到|签收|接到|送达|收悉)[^，。；]{0,6}(?:函|通知|意向书|承诺书|纪要)|(?:函|通知|意向书|承诺书|纪要)[^，。；]{0,4}(?:签收|送达|收讫|送到)"
)


def said_paper(paper: Understanding, duty: Obligation, got: list[Known]) -> Record | None:
    """The one paper sent that the sentence speaks of: 提交天然气用量及接口方案的，自签收该方案之日起; 收到申请."""
    text = paper.document.text
    start = behind_last("\n。；", text, duty.due_start)
    said = event(f"{text[start : duty.due_start]} {text[duty.due_end : duty.end]}")
    names = "".join(party.name for party in paper.parties)
    scored = [(named_in(one.words, said, names), one.record) for one in got]
    best = max((score for score, _ in scored), default=0)
    meant = [record for score, record in scored if best >= SAID_ENOUGH and best - score < 1]
    return meant[0] if len({record.done_on for record in meant}) == 1 else None


def named_in(told: Event, said: Event, names: str) -> int:
    """Things in common doubled, words in common, and words that one of the two shortens (水电 for 用水、用电)."""
    named = {pair for pair in told.content if not _GENERIC.search(pair) and pair not in names}
    short = msgspec.structs.replace(told, content=frozenset(named), pairs=frozenset(named))
    return 2 * len(told.things & said.things) + len(named & said.pairs) + min(abbreviated(short, said), SAID_ENOUGH - 1)


SAID_ENOUGH = 3


def _of_that_thing(paper: Understanding, duty: Obligation, anchor: Event, known: list[Known]) -> list[Known]:
    """The one record of a paper got that speaks of the things the duty is about: 收到通知后7日内接通用水 and 收到接水通知."""
    wanted = event(paper.document.text[duty.due_end : duty.end]).things
    got = [one for one in known if anchor.acts & one.words.acts & RECEIVING and one.duty is None]
    alike = [one for one in got if one.words.things & wanted]
    return alike if len(alike) == 1 else []


def _is_said(content: frozenset[str], said: frozenset[str]) -> bool:
    """Most of what the record names stands in the clause before."""
    named = {pair for pair in content if not _GENERIC.search(pair)}
    common = named & said
    return bool(common) and (common == named or (len(common) >= _FEW_SAID and len(common) * 2 >= len(named)))


_NAMED_PAPERS = frozenset({"invoice", "guarantee"})
_FEW_PAIRS, MORE_PAIRS, _FEW_SAID = 4, 6, 2


def content(words: str) -> frozenset[str]:
    """Pairs of characters that say what a paper is about."""
    return frozenset(pair for part in _GENERIC.split(fold_text(words)) for pair in event(part).pairs if len(pair) > 1)


# 取得施工许可证, 领到排污证: what is got.
_GETS = re.compile(r"(?:取得|获得|获评|领[取到]|拿到|办[妥结理]|核发|换发)(?P<what>[\u4e00-\u9fffA-Za-z]{3,})$")
_COPY = re.compile(r"[（(][^（）()]*[）)]|正本|副本|原件|复印件|扫描件|照片|、.*$")
_LICENCE = re.compile(r"证书?$|许可$|批[复文]$|执照$|意见书?$|决定书?$")


def paper_itself(words: str, told: list[Record]) -> Record | None:
    """The one record proved by the very paper that the anchor says is got: 发证，允许施工 with the 施工许可证 as its proof."""
    got = _GETS.search(words)
    if got is None or not _LICENCE.search(got["what"]):
        return None
    found = []
    for record in told:
        paper = _COPY.sub("", fold_text(record.row.proof or ""))
        same = len(paper) >= _FEWEST and (paper in got["what"] or got["what"] in paper)
        if same and _LICENCE.search(paper) and ASKED not in record.told.parts and not record.told.undone:
            found.append(record)
    return found[0] if len({record.done_on for record in found}) == 1 else None


_FEWEST = 4


def is_of_what_is_got(words: str, told: Event) -> bool:
    """False where the anchor says what is got, a title or a paper, and the record names nothing of it."""
    got = _GETS.search(words)
    what = event(got["what"]) if got is not None else None
    if what is None:
        return True
    pairs = {pair for pair in what.pairs if is_telling(pair)}
    shared = (
        told.things & what.things or told.papers & what.papers or told.documents & what.documents or told.pairs & pairs
    )
    return bool(shared) or not (pairs or what.things) or bool(abbreviated(told, what))
