"""When do two phrases tell of the same event? Acts and things by concept, not by equal words; numbers and names must agree.

移交 4 号楼 and 二期4号厂房整体移交 are one event; 第一期补助 and 第二期补助 are not; 提交保函 and 退还保函 are not.
"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from math import log

import msgspec

from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.text import fold_text


class Event(msgspec.Struct, frozen=True):
    """What a phrase tells: acts, things, marks that must not disagree (号, 期, 区), quantities, pairs of characters."""

    acts: frozenset[str]
    things: frozenset[str]
    marks: frozenset[tuple[str, str]]
    amounts: frozenset[tuple[str, Decimal]]
    pairs: frozenset[str]  # characters and pairs of characters
    parts: frozenset[str]  # words that tell of a part or a beginning only: 路基, 主体, 启动
    named: bool  # names something that no list of things knows: 危废暂存中心
    purposes: frozenset[str]  # what money is for: 物流(补贴), 装修(补助)
    lead: frozenset[str]  # acts of the first phrase: what 并 adds governs nothing


_ACTS: dict[str, str] = {
    "return": "退还|退回|返还(?!.{0,8}(?:税|奖))|归还|清退|退付|解除保函|原路退|退付|发还",
    "reduce": "核减|减额|减少保函|调减|释放保函",
    "pay": (
        "支付|拨付|付清|付讫|付款|兑现|兑付|发放|发给|汇[入出付款]|到账|到帐|补给|缴(?!款书|费凭)|补偿到位|付至|拨清|[交拿]到|结清|入库|划转|划拨|转账|打款"
        "|下达|补足|交纳|认缴到位|实缴|(?<!交)付(?=[^\u4e00-\u9fff]|$|[给出了])|(?<![移提递点成])交(?=$|[^\u4e00-\u9fff])"
        "|打[到入进给]|清偿|偿付|缴付|汇缴|上缴|预付|补发|下拨|核拨|拨款|入账|进账|收讫|资金到位|放款|代付"
    ),
    "hand_over": (
        "交付|移交|交接|交给|交钥匙|钥匙移交|交出|交清|交地|交房|交楼|点交|腾出|启用|借给|入驻|迁入|搬入|供地|接收|进驻|领取钥匙"
        "|提供(?!.{0,10}(?:资料|材料|报告|证明|图纸|施工图|发票|保函))"
        "|钥匙|接房|收楼|入住|交验|接管|过户|腾空|接收|交(?=(?:给|与|付|由)?(?:[甲乙丙丁]方|企业|公司|承租|投资))"
    ),
    "submit": (
        "提交|递交|报送|报备|抄送|送(?=[甲乙]方)|存档|(?:书|函|通知|材料|资料|报告|图纸|文件|发票)[^，。；]{0,4}送达|送达[^，。；]{0,8}(?:书|函|通知|材料|资料|报告|图纸|文件|发票)|转报|呈报|上报|交至|开立|出具|开具|收文|报至"
        "|提供(?=.{0,12}(?:资料|材料|报告|证明|图纸|施工图|发票|保函))|提供(?=.{0,4}履约)"
        "|上交|递送|寄送|函告|汇报|申报"
    ),
    "record": "备案",
    "start": "开工|动工|破土|奠基|桩基首件|首件施工|开工令|打桩|(?:第一|首)根?桩|桩[^，。；]{0,4}开[打钻]|第一根桩|开建|启动施工|基坑|放线",
    "enter": "进场|进点",
    "build": (
        "建成|竣工|完工|建设(?=完|$)|完成.{0,12}建设|封顶|新建|(?:施工|装修|装饰|改造|浇筑|摊铺|硬化|铺装|粉刷)(?=完|结束|$)|交工"
        "|完成.{0,16}(?:施工|装修|装饰|桩基|廊|硬化|改造)|组织装修|修[通到建好]|扩建|开挖|挖|浇|铺|换完|更新|更换|封堵|堵[口住]|回填|夯实|完成(?=$)|落成"
        "|竣备|断水|主体完工|试制(?!成功)|(?:立|建|盖|架|搭|砌)(?:起来|好|起)|安装完毕"
    ),
    "open": "通车|贯通|修通|打通|开通|开放|挂牌|揭牌|交工|放行|接驳|发车|开行|首班",
    "connect": (
        "接[入至通到管]|引至|引入|送电|通电|受电|通水|通气|供汽|点火|开栓|带电|架通|架设|供[水电气热汽](?!公司|局|所)|投用|敷设|铺设|投入使用|具备.{0,4}条件"
        "|投运|通达|到(?:达)?红线|双电源|扩容|增容|增到|亮灯|装表|开户|并网|接网|纳管|到位送"
        "|碰口|碰通|送汽|供暖|合闸|启用|通网|水电到位|(?:水|电|气|网)[^，。；]{0,4}(?:到位|接通|开通)"
    ),
    "produce": (
        "投产|试生产|试产|达产|出鞋|出产品|下线|量产|投料|产出|首件产品|试车|点火投料|生产线.{0,6}运行|试制|开机生产|开线|出货|首单|首车"
    ),
    "full": "达产|满产|满负荷|全部.{0,12}(?:投产|建成|完工|投运)|全面(?:投产|建成|完工)|(?:投产|建成|完工)全部",
    "operate": "运营|开业|营业(?!执照|收入)|上线|投入运行|试运行|对外",
    "install": "安装|调试|联调|装好|布设|就位|装机|吊装|到位调试|就绪",
    "arrive": "运抵|到货|到场|进厂|到厂|抵达|运到|进场(?=.{0,4}设备)|设备进场",
    "count": "清点|盘点",
    "accept": "验收|核验|查验|评定|合格|竣备|过检|检测合格",
    "clear": "清[表理点]|搬迁|迁坟|拆屋|拆迁|拆除|征拆|征迁|平整|场平|迁移|腾退|征收|迁改|腾地|拆平|清零|腾空|迁出",
    "register": "注册|设立(?!.{0,4}专户)|工商登记|(?<!产权)(?<!首次)(?<!使用)(?<!变更)登记(?!证)|营业执照|成立",
    "move": "迁入|迁址|搬迁至|住所变更|变更住所|变更登记|地址变更|注册地.{0,6}(?:变更|迁)",
    "sign": "签订|签约(?![时前后合价])|签署|签字|订立|合同签|签(?=[^\u4e00-\u9fff]|$)|(?:合同|协议)生效|签妥|换签",
    "license": "许可证|领证|核发|颁发|发证|办妥.{0,6}许可|办证|产权证|使用登记|首次登记|签发|获证|换证|办结",
    "publish": "公开|公示|公布|发布|公告|挂网|刊登|上网",
    "hold": "举办|召开|对接(?:会|活动)|招聘会|见面会|推介会|召集|举行|组织第|例会|调度会|活动",
    "reach": "达到|达[0-9]|完成.{0,12}投资|累计|投满|从业人员|人数|入库投资|固投|完成额|入统|纳统|升规|参保",
    "obtain": "取得|获得|获批|获评|获颁|获发|拿到|通过(?=.{0,14}(?:认证|审核|认定|批准|评审))|认证|批准|批复|过审|认定",
    "review": "审查|评审|审核|审定|初审|考核|审计",
    "receive": "收到|收悉|领取|受理|收文|签收",
    "win": "摘牌|竞得|成交|中标|(?:取得|获得|拿到)[^，。；]{0,6}(?:土地|用地|地块)|出让(?!合同|金|价|公告|年|方|人)",
    "buy": "购买|采购|购置|回购|收购",
    "survey": "考察|踏勘|勘察|调研",
    "expire": "期满|届满|到期|终止|解除",
}
_THINGS: dict[str, str] = {
    "plant": "厂房|交房|接房|车间|标准化?厂|定制厂|\\d+(?:号|#)楼|标房|标厂|工厂|生产用房",
    "rooms": "用房|办公楼|大厦|库房|场所|写字楼|综合.{0,3}楼|孵化|办公室",
    "dormitory": "宿舍|公寓|食堂|保障房|住房|餐厅|人才房|安置房",
    "warehouse": "仓库|冷库|库房|堆场",
    "land": "土地|用地|地块|净地|宗地|交地|点交|场地|厂区|场平|[把将]地",
    "road": "道路|公路|便道|通道|支路|干道|大道|[东南西北环纬经\u4e00-\u9fff]路(?!灯|由|径|线|基)|路面|断头路|连接线|通车",
    "lamp": "路灯|亮灯|照明|亮化",
    "parking": "停车",
    "power": "用电|供电|电源|送电|通电|受电|带电|变电|配变|变压器|配电|线路|千伏|[kK][vV]|电力|开闭所|间隔|箱变|双回路|电缆|配电房|专变",
    "water": "给水|供水|自来水|用水|(?<!渠)通水|(?<![污雨])水管|水厂|水务|水表|泵房|水池",
    "canal": "渠",
    "sewage": "污水|排水|雨污|排污|泵站|纳管",
    "gas": "燃气|天然气|供气|通气|中压管",
    "heat": "蒸汽|热力|供热|供汽|采暖|供暖|暖气|送汽",
    "network": "光缆|光纤|宽带|通信|基站|网络|5G|专网",
    "bus": "公交|班车|专线|接驳|通勤|班车",
    "rail": "铁路|专用线|站台",
    "subsidy": "补助|补贴|兑付|兑现|奖励|扶持|奖补|发展资金|产业资金|搬迁费|贴息|引导金|资助|奖金|专项资金|补差",
    "damages": "补偿|赔付|赔偿|损失",
    "rent": "租金|房租|租费|房屋使用费",
    "price": "价款|货款|工程款|设备款|款项|土地款|出让金|地价|土地价|尾款|进度款|预付款|服务费",
    "guarantee": "保函|担保函|保证金|定金|押金|意向金|履约金|诚意金|质保金",
    "fixed": "固定资产|固投|设备投资|投资额(?!的?(?:[0-9]|百分))|投资满|累计.{0,6}投资|入库投资|投资完成|纳统|入统",
    "jobs": "用工|从业|招工|就业|人员|名册|招聘|参保|员工|在岗|工人|职工(?!餐|宿|食|公)",
    "lines": "生产线|流水线|压铸线|成型线|冲压线|挤出线|试制线|产线|[条台]线|全线",
    "equipment": "设备|机器|货梯|电梯|仪器|主机|首台",
    "company": "项目公司|法人公司|企业法人|新公司|公司(?=注册|设立|登记)|首家|营业执照|子公司",
    "goods": "货物|货品|产品交付|商品|供货",
    "service": "服务|配送|会务|保洁",
    "design": "设计|图纸|施工图|工艺|平面图",
    "deal": "成交|摘牌|竞得|中标",
    "grant": "出让合同",
    "purchase": "采购合同|购销合同|买卖合同",
    "work": "施工合同|承包合同",
    "report": "报告|自评|报表",
    "progress": "进度",
    "account": "结算|决算",
    "audit": "审计",
    "invoice": "发票",
    "papers": "资料|材料|文件|手续|要件|单据|票据|清单",
    "permit": "许可|环评|批复|执照|核准|能评|批文|审批意见|备案证",
    "certificate": "体系|认证|资质|高新技术企业|高企",
    "fair": "对接(?:会|活动)|招聘会|推介会|见面会|专场",
    "tax": "税收|纳税|税款",
    "deed": "产权|不动产",
    "clean": "净化|洁净",
    "foundation": "桩基|基础桩|廊道|管廊",
    "structure": "主体|结构",
    "fire": "消防",
    "green": "绿化|亮化|景观",
    "loan": "贷款|授信|放款|借款",
    "address": "注册地|住所|地址|迁址",
    "exempt": "免税|免表|征免",
    "school": "学校|幼儿园|医院|卫生",
}
_ACT_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _ACTS.items())
_THING_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _THINGS.items())
_NUMBERED = re.compile(
    rf"(?P<no>[0-9]{{1,4}}(?:[、及和-][0-9]{{1,3}}(?=号|#))?)(?:号|#)|(?P<phase>(?<!分)第?{RUN}|首)(?:期(?![限间末])|[笔批]|次(?!性|日|月|年|登记))"
    r"|(?P<first>首付|预付|首款)|(?P<rest>余款|尾款|剩余|余额|其余|余下|结余|另一半)"
    rf"|第(?P<year>{RUN})个?年|(?P<fiscal>20[0-9]{{2}})年度"
    r"|(?P<zone>[甲乙丙丁东南西北A-F])区(?!人|政)"
    r"|(?P<code>[A-Z]{1,4}-?[0-9]{1,4})(?![0-9A-Za-z])"
)
_PURPOSE = re.compile(
    r"(?P<words>[\u4e00-\u9fff]{2,4}?)(?:专项|配套)?(?:补助|补贴|奖励|奖补|扶持|资助|贴息|补偿|租金|保证金|押金|租费|搬迁费)"
)
_NO_PURPOSE = re.compile(
    r"支付|拨付|兑付|兑现|一次性?|给予|发放|全部|剩余|相应|上述|该|项"
    r"|企业|[甲乙丙]方|财政|政府|的|向|付|余|款|首|第|期|笔|度"
)
_AMOUNT = re.compile(
    rf"百分之(?P<share>{RUN})|(?P<n>{RUN})(?:余|多)?(?P<unit>平方米|亩|条|台|套|万元|元|亿元|人|名|间|公里|米|场|家|%|层|座)"
)
_SCALE = {"万元": ("元", Decimal(10**4)), "亿元": ("元", Decimal(10**8)), "名": ("人", Decimal(1))}
# Acts that tell of one and the same fact.
_NEAR_ACTS = tuple(
    frozenset(group.split())
    for group in (
        "hand_over accept", "open connect operate", "build connect", "produce operate install",
        "register license open record", "submit pay", "pay receive", "submit record", "start enter", "receive license obtain win submit",
        "receive submit hand_over", "accept count install", "review obtain accept", "win sign", "arrive accept hand_over",
        "reduce return", "install connect",
    )
)  # fmt: skip
# Signing the paper that records an event is the event: 《交地确认书》签署之日, 签署验收单.
_SIGNED_PAPER = re.compile(
    r"签[署订]?(?=《?[^，。；《》]{0,6}(?:交[接地付房]|移交|验收|交钥匙)[^，。；《》]{0,6}(?:书|单|表|证明|清单)》?)"
    r"|(?P<paper>(?:交[接地付房]|移交|验收|成交)[^，。；《》]{0,6}(?:书|单|表|证明|清单)》?)(?:签署|签订|签字|签发)"
)
_PARTS = re.compile(
    r"路基|基层|垫层|主体|封顶|部分|一半|过半|启动|开始|着手|筹备|正在|初步|初验|预验|意向|招标|立项(?!目)|样机|方案|论证|可研|试(?:生产|产|车|运行|机|制|转|投|营业)"
)
_STOP = frozenset("的了在于将由并和及与把应须后前内其该本为使以按各")


@lru_cache(maxsize=4096)
def event(words: str) -> Event:
    """What the phrase tells."""
    text = _SIGNED_PAPER.sub(r"\g<paper>", fold_text(words))
    acts = frozenset(name for name, pattern in _ACT_PATTERNS if pattern.search(text))
    return Event(
        acts,
        frozenset(name for name, pattern in _THING_PATTERNS if pattern.search(text)),
        frozenset(_marks(text)),
        frozenset(_amounts(text)),
        frozenset(
            word for size in (1, 2) for index in range(len(text)) if _is_word(word := text[index : index + size])
        ),
        _parts(text),
        _names_more(text),
        frozenset(words for match in _PURPOSE.finditer(text) if len(words := _NO_PURPOSE.sub("", match["words"])) > 1),
        acts,
    )


_OF_PROJECT = re.compile(
    rf"第?{RUN}期|首期|项目|工程|厂区|企业|公司|单位|施工|土建|整体|全部|正式|主体|厂房|车间|结构|生产线|设备|消防|规划|备案|竣工|完成|验收"
    r"|合格|组织|通过|取得|证书?|报告|意见|手续|办理|全面|如期|顺利|[甲乙丙]方|[于在的了并及和与]"
)


def _names_more(text: str) -> bool:
    for _, pattern in _ACT_PATTERNS:
        text = pattern.sub("", text)
    left = re.sub(r"[^\u4e00-\u9fff]|[（(][^（）()]*[）)]", "", _OF_PROJECT.sub("", text))
    return len(left) >= _NAME_CHARS


_NAME_CHARS = 3


_REAL = re.compile(r"(?<!试)投产|正式(?:生产|投)|量产|下线|达产")


def _parts(text: str) -> frozenset[str]:
    """The parts named; the roof on is the main structure done, and a trial run is none once production is named."""
    found = {"主体" if part == "封顶" else "试" if part.startswith("试") else part for part in _PARTS.findall(text)}
    return frozenset(found - {"试"} if _REAL.search(text) else found)


def _is_word(pair: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in pair) and not set(pair) & _STOP


def _marks(text: str) -> list[tuple[str, str]]:
    found = []
    for match in _NUMBERED.finditer(text):
        if match["phase"]:
            value = Decimal(1) if match["phase"] == "首" else number(match["phase"].lstrip("第"))
            found.append(("期", str(value)))
        elif match["rest"]:
            found.append(("期", "余"))
        elif match["year"] or match["fiscal"]:
            found.append(("年", str(number(match["year"] or match["fiscal"]))))
        elif match["first"]:
            found.append(("期", "1"))
        elif match["zone"]:
            found.append(("区", match["zone"]))
        elif match["code"]:
            found.append(("码", match["code"]))
        else:
            found += [("号", part) for part in re.split("[、及和-]", match["no"])]
    return found


def _amounts(text: str) -> list[tuple[str, Decimal]]:
    found = []
    for match in _AMOUNT.finditer(text):
        value = number(match["share"] or match["n"])
        unit, factor = _SCALE.get(match["unit"] or "%", (match["unit"] or "%", Decimal(1)))
        if value is not None:
            found.append((unit, value * factor))
    return found


class Weights(msgspec.Struct, frozen=True):
    """How telling pairs, acts and things are among the events at hand: rare ones (疏港, 保税) say more than common ones."""

    of: dict[str, float]

    def total(self, marks: Iterable[str], unknown: float = 0.0) -> float:
        """The summed weight, `unknown` for each that none of the events has."""
        return sum(self.of.get(mark, unknown) for mark in marks)


def weights(events: list[Event]) -> Weights:
    """Weights by how many of the events have a mark (inverse document frequency, at most 1)."""
    counts = Counter(mark for one in events for mark in (*one.pairs, *one.acts, *one.things))
    size = len(events) + 1
    return Weights(
        {
            mark: max(log(size / (count + 0.5)) / log(2 * size), 0.0) * (0.4 if len(mark) == 1 else 1.0)
            for mark, count in counts.items()
        }
    )


def likeness(told: Event, sought: Event, scale: Weights) -> float:
    """How much the told event (evidence) looks like the sought one (duty, anchor): 0 = another event, from 4 the same."""
    acts = _acts_score(told.acts, sought.acts, sought.lead, scale)
    if acts is None or _marks_clash(told.marks, sought.marks):
        return 0.0
    pays = bool(_PAYING & told.acts & sought.acts)
    if told.parts - sought.parts and not pays:
        return 0.0
    if _falls_short(told.amounts, sought.amounts):
        return 0.0
    if "design" in told.things - sought.things:
        return 0.0  # drawings of a pipe are no pipe
    common = told.things & sought.things
    score = acts + len(common) + scale.total(common, 0.5) + min(scale.total(told.pairs & sought.pairs), 4.0)
    score += 1.5 * len(told.marks & sought.marks) + _amount_score(told.amounts, sought.amounts)
    score -= len(sought.parts - told.parts)  # 完成改造方案 is not done by the works alone
    score -= _OTHER_MONEY * (pays and _is_other_sum(told.amounts, sought.amounts))
    score -= _OTHER_MONEY * _is_other_purpose(told.purposes, sought.purposes)
    if sought.things and told.things:
        score -= 0.3 * len(sought.things ^ told.things) if common else 2.0
    elif not sought.things and told.acts & sought.acts & _SPEAKING:
        score += 1.0
    return max(score, 0.0)


# Acts that say by themselves what was done: 开工, 投产, 注册 need no object.
_SPEAKING = frozenset({"start", "produce", "register", "win", "license", "operate"})
# An act that governs its phrase: 收到验收申请 tells of receiving, not of acceptance.
_GOVERNING = frozenset({"return", "reduce", "receive", "sign", "expire", "submit", "publish", "move"})


# What ends a work is not proved by its earlier steps: a road is open when traffic runs, not when it is built.
_FINAL = {
    "open": frozenset({"open", "connect", "accept", "operate", "hand_over"}),
    "produce": frozenset({"produce", "operate"}),
    "full": frozenset({"full"}),
}


_BUILT, _WORKED = frozenset({"accept", "build", "record"}), frozenset({"build", "open", "connect", "start", "install"})


_PAYING = frozenset({"pay", "return"})
_OTHER_MONEY = 1.5  # off the likeness of two payments of different sums, and of different purposes (物流补贴, 设备奖补)


def _is_other_sum(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]]) -> bool:
    ours, theirs = ({value for unit, value in amounts if unit == "元"} for amounts in (told, sought))
    return bool(ours and theirs) and not ours & theirs


def _is_other_purpose(told: frozenset[str], sought: frozenset[str]) -> bool:
    """Both say what the money is for, and no character of the one is in the other."""
    return bool(told and sought) and set("".join(told)).isdisjoint("".join(sought))


def _acts_score(told: frozenset[str], sought: frozenset[str], lead: frozenset[str], scale: Weights) -> float | None:
    """Points for the acts; None where they are different acts. What is told without a verb (第一期补助) may be any."""
    governing = lead & _GOVERNING
    if governing and told and not governing & told and not any(governing & near and told & near for near in _NEAR_ACTS):
        return None
    for act, proofs in _FINAL.items():
        if act in sought and told and not proofs & told:
            return None
    if sought & {"accept", "record"} and sought <= _BUILT and told and told <= _WORKED:
        return None
    if told & sought:
        return 1.5 + 2.0 * min(scale.total(told & sought, 0.5), 1.0)
    if not told or not sought:
        return 1.0
    return 1.0 if any(told & near and sought & near for near in _NEAR_ACTS) else None


def _marks_clash(told: frozenset[tuple[str, str]], sought: frozenset[tuple[str, str]]) -> bool:
    for kind in ("号", "期", "区", "年"):
        ours, theirs = ({mark for mark in marks if mark[0] == kind} for marks in (told, sought))
        if ours and theirs and not ours & theirs:
            return True
    return False


def _amount_score(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]]) -> float:
    score = 0.0
    for unit, value in sought:
        others = [amount for other, amount in told if other == unit]
        if value in others:
            score += 2.0 if unit == "元" else 1.5  # sums are the most telling
    return score


def _falls_short(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]]) -> bool:
    """8 of 26 lines, 6000 of 15600 m²: a part is not the whole."""
    for unit in {unit for unit, _ in sought} - {"%", "层", "米"}:
        ours = [value for other, value in told if other == unit]
        if ours and max(ours) < min(value for other, value in sought if other == unit):
            return True
    return False
