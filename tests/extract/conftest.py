"""Small agreements in text, understood whole: what the extractors see in the product."""

from collections.abc import Callable

import pytest

from contract_audit import audit
from contract_audit.model import Document, Understanding
from contract_audit.readers import txt
from contract_audit.settings import Settings

AGREEMENT = """云岭县轴承项目投资协议
甲方：云岭县人民政府
乙方：恒远制造有限公司
{text}
本协议自双方签字盖章之日起生效。
甲方（盖章）：云岭县人民政府
授权代表（签字）：李明
乙方（盖章）：恒远制造有限公司
法定代表人（签字）：王强
{day}
"""


def document(text: str) -> Document:
    return txt.read(text.encode(), "协议.txt", Settings())


Understand = Callable[..., Understanding]


@pytest.fixture
def understand() -> Understand:
    """Understand a whole text, or clauses set into the small agreement signed on `day`."""

    def run(text: str, *, day: str = "2023年3月15日", whole: bool = False) -> Understanding:
        return audit.understand(document(text if whole else AGREEMENT.format(text=text, day=day)))

    return run
