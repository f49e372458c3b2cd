"""Whether a date in a provision is the day something is due, or tells of the past, of validity, of what no longer holds."""

import re
from datetime import date

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.kept import is_kept
from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.extract.duties.acts import has_act
from contract_audit.extract.duties.time_forms import is_moved
from contract_audit.model import Provision, Value

CHANGE = r"(?:变更|调整|改|修改|延长|延期|推迟|顺延|延后|提前)(?:为|至|到)"
_MOVED = re.compile(r"(?:变更|调整|修改|延长|延期|推迟|顺延|延后|展期|宽限|延)(?:为|至|到)[“\"]?[至到]?$")
_OLD = re.compile(rf"[”\"]?{CHANGE}")
# “2024年9月底前投产”，现延长到…: the quoted words no longer hold.
_OLD_WORDS = re.compile(
    rf"[^“”。；\n]{{0,60}}”(?:的约定)?[，,]?(?:[^“”。；\n]{{0,24}}[，,])?(?:[甲乙丙双三各]方)?(?:现|同意|协商|一致|统一|将其)*{CHANGE}"
)
_QUOTED_CHARS = 60
_PAST_BEFORE = re.compile(
    r"已(?:经)?(?:于|在)?$|未能(?:在|于|按)?[^，。；]{0,16}$|原(?:合同|协议)[^，。；]{0,12}$|截[至止]到?$|[早先]于$"
)
TERM = re.compile(
    r"(?:(?:[，,。；起]|一直)管|有效|延续)(?:到|至)?$|有效期|服务期|租期|租赁期|合作期|经营期|质保期|年限|期限为?自"
)
_NO_DUE_AFTER = re.compile(
    r"[至到](?:实际)?[^，。；0-9]{2,8}[日止]|的|已|起(?!草)|签[订署定]|订立|竞得|修订|印发|公布施行|施行|以来|开始|度|下发|届满|期满|终止|止|前签|立项|批准|成交|注册资本"
)
_DUE_BEFORE = re.compile(
    rf"(?:(?<!基)(?<!由)于|在|(?:时间|日期|期限|时限|节点|期)(?:定|约定|均|都|统一)?(?:为|是|：|:)?|{CHANGE}|至|应|须|确保|力争|计划|争取)[“\"]?$"
)
_AT_HEAD = re.compile(r"(?:^|[，,；;。：:、）)\t|\n ])$")
_OPEN_REMARK = re.compile(r"[（(][^（）()]{0,40}$")
_TARGET = re.compile(
    r"度?[^，。；的]{0,6}(?:产值|税收|纳税|营收|收入|投资|用工|就业|产能)[^，。；的]{0,6}(?:不低于|不少于|达到|超过)"
)
_YEARLY_TARGET = re.compile(r"[，,]?[^，。；的]{0,10}(?:不低于|不少于|达到|完成(?!情况|度|率)|实现|超过)")
THIS_YEAR = re.compile(r"当年|本年|次年|翌年")
_NAMED_DAY = re.compile(r".*(?:[春夏秋冬收]后（）|前（）|（）[之以]?前)")
_INSIDE = re.compile(r"[之以]内")
_OF_EVENT = re.compile(r"[当次][月年季]")
_EVENT_CHARS = 6
# 分年度为：2025年2500万元、2026年5500万元
_SHARE = re.compile(r"度?(?:计划)?(?:完成)?(?:投资)?[0-9][0-9,.]*\s*[万亿]+元")
_BY_YEARS = re.compile(r"(?:分年度?|逐年|各年度?)[^，。；\n]{0,6}(?:[为是]|：|:)")
_END_TARGET = re.compile(r"[，,]?[^，。；的]{0,16}(?:不[低少]于|达到?|完成|实现|超过|满)[0-9]")
_END_OF = re.compile(r"(?:月|年|季度?)[底末]$|旬$")
_GOES_ON = re.compile(r"[\u4e00-\u9fff](?<![，的之为是至到较比与和及])")
# 2025年3月1日以前提出的意向, 2024年底前投产的，奖励…: what the date belongs to is named or supposed, not owed.
_ATTRIBUTE = re.compile(
    r"(?:[甲乙丙]方|已|所|依法|实际)*(?:[提作]出|[提递上]交|签[订署约]|订立|形成|取得|发生|[完建落]成|购[置买]|登记|存续|产生|入驻|缴[纳清]|"
    r"申[报请]|立项|实现|[竣开]工|投产|引进|招用|注册|[设成]立|移交|交付|报送|[拨支]付|[公发]布|印发|出台|执行|享受|[送寄发报转递交传捎打][来去到达给回]|致|来|[说谈商议约][定好妥成]|答应|提到|讲过?|开会?)的(?!同时|基础)"
)
_LIMIT = re.compile("[之以]?[前内]")
# 3月26日送来的计划书收到了, 5月6日来函收悉: when a paper came.
_CAME = re.compile(
    r"[^，。；\n]{0,60}?(?:收到了|收悉|敬悉|[已均都](?:收到|收妥|收讫|阅悉?|知悉)|来[函文信电]|致函|函告)(?![^，。；\n]{0,12}[后起内])"
)
_VOID = re.compile(
    r"[^，。；\n]{0,12}[”\"]?[^，。；\n]{0,10}(?:不再(?:执行|适用|有效|作数|算数)|作废|废止|失效|取消|停止执行)"
)
_SUPPOSED = re.compile(
    r"(?:(?<![假比例])如(?!期|实|下|数|约|上|有|何)果?|若|倘若?|假如|凡是?|一旦)[^，。；：:\n]{0,14}$"
)
# 2023年5月1日以前的违约责任: which one is meant
_OF_THAT_DAY = re.compile(
    r"的(?![^，。；]{0,10}(?:期限|时限|时间|工作日|同时|基础|投资|产值|税|营收|用工|就业|目标|任务|节点|[0-9]))"
)
# 第一季度能耗表: the time that a paper or a charge is for
_OF_PERIOD = re.compile(
    r"度?的?[\u4e00-\u9fff]{0,4}(?:报[表告]|[月季年]报|表(?!决|彰)|账单|数据|总结|简报|台账|用量|租金|[水电气暖]费|物业费|服务费)"
)
# 2023年收购量如果超过5000吨，甲方应…
_IF_THEN = re.compile(r"[^，。；\n]{0,12}(?:若|如果|要是|倘若|假如)[^，。；\n]{2,20}[，,]")
_OTHERWISE = re.compile(r"[，,]?[^，。；\n]{0,40}的[，,](?!由|应|须)")
_OWED_THEN = re.compile(
    r"(?:余额|累计|合计|共计|金额|数额)?[为是计共]|[，,]?[^，。；\n累]{0,16}(?:欠|应付|未付|尚|已|付[甲乙丙]方)"
)  # 截至4月30日，尚欠…: a state of accounts


