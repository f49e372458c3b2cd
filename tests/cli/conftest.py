from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from contract_audit.cli import main

AGREEMENT = """云岭县产业项目投资协议书
甲方：云岭县人民政府
乙方：恒远制造有限公司
第一条 甲方应于2023年2月1日前向乙方交付标准厂房15600平方米。
第二条 乙方缴纳的增值税、企业所得税县级留成部分，甲方按60%的比例返还乙方。
第三条 乙方应依法缴纳税款。
甲方（盖章）：云岭县人民政府
法定代表人（签字）：李明
乙方（盖章）：恒远制造有限公司
法定代表人（签字）：王强
2023年1月28日
"""


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs contract-audit with the arguments given."""

    def call(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["contract-audit", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        code = left.value.code
        assert isinstance(code, int)
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a space in its name and one agreement in a subfolder."""
    place = tmp_path / "招商 协议" / "2023年"
    place.mkdir(parents=True)
    (place / "投资 协议.txt").write_text(AGREEMENT, encoding="utf-8")
    return tmp_path / "招商 协议"
