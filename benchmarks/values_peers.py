"""Peers in the form of the values scorer. None is a dependency: each is measured only where it is installed.

pip install jionlp                                    (Apache-2.0, requires jiojio, GPLv3)
pip install recognizers-text-suite==1.0.2a2 'emoji<2' (MIT)
"""

import re
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

Prediction = dict[str, Any]
Extractor = Callable[[str, str], list[Prediction]]


def installed() -> list[tuple[str, Extractor]]:
    """The peers that can be imported here."""
    peers: list[tuple[str, str, Extractor]] = [
        ("jionlp", "jionlp", jionlp),
        ("recognizers-text", "recognizers_suite", recognizers),
    ]
    return [(name, extractor) for name, module, extractor in peers if find_spec(module)]


def jionlp(text: str, ref_date: str) -> list[Prediction]:
    """Dates, durations and money of JioNLP; it has no areas, percentages and deadlines."""
    peer = import_module("jionlp")
    year, month, day = (int(part) for part in ref_date.split("-"))
    base = {"year": year, "month": month, "day": day, "hour": 0, "minute": 0, "second": 0}
    found = []
    for one in peer.ner.extract_time(text, time_base=base):
        normal = _jionlp_time(one["detail"])
        if normal is not None:
            found.append({"kind": normal[0], "start": one["offset"][0], "end": one["offset"][1], "normal": normal[1]})
    for one in peer.ner.extract_money(text, with_parsing=True):
        number = one["detail"]["num"]
        low, high = (number[0], number[-1]) if isinstance(number, list) else (number, number)
        code = {"元": "CNY", "美元": "USD", "港元": "HKD", "欧元": "EUR", "日元": "JPY"}.get(
            one["detail"]["case"], "CNY"
        )
        normal_form = {"min": str(low), "max": str(high), "currency": code, "per": None}
        found.append({"kind": "money", "start": one["offset"][0], "end": one["offset"][1], "normal": normal_form})
    return found


def _jionlp_time(detail: dict[str, Any]) -> tuple[str, Any] | None:
    times = detail.get("time")
    if detail.get("type") in ("time_span", "time_point") and isinstance(times, list):
        first, last = (".." if "inf" in str(edge) else str(edge)[:10] for edge in times)
        return "date", f"{first}/{last}"
    if detail.get("type") == "time_delta" and isinstance(times, dict):
        letters = {"year": "Y", "month": "M", "day": "D"}
        parts = [
            f"{value}{letters[unit]}"
            for unit, value in times.items()
            if unit in letters and not isinstance(value, list)
        ]
        length = "P" + "".join(parts)
        return ("duration", {"min": length, "max": length, "workday": False}) if parts else None
    return None


_KINDS = {"currency": "money", "dimension": "area", "percentage": "percent"}


def recognizers(text: str, ref_date: str) -> list[Prediction]:
    """Dates, durations, money, areas and percentages of Recognizers-Text."""
    suite = import_module("recognizers_suite")
    culture = suite.Culture.Chinese
    found: list[Prediction] = []
    for results in (
        suite.recognize_currency(text, culture),
        suite.recognize_dimension(text, culture),
        suite.recognize_percentage(text, culture),
        suite.recognize_datetime(text, culture),
    ):
        for one in results:
            normal = _recognized(one)
            if normal is not None:
                found.append({"kind": normal[0], "start": one.start, "end": one.end + 1, "normal": normal[1]})
    return found


def _recognized(one: Any) -> tuple[str, Any] | None:
    resolution = one.resolution or {}
    if one.type_name in _KINDS:
        return _amount(_KINDS[one.type_name], resolution)
    values = resolution.get("values") or [{}]
    value = values[0]
    if one.type_name == "datetimeV2.duration":
        length = value.get("timex", "")
        return (
            ("duration", {"min": length, "max": length, "workday": False})
            if re.fullmatch(r"P[\dYMWD]+", length)
            else None
        )
    edges = [value.get(edge, "..")[:10] for edge in ("start", "end")]
    if edges != ["..", ".."] and all(edge == ".." or re.fullmatch(r"\d{4}-\d\d-\d\d", edge) for edge in edges):
        return "date", "/".join(edges)
    if one.type_name == "datetimeV2.date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value.get("value", "")):
        return "date", value["value"]
    return None


def _amount(kind: str, resolution: dict[str, Any]) -> tuple[str, Any] | None:
    words = str(resolution.get("value") or "").rstrip("%").replace(",", "")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", words):
        return None
    number = float(words)
    if kind == "percent":
        number /= 100
    if kind == "area":
        number *= {"亩": 10000 / 15, "公顷": 10000.0}.get(str(resolution.get("unit")), 1.0)
    form: dict[str, Any] = {"min": repr(number), "max": repr(number)}
    if kind == "money":
        form |= {"currency": resolution.get("isoCurrency") or "CNY", "per": None}
    if kind == "percent":
        form["per"] = None
    return kind, form
