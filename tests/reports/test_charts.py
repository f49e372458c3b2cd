"""Charts count what the lists count, and their words come from agreements without harm."""

import msgspec
from lxml import html

from contract_audit.model import Scan
from contract_audit.reports import render
from contract_audit.reports.charts import bars, charts
from contract_audit.rulespec import Pack


def test_the_page_shows_wrongs_by_category_unit_and_year(scan: Scan, pack: Pack) -> None:
    tree = html.fromstring(render(scan, pack, ".html").decode())
    shown = {
        figure.findtext("figcaption"): [text.text_content() for text in figure.iter("text")]
        for figure in tree.iter("figure")
    }
    assert list(shown) == ["按问题类别", "按签约单位", "按签订年份"]
    assert shown["按签约单位"][1] == "4" and shown["按签约单位"][0].startswith("云岭县人民政府")
    assert shown["按签订年份"][0].startswith("2023年")
    assert sorted(shown["按问题类别"][1::2]) == ["2", "2"]  # doubts are not counted


def test_beyond_a_dozen_the_rest_is_summed_up(scan: Scan, pack: Pack) -> None:
    audit = scan.audits[0]
    findings = tuple(
        msgspec.structs.replace(audit.findings[1], category=f"x.{number}")
        for number in range(20)
        for _ in range(20 - number)
    )
    whole = msgspec.structs.replace(scan, audits=(msgspec.structs.replace(audit, findings=findings),))
    tree = html.fromstring(str(charts(whole, pack.taxonomy)[0].drawing))
    texts = [text.text_content() for text in tree.iter("text")]
    counts = [int(text) for text in texts[1::2]]
    assert len(counts) == 12 and sum(counts) == len(findings)
    assert texts[-2].startswith("其余9类")


def test_nothing_wrong_no_chart(scan: Scan, pack: Pack) -> None:
    empty = msgspec.structs.replace(scan, audits=())
    assert charts(empty, pack.taxonomy) == ()
    assert "<figure>" not in render(empty, pack, ".html").decode()


def test_labels_are_escaped() -> None:
    drawn = bars("问题", {"<script>alert(1)</script>": {"high": 2, "low": 1}})
    assert "<script>" not in drawn and "&lt;script&gt;" in drawn
    widths = [float(part.split('"')[0]) for part in drawn.split('" width="')[2:]]
    assert widths == [200.0, 100.0]
