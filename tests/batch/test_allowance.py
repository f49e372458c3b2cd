from pathlib import Path

import pytest

from contract_audit.batch.allowance import allowance
from contract_audit.settings import Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("content", "memory", "least", "most"),
    [
        (b"PK\x03\x04" + b"x" * 50_000, SETTINGS.worker_memory_bytes, 20, 21),
        (b"PK\x03\x04" + b"x" * 900_000, SETTINGS.ocr_memory_bytes, 100, 110),  # may hold photographs
        ("第一条".encode(), SETTINGS.worker_memory_bytes, 20, 21),
        (b"%PDF-1.7\n" + b"x" * 50_000, SETTINGS.ocr_memory_bytes, 140, 200),
        (b"\n\n%PDF-1.7\n" + b"x" * 3_000_000, SETTINGS.ocr_memory_bytes, 2_000, 2_300),
        (b"\xff\xd8\xff" + b"x" * 10_000, SETTINGS.ocr_memory_bytes, 120, 200),
        (b"\xd0\xcf\x11\xe0" + b"x" * 10_000, SETTINGS.worker_memory_bytes, 120, 150),
        (b"  {\\rtf1", SETTINGS.worker_memory_bytes, 20, 150),
    ],
)
def test_time_and_memory_follow_kind_and_size(
    tmp_path: Path, content: bytes, memory: int, least: float, most: float
) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    allowed = allowance(path, SETTINGS)
    assert allowed.memory_bytes == memory
    assert least <= allowed.seconds <= most


def test_a_missing_file_gets_the_smallest(tmp_path: Path) -> None:
    assert allowance(tmp_path / "没有", SETTINGS).seconds == SETTINGS.text_timeout_s
