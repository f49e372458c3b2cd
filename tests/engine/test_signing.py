from datetime import date

import pytest

from contract_audit import audit
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings
from tests.engine.conftest import make_pack, make_rule

BODY = """项目投资协议书
甲方：云岭县人民政府
乙方：恒远制造有限公司
一、乙方投资建设精密零部件项目，总投资2亿元。
二、甲方协助乙方依法办理手续。
"""
SIGNATURE = make_rule("{kind: structure, test: signature}", category="succession.signature_defect", message="{missing}")


def found(block: str) -> list[tuple[str, str]]:
    document = txt.read((BODY + block).encode(), "试验.txt", Settings())
    context = Context(as_of=date(2026, 6, 30), mode="signed")
    result = audit.judge(audit.understand(document), make_pack(SIGNATURE), context)
    return [(finding.quote, finding.message) for finding in result.findings]


@pytest.mark.parametrize(
    ("block", "quote", "fault"),
    [
        ("甲方（盖章）：\n代表：\n乙方（盖章）：恒远制造有限公司\n代表：王强\n", "甲方（盖章）：", "缺印章"),
        ("甲方（公章）：云岭县人民政府\n代表：\n乙方（公章）：恒远制造有限公司\n代表：王强\n", "代表：", "缺印章"),
        ("甲方：云岭县人民政府（未盖章）\n代表：李明\n乙方（章）：恒远制造有限公司\n代表：王强\n", "未盖章", "未盖章"),
        (
            "甲方（公章）：云岭县人民政府 授权代表：\n乙方（公章）：恒远制造有限公司 授权代表：王强 2018年6月19日\n",
            "云岭县人民政府 授权代表：",
            "缺印章",
        ),
        (
            "甲方（印）：云岭县人民政府\n代表：\n乙方（印）：恒远制造有限公司\n代表：王强\n",
            "代表：",
            "缺印章",
        ),
        (
            "甲方（章）：云岭县人民政府\n代表：李明（代）\n乙方（章）：恒远制造有限公司\n代表：王强\n",
            "李明（代）",
            "代签",
        ),
        (
            "甲方（章）：云岭县人民政府\n经办：李明（驻外联络员，局长同意代为签字）\n乙方（章）：恒远制造有限公司\n代表：王强\n",
            "代为签字",
            "代签",
        ),
        (
            "甲方（章）：云岭县人民政府 代表：科员代签，授权书尚未取得\n乙方（章）：恒远制造有限公司 代表：王强\n",
            "授权书尚未取得",
            "没有授权",
        ),
        (
            "甲方：云岭县人民政府综合科（科室章）　经手人：李明\n乙方（章）：恒远制造有限公司\n代表：王强\n",
            "经手人：李明",
            "不是本单位",
        ),
        (
            "甲方：云岭县人民政府\n（公章由经办人保管在外，印章日后补盖）\n乙方：恒远制造有限公司（盖章）\n法定代表人：王强\n",
            "印章日后补盖",
            "未盖章",
        ),
        (
            "甲方（盖章）：云岭县人民政府（签字）：李明（已于2025年8月退休）\n乙方（章）：恒远制造有限公司\n代表：王强\n",
            "退休",
            "没有授权",
        ),
        ("甲方代表：李明\n乙方（章）：恒远制造有限公司\n代表：王强\n", "甲方代表：李明", "个人签名"),
        ("乙方（章）：恒远制造有限公司\n代表：王强\n2025年6月16日\n", "乙方（章）", "无签署栏"),
        (
            "甲方（章）：云岭县人民政府\n日期：  年  月  日\n乙方（章）：恒远制造有限公司\n日期：2025年6月16日\n",
            "日期：",
            "未写日期",
        ),
        (
            "监管方（甲方）：云岭县人民政府（章）\n日期：    年  月  日\n投资方（乙方）：恒远制造有限公司（章）\n2025年6月16日\n",
            "日期：    年  月  日",
            "未写日期",
        ),
        (
            "甲方：云岭县人民政府  经办：李明（签名）\n乙方：恒远制造有限公司（公章）  代表：王强\n",
            "甲方：云岭县人民政府",
            "未见印章",
        ),
        (
            "甲方：云岭县人民政府（印章：无；签字：无）\n乙方：恒远制造有限公司（印章：有；签字：有）\n",
            "印章：无",
            "未盖章",
        ),
        (
            "甲方：云岭县人民政府（章）\n代表：李明（签名页系扫描件）\n乙方（章）：恒远制造有限公司\n代表：王强\n",
            "扫描件",
            "不是本单位在本件上",
        ),
        (
            "甲方：云岭县人民政府（盖的是接待办的章）\n代表：李明\n乙方（章）：恒远制造有限公司\n代表：王强\n",
            "盖的是接待办的章",
            "不是本单位在本件上",
        ),
        (
            "甲方：云岭县人民政府（章）\n代表：李明（已调离）\n乙方（章）：恒远制造有限公司\n代表：王强\n",
            "已调离",
            "没有授权",
        ),
        (
            "甲方：云岭县人民政府（章）\n代表：李明（电话授权）\n乙方（章）：恒远制造有限公司\n代表：王强\n",
            "电话授权",
            "没有授权",
        ),
        (
            "甲方：云岭县人民政府（章）\n乙方：恒远制造有限公司（章）\n日期：双方说好不填\n",
            "日期：双方说好不填",
            "未写日期",
        ),
    ],
)
def test_a_defect_is_quoted_and_named(block: str, quote: str, fault: str) -> None:
    ((words, message),) = found(block)
    assert quote in words
    assert fault in message


