"""A debt and the table by which it is paid: the statement that the table follows, and who owes what 前款 names."""

import re

import msgspec

from contract_audit.clauses.bearers import UNKNOWN, Bearer
from contract_audit.clauses.draft import Draft
from contract_audit.clauses.parts import Segment
from contract_audit.model import Provision

# 前款按下表支付，…，甲方不得延期：
_POINTS = re.compile(r"(?:下|附|分期|兑付|付款|支付)表|如下(?!情|行)|表列")
# 前款按下表支付, 上述补偿款分三期付清: what is paid stands before, and so does who pays it.
_PAYS_THAT = re.compile(
    r"(?:前款|前项|前条|上款|上条|上述|前述|该|此|本)(?:所列|所述|所称|约定|规定|确认|的|笔|项)*(?:[^，。；\n]{0,6}(?:款项?|资金|金额|费用|余额|债务|欠款))?"
    r"[^，。；\n]{0,12}(?:支付|付清|结清|清偿|偿还|偿付|拨付|兑付|退还|返还|付款)"
)
_OWES = re.compile(r"欠(?!缺|佳|妥)|应(?:当)?(?:支付|付|给付|拨付|补偿|退还|偿还)|未(?:付|支付|拨付|兑付)")


def statement_of_table(draft: Draft, clause: int, start: int) -> Provision:
    """The last statement of the sentence from `start` (folded text), or the one that points to the table where that only forbids."""
    last = draft.out[-1]
    for one in reversed(draft.out if last.force == "prohibition" else []):
        if one.clause != clause or draft.folded.folded(one.start, one.end)[0] < start:
            break
        forbids = one.negations[0].start if one.force == "prohibition" and one.negations else one.end
        if _POINTS.search(draft.document.text, one.start, forbids):
            owes = one.force == "prohibition"  # 付款安排如下，甲方不得延期：
            return msgspec.structs.replace(one, force="commitment", polarity="positive") if owes else one
    return last


def debtor(draft: Draft, segment: Segment, above: Provision | None) -> Bearer:
    """Who owes the sum that the segment pays by 前款, said in the statement above; unknown where it tells of no debt."""
    if above is None or above.known_by != "said" or above.side not in ("government", "investor"):
        return UNKNOWN
    owed = _OWES.search(draft.document.text, above.start, above.end)
    if owed is None or _PAYS_THAT.match(draft.scanned.masked, segment.start, segment.end) is None:
        return UNKNOWN
    return Bearer(above.bearer, above.side, "inherited")
