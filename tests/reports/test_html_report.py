import base64
import hashlib
import re

from lxml import html

from contract_audit.model import Scan
from contract_audit.reports import render
from contract_audit.reports.marked_text import Mark, paragraphs
from contract_audit.reports.numbering import numbered
from contract_audit.rulespec import Pack


def _page(scan: Scan, pack: Pack) -> str:
    return render(scan, pack, ".html").decode()


def test_the_page_loads_nothing_and_runs_only_its_own_script(scan: Scan, pack: Pack) -> None:
    page = _page(scan, pack)
    assert not re.search(r"""(src|href)\s*=\s*["']?(?!#)\w""", page)
    tree = html.fromstring(page)
    (script,) = tree.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"script-src 'sha256-{digest}'" in policy and policy.startswith("default-src 'none'")
    assert "&lt;script&gt;alert(1)" in page


def test_what_was_not_read_comes_before_the_findings(scan: Scan, pack: Pack) -> None:
    page = _page(scan, pack)
    assert page.index("文件已损坏，请重新取得原件") < page.index("与税收挂钩的返还奖励")
    assert page.index("缺少地方参数") < page.index('class="card')


def test_every_finding_is_marked_in_the_text_with_its_number(scan: Scan, pack: Pack) -> None:
    tree = html.fromstring(_page(scan, pack))
    cards = tree.xpath("//article[contains(@class,'card')]")
    assert [card.get("id") for card in cards] == ["f1", "f2", "f5", "f3", "f4", "f6"]
    for one in numbered(scan):
        marked = tree.xpath(f"//mark[contains(concat(' ', @data-findings, ' '), ' {one.number} ')]/text()")
        assert "".join(marked) == one.finding.quote


def test_overlapping_and_nested_marks_share_runs_and_lose_no_character(scan: Scan) -> None:
    document = scan.audits[0].understanding.document
    block = document.blocks[2]
    marks = (
        Mark(number=1, start=block.start, end=block.start + 10),
        Mark(number=2, start=block.start + 5, end=block.start + 12),
        Mark(number=3, start=block.start + 6, end=block.start + 8),
        Mark(number=4, start=block.start - 3, end=block.start + 2),
    )
    cut = paragraphs(document, marks)
    (runs,) = cut[2].cells
    assert "".join(run.text for run in runs) == document.text[block.start : block.end]
    assert [run.numbers for run in runs] == [(4, 1), (1,), (1, 2), (1, 2, 3), (1, 2), (2,), ()]
    assert cut[1].cells[0][-1].numbers == (4,)
    assert [[run.text for run in cell] for cell in cut[4].cells] == [["=SUM(A1)"], ["<script>alert(1)</script>"]]
