"""Second reading: do the words that a rule found read like the wrong, by all wordings known of it and of lawful writing?

Two classifiers are asked, each trained on everything that is labelled: pairs of characters against those of lawful writing
(`engine.likeness`), and the recognizer, which by itself finds wrongs by their wording (`engine.recognizer`). What a rule found
by a few words stands only where neither of them is against it.
"""

import re
from collections.abc import Sequence
from typing import Literal

from contract_audit.engine import likeness, recognizer
from contract_audit.engine.case import Case, Outcome
from contract_audit.model import SCORED, Finding
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
# Tells a name, nothing of what is agreed.
_ALSO_CALLED = re.compile(r"[(（](?:以下|下)?(?:简|统|合|并)?称[^()（）]{1,20}[)）]")

Reading = tuple[Literal["fail", "review", "pass"], str]
_BORNE_OUT: Reading = ("fail", "")


def read_again(found: Sequence[tuple[Rule, Outcome]], case: Case) -> list[Reading]:
    """Whether the words of each outcome bear out its rule, where that goes by words alone, and in Chinese why they do not; empty
    where they do.
    """
    readings: list[Reading] = [_BORNE_OUT] * len(found)
    asked = [place for place, (rule, _) in enumerate(found) if _goes_by_words(rule)]
    words = [words_of(found[place][1], case) for place in asked]
    unweighed: list[tuple[int, str, bool]] = []
    leans = _leans([(text, found[place][0]) for place, text in zip(asked, words, strict=True)], case)
    for place, text, lean in zip(asked, words, leans, strict=True):
        rule = found[place][0]
        if lean is not None and lean <= (_WIDE_BAR if rule.wide else _BAR):
            readings[place] = _leaning(rule, lean)
        else:
            unweighed.append((place, text, lean is not None and lean > _PLAIN and not rule.wide))
    scores = scores_of([(text, found[place][1]) for place, text, _ in unweighed], case)
    for (place, _, is_plain), known in zip(unweighed, scores, strict=True):
        readings[place] = _scored(known.get(found[place][0].category), is_plain=is_plain)
    return readings


def _goes_by_words(rule: Rule) -> bool:
    return isinstance(rule.check, ProvisionCheck) and not rule.particular


def _leaning(rule: Rule, lean: float) -> Reading:
    """What words that lean so little to the wrong of a rule are."""
    leaning = "偏向合法写法" if lean <= 0 else "规则宽而措辞偏向违规不够明显"
    weighed = f"措辞复核：{leaning}{SCORED}对数似然比{lean:.1f}〕"
    bar = _WIDE_BAR if rule.wide else _BAR
    return ("review", f"{weighed}，留待人工判断") if lean > bar - _OPEN else ("pass", f"{weighed}，不提示")


def _scored(score: float | None, *, is_plain: bool) -> Reading:
    """What words with such a score for their category are."""
    least = _UNLIKE_THOUGH_PLAIN if is_plain else _UNLIKE
    if score is None or score > least:
        return _BORNE_OUT
    return "review", f"措辞复核：与该类已知写法都不相近{SCORED}{score:.2f}分，须高于{least:.2f}〕，留待人工判断"


def _leans(read: Sequence[tuple[str, Rule]], case: Case) -> list[float | None]:
    """How far words lean to the wrong of a rule, in nats; None where too little is known of it."""
    if case.pack.likeness is None or not read:
        return [None] * len(read)
    table = likeness.read(case.pack.likeness)
    near = {rule.category: case.pack.taxonomy.near(rule.category) for _, rule in read}
    return table.leans([(words, near[rule.category]) for words, rule in read])


def scores_of(read: Sequence[tuple[str, Outcome | Finding]], case: Case) -> list[dict[str, float]]:
    """How much words, or the sentence in which they were found, read like each category that the recognizer knows: the
    better of both; empty without a recognizer.
    """
    texts = [text for words, found in read for text in (words, _sentence(found, case) or words)]
    scores = words_alone(texts, case)
    pairs = zip(scores[::2], scores[1::2], strict=True)
    return [dict(zip(alone, map(max, alone.values(), around.values()), strict=True)) for alone, around in pairs]


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
    return _ALSO_CALLED.sub("", case.document.stream_text(outcome.stream)[start : outcome.end])


def _sentence(found: Outcome | Finding, case: Case) -> str:
    """The sentence around what was found; empty where it lies in hidden or deleted text."""
    if found.stream != "accepted":
        return ""
    text = case.document.text
    first, last = 0, len(text)
    for stop in _STOPS:  # a nearer stop bounds the search for the next
        first = max(first, text.rfind(stop, first, found.start) + 1)
        end = text.find(stop, found.end, last)
        last = end if end >= 0 else last
    return text[first:last]