def is_due(text: str, provision: Provision, value: Value, signed: date | None) -> bool:
    """Whether the date `value` of the provision binds somebody to a day; `signed` is the day the paper was signed."""
    if (
        (value.until is None and value.sure)
        or _is_told(text, value)
        or _MET.search(text, max(0, value.start - _LABEL_CHARS), value.start)
    ):
        return False
    before, after = text[max(provision.start, value.start - 40) : value.start], text[value.end : provision.end]
    if _MOVED.search(before) or _MOVED.search(before + text[value.start]):
        return not _OLD.match(after)
    if value.sure and (is_moved(text, value.end) or is_kept(text, value.end)):
        return True
    if _names_no_due(before, after) or _tells_which(text, value, after):
        return False
    if _hangs_on(text, value, before, after):
        return True
    if value.since is None and (value.sure or THIS_YEAR.match(text, value.start)):
        return not (_OPEN_REMARK.search(before) and re.search(r"已|曾|现状|原", before[-40:] + after[:8]))
    if _OPEN_REMARK.search(before) or _NO_DUE_AFTER.match(after) or not _is_future(text, value, signed):
        return False
    if (
        _INSIDE.match(after) or _LAST_OF_DAYS.match(after) or (text[value.end - 1].isdigit() and _LISTED.match(after))
    ):  # 2023年上半年以内
        return True
    words = text[value.start : value.end]
    of_year = _of_whole_year(text, provision, value, (before, after)) if _is_year(value) else None
    if of_year is not None:
        return of_year
    in_list = value.start - provision.start < _LIST_HEAD or (_OF_LOT.search(before) and not has_act(before))
    lead = "".join(text[stem.start : stem.end] for stem in provision.stems[-1:]) if in_list else ""
    return _stands_for_due(provision, words, lead + before, after) or _is_node(text, provision, value, signed)


