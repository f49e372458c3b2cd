from agreement import document

from contract_audit.clauses import split

ONE = ["投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "一、概况。", "甲方（盖章）：", "乙方（盖章）："]


def test_two_signed_agreements_are_two() -> None:
    assert split(document(*ONE, *ONE)) == ((0, 6), (6, 12))


def test_titles_of_a_collection_are_seen() -> None:
    second = ["第二篇：厂房租赁合同", *ONE[1:]]
    assert split(document(*ONE, *second)) == ((0, 6), (6, 12))


def test_an_attached_agreement_stays_with_its_own() -> None:
    assert split(document(*ONE, "附件二：租赁合同", "厂房租赁合同", *ONE[1:])) == ((0, 13),)


def test_a_title_without_parties_or_signature_is_no_new_agreement() -> None:
    assert split(document(*ONE, "廉洁承诺书", "双方承诺廉洁。")) == ((0, 8),)
    assert split(document(*ONE[:4], "补充协议", *ONE[1:])) == ((0, 10),)


def test_an_empty_file_has_no_agreement() -> None:
    assert split(document()) == ()
