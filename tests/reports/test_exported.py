"""What leaves the machine: personal numbers are covered everywhere but in findings.jsonl, marked documents stay away."""

from io import BytesIO
from zipfile import ZipFile

import msgspec
import pytest

from contract_audit.model import Scan
from contract_audit.reports import WRITERS, render
from contract_audit.reports.exported import Release, covered, released

NUMBER = "13812345678"


def with_number(scan: Scan) -> Scan:
    """The same scan with a phone number in the text, a quote, a message, a cell and a fact."""
    audit = scan.audits[0]
    finding = msgspec.structs.replace(
        audit.findings[1],
        quote=f"联系{NUMBER}",
        message=f"电话{NUMBER}写入正文",
        facts={"value": NUMBER},
        related=(msgspec.structs.replace(audit.findings[1].related[0], quote=f"手机{NUMBER}"),),
    )
    document = audit.understanding.document
    document = msgspec.structs.replace(
        document, text=document.text.replace("云岭县人民政府", NUMBER[:7]), tables=(((NUMBER,),),)
    )
    document = msgspec.structs.replace(document, text=document.text + NUMBER)
    understanding = msgspec.structs.replace(audit.understanding, document=document)
    changed = msgspec.structs.replace(audit, understanding=understanding, findings=(audit.findings[0], finding))
    return msgspec.structs.replace(scan, audits=(changed, *scan.audits[1:]))


def words(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode()
    package = ZipFile(BytesIO(content))
    return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_numbers_are_covered_in_every_form_but_the_machines_own(scan, pack, suffix) -> None:
    text = words(render(with_number(scan), pack, suffix))
    assert (NUMBER in text) == (suffix == ".jsonl")
    assert ("138****5678" in text) == (suffix != ".jsonl")


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_marked_documents_are_left_out_and_named(scan, pack, suffix) -> None:
    audit = scan.audits[0]
    document = msgspec.structs.replace(audit.understanding.document, secrecy="秘密")
    understanding = msgspec.structs.replace(audit.understanding, document=document)
    finding = msgspec.structs.replace(audit.findings[0], message="只在此件的说明")
    audit = msgspec.structs.replace(audit, understanding=understanding, findings=(finding,))
    marked = msgspec.structs.replace(scan, audits=(audit, *scan.audits[1:]))
    shown = [
        "只在此件的说明" in words(render(marked, pack, suffix, release)) for release in (None, Release(secret=True))
    ]
    assert shown == [suffix == ".jsonl", True]
    if suffix in (".xlsx", ".html", ".json"):
        assert "标有密级“秘密”，未列入本件" in words(render(marked, pack, suffix))


def test_covering_keeps_lengths_and_keys(scan) -> None:
    before = with_number(scan)
    after = released(before, Release())
    assert [len(one.understanding.document.text) for one in after.audits] == [
        len(one.understanding.document.text) for one in before.audits
    ]
    assert after.audits[0].findings[1].fingerprint == before.audits[0].findings[1].fingerprint
    assert covered(after) == after
    assert released(before, Release(personal=True)) == before