@pytest.mark.parametrize(
    "block",
    [
        "甲方（章）：云岭县人民政府\n代表：李明\n乙方（章）：恒远制造有限公司\n代表：王强\n2025年6月16日\n",
        "甲方：云岭县人民政府      乙方：恒远制造有限公司\n代表人：李明      代表人：王强\n2025年6月16日\n",
        "| 甲方（盖章）：云岭县人民政府 | 乙方（盖章）：恒远制造有限公司 |\n| 代表：李明 | 代表：王强 |\n",
        "云岭县人民政府（盖章）    恒远制造有限公司（盖章）\n代表：李明    代表：王强\n",
        "甲方（盖章）：\n代表：\n乙方（盖章）：\n代表：\n年  月  日\n",  # nobody signed: a form, no defect
        "甲方（章）：云岭县人民政府\n代表：李明（代，授权书云政授2025-3号）\n乙方（章）：恒远制造有限公司\n代表：王强\n",
        "甲方（印）：云岭县人民政府 代表：李明\n乙方（印）：恒远制造有限公司 代表：王强\n二〇一三年八月二十六日\n",
        "甲方：云岭县人民政府（印）\n代表：副县长 李明\n2014年9月28日\n乙方：恒远制造有限公司（印）\n经理：王强\n2014年9月28日\n",
        "甲方（盖章）：云岭县人民政府\n授权代表（签字）：县长  李明\n乙方（盖章）：恒远制造有限公司\n法定代表人（签字）：王强\n",
        "甲方（盖章）：云岭县人民政府\n代表：    李明\n乙方（盖章）：恒远制造有限公司\n代表：    王强\n",
        "甲方（章）：云岭县人民政府\n代表：李明（时任副县长）\n乙方（章）：恒远制造有限公司\n代表：王强\n",
    ],
)
def test_complete_and_empty_blocks_are_no_defect(block: str) -> None:
    assert found(block) == []


@pytest.mark.parametrize(
    ("seal", "faults"),
    [("云岭县招商服务中心", 1), ("云岭县人民政府", 0), ("县人民政府", 0)],
)
def test_a_seal_of_another_body_is_none_of_the_party(seal: str, faults: int) -> None:
    block = (
        f"甲方（盖章）：{seal}\n代表（签字）：李明\n乙方（盖章）：恒远制造有限公司\n代表（签字）：王强\n2025年6月16日\n"
    )
    assert sum("盖章的不是签约单位" in message for _, message in found(block)) == faults
