"""Number runs with their units: the one scan that all quantities are read from.

Runs first, units second: 2亿3000万元, 10（拾）年, 3000余平方米, 百分之五, 12元/平方米·月. What the unit makes of the number is
said in one table.
"""

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from contract_audit.chinese.numerals import RUN, number

UnitKind = Literal["money", "area", "percent", "period", "count"]
MU_SQM = Decimal(10000) / Decimal(15)


class Unit(NamedTuple):
    """What a unit word means: `factor` to the kind's unit, `code` = currency, ISO designator or classifier."""

    kind: UnitKind
    factor: Decimal
    code: str = ""


class Token(NamedTuple):
    """A number with its unit word, if any. `value` is None where the numeral cannot be read; `scale` is its 万/亿."""

    start: int
    end: int
    value: Decimal | None
    unit: Unit | None
    scale: Decimal
    sure: bool
    bare: bool  # neither unit nor 万/亿
    per: str | None = None  # denominator that the table's header gives


class Given(NamedTuple):
    """A unit that stands apart from its number, in a header: 万元/亩 → scale 万, yuan, 亩."""

    scale: Decimal
    unit: Unit
    per: str | None


def _money(words: str, code: str) -> dict[str, Unit]:
    return {word: Unit("money", Decimal(1), code) for word in words.split()}


def _plain(kind: UnitKind, factor: str, words: str, code: str = "") -> dict[str, Unit]:
    return {word: Unit(kind, Decimal(factor), code or word) for word in words.split()}


CURRENCIES = {
    **dict.fromkeys(("人民币", "RMB", "CNY", "¥", "￥"), "CNY"),
    **dict.fromkeys(("美元", "美金", "USD", "US$", "$"), "USD"),
    **dict.fromkeys(("港币", "港元", "HKD", "HK$"), "HKD"),
    **dict.fromkeys(("欧元", "EUR", "€"), "EUR"),
    **dict.fromkeys(("日元", "日币", "JPY"), "JPY"),
    **dict.fromkeys(("英镑", "GBP", "£"), "GBP"),
    **dict.fromkeys(("新台币", "台币", "TWD"), "TWD"),
    **dict.fromkeys(("韩元", "KRW"), "KRW"),
    **dict.fromkeys(("新加坡元", "新币", "SGD"), "SGD"),
    **dict.fromkeys(("澳元", "AUD"), "AUD"),
    **dict.fromkeys(("加元", "CAD"), "CAD"),
}
UNITS: dict[str, Unit] = {
    **_money("元 圆 块钱 元人民币 圆人民币", "CNY"),
    **{word: Unit("money", Decimal(1), code) for word, code in CURRENCIES.items() if not word.isascii()},
    **_money("元美元 元美金", "USD"),
    **_money("元港币", "HKD"),
    "亩": Unit("area", MU_SQM),
    **_plain("area", "1", "平方米 平米 ㎡ m2 m² M2 平方 平"),
    **_plain("area", "10000", "公顷 hm2 hm²"),
    **_plain("area", "1000000", "平方公里 平方千米 km2 km²"),
    **_plain("percent", "0.01", "% 个百分点 百分点", "%"),
    **_plain("percent", "0.001", "‰", "%"),
    **_plain("percent", "0.0001", "个基点 基点 个BP BP bp", "%"),
    **_plain("percent", "0.1", "成", "%"),
    **_plain(
        "period",
        "1",
        "年 周年 个周年 个年度 年度 会计年度 个会计年度 个完整会计年度 个自然年度 个纳税年度 个考核年度 个自然年",
        "Y",
    ),
    **_plain("period", "1", "个月 月 个自然月 个日历月", "M"),
    **_plain("period", "3", "个季度 季度", "M"),
    **_plain("period", "1", "个半月", "half month more"),
    **_plain("period", "7", "周 个星期 星期 个礼拜", "D"),
    **_plain("period", "1", "日 天 个日历天 日历天 日历日 个日历日 个自然日 自然日 个自然天 整日", "D"),
    **_plain("period", "1", "个工作日 工作日 个工作天 工作天 个法定工作日 个营业日 营业日 个银行工作日", "W"),
    **_plain("period", "1", "小时 个小时", "H"),
    **_plain(
        "count",
        "1",
        "家 人 名 个 台 套 条 份 栋 幢 层 间 辆 件 吨 次 户 处 座 部 枚 场 组 批 项 款 位 口 只 块 张 根 对 种 期"
        " 公里 千米 米 千瓦 千伏 兆瓦 吉瓦 千瓦时 千伏安 立方米 公斤 千克 头 株 棵 床 架 艘 盒 瓶 箱 支 本 门 轮 倍 级"
        " 人次 台套 台（套） 架次 车位 个车位 套件 颗 片 双 盏 标段 个标段",
    ),
}
# A unit word that is the head of another word is no unit: 元素, 成立, 人民, 年产, 个体.
_HAN = "\u4e00-\u9fff"
_NOT_BEFORE = {
    "元": "素旦件器年宝月", "圆": "形圈锥柱桌", "亩": "均", "成": "立本为员功都果交品套熟长就份分型片组效了后投",
    "人": "民才工员防事力数大身均社次", "个": "体人股性别案", "名": "称义单", "条": "件款例约", "项": "目", "次": "日年月级要",
    "部": "门分委", "期": "限间内", "层": "面级高", "块": "钱", "组": "织", "处": "理置罚于", "批": "准复次", "份": "额",
    "位": "于", "日": "元常均产处报夜", "年": "产均纳税租", "月": "租薪均息", "本": "协合项次条", "门": "窗", "级": "别", "种": "类植",
    "场": "地所", "架": "构", "周": "边围转岁", "只": "能", "支": "持付", "头": "部", "片": "区", "平方": "公千", "对": "方于",
    "台": "账", "米": "粮", "口": "径头", "张": "家", "倍": "率", "根": "据", "双": "方", "款": "项", "平": _HAN, "间": "接", "轮": "胎",
}  # fmt: skip


