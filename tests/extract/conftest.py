"""Small agreements in text, understood whole: what the extractors see in the product."""

from collections.abc import Callable
from datetime import date

import pytest

from contract_audit import audit
from contract_audit.extract import settle
from contract_audit.model import Context, Document, Evidence, Obligation, Understanding
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
    """Understand a whole text, or lines set as articles into the small agreement signed on `day`; table rows stay."""

    def run(text: str, *, day: str = "2023年3月15日", whole: bool = False) -> Understanding:
        if whole:
            return audit.understand(document(text))
        lines = text.split("\n")
        articles = "\n".join(
            line if line.startswith("|") else f"第{index}条 {line}" for index, line in enumerate(lines, 1)
        )
        return audit.understand(document(AGREEMENT.format(text=articles, day=day)))

    return run


def settled_by(paper: Understanding, *matters: str) -> tuple[Obligation, ...]:
    """The paper's duties in 2024 with a record of each matter, the first of 1 June 2023, each a day later."""
    rows = tuple(
        Evidence(contract="x", matter=matter, done_on=date(2023, 6, 1 + index), proof="凭证")
        for index, matter in enumerate(matters)
    )
    return settle(paper, Context(as_of=date(2024, 1, 1), evidence=rows)).obligations
