"""The project a paper is about: by its label, by definition, by the agreement it changes, in the title, in the body."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from contract_audit.extract.facts.names import kind_of
from contract_audit.model import Confidence, Fact


class _Candidate(NamedTuple):
    """A name and where it starts in the text; the lowest `rank` is the surest."""

    rank: int
    name: str
    start: int
    source: str


_WORD = r"[^，。；：:\n\t|“”\"《》（）()]"
_SUFFIX = "项目|工程|工厂|厂(?![房区])|加工点|基地|中心|产业园(?!区)|智造园|物流园|总部|综合体|平台"
_CALLED = r"(?:\s*[（(，](?:以下|下|暂|统|简)?[^）)\n]{0,4}[称名定])"
_LABEL = re.compile(
    r"(?:项目|工程)(?:的)?(?:备案|立项|申报|核准|正式|规范)?(?:全称|名称)(?:(?:及|和|与)[^：:，。\n\t|]{1,6})?(?:\s*(?:暂定|暂定名|定)?[为是：:|\t]+)\s*[“\"]?"
    rf"(?P<name>[^，。；\n\t|“”\"]{{2,60}}?)[”\"]?(?={_CALLED}|[，。；”\"\n\t|]|$)"
)
_REMARK = re.compile(r"（(?:即|系|原名?|含|备案|立项|详见|以)[^（）]*）?$")
_SHORT_LABEL = re.compile(
    rf"(?:^|\n)[\s\d.．、（）()一二三四五六七八九十第条]{{0,8}}(?:名称|[校院园]名|(?:合作|投资|建设|招商|引进|拟建|签约|落户)?项目)\s*[：:]\s*(?P<name>{_WORD}{{2,40}}?(?:{_SUFFIX}|学校))(?=[，。；（(\n]|$)"
)
_LINE_LABEL = re.compile(
    r"(?:^|\n)(?:第?[一二三四五六七八九十0-9]{1,3}[条、.．])?(?:项目名称|(?:入园|入驻|投资|建设|引进|合作|拟建|拟投资|落户|落地)项目)[：:]?\n?"
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9（）()]{4,40})(?=[。；\n]|$)"
)
_IS = re.compile(
    r"(?:^|[，。；\n、）)\d])(?:本|该)?项目[为是系](?P<name>[^，。；：\n“”的]{4,40}?项目)(?=[，。；（(\n])"
)
_AS_PROJECT = r"\s*[（(](?:以下|下)?(?:简|统)?称?为?\s*[“\"]?(?:(?:本|该)?项目|[本该]工程)[”\"]?[）)]"
_DEFINED = (
    re.compile(
        rf"[“\"](?:本|该)?项目[”\"][：，]?(?:是|系|均)?指(?P<name>{_WORD}{{3,60}}?(?:(?:{_SUFFIX})项目|{_SUFFIX}))"
    ),
    re.compile(rf"[“\"](?P<name>[^“”\"\n]{{3,50}})[”\"](?:项目)?{_AS_PROJECT}"),
    re.compile(rf"(?P<name>{_WORD}{{3,70}}?(?:{_SUFFIX})){_AS_PROJECT}"),
)
_CITED = re.compile(r"《(?P<name>[^》《\n]{3,50}?项目)[^》\n]{0,14}(?:协议|合同)[^》\n]{0,8}》")
_SIGNED = re.compile(
    rf"签[订署](?:的|了)(?P<name>{_WORD}{{3,40}}?项目)(?:投资|入园|入驻|合作|建设){{0,2}}(?:协议|合同)"
)
# The letter that is answered names the project: 《关于某某项目若干诉求的函》收悉.
_WRITTEN_ABOUT = re.compile(
    rf"《关于(?P<name>(?!.{{0,20}}公司){_WORD}{{3,40}}?项目)[^》\n]{{0,20}}(?:函|请示|报告|申请|建议|诉求)》"
    rf"|《(?P<plan>(?!.{{0,20}}公司){_WORD}{{3,40}}?项目)(?:商业|投资)?(?:计划书|建议书|可行性研究报告|申请报告|投资方案)》"
)
_QUOTED = re.compile(rf"(?:实施|建设|投资|开发|推进|就)[“\"](?P<name>[^“”\"\n，。]{{4,50}}?(?:{_SUFFIX}))[”\"]")
_VERBS = (
    "投资建设|投资兴办|投资新建|投资兴建|投资开办|合作建设|合作共建|共建|拟投资|兴办|兴建|开办|筹建|实施|建设|新建|落户"
    "|推进|布局|建立|承接|引进|设立|从事|承担"
)
_STARTED = re.compile(
    rf"(?:{_VERBS}|投资(?=的)|(?<=[点村镇县区园])[办建]|(?<=[元）)])[办建]|(?<![投总产])投资(?![人方者])(?=年产|[^，。；元额]{{3,30}}项目))(?:的|了)?(?:一[个座家])?"
    rf"(?P<name>{_WORD}{{2,40}}?(?:项目|(?:工厂|厂(?![房区])|生产基地|制造基地|产业园(?!区)|加工点)(?!{_WORD}{{0,8}}项目)))"
)
# 举办洄川明礼外国语学校（非营利性…）; 兴办“万亩毛竹就地转化”重组竹加工厂
_FOUNDED = re.compile(
    rf"(?:举办|开办|创办|新办|合办|设立|兴办|建设)(?P<name>(?:“[^”\n]{{2,16}}”)?(?:(?!的){_WORD}){{2,24}}?(?:学校|医院|幼儿园|学院|厂(?![房区])|加工点))(?=[，。；（(、])"
)
_ABOUT_IT = re.compile(
    rf"就(?:[甲乙丙]方)?(?:在[^，。；\n]{{2,30}}?)?(?P<name>{_WORD}{{3,40}}?(?:项目|基地|中心|产业园|综合体|工程))"
    r"(?:的?有关|的?相关|的?具体|(?:郑重|特此|自愿)?(?:作出|做出)?(?:如下)?(?:承诺|保证|声明)|补偿|建设|投资|一?事|合作|达成|进行|签订|，[^，。；]{0,8}(?:协议|达成|约定|商定|签订|订立))"
)

_AGREED = re.compile(
    rf"就[^，。；\n]{{0,20}}?(?:合作开发|合作建设|共建|投资建设|投资兴办|兴建|兴办|建设|实施|设立|开展)(?P<name>(?:(?!的){_WORD}){{3,24}}?)"
    r"(?:达成|事宜|一事|有关|相关|签订|订立)"
)
_OWNED = re.compile(
    rf"(?:[甲乙丙]方|[贵你]公司)(?:的|投资的)?(?P<name>(?:(?!方){_WORD}){{3,30}}?项目)(?=[已于位建投系在入落进选总需拟])"
)
_USED_FOR = re.compile(
    rf"(?:用于|从事|开展)(?P<name>(?:(?![的本该]){_WORD}){{2,24}}?(?:生产|制造|研发|加工|组装)(?:及销售|线|基地)?项目)"
)
_BROUGHT = re.compile(rf"将(?P<name>(?:(?!的){_WORD}){{3,30}}?(?:总部|中心|基地))(?=设在|设立在|设于|落户|落在|放在)")
_WORKS = re.compile(rf"(?:实施|承建|投资建设)(?P<name>(?:(?!的){_WORD}){{4,30}}?工程)(?=[，。；])")
_NAMED_SO = re.compile(rf"(?:叫做?|取名|定名|命名为)[“\"](?P<name>[^“”\"\n，。]{{3,40}}?(?:{_SUFFIX}))[”\"]")
_SEATED = re.compile(rf"(?:设立|设在|迁入|布局)(?P<name>(?:(?!的){_WORD}){{2,30}}?(?:总部|中心|基地))")
_LEAD_VERB = re.compile(
    r"^.*?(?:(?<=方)就|合作共建|共建|合作建设|投资建设|投资兴建|投资新建|投资兴办|合作开发|投资开发|建设运营|兴办|兴建|新建|实施|落户|(?<![^方区县市镇元])(?:投资|建设|开发(?!区)|设立)|拟建|(?<=拟)建设)(?:的|了)?(?:一个)?"
)
_BY_WHOM = re.compile(
    r"(?:由|拟)?(?:企业|[甲乙丙]方|公司|投资方)(?:拟|将)?(?:投资建设|投资兴建|投资新建|建设|新建|实施)"
)
_PLACE = re.compile(
    r"^(?![城山园库市老灾牧景社片厂矿林校街全整本我该贵][区县市])(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,4}[市州](?![政场]))?"
    r"[\u4e00-\u9fff]{1,4}?(?:县(?![级域乡])|旗(?!舰)|市(?![政场民])|(?<![新园片小社景库院])区(?!域)|乡(?![村镇土])|(?<![小古城乡])镇)(?=[^，。]{4,})"
)
_ABOUT = re.compile(
    r"^.*(?:关于|[，方日]就)|^就|^[甲乙丙三双两各]方(?:为|拟|将)?(?:推进|实施|建设|落实)|^(?:研究|商议|审议|听取|协调|加快|推进|进一步|明确|规范|同意|支持|调整|变更|解决|促进|做好|落实|引进|给予|恳请|解除|终止|延长|办理|加强|确认|诚邀|兴建|兴办|新建|投资建设|建设|实施|承接|开展|推动|共同|合作)+"
)
_FIRM = re.compile(
    r"^[\u4e00-\u9fff（）()]{3,30}?(?:公司|集团|合作社)(?=[^，。]{2,}(?:项目|基地|厂|中心|产业园))(?!总部)"
)
_PAPER = (
    r"(?:、|有关|若干|相关|问题|事项|条款|招商引资|引资|招商|投资|入园|入驻|入区|进区|进园|进驻|落地|落户|(?:进驻|入驻|落户|落地|迁入)[\u4e00-\u9fff]{1,6}[县市区镇乡旗]|合作|建设|(?<!综合)(?<!一体化)(?<!整体)开发|委托|移交|代建|定建|(?<=工程)(?:施工|监理|勘察|设计|总承包)|拖欠|账款|欠款|款项|清偿|偿还|共建|补偿|引进|特许经营"
    r"|(?<!标准)(?<!标准化)厂房|定制|租赁|租购|租用|承租|回购|届期|到期|接收|购置|转让|采购|运维|运营|框架|意向|战略|补充|诚信|优惠|政策|治谈|洽谈|推进"
    r"|履约|责任|节点|诉求|办理|意见|融资|扶持|服务|监管|两方|双方|三方|四方|资金|兑现|实施|管理|工作|整体|[与及和的之暨])"
)
# 支持温长顺同志回乡办薯粉厂: whom it helps and where to is not what is founded.
_FOR_WHOM = re.compile(
    r"^(?:关于)?(?:支持|帮助|扶持|鼓励|欢迎)?[\u4e00-\u9fff]{2,4}(?:同志|先生|女士|老板|经理|老乡)(?:回乡|返乡|回村|回来|来[县镇乡村])?(?:创业|投资)*"
    r"(?:[办建开]|兴办|创办|开办)(?:一?[个座家])?"
)
_PAPER_END = r"(?:合同|协议|约定|承诺|备忘|意向|合作书|复?函|批复|答复|会议纪要|纪要)"
_IN_TITLE = (
    r"(?:[^《》（）()]|（[^（）]{0,6}(?:[一二三四五六七八九十0-9][期标]段?|扩[产建]|技改|增资|升级)[^（）]{0,6}）)"
)
# A later phase is a project of its own: 阀门项目（二期）, 玻璃瓶项目二期（8号窑）.
_PHASE = r"(?:（?[二三四五六]期）?(?:（[^（）]{1,12}）)?)"
_TITLE_NAME = re.compile(rf"(?P<name>{_IN_TITLE}{{2,50}}?项目{_PHASE}?|{_IN_TITLE}{{2,50}}?(?={_PAPER}*{_PAPER_END}))")
_KINDS_OF_PROJECT = (
    "招商|招商引资|外商|企业|投资|工业|本|该|合作|重点|重大|鼓励类|备案|新建|外资|内资|民生|示范|资产|类似|同类|其他|各类|建设|上述|原|前述"
    "|产业|意向|签约|引进|技改|技术改造|固定资产投资|工业投资|科技|研发|采购|施工|收费|扶持|审批|奖励|配套|全资|计划内|年度|区域"
)
_NONE = re.compile(
    rf"^(?:(?:[\u4e00-\u9fff]{{1,5}}[省市县区镇乡])?(?:{_KINDS_OF_PROJECT})+(?:项目|工?厂)|项目|(?:{_PAPER}|搬迁|安置|企业|文化|科技|工业|用地|建厂|办厂|增资扩产|产业)+"
    rf"|(?:入园|进园|合作|投资|来[镇县乡村市区园])?[建办]厂|.{{0,12}}企业|区域运营总部|总部经济|.{{0,3}}会议.*|工厂|总部|中心|基地"
    r"|(?:.{2,16}(?:开发区|园区))?(?:国有)?(?:建设用地)?(?:标准化?|定制|通用)?厂房?|(?:扶贫|标准)车间|土地.{0,6}|工业用地.*)$"
    r"|纪要|专题|标准地|^关于|^(?:一[所家个座]|非?营利性|全日制)|^[甲乙丙]方|^通过|等项目|人民政府|^[与及和、的]|公司(?:项目|来函?)?$|^注册资(?:本|金)|^(?:实缴|认缴)|(?:办学|举办)$|不得|应当|应于|承诺|之间|^项目|项目的|进行|[同他](?:类|等)(?:学校|医院|学院)"
)
# Who enters a park names the park in the title, not a project: 小微企业园入驻协议.
_ENTERS = re.compile(r"入驻|入园|进驻|入区|进区|进园|落户")
_VENUE = re.compile(r"(?:园|园区|孵化器|大厦|集聚区|开发区|集中区|工业区|小镇|街区)(?:项目)?$")
_ADVICE = re.compile(r"一个|本|该|其")
_FAR = 4000
_PARTLY = 6  # a title that names a thing rather than a project
_CONFIDENCE: dict[int, Confidence] = {0: "high", 1: "high"}


def projects(text: str, title: str, span: tuple[int, int]) -> list[Fact]:
    """Names of the project with spans into folded `text`, the surest first; only the first is more than of low confidence."""
    minutes = "纪要" in title
    found = [*_labels(text), *_in_title(text, title, span)]
    if minutes:  # they speak of many firms: only a project of their title is theirs
        found = [candidate for candidate in found if candidate.rank < _PARTLY] or _only_one(_in_body(text))
    else:
        found += [*_cited(text, title), *_in_body(text)]
    found = [_parkless(candidate, text) for candidate in found]
    kept = {candidate.name: candidate for candidate in sorted(found, reverse=True) if _is_name(candidate.name, text)}
    kept = _fuller_first(kept)
    facts: list[Fact] = []
    for candidate in sorted(kept.values(), key=lambda candidate: (candidate.rank, candidate.start)):
        confidence = "low" if facts else _CONFIDENCE.get(candidate.rank, "medium")
        start, end = candidate.start, candidate.start + len(candidate.name)
        name = _as_called(candidate, text)
        facts.append(
            Fact(name="project", value=name, start=start, end=end, confidence=confidence, source=candidate.source)
        )
    return facts


def _only_one(found: Iterable[_Candidate]) -> list[_Candidate]:
    """The project that a body speaks of, if it is but one."""
    named = [candidate for candidate in found if candidate.name.endswith("项目") and not _NONE.search(candidate.name)]
    return named if len({candidate.name for candidate in named}) == 1 else []


_PARK = re.compile(
    r"^[\u4e00-\u9fff]{1,14}?(?:开发区|高新区|物流园区|园区|工业园|保税区|新区|村)(?=[“\u4e00-\u9fff]{4,})"
)


def _parkless(candidate: _Candidate, text: str) -> _Candidate:
    """Without the park or village it lies in, where the text calls it so too: 某某经济开发区重组蛋白原料生产项目."""
    park = _PARK.match(candidate.name)
    bare = candidate.name[park.end() :] if park else ""
    stem = bare.removesuffix("项目")
    alone = park and re.search(rf"(?<!{re.escape(park.group()[-2:])}){re.escape(stem)}", text)
    if park is None or len(stem) < _LEAST_STEM or not (alone or bare.startswith("“")):
        return candidate
    return candidate._replace(name=bare, start=candidate.start + park.end())


def _fuller_first(kept: dict[str, _Candidate]) -> dict[str, _Candidate]:
    """A works of the title that the body calls by a fuller name is called by that: 魔芋竹笋加工厂 → 魔芋竹笋休闲食品加工厂."""
    titled = next((one for one in kept.values() if one.source == "标题"), None)
    if titled is None:
        return kept
    if titled.name.endswith("项目"):  # what a changed agreement is now called, not what it was
        was = [one.rank for one in kept.values() if one.source == "所引协议" and _is_fuller(titled.name, one.name)]
        return {**kept, titled.name: titled._replace(rank=min([titled.rank, *(rank - 1 for rank in was)]))}
    bare = re.sub(r"“[^”]*”|(?:选址|建设|落户|布局)?等?$", "", titled.name)
    fuller = [one for one in kept.values() if one.source == "正文" and _is_fuller(one.name, bare)]
    if not fuller:
        return kept
    best = min(fuller, key=lambda one: one.start)
    return {**kept, best.name: best._replace(rank=min(titled.rank, best.rank) - 1)}


def _is_fuller(name: str, bare: str) -> bool:
    """Whether `name` holds the characters of `bare` in their order and ends like it."""
    rest = iter(name)
    return len(name) > len(bare) >= _LEAST_STEM and name[-1] == bare[-1] and all(char in rest for char in bare)


_BUILT = re.compile(
    rf"(?:投资建设|投资兴建|投资新建|投建|兴建|新建|共建|(?<![与及和的])建设)的?(?P<name>(?:(?!的){_WORD}){{4,30}}?(?:基地|中心|产业园|平台|总部|工厂))(?=[，。；、（(\n])"
)
_SHORT_NAME = 4  # the longest that a firm or a place is called for short
_LEAST_STEM, _LEAST_PLANT = 4, 3  # 薯粉厂 is a name, 厂房 is none


def _is_name(name: str, text: str) -> bool:
    """Neither a kind of project nor the park or place that a party's name begins with."""
    if len(name) < 3 or _NONE.search(name) or name.endswith("公司"):
        return False
    return not re.search(rf"{re.escape(name.removesuffix('项目'))}(?:管委会|管理委员会|管理办公室|管理局|投促)", text)


