from pathlib import Path

import pytest

from contract_audit.errors import ReportError
from contract_audit.model import Scan
from contract_audit.reports import WRITERS, render, write
from contract_audit.reports.atomic import write_bytes
from contract_audit.rulespec import Pack


@pytest.mark.parametrize("suffix", WRITERS)
def test_equal_scans_give_equal_bytes(scan: Scan, pack: Pack, suffix: str) -> None:
    first = render(scan, pack, suffix)
    assert first and first == render(scan, pack, suffix)


def test_write_makes_folders_and_takes_the_suffix_in_any_case(scan: Scan, pack: Pack, tmp_path: Path) -> None:
    target = tmp_path / "新 目录" / "问题清单.XLSX"
    write(scan, pack, target)
    assert target.read_bytes() == render(scan, pack, ".xlsx")
    assert [path.name for path in target.parent.iterdir()] == ["问题清单.XLSX"]


def test_an_unknown_suffix_names_the_known_ones(scan: Scan, pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"\.jsonl、\.json、\.xlsx"):
        write(scan, pack, tmp_path / "a.docm")


def test_a_failed_write_leaves_the_old_file_and_no_scraps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ReportError, match="磁盘空间"):
        write_bytes(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(ReportError, match="不是文件夹"):
        write_bytes(tmp_path / "文件" / "a.json", b"x")
    with pytest.raises(ReportError, match="是一个文件夹"):
        write_bytes(tmp_path, b"x")
