"""The five kinds of dispute by category of finding: a first proposal, which people may change."""

from functools import cache

from contract_audit.model.ledger import DisputeKind

# By the dimension of the taxonomy; questions of drafting (review) are no dispute.
_BY_DIMENSION: dict[str, DisputeKind] = {
    "illegal": "unlawful_terms",
    "ultra_vires": "overpromise",
    "delivery": "breach",
    "succession": "breach",
    "payment": "breach",
}
_BY_CATEGORY: dict[str, DisputeKind] = {
    "succession.fiscal_excuse": "no_funds",
    "succession.policy_excuse": "policy_change",
}


@cache
def dispute_of(category: str) -> DisputeKind | None:
    """The kind of dispute (郏县五类) that a category of finding leads to.

    >>> dispute_of("illegal.tax_relief"), dispute_of("succession.fiscal_excuse"), dispute_of("review.blank_field")
    ('unlawful_terms', 'no_funds', None)
    """
    return _BY_CATEGORY.get(category) or _BY_DIMENSION.get(category.partition(".")[0])
