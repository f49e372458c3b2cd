"""Second reading: do the words that a rule found read like the wrong, by all wordings known of it and of lawful writing?

Two classifiers are asked, each trained on everything that is labelled: pairs of characters against those of lawful writing
(`engine.likeness`), and the recognizer, which by itself finds wrongs by their wording (`engine.recognizer`). What a rule found
by a few words stands only where neither of them is against it.
"""

from typing import Literal

from contract_audit.engine import likeness, recognizer
from contract_audit.engine.case import Case, Outcome
from contract_audit.rulespec import ProvisionCheck, Rule

# What words must lean to the wrong, in nats (measured on papers no rule was made for: of findings just above each bar half
# are true, of those more than `_OPEN` below it one in twenty). Above `_PLAIN` they are the words of the wrong itself.
_BAR, _WIDE_BAR, _OPEN = -2.5, 15.0, 5.0
_PLAIN = 10.0
# What the recognizer must give the words or their sentence, unless a narrow rule found plain ones (tried from -0.7 to -0.1 on
# papers no rule was made for: down to here false findings go and true ones stay).
_UNLIKE = -0.3
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
    if lean is not None and lean > _PLAIN and not rule.wide:
        return "fail", ""
    score = _score([words, *([_sentence(outcome, case)] if outcome.stream == "accepted" else [])], rule, case)
    if score is None or score > _UNLIKE:
        return "fail", ""
    return "review", f"措辞复核：与该类已知写法都不相近（{score:.2f}分，须高于{_UNLIKE:.2f}），留待人工判断"


def _lean(words: str, rule: Rule, case: Case) -> float | None:
    """How far the words lean to the wrong, in nats; None where too little is known of it."""
    if case.pack.likeness is None:
        return None
    return likeness.read(case.pack.likeness).lean(words, case.pack.taxonomy.near(rule.category))


def _score(texts: list[str], rule: Rule, case: Case) -> float | None:
    """The best score of the texts for the rule's category; None where the recognizer does not know it."""
    if case.pack.recognizer is None:
        return None
    weights = recognizer.read(case.pack.recognizer)
    if rule.category not in weights.categories:
        return None
    return float(weights.scores(texts)[:, weights.categories.index(rule.category)].max())


def words_of(outcome: Outcome, case: Case) -> str:
    """The words of an outcome that are read again: its quote, from the statement on that names the thing, if that is near."""
    start = outcome.start
    if outcome.named_at is not None and outcome.stream == "accepted" and outcome.end - outcome.named_at <= _NEAR:
        start = min(start, outcome.named_at)
    return case.document.stream_text(outcome.stream)[start : outcome.end]


def _sentence(outcome: Outcome, case: Case) -> str:
    text = case.document.text
    start = max(text.rfind(stop, 0, outcome.start) for stop in _STOPS) + 1
    ends = [end for stop in _STOPS if (end := text.find(stop, outcome.end)) >= 0]
    return text[start : min(ends, default=len(text))]
