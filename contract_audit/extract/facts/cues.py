"""Words by which an amount is known for a fact: a table of cues, the surest first."""

import re
from typing import NamedTuple

from contract_audit.model import Confidence, ValueKind


class Cue(NamedTuple):
    """Words right before (and after) a value of one kind that make it a fact."""

    name: str
    kind: ValueKind
    before: re.Pattern[str]
    confidence: Confidence
    per: str | None = None
    after: re.Pattern[str] | None = None
    standing: bool = (
        False  # a building handed over as it stands: it is the plant of a paper that has no land of its own
    )


_GAP = r"(?:（[^（）\n]{0,30}）)?[^，。；：:、0-9]{0,12}[：:]?[^，。；、0-9]{0,6}"


def _cue(
    name: str,
    kind: ValueKind,
    before: str,
    confidence: Confidence = "high",
    per: str | None = None,
    after: str | None = None,
) -> Cue:
    return Cue(name, kind, re.compile(f"(?:{before}){_GAP}$"), confidence, per, re.compile(after) if after else None)


# Buildings in which something is made or kept.
_MADE_IN = r"(?:厂房|车间|摄影棚|演播[厅室]|机[房库]|站房|大棚|温室)"
_KEPT_IN = r"(?:厂房|车间|[库仓]房|仓库|[冷气仓]调?库)"
_SUPPLIED = "使用|拟用|需用?|提供|出让|供应|供给|取得|竞得|受让|安排|落实|征用|划拨"
CUES = (
    # What is told by the mu comes before what the same words tell of the whole: 亩均固定资产投资, 每亩年税收.
    _cue("intensity_yuan_per_mu", "money", r"(?:亩均|每亩(?:土地|用地|地)?上?的?)(?:固定资产)?投[资入]额?"),
    _cue(
        "tax_yuan_per_mu",
        "money",
        r"(?:亩均|每亩|地均)(?:土地|用地)?(?:年|年度|每年)?(?:均|度)?(?:应|须|可)?(?:实现|上缴|缴纳|入库)?(?:税收|纳税|缴税|入库税|税金|税款)",
    ),
    _cue(
        "total_investment_yuan",
        "money",
        r"总投[资入](?:额|规模|金额)?|(?<!固定资产)投资总额|投资，总额|全部投资|投资总规模|项目投资额",
    ),
    _cue("fixed_investment_yuan", "money", r"固定资产(?:投资)?(?:总?额)?|固投|固定资产[^。；]{0,16}[%成]，?即"),
    _cue(
        "registered_capital_yuan", "money", r"(?<!新增)(?<!增加)(?<!认购)(?<!减少)(?<!认缴)(?<!实缴)注册资(?:本|金)金?"
    ),
    _cue(
        "registered_capital_yuan",
        "money",
        r"(?<!增加)(?<!新增)[认实]缴的?(?:注册资本|注册资金|出资总额)|(?:注册|设立|成立)[^，。；]{0,24}公司[^，。；]{0,6}，[认实]缴(?:出资|资本)额?",
        "low",
    ),
    _cue(
        "registered_capital_yuan",
        "money",
        "出资",
        "low",
        after=r"[^，。；]{0,4}(?:设立|成立|组建|注册)[^，。；]{0,12}公司",
    ),
    _cue("total_investment_yuan", "money", r"投资|投入", after=r"[）)]?[（(](?:以下|下)?(?:简?称)?[“\"]总投资"),
    _cue("total_investment_yuan", "money", r"(?:总共|一共|累计共|合计)投(?:到|入|资)?", "medium"),
    _cue("total_investment_yuan", "money", r"(?<!股权)投资(?:额|规模|金额|(?![方人者]))", "medium"),
    _cue(
        "total_investment_yuan",
        "money",
        r"(?:出|拿出|掏)(?:钱|资)?(?=约?$)",
        "low",
        after=r"[^，。；]{0,2}(?:[，、][^，。；]{0,12})?[^，。；]{0,6}[办建开]",
    ),
    _cue("total_investment_yuan", "money", r"(?:[，、]|[要拟准计预打][备划计算]?|[共先再])投(?=约?$)", "low"),
    _cue(
        "total_investment_yuan", "money", r"(?:[乙资]方|公司|企业|项目|计划|预计|拟)[^，。；]{0,10}投入(?:资金)?", "low"
    ),
    _cue(
        "total_investment_yuan",
        "money",
        r"(?:^|[，、。：])(?:[乙丙]方|公司|企业|厂里|厂方|我方|贵公司|我公司)投(?=约?$)",
        "low",
    ),
    _cue(
        "output_yuan",
        "money",
        r"年(?:度|均)?(?:总?产值|销售收入|营业收入|销售额|主营业务收入|经营收入|服务收入|加工费)",
    ),
    _cue(
        "tax_yuan",
        "money",
        r"年(?:度|均)?(?:纳税|税收|缴纳?税|上缴税|实缴税|入库税|实现税)[^，。；0-9]{0,6}|年(?:度|均)?(?:上缴|缴纳?|实现|形成|入库)(?:各项|各类|各种)?税(?:金|款|费)|纳税总额",
    ),
    _cue(
        "fixed_investment_yuan",
        "money",
        r"(?:买|购置?|添置?|上)(?:机器|生产)?设备(?:、|和|与|，|及)?(?:[盖建修]|新建)(?:造|设)?(?:厂房|车间)|(?:[盖建修]|新建)(?:造|设)?(?:厂房|车间)(?:、|和|与|，|及)?(?:买|购置?|添置?|上)(?:机器|生产)?设备",
        "medium",
    ),
    _cue("fixed_investment_yuan", "money", r"以|用|凭", after=r"的?固定资产投[资入]"),
    *(
        _cue(
            "intensity_yuan_per_mu",
            "money",
            r"投资强度|固投强度|(?:单位|地均|每单位)(?:用地|土地|面积)?的?(?:固定资产)?投[资入]",
            per=per,
        )
        for per in ("亩", "平方米", "公顷")
    ),
    _cue("tax_yuan_per_mu", "money", r"税收贡献|年(?:度|均)?(?:入库|缴纳)?税收|(?:年|均)纳税", per="亩"),
    _cue(
        "tax_yuan_per_mu",
        "money",
        "",
        per="亩",
        after=r"的?(?:水平|标准|额度|口径)?[^，。；奖补返减免退使]{0,8}(?:税收贡献|年税收|缴税|纳税)",
    ),
    _cue(
        "land_mu",
        "area",
        r"(?:(?<!设施)(?<!办公)(?<!生活)(?<!宿舍)(?<!绿化)(?<!配套)用地|占地|土地|地块|供地|拿地|宗地|厂区|陆域|购地|征地|出让(?:土地)?面积)(?:总?面积)?",
    ),
    _cue(
        "land_mu",
        "area",
        r"(?:用地|土地|地块|宗地)[^。；]{0,24}，(?:总|土地|用地)?面积(?:约|为|共)?|(?:用地|土地)(?:面积)?(?:保持)?不变，仍",
    ),
    _cue(
        "land_mu",
        "area",
        _SUPPLIED,
        "medium",
        after=r"的?(?:国有|工业|建设|净|商服|项目|存量|经营性)*(?:用地|净地|土地|宗地)",
    ),
    _cue("land_mu", "area", "将", "medium", after="净地|(?:项目|工业)用地"),
    _cue("land_mu", "area", r"(?:一期、?[和与]?二期|[两各]期)(?:用地|土地|面积)*(?:合计|共计?|总计)(?=约?$)"),
    _cue("land_mu", "area", r"面积", "medium"),
    _cue("land_mu", "area", r"(?:要|需要?|用|拿|给|划|批)地(?=约?$)", "medium"),
    _cue("land_mu", "area", r"(?:厂址|选址|定在|选在)[^。；]{0,24}(?:旱地|荒地|坡地|荒坡|空地|滩地)(?=约?$)", "low"),
    _cue(
        "land_mu",
        "area",
        r"之|[东西南北]侧|的|位于[^，。；0-9]{2,20}",
        "medium",
        after=r"的?(?:国有|净|存量|二类|一类)*(?:工业|仓储|物流|建设)用地",
    ),
    _cue("land_mu", "area", r"(?:[共总]计?|院子|地皮|场院)(?=约?$)", "low"),
    _cue("plant_sqm", "area", r"(?:房子|房屋|校舍|库房|仓房)(?:面积)?(?=约?$)", "low"),
    _cue("plant_sqm", "area", r"总建筑面积|建筑总面积"),
    _cue(
        "plant_sqm",
        "area",
        r"建筑面积|(?:标准|定制)化?厂房|建筑规模|(?:厂房|车间)(?:及|和|与|、)[^，。；0-9]{0,8}面积|建筑工程|土建工程|(?:加工|生产|经营|厂)用房",
        "medium",
    ),
    _cue("plant_sqm", "area", r"(?:厂房|车间|楼)[^。；]{0,24}(?:[，、]总?面积|共计?|合计)", "medium"),
    _cue(
        "plant_sqm",
        "area",
        r"(?:租用|租赁|承租|使用|提供|建设|新建|修建|购买|代建|建成|建造|兴建|建)[^，。；]{0,14}(?:厂房|车间|[冷气仓]调?库)(?:、[^，。；0-9、]{1,6})*",
        "medium",
    ),
    _cue(
        "plant_sqm",
        "area",
        "建设|新建|租用|租赁|承租|提供|使用|购买|代建|建造",
        "medium",
        after=r"的?[^，。；、0-9]{0,8}?(?:厂房|车间|仓储设施|仓库|库房)",
    ),
    _cue("plant_sqm", "area", r"(?:共计?|合计)(?=约?$)", "medium", after=r"的?(?:标准|定制)?化?(?:厂房|车间)"),
    _cue(
        "plant_sqm",
        "area",
        "[楼房院库堂舍]",
        "medium",
        after=r"[^。；]{0,30}(?:做|作为?|用作|改造?[成为])[^，。；]{0,4}(?:车间|厂房|生产)",
    ),
    _cue(
        "plant_sqm",
        "area",
        r"(?:厂房|车间)(?=[^，。；（]{0,4}$)|(?:厂房|车间)(?=（(?:共?计|合计|共|建筑面积|面积)约?$)|现[状有]建筑物?"
        rf"|{_MADE_IN}(?:（(?:[^（）0-9]{{0,12}}[，、])?|[^，。；（）0-9]{{0,8}}，(?:合计|共计?|总计)?)$",
        "low",
    ),
    _cue(
        "plant_sqm",
        "area",
        rf"(?:{_KEPT_IN}|[0-9一二三四五六七八九十]层|[0-9一二三四五六七八九十]号?楼)(?:（(?:[^（）0-9]{{0,12}}[，、])?|(?=约?$))",
        "low",
        after=r"(?:（[^（）]{0,30}）)?[^。；办]{0,24}(?:由[^，。；]{2,24}(?:移交|交付|提供|出租|腾出)|腾空|移交|交付|出租|租给|招租)",
    )._replace(standing=True),
    _cue("plant_sqm", "area", "[层栋幢座楼]", "low", after=r"的?[^，。；、0-9]{0,6}?(?:厂房|车间)"),
    _cue(
        "office_share",
        "percent",
        r"行政办公[^，。；]{0,12}(?:用地|设施)[^，。；]{0,8}(?:比例|占比|面积|不超过|不得超过)?",
    ),
    _cue("building_density", "percent", r"建筑系数|建筑密度"),
    _cue("jobs", "number", r"就业|用工|从业|职工|员工"),
    _cue(
        "term_years", "duration", r"(?<!免)(?<!减)租期|(?<!免)租赁期限?|合同期限?|协议期限?|有效期|经营期限?|合作期限?"
    ),
)
TOTAL_OF_PHASES = _cue("total_investment_yuan", "money", "合计", "medium")
BY_THING = {
    "land": _cue("land_mu", "area", "面积", "medium"),
    "plant": _cue("plant_sqm", "area", "面积", "medium"),
}
