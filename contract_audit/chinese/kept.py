"""Words that say of a day named before that it stands: …9月30日前建成的泵房，日期不作调整."""

import re

# 丙方于9月30日前建成的泵房，日期不作调整: the old day is agreed again.
_KEPT = re.compile(
    r"[^。；\n]{0,40}[，,](?:其|该|上述)?[^，。；\n]{0,6}(?:日期|期限|时间|时限|节点)(?:均|仍|都|也)*(?:保持)?"
    r"(?:不(?:作|予|做|再|能|得)*(?:任何)?(?:调整|变更|变动|变|改动|改|顺延|延长|后延)|照旧|维持(?:不变|原[定约状])|仍(?:按|照)原)"
)


def is_kept(text: str, end: int) -> bool:
    """Whether the words after the date that closes at `end` say that it stands as agreed before."""
    return _KEPT.match(text, end) is not None
