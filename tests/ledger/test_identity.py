from collections.abc import Mapping

import pytest

from contract_audit.ledger.identity import Pairing, Trace, pair

BEFORE = "乙方项目建成投产并通过验收后，自首个纳税年度起三年内，"
AFTER = "，由开发区财政局于次年第二季度拨付到乙方指定账户。"
OTHER_BEFORE = "为支持乙方引进高层次人才，甲方参照本级人才政策，"
OTHER_AFTER = "，用于人才公寓租赁和子女就学补助。"


def trace(
    key: int, quote: str = "地方留成部分按60%返还", *, document: str = "甲.docx", rule: str = "TAX001",
    clause: str | None = "第五条", clause_hash: str | None = None, before: str = BEFORE, after: str = AFTER,
    fingerprint: str | None = None,
) -> Trace:  # fmt: skip
    digest = clause_hash if clause_hash is not None else f"{before}{quote}{after}"
    return Trace(
        key=key,
        document=document,
        rule=rule,
        fingerprint=fingerprint or f"{rule}{quote}{digest}",
        quote=quote,
        clause=clause,
        clause_hash=digest,
        family="某项目",
        context=f"{before}\n{after}",
    )


def paired(known: list[Trace], found: list[Trace], renamed: Mapping[str, str] | None = None) -> Pairing:
    return pair(known, found, renamed or {}, frozenset(item.document for item in found))


@pytest.mark.parametrize(
    ("known", "found"),
    [
        pytest.param(trace(1), trace(0), id="nothing changed"),
        pytest.param(trace(1), trace(0, clause="第六条"), id="renumbered"),
        pytest.param(trace(1), trace(0, "地方留成部分按50%返还"), id="figure changed"),
        pytest.param(
            trace(1), trace(0, "按60%返还", clause_hash=f"{BEFORE}地方留成部分按60%返还{AFTER}"), id="rule quotes less"
        ),
        pytest.param(trace(1), trace(0, before="乙方投产后，自首个纳税年度起五年内，"), id="clause edited before"),
        pytest.param(trace(1), trace(0, after="，由财政局拨付。"), id="clause edited after"),
    ],
)
def test_the_same_wrong_is_known_again(known: Trace, found: Trace) -> None:
    assert paired([known], [found]).pairs == ((1, 0),)


def test_another_wrong_is_another_item() -> None:
    result = paired(
        [trace(1)], [trace(0, "按税收贡献给予奖励", before=OTHER_BEFORE, after=OTHER_AFTER, clause="第九条")]
    )
    assert (result.pairs, result.new, result.missing, dict(result.doubts)) == ((), (0,), (1,), {})


def test_another_rule_is_another_item_unless_the_rule_was_renamed() -> None:
    known, found = trace(1), trace(0, rule="TAX101")
    assert paired([known], [found]).pairs == ()
    assert paired([known], [found], {"TAX001": "TAX101"}).pairs == ((1, 0),)


def test_two_candidates_are_refused() -> None:
    """One clause became two equal copies: nobody can say which of them the item is."""
    result = paired(
        [trace(1)],
        [trace(0, "地方留成部分按50%返还", fingerprint="a"), trace(2, "地方留成部分按50%返还", fingerprint="b")],
    )
    assert result.pairs == ()
    assert dict(result.doubts) == {0: (1,), 2: (1,)}


def test_of_two_near_wrongs_each_keeps_its_item() -> None:
    known = [trace(1), trace(2, before=OTHER_BEFORE, after=OTHER_AFTER)]
    found = [
        trace(0, "地方留成部分按50%返还", before=OTHER_BEFORE, after=OTHER_AFTER),
        trace(1, "地方留成部分按50%返还"),
    ]
    assert sorted(paired(known, found).pairs) == [(1, 1), (2, 0)]


def test_one_of_two_twins_gone_is_told_by_what_stands_around_it() -> None:
    """Equal clauses share all but the ordinal: by ordinal alone the wrong one would be called gone."""
    twin = {"clause_hash": "same"}
    first, second = (
        trace(1, fingerprint="o1", **twin),
        trace(2, fingerprint="o2", before=OTHER_BEFORE, after=OTHER_AFTER, **twin),
    )
    left = trace(0, fingerprint="o1", before=OTHER_BEFORE, after=OTHER_AFTER, **twin)
    result = paired([first, second], [left])
    assert result.pairs in (((2, 0),), ())  # the right one, or a doubt; never the first
    assert (1, 0) not in result.pairs


def test_a_renamed_document_takes_its_items_along() -> None:
    known = [trace(1), trace(2, before=OTHER_BEFORE, after=OTHER_AFTER)]
    found = [
        trace(0, document="甲（盖章版）.docx"),
        trace(1, document="甲（盖章版）.docx", before=OTHER_BEFORE, after=OTHER_AFTER),
    ]
    result = paired(known, found)
    assert sorted(result.pairs) == [(1, 0), (2, 1)]
    assert dict(result.renamed_documents) == {"甲.docx": "甲（盖章版）.docx"}


def test_a_copy_beside_its_original_takes_nothing() -> None:
    found = [trace(0), trace(1, document="副本.docx")]
    result = paired([trace(7)], found)
    assert (result.pairs, result.new) == (((7, 0),), (1,))


def test_two_new_names_for_one_document_are_left_alone() -> None:
    result = paired([trace(7)], [trace(0, document="乙.docx"), trace(1, document="丙.docx")])
    assert (result.pairs, result.new, result.missing) == ((), (0, 1), ())


def test_documents_that_were_not_scanned_lose_nothing() -> None:
    result = paired([trace(1), trace(2, document="别处.docx")], [trace(0)])
    assert result.missing == ()


def test_rows_of_a_table_are_told_apart_by_what_stands_beside_the_quote() -> None:
    """Rows differ in a word and a day; when one wrong goes and another comes, the nearest row is not the same wrong."""
    road = trace(
        1, "2024年5月31日前", rule="DLV007", clause_hash="table",
        before="气调压站建成通气2024年10月31日前甲方员工公寓西侧道路通车", after="甲方一期履约保证金无息退还2022年11月30日前",
    )  # fmt: skip
    water = trace(
        0, "2022年12月31日前", rule="DLV007", clause_hash="table",
        before="员工公寓西侧道路通车2024年8月31日前甲方污水管网接通", after="乙方二期建成投产2023年9月30日前乙方设备进场",
    )  # fmt: skip
    assert paired([road], [water]).pairs == ()