def _as_called(candidate: _Candidate, text: str) -> str:
    """A park or plant that the body names in quotation marks without 项目 is called so.

    So is one that the body builds without the short name of firm or place that the title puts before it:
    鲜屿水产预制菜加工基地项目 … 投资建设水产预制菜加工基地.
    """
    name = re.sub(r"\s+", "", candidate.name)
    bare = name.removesuffix("项目")
    if bare == name or not re.search(rf"(?:{_SUFFIX})$", bare):
        return name
    if re.search(rf"[“\"]{re.escape(bare)}[”\"]", text):
        return bare
    built = (match["name"] for match in _BUILT.finditer(text, 0, _FAR) if bare.endswith(match["name"]))
    called = (one for one in built if candidate.source == "标题" and 0 < len(bare) - len(one) <= _SHORT_NAME)
    return next(called, name)


def _labels(text: str) -> Iterator[_Candidate]:
    for match in _LABEL.finditer(text, 0, _FAR):
        name = _REMARK.sub("", match["name"])  # 锻件扩产项目（即原合同项目二期）
        yield _Candidate(0, name, match.start("name"), "项目名称条款")
    for pattern in (_SHORT_LABEL, _LINE_LABEL, _IS):
        for match in pattern.finditer(text, 0, _FAR):
            lead = _BY_WHOM.match(match["name"])
            skip = lead.end() if lead else 0
            yield _Candidate(1, match["name"][skip:], match.start("name") + skip, "项目名称条款")
    for pattern in _DEFINED:
        for match in pattern.finditer(text, 0, _FAR):
            yield _trimmed(text, 1, match["name"], match.start("name"), "定义")


