from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contract_audit.casefile import load_companions
from contract_audit.errors import UsageError


def _load(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_keeps_what_its_columns_say(tmp_path: Path) -> None:
    file = _load(
        tmp_path / "台账.csv",
        "序号,项目名称,投资方,信用代码,法人代表,股东,签约时间,选址,主要产品,总投资（万元）,用地（亩）,进展,合同文件\n"
        "1,压铸项目,鼎沃压铸有限公司,91419707ma8a484mxq,郜宏远,郜宏远、褚丽娟,2021/4/22,创业大道西侧,壳体,18600,62,投产,a.docx；b.pdf\n",
    )
    (row,) = load_companions(register=file).register
    assert (row.company, row.uscc, row.representative) == ("鼎沃压铸有限公司", "91419707MA8A484MXQ", "郜宏远")
    assert row.holders == ("郜宏远", "褚丽娟")
    assert row.signed_on == date(2021, 4, 22)
    assert (row.investment, row.land, row.state, row.files) == ("18600万元", "62亩", "投产", ("a.docx", "b.pdf"))


def test_missing_columns_are_empty(tmp_path: Path) -> None:
    (row,) = load_companions(register=_load(tmp_path / "台账.csv", "项目名称\n压铸项目\n")).register
    assert (row.company, row.signed_on, row.land, row.files) == ("", None, "", ())


def test_local_parameters_by_date_and_in_words(tmp_path: Path) -> None:
    file = _load(
        tmp_path / "local.yaml",
        "投资强度_万元每亩: 300\n亩均税收_万元每亩:\n  2024-07-01: 15\n  2020-01-01: 12\n园区主导产业: [装备制造, 新材料]\n",
    )
    companions = load_companions(local=file)
    assert companions.local == {"投资强度_万元每亩": Decimal(300)}
    assert companions.local_dated == {
        "亩均税收_万元每亩": ((date(2020, 1, 1), Decimal(12)), (date(2024, 7, 1), Decimal(15)))
    }
    assert companions.local_words == {"园区主导产业": "装备制造、新材料"}


@pytest.mark.parametrize(
    "text", ["亩均税收_万元每亩:\n  去年: 12\n", "投资强度_万元每亩: 三百\n", "投资强度_万元每亩: [1, 2]\n"]
)
def test_wrong_parameters_are_errors(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="地方参数"):
        load_companions(local=_load(tmp_path / "local.yaml", text))
