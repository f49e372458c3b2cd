"""Local parameters (地方参数): numbers, numbers with the day from which they hold, and words.

投资强度_万元每亩: 300
亩均税收_万元每亩:
2020-01-01: 12
2024-07-01: 15
园区主导产业: 装备制造、新材料
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from contract_audit.errors import UsageError

_IN_WORDS = ("产业", "定位")  # parameters that are words, whatever stands in them
Dated = dict[str, tuple[tuple[date, Decimal], ...]]


def load_local(path: Path) -> tuple[dict[str, Decimal], Dated, dict[str, str]]:
    """Numbers, dated numbers and words of a parameter file, by name.

    Raises UsageError where the file is no such list or a number is none.
    """
    numbers: dict[str, Decimal] = {}
    dated: Dated = {}
    words: dict[str, str] = {}
    for name, value in _lines(path).items():
        if isinstance(value, dict):
            dated[name] = tuple(
                sorted((_day(path, name, day), _number(path, name, item)) for day, item in value.items())
            )
        elif isinstance(value, list) and any(word in name for word in _IN_WORDS):
            words[name] = "、".join(map(str, value))
        elif any(word in name for word in _IN_WORDS):
            words[name] = str(value)
        else:
            numbers[name] = _number(path, name, value)
    return numbers, dated, words


def _lines(path: Path) -> dict[str, object]:
    import yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}：地方参数文件无法读取（{error.strerror}），请检查路径和权限") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}：地方参数文件不是 UTF-8 编码，请另存为 UTF-8") from error
    try:
        loaded = yaml.load(text, Loader=yaml.BaseLoader)  # every scalar stays text: no rounding through floats
    except yaml.YAMLError as error:
        raise UsageError(f"{path}：地方参数文件不是正确的 YAML：{str(error).splitlines()[-1].strip()}") from error
    if not isinstance(loaded, dict):
        raise UsageError(f"{path}：地方参数文件应逐行写“参数名: 数值”")
    return {str(name): value for name, value in loaded.items()}


def _number(path: Path, name: str, value: object) -> Decimal:
    try:
        amount = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        raise UsageError(f"{path}：地方参数“{name}”的值“{value}”不是数字") from None
    if not amount.is_finite():
        raise UsageError(f"{path}：地方参数“{name}”的值“{value}”不是数字")
    return amount


def _day(path: Path, name: str, text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise UsageError(f"{path}：地方参数“{name}”的起始日“{text}”应写作 2024-01-01") from None
