"""Drafts of a few lines, judged by the shipped rules."""

from collections.abc import Callable
from datetime import date

import pytest

from contract_audit import audit
from contract_audit.engine import load_rules
from contract_audit.model import Audit, Context
from contract_audit.readers import txt
from contract_audit.settings import Settings

DRAFT = """云岭县项目投资协议书（送审稿）
甲方：云岭县人民政府
乙方：恒远制造有限公司
{body}
甲方（盖章）：云岭县人民政府
乙方（盖章）：恒远制造有限公司
签订日期：    年  月  日
"""

MakeDraft = Callable[..., Audit]


@pytest.fixture
def draft() -> MakeDraft:
    """A function from clauses to a judged draft."""

    def make(*clauses: str, name: str = "draft.txt") -> Audit:
        numerals = "一二三四五六七八九十"
        body = "\n".join(f"{numerals[place]}、{clause}" for place, clause in enumerate(clauses))
        document = txt.read(DRAFT.format(body=body).encode(), name, Settings())
        context = Context(as_of=date(2026, 6, 30), mode="draft")
        return audit.judge(audit.understand(document), load_rules(), context)

    return make
