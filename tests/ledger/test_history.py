import sqlite3
from pathlib import Path

import msgspec
import pytest
import sqlalchemy
from scans import NOW, finding, lines_file, taken

from contract_audit.errors import LedgerError
from contract_audit.ledger.moves import edit, move, note
from contract_audit.ledger.queries import anchor_of
from contract_audit.ledger.schema import metadata
from contract_audit.ledger.settings import default_milestones, set_milestones
from contract_audit.ledger.states import Decision
from contract_audit.ledger.store import Ledger, changing, create_ledger, open_ledger, reading
from contract_audit.ledger.verify import Verification, verify
from contract_audit.ledger.writer import writing


@pytest.fixture
def worked(ledger: Ledger, tmp_path: Path) -> Ledger:
    """A ledger with five items and some history: entries 1 set, 2-6 create, 7 take, 8 move, 9 edit, 10 note."""
    with writing(ledger, "王芳", NOW) as writer:
        set_milestones(writer, default_milestones(NOW.date()))
    taken(ledger, lines_file(tmp_path, [finding(f"按{share}%返还", text=str(share)) for share in range(50, 55)]))
    with writing(ledger, "王芳", NOW) as writer:
        move(writer, 2, Decision(to="confirmed", who="王芳", day=NOW.date()))
        edit(writer, 2, {"owner": "李强"})
        note(writer, 3, "已电话核实")
    return ledger


def checked(ledger: Ledger, *anchors: str) -> Verification:
    with reading(ledger) as connection:
        return verify(connection, anchors)


def tamper(ledger: Ledger, *statements: str) -> None:
    """What somebody with the database's own tools can do: the guards go first."""
    guards = {
        True: ("DROP TRIGGER history_no_update", "DROP TRIGGER history_no_delete"),
        False: ("DROP TRIGGER history_append_only ON history",),
    }
    with changing(ledger) as connection:
        for statement in (*guards[ledger.sqlite], *statements):
            connection.execute(sqlalchemy.text(statement))


def test_an_honest_ledger_is_whole(worked: Ledger) -> None:
    found = checked(worked)
    assert (found.broken, found.entries, found.items) == (None, 10, 5)


@pytest.mark.parametrize("verb", ["UPDATE history SET who = '别人' WHERE seq = 2", "DELETE FROM history WHERE seq = 2"])
def test_the_database_itself_refuses_to_change_history(worked: Ledger, verb: str) -> None:
    with pytest.raises(LedgerError, match="append-only"), changing(worked) as connection:
        connection.execute(sqlalchemy.text(verb))
    assert checked(worked).broken is None


@pytest.mark.parametrize(
    ("seq", "column"),
    [(1, "at"), (1, "digest"), (2, "previous"), (6, "seal"), (8, "who"), (8, "changes"), (10, "action"), (10, "words")],
)
def test_the_first_broken_link_is_named(worked: Ledger, seq: int, column: str) -> None:
    tamper(worked, f"UPDATE history SET {column} = {column} || 'x' WHERE seq >= {seq}")
    assert f"第{seq}条" in (checked(worked).broken or "")


@pytest.mark.parametrize("seq", [2, 8])
def test_a_link_taken_out_is_missed(worked: Ledger, seq: int) -> None:
    tamper(worked, f"DELETE FROM history WHERE seq = {seq}")
    assert checked(worked).broken == f"历史记录缺第{seq}条（之后是第{seq + 1}条）"


def test_a_cut_tail_is_seen_and_a_cut_tail_with_a_mended_end_by_the_anchor(worked: Ledger) -> None:
    anchor = str(checked(worked).anchor)
    tamper(worked, "DELETE FROM history WHERE seq > 8")
    assert "末尾被截去" in (checked(worked).broken or "")
    with changing(worked) as connection:
        connection.execute(
            sqlalchemy.text("UPDATE head SET seq = 8, digest = (SELECT digest FROM history WHERE seq = 8)")
        )
        body = connection.execute(sqlalchemy.text("SELECT body FROM items WHERE number = 2")).scalar()
    assert body is not None
    assert checked(worked, anchor).broken == "校验值表明历史记录曾有10条，现只有8条：末尾被截去"


