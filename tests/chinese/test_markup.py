"""What a negotiated draft agrees on once struck words and notes are left out."""

import pytest

from contract_audit.chinese.markup import agreed
from contract_audit.chinese.text import fold_text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲方应于〔删：2026年12月31日〕〔增：2027年1月15日〕前交地。", "甲方应于2027年1月15日前交地。"),
        ("4.1 [删除：甲方免收配套费（含异地绿化费）。]", "4.1"),
        ("补助按【原文：10%】【改为：6%】计算。", "补助按6%计算。"),
        ("2.3 基金份额按评估价转让。【乙方意见：希望由甲方回购。甲方不接受。】", "2.3基金份额按评估价转让。"),
        ("污水管由甲方敷设。【甲方城建局：时间再议。】", "污水管由甲方敷设。"),
        ("4.1 甲方免收乙方配套费。（本款本轮删去）", "4.1"),
        ("甲方按期交地。甲方补足地价差额。〔此句双方同意删除〕", "甲方按期交地。"),
        ("第三条“甲方不再补地价”改为“地价由乙方缴清”。", "第三条“”改为“地价由乙方缴清”。"),
        ("删去“验收后付款”，换成“收到货物后付款”。", "删去“”，换成“收到货物后付款”。"),
        ("说明：方头括号内为起草人批注。\n一、用地\n【按规委会口径，亩数未定】约90亩。", "\n一、用地\n约90亩。"),
    ],
)
def test_only_what_is_agreed_stays(text: str, kept: str) -> None:
    assert len(agreed(text)) == len(text)
    assert fold_text(agreed(text)) == fold_text(kept)


@pytest.mark.parametrize(
    "text",
    [
        "【第四部分：甲方服务】\n甲方依法服务。",
        "甲方：【云岭县人民政府】",
        "【用地】乙方使用工业用地【120】亩，编号【  】。",
        "奖励（说明：按上年度税收地方留成的60%）由甲方发给乙方。",
        "砚政规〔2025〕4号、〔2026〕31号文件。",
        "甲方应支付下列款项（增值税：由乙方承担）。",
        "原协议第九条删除。",
        "第八条“乙方应退还补助”一款删除。",
        "“甲方”改为“管委会”。",
        "“一次性奖励”由财政局拨付，“年度奖励”改为按季拨付。",
    ],
)
def test_terms_in_brackets_stay(text: str) -> None:
    assert agreed(text) == text
