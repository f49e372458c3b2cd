from datetime import date
from pathlib import Path

import msgspec
import pytest
from scans import NOW, finding, lines_file, taken, whole_file

from contract_audit.errors import LedgerError
from contract_audit.ledger.moves import edit, merge, move
from contract_audit.ledger.queries import every, get, history_of
from contract_audit.ledger.settings import rename_rules
from contract_audit.ledger.states import Decision
from contract_audit.ledger.store import Ledger, reading
from contract_audit.ledger.writer import writing
from contract_audit.model.ledger import ItemFilter, LedgerItem

AFTER = "，由开发区财政局于次年第二季度拨付到乙方指定账户。"
TAX = finding("按60%返还乙方", before="乙方缴纳增值税的县级留成部分，甲方", after=AFTER)
LAND = finding(
    "以零地价供地",
    rule="LND001",
    clause="第三条",
    before="项目用地由甲方",
    after="，面积约120亩。",
    category="illegal.land_price",
)
DAY = NOW.date()


def item(ledger: Ledger, number: int) -> LedgerItem:
    with reading(ledger) as connection:
        return get(connection, number)


def decide(ledger: Ledger, number: int, *decisions: Decision) -> None:
    for decision in decisions:
        with writing(ledger, decision.who, NOW) as writer:
            move(writer, number, decision)


def test_a_scan_is_taken_once(ledger: Ledger, tmp_path: Path) -> None:
    scan = whole_file(tmp_path, [TAX, LAND], {"甲协议.docx": "read"})
    assert taken(ledger, scan).new == (1, 2)
    again = taken(ledger, scan)
    assert (again.new, again.unchanged, again.changed, again.moved, again.gone) == ((), 2, (), (), ())
    first = item(ledger, 1)
    assert (first.unit, first.company, first.contract, first.signed_on) == (
        "某县人民政府",
        "某公司",
        "某项目投资协议",
        date(2023, 1, 28),
    )
    assert (first.state, first.dispute, first.basis, first.version) == ("lead", "unlawful_terms", "《某办法》", 1)


def test_an_edited_clause_keeps_its_item_and_what_people_decided(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [TAX]))
    with writing(ledger, "王芳", NOW) as writer:
        edit(writer, 1, {"own_problem": "税收返还六成", "owner_unit": "财政局", "due": date(2026, 9, 1)})
    decide(ledger, 1, Decision(to="confirmed", who="王芳", day=DAY), Decision(to="rectifying", who="王芳", day=DAY))
    edited = finding(
        "按50%返还乙方", before="乙方缴纳增值税的县级留成部分，甲方", after=AFTER, clause="第二条", message="新的说明"
    )
    result = taken(ledger, lines_file(tmp_path, [edited]))
    assert (result.changed, result.new, result.gone) == ((1,), (), ())
    now = item(ledger, 1)
    assert (now.quote, now.clause, now.message) == ("按50%返还乙方", "第二条", "新的说明")
    assert (now.own_problem, now.owner_unit, now.due, now.state) == (
        "税收返还六成",
        "财政局",
        date(2026, 9, 1),
        "rectifying",
    )
    assert now.problem == "税收返还六成"
    assert now.stale  # the decision was taken on other words
    with reading(ledger) as connection:
        changes = history_of(connection, 1)[-1].changes
    assert changes["quote"] == ("按60%返还乙方", "按50%返还乙方")


def test_renumbering_only_moves(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [TAX]))
    moved = msgspec.structs.replace(TAX, clause="第二条", page=2)
    result = taken(ledger, lines_file(tmp_path, [moved]))
    assert (result.moved, result.changed) == ((1,), ())
    assert (item(ledger, 1).clause, item(ledger, 1).stale) == ("第二条", False)


def test_gone_is_for_checking_and_never_closed(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, whole_file(tmp_path, [TAX, LAND], {"甲协议.docx": "read"}))
    result = taken(ledger, whole_file(tmp_path, [LAND], {"甲协议.docx": "read"}))
    gone = item(ledger, 1)
    assert (result.gone, gone.state, gone.gone_on, gone.left_state) == ((1,), "checking", DAY, "lead")
    back = taken(ledger, whole_file(tmp_path, [TAX, LAND], {"甲协议.docx": "read"}))
    now = item(ledger, 1)
    assert (back.returned, now.state, now.gone_on, now.left_state) == ((1,), "lead", None, None)


def test_a_decision_outlives_the_text(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [TAX, LAND]))
    decide(ledger, 1, Decision(to="dismissed", who="王芳", day=DAY, reason="not_applicable", words="框架协议"))
    taken(ledger, lines_file(tmp_path, [LAND]))
    assert (item(ledger, 1).state, item(ledger, 1).gone_on) == ("dismissed", DAY)
    taken(ledger, lines_file(tmp_path, [TAX, LAND]))
    assert (item(ledger, 1).state, item(ledger, 1).gone_on, item(ledger, 1).stale) == ("dismissed", None, True)