def test_a_rewritten_history_is_seen_by_the_anchor(worked: Ledger, tmp_path: Path) -> None:
    """Somebody with the program itself can write a whole new history; paper outside the ledger tells."""
    anchor = str(checked(worked).anchor)
    other = create_ledger(str(tmp_path / "另做.db"))
    with writing(other, "别人", NOW) as writer:
        for _ in range(12):
            writer.record("setting", "x")
    with reading(other) as connection:
        assert "整体改写" in (verify(connection, (anchor,)).broken or "")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE items SET body = replace(body, '李强', '王强') WHERE number = 2", "第2项的内容与历史记录不符"),
        ("UPDATE items SET state = 'closed' WHERE number = 3", "第3项用于查询的列"),
        ("DELETE FROM items WHERE number = 5", "第5项已不在台账中"),
        ("UPDATE settings SET value = '[]'", "台账设置 milestones"),
        ("DELETE FROM settings", "台账设置 milestones"),
    ],
)
def test_changes_past_the_program_are_named(worked: Ledger, statement: str, words: str) -> None:
    foreign = () if worked.sqlite else ("ALTER TABLE history DROP CONSTRAINT history_item_fkey",)
    if worked.sqlite and "DELETE FROM items" in statement:
        with sqlite3.connect(worked.name) as connection:  # foreign keys are off by default there
            connection.execute(statement)
    else:
        tamper(worked, *foreign, statement)
    assert words in (checked(worked).broken or "")


def test_a_failed_change_leaves_nothing(worked: Ledger) -> None:
    before = checked(worked)
    with pytest.raises(LedgerError), writing(worked, "王芳", NOW) as writer:
        edit(writer, 1, {"owner": "孙七"})
        edit(writer, 99, {"owner": "孙七"})
    after = checked(worked)
    assert (after.anchor, after.broken) == (before.anchor, None)


def test_the_schema_is_what_the_migrations_make(ledger: Ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _ours})
        differences = compare_metadata(context, metadata)
    assert differences == []


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not (name or "").startswith("search")


def test_a_ledger_is_made_once_and_opened_again(place: str) -> None:
    create_ledger(place)
    again = create_ledger(place)
    with reading(again) as connection:
        assert anchor_of(connection).seq == 0
    assert open_ledger(place).sqlite == ("://" not in place)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("没有.db", None, "没有这个台账"),
        ("表.db", b"PK\x03\x04xxxxxxxxxxxxxxxx", "不是台账文件"),
        ("空.db", b"", "库中没有台账"),
    ],
)
def test_what_is_no_ledger_is_said(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LedgerError, match=words):
        open_ledger(str(path))


def test_a_ledger_of_a_newer_program_is_not_touched(file_ledger: Ledger) -> None:
    with changing(file_ledger) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match="更新版本的程序"):
        open_ledger(file_ledger.name)


def test_passwords_are_not_printed() -> None:
    with pytest.raises(LedgerError) as raised:
        open_ledger("postgresql://user:secret@127.0.0.1:1/none")
    assert "secret" not in str(raised.value)
    assert "连不上" in str(raised.value)


def test_history_keeps_values_before_and_after(worked: Ledger) -> None:
    from contract_audit.ledger.queries import history_of

    with reading(worked) as connection:
        entries = history_of(connection, 2)
    assert [entry.action for entry in entries] == ["create", "move", "edit"]
    assert entries[1].changes["state"] == ("lead", "confirmed")
    assert entries[2].changes == {"owner": (None, "李强")}
    assert msgspec.structs.asdict(entries[2])["who"] == "王芳"
