"""The keyword tool that the rules must beat: the same word lists, without asking who promises, how, and under what."""

from typing import get_args

import msgspec

from contract_audit.model import Force, Side
from contract_audit.rulespec import Group, Pack, ProvisionCheck, Rule


def keyword_pack(pack: Pack) -> Pack:
    """The pack as a search for words: a sentence with one word of every group is reported, whatever it says with them."""
    rules = tuple(_keywords(rule, rule.check) for rule in pack.rules if isinstance(rule.check, ProvisionCheck))
    return msgspec.structs.replace(pack, rules=rules)


def _keywords(rule: Rule, check: ProvisionCheck) -> Rule:
    words = ProvisionCheck(
        groups=tuple(_anywhere(group) for group in check.groups),
        side=get_args(Side),
        guessed=True,
        force=get_args(Force),
        gap=1000,
        quote="match",
    )
    return msgspec.structs.replace(rule, check=words, yields_to=())


def _anywhere(group: Group) -> Group:
    return msgspec.structs.replace(group, place="any", mark=True, negated="allow")