def _tells_which(text: str, value: Value, after: str) -> bool:
    """Whether the time tells which thing is meant: 第一季度能耗表, 2023年5月1日以前的违约责任, 3月26日来函收悉, 年底可用财力."""
    if text[value.end - 1] == "前" and _OF_THAT_DAY.match(after):
        return True
    named = _OF_PERIOD.match(after) if value.since is not None else None
    if named is not None and not has_act(named.group()):
        return True
    if text[value.end - 1] in "前内" or _LIMIT.match(after):
        return False
    as_it_is = _LOOKED_AT.search(text, max(0, value.start - _LABEL_CHARS), value.start) and _STATE.match(after)
    return bool(as_it_is) or _CAME.match(after) is not None


# 看年底可用财力再议, 按2023年底在册人数计算: how things stand on a day, which nobody owes.
_LOOKED_AT = re.compile(r"(?:看|视|按照?|依据?|根据|结合|参照|参考|取决于)(?:到|着|当年|届时|项目|企业|[甲乙丙]方)?$")
_STATE = re.compile(
    r"的?(?:实际|可用|本级|县级|市级|区级|当时|在册|在岗|结存|剩余)*(?:财[力政]|资金|预算|收支|库款|情况|状况|行情|市价|价格|余额|结余|结存|人数|职工|库存|存量|数量?为?准|规模|排名|考核)"
)


# 节点计划：主体封顶：2026年3月31日；3号楼交付2027年6月30日: a step and its day, and nothing else.
_STEP = re.compile(
    r"(?:开工|动工|封顶|竣工|完工|投产|达产|试产|试生产|试运营|运营|开业|投运|投用|投入使用|交付|移交|交地|供地|摘牌|验收|通车|贯通|送电|通电|通水|通气|建成|到位"
    r"|供[水电气热汽]|接通|腾空|搬迁|拆除|清表|安装|调试|到货|进场|注册|设立|审查|批复|办结|取得|完成)(?:工作|工程|时间|日期)?(?:完毕|完成|合格|通过|到位|结束)?[：:\s]*$"
)
_PLAN = re.compile(r"节点|计划|进度|安排|里程碑|时间表|时间节点|工期|步骤|阶段")
_PLAN_CHARS = 200


def _is_node(text: str, provision: Provision, value: Value, signed: date | None) -> bool:
    """Whether the day closes the line of a step; where the paper tells no day of signing, in a plan only."""
    if provision.force in ("report", "request", "recital", "citation") or not _CLOSES.match(
        text[value.end : provision.end]
    ):
        return False
    line = behind_last("\n，。；", text, value.start)
    before = text[line : value.start]
    if _STEP.search(before) is None or re.search(r"已|曾|业经|截[至止]|[自从至到于]$", before):
        return False
    return signed is not None or _PLAN.search(text, max(0, value.start - _PLAN_CHARS), value.start) is not None


# 以6月1日为最后付款日, 以10月15日验收结果为准: the last day, though it stands behind 以.
_AS_LAST_DAY = re.compile(
    r"[作]?为(?:最后|最终|最迟|截止|到期|限定)?(?:[\u4e00-\u9fff]{0,4}(?:付款|缴款|交货|交付|完成|截止|到期|最后|最终)[\u4e00-\u9fff]{0,2}(?:日|期限|时限|时间)|限期|期限|限(?![制额度于购价定]))"
    r"|的?[^，。；\n]{0,6}(?:清点|验收|盘点|统计|核[定实验查]|考核|测量|实测|登记)[^，。；\n]{0,6}为准"
)


def _names_no_due(before: str, after: str) -> bool:
    """A day that no longer holds, one of a term or of the past, one that says which thing is meant."""
    if (_ENDS_TERM.match(after) and _OF_TERM.search(before)) or _IS_TERM.match(after):
        return True
    if _OLD.match(after) or TERM.search(before[-14:]) or _PAST_BEFORE.search(before):
        return True
    return bool(
        _IF_THEN.match(after)
        or _VOID.match(after)
        or _OTHERWISE.match(after)
        or _ATTRIBUTE.match(after)
        or _SUPPOSED.search(before)
    )


