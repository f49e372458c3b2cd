"""What a clause is cited for, told by the deed or duty named at the reference: 违反3.2款约定迟延移交厂房的, 争议解决见第七条."""

import re
from typing import NamedTuple


class Matter(NamedTuple):
    """One matter of agreements: how a citation names it, and the words of which any clause on it holds one."""

    cited: re.Pattern[str]
    told: re.Pattern[str]


def _matter(cited: str, told: str) -> Matter:
    return Matter(re.compile(cited), re.compile(told))


# The first that the words at a reference begin with is meant. `told` is wide: a clause that holds none of it is not about it.
_TABLE = (
    _matter(
        "移交|交付|交地|交房|供地|交接|腾空|腾退|接收",
        "交付|移交|交地|交房|供地|净地|交给|点交|交接|腾|提供|接收|验收",
    ),
    _matter("投产|达产|竣工|建成|完工|试生产", "投产|达产|竣工|建成|完工|生产|运营|营业|使用|验收|工期|期限|进度"),
    _matter("开工|动工|进场", "开工|动工|破土|进场|启动|施工|建设|工期|进度"),
    _matter("(?:支付|缴纳|交纳|付)?(?:租金|租赁费|房租)", "租|费用"),
    _matter("保证金|押金|定金", "保证金|押金|定金|担保|保函"),
    _matter("违约金|滞纳金", "违约|赔偿|罚|滞纳|责任|利息|分之|[0-9](?:%|‰)|元"),
    _matter("赔偿|违约责任|违约$|违约金", "违约|赔偿|罚|滞纳|责任|补偿|损失"),
    _matter("争议|纠纷|诉讼|管辖|仲裁", "争议|纠纷|诉讼|起诉|法院|仲裁|协商"),
    _matter("(?:解除|终止)(?:本|协议|合同|的|，|。|；|情形|条件)", "解除|终止|解约|退出|收回"),
    _matter("保密", "保密|泄|披露|秘密"),
    _matter("环保|排放|排污|污染|环境保护", "环保|环评|环境|排放|排污|污|废|达标|治理"),
    _matter("奖励|补贴|补助|奖补|扶持|兑现", "奖|补|扶持|兑|支持|政策"),
    _matter("追回|退还|返还|退回|收回", "退|追|返还|收回|缴回|扣回"),
    _matter("投资强度|固定资产投资|投资额|投资总额|总投资", "投资|投入|强度|万元|亿元"),
    _matter("(?:亩均)?税收|纳税|缴税", "税"),
    _matter("用工|就业|招用", "用工|就业|岗位|职工|员工|招|人"),
    _matter("转让|转租|抵押|出租", "转让|转租|抵押|处分|出租|租|流转"),
    _matter("供电|供水|供气|供热|通电|通水|管网|道路|配套|水电", "电|水|气|热|路|配套|管网|接入|接通|通"),
    _matter("核查|检查|监管|报送|考核", "核查|检查|监管|报送|抽查|考核|核验|监督|报告|提交"),
    _matter("通知|送达", "通知|送达|地址|联系|函"),
    _matter("不可抗力", "不可抗|自然灾害|不能预见"),
    _matter("设立(?:项目)?公司|注册", "设立|注册|成立|公司"),
    _matter("安全生产", "安全"),
)
# 的约定, 所列的, 规定的, and how the deed was done: 迟延, 未按期, 擅自, 依法.
_LINK = (
    r"[条款项]?[（(“「【《]?(?:的|之|中|所|有关|关于|对)?(?:约定|规定|要求|载明|明确|确定|列明)?(?:的|之)?"
    r"(?:本(?:协议|合同))?(?:[甲乙丙双]方)?(?:的|之)?"
    r"(?:迟延|延迟|逾期|延期|拖延|擅自|依法|及时|按[期时约]|如期|足额|未能?|没有?|不|按期|应|未按[期时]?|继续|相应|及)*"
)
_AFTER = re.compile(_LINK)
_LABEL = re.compile("^(?:第?[（(]?[0-9.一二三四五六七八九十百]{1,5}[)）]?[条款项、.．])?")
_BEFORE = re.compile(
    r"(?P<thing>[\u4e00-\u9fff]{2,10}?)(?:的?(?:方式|办法|标准|程序|条件|责任|义务|约定|期限))?"
    r"(?:均|仍|应|则)?(?:详见|参见|见|适用|按照?|依照?|依据|执行)(?:本(?:协议|合同)(?:的|之|中)?)?$"
)
# 争议按第六条约定的方式解决 speaks of disputes; 违约金按第一条约定的投资额计算 of the investment.
_OF_ITS_OWN = re.compile("[条款项]?(?:所|之|中)?(?:[约规]定|载明)?的(?!方式|办法|程序|标准|期限|条件|约定|规定)")


def told_of(after: str, before: str) -> tuple[re.Pattern[str], re.Pattern[str], int] | None:
    """(how clauses on the matter speak, how it is cited, characters up to the end of its name) of what a reference is for.

    `after` and `before` are the folded words of the sentence right after and before the reference; None where they name
    no matter that is known.
    """
    link = _AFTER.match(after)
    start = link.end() if link is not None else 0
    for at in {start, 0}:
        for matter in _TABLE:
            found = matter.cited.match(after, at)
            if found is not None:
                closing = re.compile(r"[^（(，。；\n]{0,8}[）)”」】》]").match(after, found.end())
                opened = re.match(r"[条款项]?[（(“「【《]", after)
                return matter.told, matter.cited, closing.end() if opened and closing else found.end()
    lead = _BEFORE.search(_LABEL.sub("", before))
    if lead is not None and not _OF_ITS_OWN.match(after):
        for matter in _TABLE:
            if matter.cited.match(lead["thing"]):
                return matter.told, matter.cited, 0
    return None
