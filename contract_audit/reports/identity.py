"""The short name of a finding, by which an edited list is read back."""

from hashlib import sha256

from contract_audit.model import Finding


def finding_id(finding: Finding) -> str:
    """Twelve hex digits that name a finding within its file; copies of one agreement share only the fingerprint."""
    return sha256(f"{finding.document}\n{finding.fingerprint}".encode()).hexdigest()[:12]