# 质保期至2026年8月31日届满, 合作期限自签订之日起至2027年12月31日止
_ENDS_TERM = re.compile(r"(?:届满|期满|到期|止)(?=[，。；）)\n]|$)")
_IS_TERM = re.compile(r"为(?!完成|交付|竣工|付款)[\u4e00-\u9fff]{1,4}期(?![限日])")  # 7月1日至8月31日为装修期
_OF_TERM = re.compile(r"(?<![工建])期限?(?:为|自|从|是)?[^，。；\n]{0,12}$")

# 时间：2018年5月30日下午, in the head of minutes: when they met.
_MET = re.compile(r"(?:^|\n)\s*(?:会议|开会|召开)?(?:时\s*间|日\s*期)[：:]\s*$")
_LABEL_CHARS = 12


def _hangs_on(text: str, value: Value, before: str, after: str) -> bool:
    """麦收前（6月5日）, 小满（5月21日）以前; 签字当月月底前."""
    if before.endswith("（") and _NAMED_DAY.match(before[-8:] + after[:3]):
        return True
    of_event = not value.sure and value.since is None and _OF_EVENT.match(text, value.start)
    return bool(of_event) and has_act(before[-_EVENT_CHARS:])


_SEASON = re.compile(r"(?:开春|入[春夏秋冬]|农闲|上冻|化冻|入汛|汛期?|雨季)")


def _of_whole_year(text: str, provision: Provision, value: Value, around: tuple[str, str]) -> bool | None:
    """Whether a whole year is a time limit; None where its place in the sentence says so."""
    (before, after), words = around, text[value.start : value.end]
    if _SEASON.match(after):
        return False  # 2025年汛期前: which day that is nobody can say
    if _SHARE.match(after) and _BY_YEARS.search(text, provision.start, value.start):
        return True
    if provision.kind == "table_row" and _is_year_cell(words, before, after):
        return True
    return _of_year(words, before, after)


def _is_year_cell(words: str, before: str, after: str) -> bool:
    """2025年 as a cell beside what is to be reached in that year: | 2025年 | 产值8000万元 |."""
    alone = not before.strip(" |\t") and after.lstrip("度 ")[:1] in ("\t", "|")
    return alone and bool(_REACHED.search(after))


_REACHED = re.compile(r"[0-9][0-9,.]*\s*(?:[万亿]|元|人|名|台|套|家|件|%|％|[\t|]|$)")


# 2024、2025、2026年底前分别完成: each of them by its end.
_LISTED = re.compile(r"(?:[、，和与及]+(?:19|20)[0-9]{2})*[、，和与及]+(?:19|20)[0-9]{2}年(?:年?[底末]|内)")
# 2021年、2022年、2023年年底分别达到
_LAST_OF_YEARS = re.compile(r"(?:[、，和与及]+(?:19|20)[0-9]{2}年)*[、，和与及]+(?:19|20)[0-9]{2}年(?:年?[底末]|内)")


# 在2023年12月31日、2024年12月31日及2025年12月31日之前
_A_DAY = r"(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|[底末初])"
# 7月上旬、次年1月上旬各开一次
_LAST_OF_DAYS = re.compile(rf"(?:[、，和与及以]+{_A_DAY})*[、，和与及以]+{_A_DAY}(?:[之以]?[前内]|各|分别|均)")


def _of_year(words: str, before: str, after: str) -> bool | None:
    """Whether a whole year is a time limit (年内, 2024年产值不低于…); None where its place in the sentence says so."""
    if after.startswith("内") or words.endswith("内") or _LAST_OF_YEARS.match(after):
        return True
    if not _YEARLY_TARGET.match(after):
        return False
    targeted = _TARGET.match(after) or (_YEARLY_BEFORE.search(before) and _MORE.match(after))
    at_head = _AT_HEAD.search(before) or before.endswith(("甲方", "乙方", "丙方", "项目公司"))
    return True if at_head and targeted else None


# 2023年用工不少于50人，2024年不少于90人
_YEARLY_BEFORE = re.compile(r"20[0-9]{2}年[^。；]{2,24}(?:不低于|不少于|达到|超过)[^。；]*$")
_MORE = re.compile(r"度?(?:应|须|要)?(?:不低于|不少于|达到|增至|增加到|提高到|超过)[0-9]")


