"""The limitation period (诉讼时效) of an overdue claim, by the law of the day it fell due."""

from datetime import date

from contract_audit.chinese.workdays import add_months

_CIVIL_RULES = date(2017, 10, 1)  # 民法总则 in force: three years instead of two
_CIVIL_CODE = date(2021, 1, 1)
_TWO_YEARS, _THREE_YEARS = 24, 36


def limitation(starts: date) -> tuple[date | None, str]:
    """Last day and basis of a claim whose period runs from the day after `starts`.

    Three years (民法典第188条, 民法总则第188条); two years (民法通则第135条) where these had run out before 2017-10-01
    (法释〔2018〕12号第二条). Demands, payments and acknowledgements interrupt it (民法典第195条): what is on record is the
    caller's to pass as `starts`.
    """
    early = add_months(starts, _TWO_YEARS)
    if early is not None and early < _CIVIL_RULES:
        return early, "民法通则第135条（二年）"
    law = "民法典" if starts >= _CIVIL_CODE else "民法总则"
    return add_months(starts, _THREE_YEARS), f"{law}第188条（三年）"
