"""When do two phrases tell of the same event? Acts and things by concept, not by equal words; numbers and names must agree.

移交 4 号楼 and 二期4号厂房整体移交 are one event; 第一期补助 and 第二期补助 are not; 提交保函 and 退还保函 are not.
"""

import re
from decimal import Decimal

import msgspec

from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.text import fold_text


class Event(msgspec.Struct, frozen=True):
    """What a phrase tells: acts, things, marks that must not disagree (号, 期, 层), quantities, character pairs."""

    acts: frozenset[str]
    things: frozenset[str]
    marks: frozenset[tuple[str, str]]
    amounts: frozenset[tuple[str, Decimal]]
    pairs: frozenset[str]


_ACTS: tuple[tuple[str, str], ...] = (
    ("return", r"退还|退回|返还|归还|清退"),
    ("pay", r"支付|拨付|付清|付款|兑现|兑付|发放|汇[入出付]|到账|补给|缴[纳清交付]|补偿到位|付至|拨清|交到|结清|先拿|一次性?付|付(?=[^\u4e00-\u9fff]|$)|补助资金"),
    ("hand_over", r"交付|移交|交接|交给|提供(?!.{0,8}(?:资料|材料|报告|证明|图|发票))|交清|交地|交房|点交|腾出|启用|借给|交(?=乙方|甲方|企业)|入驻|使用到位"),
    ("submit", r"提交|递交|报送|报备|抄送|送达|送(?=甲方|乙方)|存档|备案|提供(?=.{0,12}(?:资料|材料|报告|证明|图|发票|保函))|报(?=.{0,10}备案)"),
    ("start", r"开工|动工|破土|奠基|桩基|首件施工|开工令"),
    ("enter", r"进场|进点"),
    ("build", r"建成|竣工|完工|建设完成|建设(?=[^\u4e00-\u9fff]|$)|封顶|新建|完成.{0,10}(?:施工|建设|装修|装饰)|(?:施工|建设|装修|装饰).{0,6}完成|修[通到建]|扩建|改造"),
    ("open", r"通车|贯通|修通|打通|开通"),
    ("connect", r"接[入至通到]|引至|送电|通电|通水|带电|架通|供[水电气]|投用|铺设|投入使用|投入运营|具备.{0,4}条件|投运"),
    ("produce", r"投产|试生产|达产|出鞋|出产品|量产|生产运行|投产运营|试运行"),
    ("operate", r"运营|开业|营业|上线"),
    ("install", r"安装|调试|进厂"),
    ("count", r"清点"),
    ("accept", r"验收|核验|查验"),
    ("clear", r"清[表理点]|搬迁|迁坟|拆屋|拆迁|平整|迁移|腾退|征收"),
    ("register", r"注册|设立|登记|营业执照|成立"),
    ("sign", r"签订|签约|签署|签字|订立|合同签"),
    ("license", r"许可证|领证|核发|办妥.{0,6}许可"),
    ("publish", r"公开|公示|公布"),
    ("hold", r"举办|组织.{0,10}会|召开|对接会|招聘会"),
    ("reach", r"达到|达\d|完成.{0,12}投资|累计|投满|用工|从业人员|人数"),
    ("obtain", r"取得|获得|获批|通过(?=.{0,14}(?:认证|审核|认定|批准))|认证"),
    ("review", r"审查|评审|审核|审定"),
    ("receive", r"收到|收悉|领取"),
    ("buy", r"购买|采购|购置|回购|收购"),
    ("renew", r"补办|换发"),
)  # fmt: skip
_THINGS: tuple[tuple[str, str], ...] = (
    ("plant", r"厂房|车间|\d+(?:号|#)楼|标准化?厂|定制厂"),
    ("rooms", r"用房|综合.{0,3}楼|办公楼|大厦|库房|场所|铺|写字楼|\d+层"),
    ("dormitory", r"宿舍|公寓|食堂"),
    ("land", r"土地|用地|地块|净地|宗地|交地|点交|场地|厂区|[把将]地"),
    ("road", r"道路|公路|便道|支路|干道|大道|[东南西北环纬经]路|路面|断头路|路(?=[北南东西]|通)|通车"),
    ("power", r"用电|供电|电源|送电|通电|带电|变电|线路|千伏|kV|电力|开闭所"),
    ("water", r"给水|供水|自来水|用水|通水|水管|水厂|水务"),
    ("sewage", r"污水|排水|雨污|排污"),
    ("gas", r"燃气|天然气|供气"),
    ("heat", r"蒸汽|热力|供热"),
    ("subsidy", r"补助|补贴|奖励|扶持|奖补|发展资金|产业资金|搬迁费"),
    ("damages", r"补偿|赔付|赔偿|损失"),
    ("rent", r"租金|房租"),
    ("price", r"价款|货款|工程款|设备款|款项|土地款"),
    ("guarantee", r"保函|担保函|保证金|定金|押金"),
    ("fixed", r"固定资产|设备投资|投资额|累计投资|完成.{0,8}投资"),
    ("jobs", r"用工|从业|招工|就业|人员|名册"),
    ("lines", r"生产线|流水线|压铸线|成型线|冲压线|挤出线|试制线|[条台]线|全线"),
    ("equipment", r"设备|机器|货梯|仪器"),
    ("company", r"项目公司|公司|企业法人"),
    ("design", r"设计|图纸|施工图|工艺"),
    ("contract", r"合同|协议"),
    ("report", r"报告|审计|自评|形象进度"),
    ("permit", r"许可|环评|批复|证书|执照"),
    ("system", r"质量管理体系|认证"),
    ("fair", r"对接会|招聘会|推介会"),
    ("tax", r"税收|纳税|税款"),
    ("deed", r"产权|不动产"),
    ("clean", r"净化|洁净"),
    ("notice", r"通知|函"),
)  # fmt: skip
_ACT_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _ACTS)
_THING_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _THINGS)
_NUMBERED = re.compile(rf"(?P<no>[0-9A-Za-z]{{1,4}}(?:[、及和-][0-9]{{1,3}}(?=号|#))?)(?:号|#)|(?P<phase>第?{RUN}(?=期(?!限|间|末))|首(?=期))|(?P<batch>首批|第{RUN}批)")
_AMOUNT = re.compile(rf"(?P<n>{RUN})(?P<unit>平方米|亩|条|台|套|万元|元|亿元|人|名|间|公里|米|场|家|%)")
_SCALE = {"万元": ("元", Decimal(10**4)), "亿元": ("元", Decimal(10**8)), "名": ("人", Decimal(1))}
# Acts that are told of one and the same fact.
_NEAR_ACTS = (
    frozenset({"hand_over", "build", "accept"}), frozenset({"open", "build"}), frozenset({"connect", "open", "build"}),
    frozenset({"produce", "operate", "install"}), frozenset({"register", "license"}), frozenset({"submit", "pay"}),
    frozenset({"start", "enter"}), frozenset({"clear", "hand_over"}), frozenset({"receive", "license", "obtain"}),
    frozenset({"receive", "submit", "hand_over"}), frozenset({"accept", "count"}), frozenset({"review", "obtain", "accept"}),
)  # fmt: skip