def _trimmed(text: str, rank: int, name: str, start: int, source: str) -> _Candidate:
    """Without who builds it where: 乙方在云岭县投资建设轴承项目 → 轴承项目; article words and places go too."""
    end = start + len(name)
    for pattern in (_ABOUT, _LEAD_VERB, _ADVICE):
        lead = pattern.match(name)
        if lead and len(name) - lead.end() >= 4:
            name = name[lead.end() :]
    name = _placeless(name, text)
    return _Candidate(rank, name, end - len(name), source)


def _placeless(name: str, text: str) -> str:
    """Without the county it lies in, if the text speaks of that county elsewhere: 整县屋顶光伏项目 keeps its 整县."""
    place = _PLACE.match(name)
    if place is None or not re.search(rf"{re.escape(place.group())}(?!{re.escape(name[place.end() :][:4])})", text):
        return name
    return name[place.end() :]


def _cited(text: str, title: str) -> Iterator[_Candidate]:
    """The agreement that this one changes or carries out names the project best, if this one's title does so only in part."""
    rank = 2 if re.search(r"补充|变更|兑现|解除|终止|清理", title) else 4
    for pattern in (_CITED, _SIGNED):
        for match in pattern.finditer(text, 0, _FAR):
            yield _trimmed(text, rank, match["name"], match.start("name"), "所引协议")


