"""Offline audit of investment-promotion agreements (招商引资协议).

    import contract_audit
    result = contract_audit.audit("协议.docx", contract_audit.load_rules(), as_of=date(2026, 11, 20))

Names are resolved on first use, so that importing the package costs nothing.
"""

from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "audit": ("contract_audit.audit", "audit"),
    "load_rules": ("contract_audit.engine", "load_rules"),
    "Finding": ("contract_audit.model", "Finding"),
    "Audit": ("contract_audit.model", "Audit"),
}
__all__ = ["Audit", "Finding", "__version__", "audit", "load_rules"]


def __getattr__(name: str) -> Any:
    """Public names, imported when first asked for (PEP 562)."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'contract_audit' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _PUBLIC[name]
    return getattr(import_module(module), attribute)
