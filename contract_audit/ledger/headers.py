"""Guessing what the columns of a table mean that an office has kept its own way."""

import re
from collections.abc import Mapping, Sequence

from contract_audit.errors import LedgerError
from contract_audit.ledger.search import folded
from contract_audit.model import Struct

# Field of the item → the headers that offices use for it, the usual one first. Longer matches win.
_HEADERS = {
    "unit": (
        "地区（单位） 地区单位 单位 地区 涉及单位 涉事单位 被投诉单位 被执行人 被告 政府机构名称 失信主体 填报单位"
    ),
    "source": "来源 问题来源 线索来源 发现渠道 反映渠道",
    "problem": (
        "存在问题 问题 问题描述 主要问题 问题概述 问题清单 具体问题 反映问题 诉求内容 "
        "投诉内容 审计发现问题 基本情况 案情简介 案件概况 失信事项 事项内容 主要诉求 案由"
    ),
    "owner_unit": ("整改责任地区（单位） 整改责任单位 责任单位 牵头单位 承办单位 主办单位 包案单位 责任地区"),
    "owner": "责任人 包案责任人 整改责任人 包案领导 承办人 经办人 联系人",
    "due": ("整改时限 办理时限 完成时限 整改期限 整改完成时限 办结时限 计划完成时间 清理时限 拟执行完毕时间"),
    "measure": "整改措施 推进措施 工作措施 处理意见 化解措施 清理措施 拟采取措施",
    "feedback": "整改情况 整改进展 进展情况 办理情况 办理进展 执行情况 整改成效 工作进展",
    "promised": "承诺事项 承诺内容 政府承诺 约定事项",
    "company": "企业名称 企业 公司名称 申请执行人 申请人 原告 投诉人 债权人 市场主体名称 投诉企业",
    "project": "项目名称 项目 涉及项目",
    "amount_yuan": ("涉及金额 金额 标的额 标的金额 执行标的 执行标的额 涉案金额 诉讼标的 欠款金额 拖欠金额 未执行金额"),
    "case_number": "案号 执行案号 案件编号 立案号",
    "court": "法院 执行法院 受理法院 审理法院 立案法院",
    "dispute": "纠纷类别 问题类别 问题类型 失信类型 类别 纠纷类型",
    "note": "备注 说明",
    "ordinal": "序号 编号",
}
SYNONYMS = {field: tuple(words.split()) for field, words in _HEADERS.items()}
_EXACT, _PART = 100, 60
_SEARCHED = 20  # rows searched for the header: forms carry titles and notes above it
_MARKS = re.compile(r"[（）()\[\]【】：:*、/\s]")


class Mapped(Struct, frozen=True, kw_only=True):
    """One column: its place (0-based), its header, and the field it is taken for (None: kept under its own name)."""

    place: int
    header: str
    field: str | None


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the header row: the one with the most known headers, at least two; None if there is none."""
    best, most = None, 1
    for place, row in enumerate(rows[:_SEARCHED]):
        known = {field for cell in row if (field := _best(cell)[0]) is not None}
        if len(known) > most:
            best, most = place, len(known)
    return best


def guess(headers: Sequence[str], given: Mapping[str, str]) -> tuple[Mapped, ...]:
    """What each named column means; `given` (header → field, or 不用) goes before all guesses.

    Two columns that would mean the same: the closer one does, the other keeps its own name.
    Raises LedgerError for a header or field in `given` that does not exist.
    """
    _check(headers, given)
    rated = sorted(
        ((score, -place, field) for place, header in enumerate(headers) for field, score in (_best(header),) if field),
        reverse=True,
    )
    chosen: dict[int, str] = {}
    taken = set(given.values())
    for _score, place, field in rated:
        if field not in taken and headers[-place] not in given:
            chosen[-place] = field
            taken.add(field)
    for place, header in enumerate(headers):
        if header in given:
            chosen[place] = given[header]
    return tuple(
        Mapped(place=place, header=header, field=chosen.get(place)) for place, header in enumerate(headers) if header
    )


FIELD_WORDS = {field: words[0] for field, words in SYNONYMS.items()}
IGNORED = "ordinal"


def parse_mapping(pairs: Sequence[str]) -> dict[str, str]:
    """列名=含义 as written on the command line; the meaning is a usual header or 不用. Raises LedgerError."""
    fields = {folded(word): field for field, words in SYNONYMS.items() for word in words} | {"不用": IGNORED}
    given = {}
    for pair in pairs:
        header, equals, meaning = pair.partition("=")
        field = fields.get(folded(meaning))
        if not equals or field is None:
            raise LedgerError(f"“{pair}”应写成 列名=含义，含义可以是：{'、'.join(FIELD_WORDS.values())}、不用")
        given[header.strip()] = field
    return given


def _check(headers: Sequence[str], given: Mapping[str, str]) -> None:
    for header in given:
        if header not in headers:
            raise LedgerError(f"表中没有“{header}”列，现有：{'、'.join(filter(None, headers))}")


def _best(header: str) -> tuple[str | None, int]:
    """The field that a header is closest to, and how close: equal, or one inside the other by its length."""
    plain = _MARKS.sub("", folded(header))
    if not plain or len(plain) > 16:
        return None, 0
    rated = [
        (_closeness(plain, _MARKS.sub("", folded(word))), field) for field, words in SYNONYMS.items() for word in words
    ]
    score, field = max(rated, key=lambda pair: pair[0])
    return (field, score) if score else (None, 0)


def _closeness(plain: str, word: str) -> int:
    if plain == word:
        return _EXACT
    if len(word) >= 2 and word in plain:
        return _PART + 2 * len(word) - (len(plain) - len(word))
    return 0