def event(words: str) -> Event:
    """What the phrase tells."""
    text = fold_text(words)
    return Event(
        frozenset(name for name, pattern in _ACT_PATTERNS if pattern.search(text)),
        frozenset(name for name, pattern in _THING_PATTERNS if pattern.search(text)),
        frozenset(_marks(text)),
        frozenset(_amounts(text)),
        frozenset(text[index : index + 2] for index in range(len(text) - 1) if _is_word(text[index : index + 2])),
    )


def _is_word(pair: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in pair) and not set(pair) & set("的了在于将由并和及与把应须后前")


def _marks(text: str) -> list[tuple[str, str]]:
    found = []
    for match in _NUMBERED.finditer(text):
        if match["phase"]:
            value = Decimal(1) if match["phase"] == "首" else number(match["phase"].lstrip("第"))
            found.append(("期", str(value)))
        elif match["no"]:
            found += [("号", part) for part in re.split("[、及和-]", match["no"])]
    return found


def _amounts(text: str) -> list[tuple[str, Decimal]]:
    found = []
    for match in _AMOUNT.finditer(text):
        value = number(match["n"])
        unit, factor = _SCALE.get(match["unit"], (match["unit"], Decimal(1)))
        if value is not None:
            found.append((unit, value * factor))
    return found


def likeness(told: Event, sought: Event) -> float:
    """How much the told event (evidence) looks like the sought one (duty, anchor): 0 = another event, above 3 = the same."""
    if not _acts_agree(told.acts, sought.acts) or _marks_clash(told.marks, sought.marks):
        return 0.0
    common = told.things & sought.things
    shared = told.pairs & sought.pairs
    score = 2.0 * bool(told.acts & sought.acts) + 1.0 + 1.5 * len(common) + 0.5 * min(len(shared), 8)
    score += 2.0 * len(told.marks & sought.marks) + _amount_score(told.amounts, sought.amounts)
    if sought.things and told.things and not common:
        score -= 3.0
    return max(score, 0.0)


def _acts_agree(told: frozenset[str], sought: frozenset[str]) -> bool:
    if told & sought:
        return not ("return" in sought and "return" not in told)
    return any(told & near and sought & near for near in _NEAR_ACTS)


def _marks_clash(told: frozenset[tuple[str, str]], sought: frozenset[tuple[str, str]]) -> bool:
    for kind in ("号", "期"):
        ours, theirs = ({mark for mark in marks if mark[0] == kind} for marks in (told, sought))
        if ours and theirs and not ours & theirs:
            return True
    return False


def _amount_score(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]]) -> float:
    score = 0.0
    for unit, value in sought:
        others = [amount for other, amount in told if other == unit]
        if value in others:
            score += 2.0
        elif others and unit in ("平方米", "亩", "公里"):
            score -= 1.0
    return score
