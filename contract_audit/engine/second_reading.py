"""Second reading: do the words that a rule found read like the wrong, by all wordings known of it and of lawful writing?

Two classifiers are asked, each trained on everything that is labelled: pairs of characters against those of lawful writing
(`engine.likeness`), and the recognizer, which by itself finds wrongs by their wording (`engine.recognizer`). What a rule found
by a few words stands only where neither of them is against it.
"""

from collections.abc import Sequence
from typing import Literal

from contract_audit.engine import likeness, recognizer
from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Finding
from contract_audit.rulespec import ProvisionCheck, Rule

# What words must lean to the wrong, in nats (measured on papers no rule was made for: of findings just above each bar half
# are true, of those more than `_OPEN` below it one in twenty). Above `_PLAIN` they are the words of the wrong itself.
_BAR, _WIDE_BAR, _OPEN = -2.5, 15.0, 5.0
_PLAIN = 10.0
# What the recognizer must give the words or their sentence, and what it must give plain words that a narrow rule found (tried
# from -0.9 to -0.1 on papers no rule was made for: down to here false findings go and true ones stay).
_UNLIKE, _UNLIKE_THOUGH_PLAIN = -0.3, -0.6
_NEAR = 100  # characters from a statement that names the thing to the end of what is found about it
_STOPS = "。；\n"

Reading = tuple[Literal["fail", "review", "pass"], str]


def read_again(rule: Rule, outcome: Outcome, case: Case) -> Reading:
    """Whether the words bear out a rule that goes by words alone, and in Chinese why they do not; empty where they do."""
    if rule.particular or not isinstance(rule.check, ProvisionCheck):
        return "fail", ""
    words = words_of(outcome, case)
    lean = _lean(words, rule, case)
    bar = _WIDE_BAR if rule.wide else _BAR
    if lean is not None and lean <= bar:
        leaning = "偏向合法写法" if lean <= 0 else "规则宽而措辞偏向违规不够明显"
        weighed = f"措辞复核：{leaning}（对数似然比{lean:.1f}）"
        return ("review", f"{weighed}，留待人工判断") if lean > bar - _OPEN else ("pass", f"{weighed}，不提示")
    score = scores_of([(words, outcome)], case)[0].get(rule.category)
    is_plain = lean is not None and lean > _PLAIN and not rule.wide
    least = _UNLIKE_THOUGH_PLAIN if is_plain else _UNLIKE
    if score is None or score > least:
        return "fail", ""
    return "review", f"措辞复核：与该类已知写法都不相近（{score:.2f}分，须高于{least:.2f}），留待人工判断"


def _lean(words: str, rule: Rule, case: Case) -> float | None:
    """How far the words lean to the wrong, in nats; None where too little is known of it."""
    if case.pack.likeness is None:
        return None
    return likeness.read(case.pack.likeness).lean(words, case.pack.taxonomy.near(rule.category))


def scores_of(read: Sequence[tuple[str, Outcome | Finding]], case: Case) -> list[dict[str, float]]:
    """How much words, or the sentence in which they were found, read like each category that the recognizer knows: the
    better of both; empty without a recognizer.
    """
    texts = [text for words, found in read for text in (words, _sentence(found, case) or words)]
    scores = words_alone(texts, case)
    pairs = zip(scores[::2], scores[1::2], strict=True)
    return [{category: max(score, around[category]) for category, score in alone.items()} for alone, around in pairs]


def words_alone(texts: Sequence[str], case: Case) -> list[dict[str, float]]:
    """How much each text reads like each category that the recognizer knows; empty without a recognizer."""
    if case.pack.recognizer is None or not texts:
        return [{} for _ in texts]
    weights = recognizer.read(case.pack.recognizer)
    return [dict(zip(weights.categories, row, strict=True)) for row in weights.scores(texts).tolist()]


def words_of(outcome: Outcome, case: Case) -> str:
    """The words of an outcome that are read again: its quote, from the statement on that names the thing, if that is near."""
    start = outcome.start
    if outcome.named_at is not None and outcome.stream == "accepted" and outcome.end - outcome.named_at <= _NEAR:
        start = min(start, outcome.named_at)
    return case.document.stream_text(outcome.stream)[start : outcome.end]


def _sentence(found: Outcome | Finding, case: Case) -> str:
    """The sentence around what was found; empty where it lies in hidden or deleted text."""
    if found.stream != "accepted":
        return ""
    text = case.document.text
    first = max(text.rfind(stop, 0, found.start) for stop in _STOPS) + 1
    ends = [end for stop in _STOPS if (end := text.find(stop, found.end)) >= 0]
    return text[first : min(ends, default=len(text))]