def _in_title(text: str, title: str, span: tuple[int, int]) -> Iterator[_Candidate]:
    """The project a title names: 年产2万吨精密铸件项目投资合同 → 年产2万吨精密铸件项目; the line below may name it in brackets."""
    below = re.compile(r"\s*[（(](?P<name>[^（）()\n]{3,40}?项目)[）)]\s*(?:\n|$)").match(text, span[1])
    if below:
        yield _Candidate(3, below["name"], below.start("name"), "副标题")
    inner = re.search(r"《([^》]+)》", title)
    words = inner.group(1) if inner else title
    for pattern in (_ABOUT, _FOR_WHOM, _FIRM, _ABOUT):
        words = pattern.sub("", words)
    match = _TITLE_NAME.search(words)
    if match is None:
        return
    name = _placeless(match["name"], text)
    start = text.find(name, *span)
    rank = 3 if re.search(rf"(?:{_SUFFIX}){_PHASE}?$", name) else _PARTLY
    if rank == _PARTLY:
        name, start = _fuller(name, start, text)
    if _ENTERS.search(title) and _VENUE.search(name):
        return
    if len(name) >= (_LEAST_STEM if rank == _PARTLY else _LEAST_PLANT) and kind_of(name) not in (
        "government",
        "committee",
    ):
        yield _Candidate(rank, name, start if start >= 0 else span[0], "标题")


