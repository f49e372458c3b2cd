from datetime import timedelta
from pathlib import Path

import pytest
from scans import NOW, finding, lines_file, taken

from contract_audit.errors import LedgerError
from contract_audit.ledger.backup import MANIFEST_SUFFIX, backup, drill, newest, read_manifest, restore
from contract_audit.ledger.moves import edit
from contract_audit.ledger.queries import every, history_of, page
from contract_audit.ledger.store import Ledger, create_ledger, open_ledger, reading
from contract_audit.ledger.verify import verify
from contract_audit.ledger.writer import writing
from contract_audit.model.ledger import ItemFilter


@pytest.fixture
def worked(ledger: Ledger, tmp_path: Path) -> Ledger:
    taken(ledger, lines_file(tmp_path, [finding(f"按{share}%返还", text=str(share)) for share in range(40, 60)]))
    with writing(ledger, "王芳", NOW) as writer:
        edit(writer, 3, {"owner": "李强"})
    return ledger


def test_a_backup_restores_to_the_same_ledger(worked: Ledger, tmp_path: Path) -> None:
    path = backup(worked, tmp_path / "备份", NOW)
    assert [one.name for one in sorted((tmp_path / "备份").iterdir())] == [path.name, path.name + MANIFEST_SUFFIX]
    restored = restore(path, str(tmp_path / "恢复.db"))
    with reading(worked) as old, reading(restored) as new:
        assert list(every(new)) == list(every(old))
        assert history_of(new, 3) == history_of(old, 3)
        assert verify(new) == verify(old)
        assert page(new, ItemFilter(words="返")).total == 20


def test_a_ledger_moves_from_an_office_pc_to_any_database(file_ledger: Ledger, place: str, tmp_path: Path) -> None:
    taken(file_ledger, lines_file(tmp_path, [finding("按60%返还")]))
    path = backup(file_ledger, tmp_path / "备份", NOW)
    moved = restore(path, place)
    with reading(file_ledger) as old, reading(moved) as new:
        assert (list(every(new)), verify(new)) == (list(every(old)), verify(old))
    with writing(moved, "王芳", NOW) as writer:
        edit(writer, 1, {"owner": "李强"})
    with reading(moved) as connection:
        assert verify(connection).broken is None
        assert page(connection, ItemFilter(words="李")).total == 1


def test_a_backup_is_no_place_to_restore_to_and_reading_does_not_change_it(
    worked: Ledger, tmp_path: Path, place: str
) -> None:
    path = backup(worked, tmp_path / "备份", NOW)
    with pytest.raises(LedgerError, match="为防覆盖"):
        restore(path, place)
    with reading(open_ledger(str(path))) as connection:
        assert verify(connection).items == 20
    assert drill(path).failure is None


def test_the_newest_backup_is_found(worked: Ledger, tmp_path: Path) -> None:
    backup(worked, tmp_path, NOW)
    later = backup(worked, tmp_path, NOW + timedelta(days=1))
    assert newest(tmp_path) == later
    with pytest.raises(LedgerError, match="没有备份"):
        newest(tmp_path / "空")


def test_a_drill_names_what_is_wrong(worked: Ledger, tmp_path: Path) -> None:
    path = backup(worked, tmp_path / "备份", NOW)
    good = drill(path)
    assert (good.failure, len(good.lines), good.manifest.items, good.manifest.entries) == (None, 4, 20, 22)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "校验和不符" in (drill(path).failure or "")
    with pytest.raises(LedgerError, match="没有恢复"):
        restore(path, str(tmp_path / "x.db"))
    assert not (tmp_path / "x.db").exists()
    path.with_name(path.name + MANIFEST_SUFFIX).unlink()
    with pytest.raises(LedgerError, match="缺少备份清单"):
        read_manifest(path)


def test_a_drill_sees_a_forged_backup_behind_a_fresh_checksum(worked: Ledger, tmp_path: Path) -> None:
    import sqlite3
    from hashlib import sha256

    import msgspec

    path = backup(worked, tmp_path / "备份", NOW)
    manifest = read_manifest(path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE items SET body = replace(body, '李强', '王强')")
    connection.commit()
    connection.close()
    forged = msgspec.structs.replace(manifest, sha256=sha256(path.read_bytes()).hexdigest())
    path.with_name(path.name + MANIFEST_SUFFIX).write_bytes(msgspec.json.encode(forged))
    assert drill(path).failure == "第3项的内容与历史记录不符：绕过台账程序改动过"


def test_an_old_ledger_is_not_overwritten(worked: Ledger, tmp_path: Path) -> None:
    path = backup(worked, tmp_path / "备份", NOW)
    other = create_ledger(str(tmp_path / "别的.db"))
    taken(other, lines_file(tmp_path, [finding("x")]))
    with pytest.raises(LedgerError, match="为防覆盖"):
        restore(path, other.name)
