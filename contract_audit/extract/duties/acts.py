"""What a duty is about: its verb, its object, its kind, and who owes such a thing where nobody is named."""

import re
from functools import lru_cache

from contract_audit.deeds import VERBS
from contract_audit.model import ObligationKind, Side

_ACT = re.compile(
    "(?:先行|分期|一次性?|全部|累计|全额|无息|等额|组织|负责|协助|确保|书面|及时|按期|足额|逐步|同步)*"
    f"(?P<verb>{VERBS})"
)
# Order decides: the first that fits the words.
_KINDS: tuple[tuple[ObligationKind, str], ...] = (
    ("reward", r"奖励|补助|补贴|扶持|奖补|发展(?:资金|基金|金)|兑现|兑付|补给|先征后|返还.{0,8}税|留成|地方.{0,6}贡献"),
    ("registration", r"(?:注册|设立|成立|登记).{0,16}公司|公司.{0,10}(?:注册|设立|登记)|工商登记|营业执照"),
    ("permit", r"许可证?|环评|批复|审批|核准|立项|施工图审查|消防手续|证照|产权.{0,6}登记|资格"),
    (
        "start",
        r"开工|动工|进场施工|破土|启动(?:项目|工程|厂房|车间|主体|土建|[一二三四首]期)[^，。；]{0,6}(?:建设|施工)(?!图)",
    ),
    (
        "production",
        r"投产|达产|试生产|试产|量产|投料|出产品|出鞋|建成运营|建设工?期|建设周期|工期|竣工|全部建成|试车|试营业|开业|开张|开市"
        r"|(?:产线|生产线|流水线)(?:的|所需)?(?:其余|剩余|全部|主要|配套)*(?:设备|机器|装置)?[^，。；]{0,4}(?:应|须|将|于|在)[^，。；]{0,16}(?:进场|到货|到厂|到位|安装|就位)"
        r"|(?:^|[，。；、\s])[一二三四首两]期(?:工程|项目)?[^，。；]{0,24}(?:建成|投入(?:运营|运行|使用|生产)|投运|投用|并网|封顶|开园)|[标区]段[^，。；]{0,24}完工",
    ),
    ("target", r"[纳缴上]税|税收|产值|营业收入|销售收入|就业|用工|从业人员|亩均"),
    ("investment", r"固定资产|设备投资|投资(?:额|款)?.{0,10}(?:完成|达到|投满|到位)|完成.{0,14}投资"),
    (
        "payment",
        r"支付|付清|拨付|付款|退还|返还|退回|缴纳|缴清|租金|价款|汇入|付至|汇出|保证金|保函|补偿|赔付|结清|回购|拿\d|货款|工程款"
        r"|押金|定金|诚意金|价款|(?:不足|差额|缺口|短少|亏空)[^，。；]{0,20}补[齐足上平]|(?:受让|收购|买下|买断)[^，。；]{0,12}股[权份]|(?:款|金|费|租|钱|元)[^，。；]{0,8}(?:交到|[付退还][甲乙丙]方)",
    ),
    (
        "plant",
        r"机房|暂存库|实训基地|厂房|车间|用房|宿舍|公寓|(?:公租|周转|安置|保障)性?(?:住)?房|标准楼|\d+号楼|大厦|孵化楼|房屋|办公楼|食堂",
    ),
    (
        "infrastructure",
        r"便桥|桥梁|大桥|道路|公路|便道|支路|[村乡县省]道|机耕路|干道|大道|路(?:面|网|灯)|通车|供[电水气热汽]|给水|用电|用水|电源|送电|变电|千伏|管[网道线]|污水|"
        r"排[水涝洪]|[水沟明暗]渠|护坡|清淤|河道|堤[防岸]|燃气|天然气"
        r"|蒸汽|泵站|接[入至].{0,8}红线|公交|[东南西北]路|铁路|光缆|宽带|停车场",
    ),
    (
        "land",
        r"土地|用地|[试验制种]田|地块|净地|交地|出让|挂牌|清表|平整|迁坟|搬迁|场地|厂区|[把将]地",
    ),
)
# 净地位于工业大道南侧, 管线铺到车间外: where it lies or ends is not what is owed.
_PLACE = re.compile(
    r"(?:位于|坐落于?)[^，。；]{1,24}?(?:的|以?[东南西北](?:侧|边|面)|(?=[，。；]))|[\u4e00-\u9fff]{1,4}(?:路|大道|街)以?[东南西北](?:侧|边|面)?的?"
    r"|(?<=[到至])(?:[乙丙]方|项目|企业)?的?(?:厂区|厂房|车间|围墙|红线|厂门|配电房|仓库|地块)[^，。；]{0,4}(?:[外内旁边口侧]|(?=[，。；]|$))"
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
# Things that either side may owe: of which kind they are says nothing of whose they are.
_OF_EITHER: tuple[tuple[ObligationKind, re.Pattern[str]], ...] = (
    ("plant", re.compile(r"办公室|校舍|门面房|商铺")),
    (
        "infrastructure",
        re.compile(
            r"[雨污废]水|箱涵|处理站|加压站|调压|收集池|门禁|监控|安防|围墙|岗亭|充电桩|公厕|垃圾(?:转运|中转|收集)站?|[土砂石]路|水泥路|沥青|[^，。；]高压线|杆线|电缆"
        ),
    ),
    ("land", re.compile(r"[0-9]亩地?|清除|拆除|搬走|迁走|迁移|养殖户|圈舍|鱼塘|坟|附着物|地上物|违[章法]建|青苗|砖窑")),
)
_OWED_BY: dict[ObligationKind, Side] = {
    "plant": "government", "land": "government", "infrastructure": "government", "reward": "government",
    "start": "investor", "production": "investor", "target": "investor", "investment": "investor", "registration": "investor",
}  # fmt: skip
_RETURN = re.compile(r"(?:退还|返还|退回|退付).{0,12}|(?:无息|原额|全额)退")
# What is paid for the use of a thing that is lent.
_RENT = re.compile(r"(?:使用费|租金|租费|房租|占用费)(?![^，。；]{0,12}(?:退|返|补|奖|免|不收|缓))")
_DECIDED = re.compile(
    r"审核(?:完|结束|并|意见|后)|审查(?:完|意见)|核定|拨付|核拨|兑现|兑付|予以答复|作出(?:答复|决定)|组织(?:验收|复核|核验|挂牌|出让)"
)
_HANDED = re.compile(r"(?:竣工|建成|完工)[^，。；]{0,6}(?:交付|移交|交房)(?!.{0,6}(?:设备|资料|产品|货))")
# Buildings and grounds are handed over by those who invite.
_GIVEN_OVER = re.compile(r"(?:中心|大厦|基地|[楼房库站场园馆])(?:的)?(?:整体|全部)?(?:交付|移交)(?:时间|日期|期限)")
_MOVED = re.compile(
    r"[将把](?P<object>[^，。；]{2,40}?)(?=(?:组织|交付|移交|提供|交给|接|引|退|返|拨|付|报|送|公开|变更|架|铺))"
)


def has_act(words: str) -> bool:
    """True if the words say that something is done."""
    return _ACT.search(words) is not None


def act_of(words: str) -> tuple[str, str]:
    """Verb and object of a duty's words: 完成首批12条生产线的安装调试 → (完成, 首批12条生产线的安装调试)."""
    match = _ACT.search(words)
    if match is None:
        return "", words.strip("，。；、 ")
    moved = _MOVED.search(words)
    if moved:
        return match["verb"], moved["object"]
    after = re.split(r"[，。；]", words[match.end() :], maxsplit=1)[0].strip("了的、 ")
    if after:
        return match["verb"], after
    before = re.split(r"[，。；]", words[: match.start("verb")])[-1]
    return match["verb"], re.sub(r"^.*(?:应当?|须|负责|由|于|在|前|内|后)", "", before).strip()


@lru_cache(maxsize=2048)  # the same is asked of a duty for its side and for itself
def kind_of_act(phrase: str, words: str, side: Side) -> ObligationKind:
    """Kind of a duty by its main phrase, else by all its words; rewards are the government's only."""
    for text in (_PLACE.sub("", phrase), _PLACE.sub("", words), phrase, words):
        for kind, pattern in _KIND_PATTERNS:
            if pattern.search(text) and not (kind == "reward" and side == "investor"):
                return kind
    return next((kind for kind, pattern in _OF_EITHER if pattern.search(_PLACE.sub("", words))), "other")


def is_rent(words: str) -> bool:
    """Whether the words tell of what the user of a lent thing pays."""
    return _RENT.search(words) is not None


def side_by_act(kind: ObligationKind, words: str) -> Side | None:
    """Who owes such a thing where the words name nobody: plants the government, production the enterprise.

    Deposits are given back and applications decided by the government.
    """
    if _GIVEN_OVER.search(words):
        return "government"
    if _RETURN.search(words) or _DECIDED.search(words) or (kind == "production" and _HANDED.search(words)):
        return "government"
    if kind == "payment" and is_rent(words):
        return "investor"
    if any(kind == one and pattern.search(words) for one, pattern in _OF_EITHER) and not dict(_KIND_PATTERNS)[
        kind
    ].search(words):
        return None
    return _OWED_BY.get(kind)