def _fuller(name: str, start: int, text: str) -> tuple[str, int]:
    """The name as the body gives it in full: 产线扩建扶持协议 … 实施手机模组产线扩建."""
    match = re.search(rf"(?:实施|建设|投资|开展|推进|就)(?P<name>[\u4e00-\u9fff]{{2,16}}{re.escape(name)})", text)
    if match is None:
        return name, start
    lead = _LEAD_VERB.match(match["name"])
    skip = lead.end() if lead else 0
    return match["name"][skip:], match.start("name") + skip


def _in_body(text: str) -> Iterator[_Candidate]:
    for pattern, rank in (
        (_NAMED_SO, 4),
        (_WRITTEN_ABOUT, 4),
        (_QUOTED, 5),
        (_ABOUT_IT, 5),
        (_STARTED, 7),
        (_SEATED, 8),
        (_BROUGHT, 8),
        (_OWNED, 8),
        (_USED_FOR, 8),
        (_FOUNDED, 7),
        (_AGREED, 8),
        (_WORKS, 9),
    ):
        for match in pattern.finditer(text, 0, _FAR):
            group = match.lastgroup or "name"
            found = _trimmed(text, rank, match[group], match.start(group), "正文")
            surer = (found.name.endswith("项目") and rank < 8) or (pattern is _STARTED and found.name.endswith("厂"))
            yield found._replace(rank=5) if surer else found
