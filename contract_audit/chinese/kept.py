"""Words that say of a day named before that it stands: …9月30日前建成的泵房，日期不作调整."""

import re

# 丙方于9月30日前建成的泵房，日期不作调整: the old day is agreed again.
_KEPT = re.compile(
    r"[^。；\n]{0,40}[，,](?:其|该|上述)?[^，。；\n]{0,6}(?:日期|期限|时间|时限|节点)(?:均|仍|都|也)*(?:保持)?"
    r"(?:不(?:作|予|做|再|能|得)*(?:任何)?(?:调整|变更|变动|变|改动|改|顺延|延长|后延)|照旧|维持(?:不变|原[定约状])|仍(?:按|照)原)"
)


# “2020年9月30日前开通园区通勤班车”不作调整: the quoted duty is agreed again.
_QUOTED_KEPT = re.compile(
    r"[^，。；\n“”]{2,40}”(?:的?(?:时限|期限|时间|日期|节点))?[，,]?(?:均|仍|都|也)*(?:保持)?"
    r"(?:不(?:作|予|做|再)*(?:任何)?(?:调整|变更|变动|变|改动|改|顺延|延长|后延)(?!的)|照旧|维持(?:不变|原[定约状])|仍(?:按|照)原)"
)


def is_kept(text: str, end: int) -> bool:
    """Whether the words after the date that closes at `end` say that it stands as agreed before."""
    return _KEPT.match(text, end) is not None or _QUOTED_KEPT.match(text, end) is not None