def _is_told(text: str, value: Value) -> bool:
    """截至4月30日，尚欠… tells a state of accounts; “9月底前投产”，现延长到… quotes what no longer holds."""
    if text.startswith("截", value.start) and _OWED_THEN.match(text, value.end):
        return True
    return bool(_OLD_WORDS.match(text, value.end)) and "“" in text[max(0, value.start - _QUOTED_CHARS) : value.start]


def _is_year(value: Value) -> bool:
    """A whole year (2025年度新增设备) names a period rather than a day, unless 内 follows."""
    since, until = value.since, value.until
    return since is not None and until is not None and (since.month, since.day) == (1, 1) and (until - since).days > 363


def _is_future(text: str, value: Value, signed: date | None) -> bool:
    due = due_day(text, value, signed)
    return signed is None or due is None or due > signed


_LATE_DAYS = 20  # days before signing from which a date without a year means the next year


def due_day(text: str, value: Value, signed: date | None) -> date | None:
    """The last day. A date without a year long before the signing means the year after it."""
    due = value.until
    words = text[value.start : value.end]
    if due is None or signed is None or "年" in words or re.search(r"(?:19|20)\d\d", words):
        return due
    if (signed - due).days <= _LATE_DAYS:
        return due
    sentence = behind_last("\n。；", text, value.start)
    agreed = _AGREED_THEN.search(text, sentence, value.start)
    # 租金系2019年评估确定；10月20日前报送: the year told before is not that of the day, unless it was agreed on then.
    for year in (due.year + 1,) if agreed else (max(due.year + 1, signed.year), signed.year + 1):
        following, _ = dates(fold_text(words), Frame(date(year, 1, 1)))
        later = next((moment.until for moment in following if moment.until is not None), due)
        if agreed or (signed - later).days <= _LATE_DAYS:
            return later
    return due


_AGREED_THEN = re.compile(r"20[0-9]{2}年[^。；\n]{0,16}(?:签[订署约]|订立|约定|议定|承诺)")


# 场地平整，甲方，2023年6月30日；分两批交付：1#楼2023年6月30日，2#楼…: a day closes what it is said of.
_CLOSES = re.compile(r"\s*(?:[；;。，,）)]|$)")
_OF_LOT = re.compile(
    r"(?:[0-9A-Za-z一二三四五六七八九十]+(?:#|号)?[楼栋幢座库]|第?[一二三四五六]期|第[一二三四五六][批步次])$"
)
_LIST_HEAD = 2
_KEPT_TO = re.compile(r"掌握|控制|把握|倒排|安排|推进|组织|考核|执行|实施|完成")  # 达产时间按2026年12月31日掌握


# 今年三季度内出水达标: what comes about within a period, and nothing that is said of the period.
_WITHIN_PERIOD = re.compile(r"内[^，。；\n的]{2,10}(?=[，。；\n]|$)")


def _acts_before(provision: Provision, before: str) -> bool:
    """Whether the words before say what is to be done, and not what has been done."""
    return has_act(before) and provision.force not in ("report", "request") and not re.search(r"已|曾|业经", before)


def _stands_for_due(provision: Provision, words: str, before: str, after: str) -> bool:
    """A date without 前: a cell of its own, after 于 or a label, or at the head of a phrase that does something."""
    if before.endswith(("以", "以：")) and _AS_LAST_DAY.match(after):
        return True
    if provision.kind == "table_row" and _AT_HEAD.search(before) and after[:1] in ("", "\t", "|", " ", "内"):
        return True
    if before.endswith(("按", "按照")) and _KEPT_TO.match(after):
        return True
    if _DUE_BEFORE.search(before) or before.endswith("其中"):
        return True
    if _END_OF.search(words) and (_GOES_ON.match(after) or _END_TARGET.match(after)):
        return True
    if _CLOSES.match(after) and (_OF_LOT.search(before) or _AT_HEAD.search(before)) and _acts_before(provision, before):
        return True
    if _WITHIN_PERIOD.match(after):
        return True
    phrase = re.split(r"[。；]", after, maxsplit=1)[0][:28].lstrip("，,内")
    return has_act(phrase) and not before.endswith(("自", "从", "以", "按", "至", "视", "据", "照", "对", "较", "比"))