@pytest.mark.parametrize(
    ("documents", "undecided"),
    [
        pytest.param({"甲协议.docx": "partly_read"}, {}, id="not read to the end"),
        pytest.param({"甲协议.docx": "unreadable"}, {}, id="unreadable"),
        pytest.param({"甲协议.docx": "read"}, {"甲协议.docx": ["TAX001"]}, id="rule could not decide"),
        pytest.param({"乙协议.docx": "read"}, {}, id="document not scanned"),
    ],
)
def test_not_judged_is_not_gone(
    ledger: Ledger, tmp_path: Path, documents: dict[str, str], undecided: dict[str, list[str]]
) -> None:
    taken(ledger, whole_file(tmp_path, [TAX], {"甲协议.docx": "read"}))
    result = taken(ledger, whole_file(tmp_path, [], documents, undecided))
    assert (result.gone, item(ledger, 1).state, item(ledger, 1).gone_on) == ((), "lead", None)


def test_a_retired_rule_takes_no_item_with_it(ledger: Ledger, tmp_path: Path) -> None:
    from scans import basis_words

    from contract_audit.ledger.intake import Options, take

    scan = whole_file(tmp_path, [TAX], {"甲协议.docx": "read"})
    taken(ledger, scan)
    empty = whole_file(tmp_path, [], {"甲协议.docx": "read"})
    with writing(ledger, "王芳", NOW) as writer:
        result = take(writer, empty, Options(basis_words=basis_words, rules=frozenset({"LND001"})))
    assert (result.gone, result.unjudged) == ((), (1,))


def test_findings_lines_say_nothing_of_absent_documents_unless_told(ledger: Ledger, tmp_path: Path) -> None:
    other = msgspec.structs.replace(LAND, document="乙协议.docx")
    taken(ledger, lines_file(tmp_path, [TAX, other]))
    assert taken(ledger, lines_file(tmp_path, [TAX])).gone == ()
    assert taken(ledger, lines_file(tmp_path, [TAX]), whole=True).gone == (2,)


def test_a_renamed_rule_keeps_its_items(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [TAX]))
    with writing(ledger, "王芳", NOW) as writer:
        rename_rules(writer, {"TAX001": "TAX050"})
        rename_rules(writer, {"TAX050": "TAX101"})
    renamed = finding("按60%返还乙方", before="乙方缴纳增值税的县级留成部分，甲方", after=AFTER, rule="TAX101")
    result = taken(ledger, lines_file(tmp_path, [renamed]))
    assert (result.new, result.moved, item(ledger, 1).rule) == ((), (1,), "TAX101")


def test_doubts_become_new_items_that_name_the_old_and_can_be_merged(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [TAX]))
    decide(ledger, 1, Decision(to="confirmed", who="王芳", day=DAY))
    copies = [
        finding(
            "按50%返还乙方", before="乙方缴纳增值税的县级留成部分，甲方", after=AFTER, ordinal=ordinal, text="同一条"
        )
        for ordinal in (1, 2)
    ]
    result = taken(ledger, lines_file(tmp_path, copies))
    assert (result.new, dict(result.doubts), result.gone) == ((2, 3), {2: (1,), 3: (1,)}, (1,))
    assert item(ledger, 1).state == "checking"
    with writing(ledger, "王芳", NOW) as writer:
        merge(writer, 3, 1, "原条款")
    kept = item(ledger, 1)
    assert (kept.quote, kept.state, kept.gone_on) == ("按50%返还乙方", "confirmed", None)
    again = taken(ledger, lines_file(tmp_path, copies))
    assert (again.unchanged, again.new, again.gone) == (2, (), ())
    with reading(ledger) as connection:
        assert [one.number for one in every(connection, ItemFilter())] == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b'{"document": 1}\n', "第1行不是问题记录"),
        ("a.json", b"[]", "不是扫描结果"),
        ("a.json", b'{"as_of":"2026-06-30","documents":[],"broken_rules":[{"file":"x"}]}', "规则未加载"),
    ],
)
def test_what_is_no_scan_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    from contract_audit.ledger.scan_file import read_scan

    (tmp_path / name).write_bytes(content)
    with pytest.raises(LedgerError, match=message):
        read_scan(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    from contract_audit.ledger.scan_file import read_scan

    with pytest.raises(LedgerError, match=r"没有\.jsonl.*无法读取"):
        read_scan(tmp_path / "没有.jsonl")


def test_without_a_name_nothing_is_written(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="--who"):
        taken(ledger, lines_file(tmp_path, [TAX]), who=" ")
    with reading(ledger) as connection:
        assert list(every(connection)) == []