def _word(unit: str) -> str:
    stops = _NOT_BEFORE.get(unit)
    return re.escape(unit) + (f"(?![{stops}])" if stops else "")


UNIT = "|".join(_word(unit) for unit in sorted(UNITS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<parts>[百千万]分之)?(?P<run>{RUN})(?:（(?P<again>{RUN})）)?[余多]?(?P<scale>[千百]?万亿?|个?亿)?(?P<unit>{UNIT})?"
    r"|(?P<half>(?<![上下大一])半)(?P<halfunit>年|个月|月|天|日)"
)
_SCALES = {
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
    "万亿": Decimal(10**12),
    "千万": Decimal(10**7),
    "百万": Decimal(10**6),
}
_PARTS = {"百": Decimal("0.01"), "千": Decimal("0.001"), "万": Decimal("0.0001")}
RUN_START = re.compile(RUN)
# A bare Chinese numeral is a number where a range goes on behind it: 三至五年, 两到三亿元.
_GOES_ON = re.compile(rf"(?:-|—{{1,2}}|～|~|至|到)(?:{RUN})[余多]?(?:[千百]?万亿?|个?亿)?(?:{UNIT}|(?<=[万亿]))")
_RUN_LIMIT = 30
_TOO_LARGE = Decimal(10**16)  # no agreement speaks of more: digits run together


def tokens(text: str, given: dict[int, Given]) -> list[Token]:
    """All number runs of masked `text` in order; `given` maps the start of a bare run to scale and unit (table cells)."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if match["half"]:
            found.append(Token(*match.span(), Decimal("0.5"), UNITS[match["halfunit"]], Decimal(1), True, False))
        elif match["parts"] or (match["run"].strip("万亿萬億") and _says_something(match, given)):
            found.append(_token(match, given))
    return found


def _says_something(match: re.Match[str], given: dict[int, Given]) -> bool:
    """A bare Chinese numeral is a word more often than a number (一般, 统一); 万元 in a header is no amount."""
    run = match["run"]
    return bool(
        match["unit"] or match["scale"] or run[0] in "0123456789" or run[-1] in "万亿" or match.start() in given
    ) or bool(_GOES_ON.match(match.string, match.end()))


def _token(match: re.Match[str], given: dict[int, Given]) -> Token:
    run, unit = match["run"], UNITS[match["unit"]] if match["unit"] else None
    value = number(run) if len(run) <= _RUN_LIMIT else None
    sure = value is not None
    if match["again"] and number(match["again"]) != value:
        sure = False
    scale = _SCALES.get((match["scale"] or "").removeprefix("个"), Decimal(1))
    bare = unit is None and scale == 1 and run[-1] not in "万萬亿億"
    if match["parts"] and run == "百":
        value, sure = Decimal(100), True
    if match["parts"]:
        unit, scale = Unit("percent", _PARTS[match["parts"][0]], "%"), Decimal(1)
    per = None
    if bare and match.start() in given:
        scale, unit, per = given[match.start()]
    if value is not None:
        value = value * scale if value * scale < _TOO_LARGE else None
        sure = sure and value is not None
    return Token(*match.span(), value, unit, _scale_of(run) if scale == 1 else scale, sure, bare, per)


def _scale_of(run: str) -> Decimal:
    """The 万 or 亿 a run ends with, which a range's first number may share: 5000—8000万."""
    last = run[-1]
    return _SCALES["万" if last in "万萬" else "亿"] if last in "万萬亿億" else Decimal(1)


def unit_named(words: str) -> Given | None:
    """Scale, unit and denominator of a header's unit: 万元, 亿元/年, 元/平方米·月, 亩, ％; None if it is no unit."""
    match = _HEADER.fullmatch(words.strip())
    if match is None:
        return None
    return Given(_SCALES.get(match["scale"] or "", Decimal(1)), UNITS[match["unit"]], match["per"])


_HEADER = re.compile(rf"(?:人民币)?(?P<scale>[千百]?万|亿)?(?P<unit>{UNIT})(?:[/每](?P<per>[^，。）]{{1,9}}))?")
