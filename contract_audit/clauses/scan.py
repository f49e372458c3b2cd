"""One pass over the folded text: what is in brackets or quotes is set aside, the marking words are found and kept sorted.

Offsets here are those of the folded text; `provisions` maps them back at the very end.
"""

import re
from bisect import bisect_left
from typing import Literal

import msgspec

from contract_audit.chinese.openings import compiled
from contract_audit.clauses import lexicon
from contract_audit.model import Party, Side

Kind = Literal[
    "prohibit", "exempt", "deny", "reject", "repeal", "replace", "contrast", "duty", "permit", "effort", "hard", "give",
    "past", "define",
]  # fmt: skip

FILLER = "\ue001"
_BRACKETED = re.compile(
    r"（[^（）\n]{0,200}(?:（[^（）\n]{0,80}）[^（）\n]{0,200}){0,3}）|【[^【】\n]{0,80}】|《[^《》\n]{1,80}》"
    r"|“[^“”\n]{1,120}”"
)

_WORDS: tuple[tuple[Kind | Literal["lexical"], str], ...] = (
    ("repeal", lexicon.REPEAL),
    ("reject", lexicon.REJECT),
    ("prohibit", lexicon.PROHIBIT),
    ("exempt", lexicon.EXEMPT),
    ("lexical", lexicon.LEXICAL),
    ("deny", lexicon.DENY),
    ("replace", lexicon.REPLACE),
    ("contrast", lexicon.CONTRAST),
    ("past", lexicon.PAST),
    ("hard", lexicon.HARD),
    ("effort", lexicon.EFFORT),
    ("give", lexicon.GIVE),
    ("define", lexicon.DEFINE),
    ("duty", lexicon.DUTY),
    ("permit", lexicon.PERMIT),
)
_TOKEN = compiled("|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS))
_KINDS: dict[str | None, Kind] = {kind: kind for kind, _ in _WORDS if kind != "lexical"}
_NAMES = compiled(
    f"(?P<both>{lexicon.BOTH})|(?P<investor>{lexicon.INVESTOR})|(?P<third>{lexicon.THIRD})"
    f"|(?P<government>{lexicon.GOVERNMENT})|(?P<unknown>{lexicon.FIRM})"
)
# A name of an office reaches left over its place and field: 县 + 住房和城乡建设 + 局.
_STOP = frozenset(
    "由经与向给报在于按以为对将和及或并且但则应请使让因从至到的后前内时日起同是有各把被如若凡等须可求照属依用次类"
)
_STOP_VERB = re.compile(lexicon.NO_NAME)
_IN_NAME = ("有限", "国有", "应急", "供应")  # words of names that hold a joining word
_LONG_FIELDS = (
    "住房和城乡建设",
    "人力资源和社会保障",
    "发展和改革",
    "自然资源和规划",
    "工业和信息化",
    "卫生和计划生育",
    "文化和旅游",
)
_SELF = re.compile(r"我们|我方|本公司|我公司|我司")
_ADDRESSED = re.compile(r"贵公司|你公司|贵司|贵企业")


class Token(msgspec.Struct, frozen=True):
    """A marking word and what it marks."""

    kind: Kind
    start: int
    end: int


class Mention(msgspec.Struct, frozen=True):
    """A party or office named in the text, with the side it stands on."""

    start: int
    end: int
    text: str
    side: Side


class Scan(msgspec.Struct, frozen=True):
    """The folded text, the same with bracketed words blanked, and everything found in the latter, sorted by start."""

    text: str
    masked: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    token_starts: tuple[int, ...]
    mention_starts: tuple[int, ...]

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """Marking words that begin inside [start, end)."""
        return self.tokens[bisect_left(self.token_starts, start) : bisect_left(self.token_starts, end)]

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """Names that begin inside [start, end)."""
        return self.mentions[bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)]


def scan(text: str, parties: tuple[Party, ...]) -> Scan:
    """Scan folded text. `parties` give names, aliases and sides; other offices and firms are known by their words."""
    masked = _BRACKETED.sub(_blank, text)
    tokens = tuple(
        Token(_KINDS[match.lastgroup], match.start(), match.end())
        for match in _TOKEN.finditer(masked)
        if match.lastgroup in _KINDS
    )
    mentions = _mentions(masked, parties)
    return Scan(
        text,
        masked,
        tokens,
        mentions,
        tuple(token.start for token in tokens),
        tuple(mention.start for mention in mentions),
    )


def _blank(match: re.Match[str]) -> str:
    return FILLER * (match.end() - match.start())


def _mentions(masked: str, parties: tuple[Party, ...]) -> tuple[Mention, ...]:
    named = list(_party_mentions(masked, parties))
    taken = [(mention.start, mention.end) for mention in named]
    starts = [start for start, _ in taken]
    floor = 0  # names do not reach over the name before
    for match in _NAMES.finditer(masked):
        side = _side(match)
        start = (
            max(_reach(masked, match.start()), floor) if side in ("government", "third", "unknown") else match.start()
        )
        index = bisect_left(starts, match.end())
        if index and taken[index - 1][1] > start:
            if taken[index - 1][1] > match.start():
                continue
            start = taken[index - 1][1]
        named.append(Mention(start, match.end(), masked[start : match.end()], side))
        floor = match.end()
    return tuple(sorted(named, key=lambda mention: (mention.start, -mention.end)))


def _side(match: re.Match[str]) -> Side:
    if match["both"]:
        return "both"
    if match["investor"]:
        return "investor"
    if match["unknown"]:
        return "unknown"
    return "third" if match["third"] else "government"


def _party_mentions(masked: str, parties: tuple[Party, ...]) -> list[Mention]:
    sides: dict[str, Side] = {}
    for party in parties:
        for word in (party.role, party.name, *party.aliases):
            if len(word) > 1:
                sides.setdefault(word, party.side)
    for word in set(_SELF.findall(masked)) - sides.keys():
        sides[word] = (
            "government" if _ADDRESSED.search(masked) else "investor" if "公司" in word or "司" in word else "unknown"
        )
    if not sides:
        return []
    words = "|".join(re.escape(word) for word in sorted(sides, key=len, reverse=True))
    pattern = re.compile(words)
    return [
        Mention(match.start(), match.end(), match.group(), sides[match.group()]) for match in pattern.finditer(masked)
    ]


def _reach(masked: str, start: int) -> int:
    """How far left the name of an office goes: at most 16 characters, not over joining words or marks."""
    left = start
    while left > 0 and start - left < 16:
        char = masked[left - 1]
        if char == "和" and any(masked.startswith(field, left - 1 - field.index("和")) for field in _LONG_FIELDS):
            left -= 1
            continue
        if any(word in masked[max(left - 2, 0) : left + 1] for word in _IN_NAME if char in word):
            left -= 1
            continue
        if char in _STOP or not "一" <= char <= "龥" or _STOP_VERB.match(masked, max(left - 2, 0), left):
            break
        left -= 1
    return left
