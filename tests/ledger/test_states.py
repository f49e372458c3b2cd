from datetime import date
from itertools import product

import msgspec
import pytest

from contract_audit.errors import LedgerError
from contract_audit.ledger.states import MOVES, Decision, decided
from contract_audit.model.ledger import STATES, LedgerItem, Proof, State

DAY = date(2026, 6, 30)
PROOF = Proof(name="交接单.pdf", sha256="0" * 64, size_bytes=3, day=DAY, who="李强")
ITEM = LedgerItem(number=7, created_on=DAY, state_since=DAY, owner_unit="住建局", due=DAY, proofs=(PROOF,))
# Enough of everything for every move.
FULL = Decision(
    to="lead", who="赵六", day=DAY, words="说明", reason="misread_text", approver="刘县长",
    document_number="政办〔2026〕8号", expires_on=date(2027, 1, 1), referred_to="区纪委监委",
)  # fmt: skip


@pytest.mark.parametrize(("source", "target"), list(product(STATES, STATES)))
def test_only_listed_moves_are_possible(source: State, target: State) -> None:
    item = msgspec.structs.replace(ITEM, state=source)
    decision = msgspec.structs.replace(FULL, to=target)
    if (source, target) in MOVES:
        assert decided(item, decision).state == target
    else:
        with pytest.raises(
            LedgerError, match=rf"第7项现为“{STATES[source]}”，不能直接转为“{STATES[target]}”；可以转为"
        ):
            decided(item, decision)


@pytest.mark.parametrize(
    ("source", "target", "lacking", "sentence"),
    [
        ("confirmed", "rectifying", {"owner_unit": None}, "整改责任单位"),
        ("confirmed", "rectifying", {"due": None}, "整改时限"),
        ("checking", "closed", {"proofs": ()}, "凭证"),
        ("checking", "closed", {"submitted_by": "赵六"}, "第二人"),
        ("checking", "closed", {"proofs": (msgspec.structs.replace(PROOF, who="赵六"),)}, "第二人"),
        ("lead", "dismissed", {"reason": None}, "理由"),
        ("lead", "dismissed", {"words": "  "}, "说明"),
        ("confirmed", "kept", {"approver": None}, "批准人"),
        ("confirmed", "kept", {"document_number": None}, "文号"),
        ("confirmed", "kept", {"expires_on": None}, "有效期"),
        ("confirmed", "kept", {"expires_on": DAY}, "晚于今天"),
        ("lead", "referred", {"referred_to": None}, "接收单位"),
        ("closed", "rectifying", {"words": None}, "原因"),
        ("dismissed", "lead", {"words": None}, "原因"),
    ],
)
def test_what_a_move_lacks_is_said(source: State, target: State, lacking: dict[str, object], sentence: str) -> None:
    of_item = {
        name: value for name, value in lacking.items() if name in ("owner_unit", "due", "proofs", "submitted_by")
    }
    of_decision = {name: value for name, value in lacking.items() if name not in of_item}
    item = msgspec.structs.replace(ITEM, state=source, **of_item)
    with pytest.raises(LedgerError, match=f"第7项：.*{sentence}"):
        decided(item, msgspec.structs.replace(FULL, to=target, **of_decision))


def test_an_old_decision_does_not_carry_over() -> None:
    """A reopened dismissal must be dismissed with a new reason; a reopened 销号 is checked and closed anew."""
    dismissed = decided(ITEM, msgspec.structs.replace(FULL, to="dismissed"))
    reopened = decided(dismissed, Decision(to="lead", who="王芳", day=DAY, words="重新核实"))
    assert reopened.reason is None
    with pytest.raises(LedgerError, match="理由"):
        decided(reopened, Decision(to="dismissed", who="王芳", day=DAY, words="再排除"))
    closed = decided(msgspec.structs.replace(ITEM, state="checking"), Decision(to="closed", who="赵六", day=DAY))
    assert (closed.closed_on, closed.closed_by) == (DAY, "赵六")
    back = decided(closed, Decision(to="rectifying", who="孙七", day=DAY, words="整改不到位"))
    assert (back.closed_on, back.closed_by) == (None, None)


def test_a_merged_item_does_not_move() -> None:
    merged = msgspec.structs.replace(ITEM, merged_into=3)
    with pytest.raises(LedgerError, match="已并入第3项"):
        decided(merged, msgspec.structs.replace(FULL, to="confirmed"))
