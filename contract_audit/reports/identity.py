"""The short name of a finding, by which an edited list is read back; the mark by which our own reports are known."""

from hashlib import sha256

from contract_audit.model import Finding

GENERATOR = "contract_audit"  # stands in every xlsx and html report: a later scan of the folder leaves them aside


def finding_id(finding: Finding) -> str:
    """Twelve hex digits that name a finding within its file; copies of one agreement share only the fingerprint."""
    return sha256(f"{finding.document}\n{finding.fingerprint}".encode()).hexdigest()[:12]
