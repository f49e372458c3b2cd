"""The exception tree. One line each in Chinese, with place and remedy.

    ContractAuditError
    ├── DocumentError      one document cannot be read (path, code, remedy)
    ├── RuleError          one place in a rule file is wrong (path, line, field)
    ├── RulesError         several RuleErrors of one load, raised together
    ├── UsageError         what the user asked for cannot be done (bad companion file, no documents)
    ├── ReportError        one output cannot be written (path)
    └── LedgerError        the ledger refuses or is damaged (path)

Doubt about content is never an exception: it is a verdict `review` or a problem listed on the document.
"""

from pathlib import Path


class ContractAuditError(Exception):
    """Root of all errors that carry a sentence for the user."""


class DocumentError(ContractAuditError):
    """One document cannot be read; `code` is stable (empty, damaged, password, too_large …), `message` is Chinese."""

    def __init__(self, code: str, message: str, *, page: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.page = page


class RuleError(ContractAuditError):
    """One wrong place in a rule, word set or law file: path, 1-based line and the field's path."""

    def __init__(self, path: Path, line: int, field: str, message: str) -> None:
        super().__init__(f"{path}:{line}：字段 {field or '（整体）'}：{message}")
        self.path = path
        self.line = line
        self.field = field
        self.message = message


class RulesError(ContractAuditError):
    """All errors of one load together, so that an author mends them in one go."""

    def __init__(self, errors: tuple[RuleError, ...]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


class UsageError(ContractAuditError):
    """What was asked cannot be done: wrong option, unreadable companion file, folder without documents."""


class ReportError(ContractAuditError):
    """One output file cannot be written."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}：{message}")
        self.path = path


class LedgerError(ContractAuditError):
    """The ledger refuses a move or is damaged."""
