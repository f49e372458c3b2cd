"""What is by its own words another thing than what is owed: another place, voltage or size, another enterprise's, none of this.

纬六路 is not 纬九路, a line of 10千伏 not one of 35千伏, 另一企业的线路 and 路灯改造（与本项目无关） are nothing that is owed here.
"""

import re
from functools import lru_cache

_REMEMBERED = 2048


def is_other_thing(told: str, sought: str) -> bool:
    """Whether folded words of a record cannot be of what the sought words name, whatever else they have in common."""
    return _is_other_place(told, sought) or _is_other_grade(told, sought) or _is_of_others(told, sought)


def _is_other_place(told: str, sought: str) -> bool:
    """纬六路 is not 纬九路, 东河桥 not 西河桥, where both are called by a name."""
    for kind, no_name in _PLACES:
        ours, theirs = ({name for name in kind.findall(text) if not no_name.search(name)} for text in (told, sought))
        if ours and theirs and not ours & theirs:
            return True
    return False


_PLACES = (
    (
        re.compile(r"([\u4e00-\u9fff]{2})(?:路(?![灯由径线基口肩网牌标局]|市电|电源|电缆|光缆|[供送通受来进]电|进线)|大道|大街)"),
        re.compile(
            r"[道公支干辅便小环主次断进入厂园区场线电气油水管回铁乡村县省国高速门前内外连接机耕运矿生产施工临时规划市政专用旅游消防"
            r"通往此该本条段的延东西南北第双备]"
        ),
    ),
    (
        re.compile(r"([\u4e00-\u9fff]{2})(?:桥(?![梁墩面涵])|水库|社区|小区)"),
        re.compile(r"[大小新旧老高架人行跨立交便该本公铁路危拱个座条各两道入进厂区成建好修通等及和与]"),
    ),
)  # fmt: skip


def _is_other_grade(told: str, sought: str) -> bool:
    """Both say of which voltage, bore or class, and none is the same: 10千伏 and 35kV, DN200 and DN300, 甲类库 and 丙类库."""
    ours, theirs = _grades(told), _grades(sought)
    kinds = {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    return any(not {one for one in ours & theirs if one[0] == kind} for kind in kinds)


@lru_cache(maxsize=_REMEMBERED)
def _grades(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((str(match.lastgroup), match[str(match.lastgroup)]) for match in _GRADE.finditer(text))


_GRADE = re.compile(
    r"(?<![0-9.])(?P<voltage>[0-9]+(?:\.[0-9]+)?)(?=(?:[/、和及与][0-9.]+)*\s*(?:千伏|[kK][vV])(?!安|[aA·]))"
    r"|(?:DN|Dn|dn|管径|口径|[φΦ])\s*(?P<bore>[0-9]{2,4})(?![0-9.]*[平米万元])"
    r"|(?<![\u4e00-\u9fff])(?P<fire>[甲乙丙丁戊])类(?=[^，。；]{0,4}[房库间])"
    r"|第?(?P<device>[一二三ⅠⅡⅢ])类(?=[^，。；]{0,2}(?:医疗|器械|新药))"
)


def _is_of_others(told: str, sought: str) -> bool:
    """The words are of another enterprise or plot, where the duty does not speak of such, or say that they are none of this."""
    return bool(_NONE_OF_THIS.search(told)) or _names_alone(_OF_OTHERS, told, sought)


def is_elsewhere(told: str, sought: str) -> bool:
    """隔壁地块, 另一家企业: folded words tell of what is another's, where the sought words do not speak of such."""
    return _names_alone(_ELSEWHERE, told, sought)


def _names_alone(other: re.Pattern[str], told: str, sought: str) -> bool:
    """Whether the words told name such a one, and the sought words do not."""
    named = other.search(told)
    return named is not None and named.group() not in sought


_OWNER = "(?:企业|公司|单位|工厂|厂家?|项目|地块|宗地|用户|客户|合同|协议)"
_OF_OTHERS = re.compile(
    rf"另外?一?[家个份宗](?:入园|入驻|进区|落户|投资|园区)?的?{_OWNER}|另一{_OWNER}"
    rf"|(?:其[他它]|别的|同园区?|周边|隔壁|邻近|相邻|毗邻)(?:入园|入驻|进区|落户|投资|园区)?的?{_OWNER}(?!路|站)|邻[厂企](?!路)|别家|[他外]企业|外单位"
)
_ELSEWHERE = re.compile(r"隔壁|邻近|相邻|毗邻|邻厂|别家|另一家|其他(?:企业|项目|公司|地块)|其它(?:企业|项目|公司|地块)")
_NONE_OF_THIS = re.compile(
    r"[与和跟同](?![^，。；（）()]{0,3}期)[^，。；（）()]{1,14}(?:无关|没有?关[系联]|不相[干关]|无(?:直接)?(?:关联|关系))(?=$|[，。；）)])"
    r"|(?:非|不(?:属于?|在|是|涉及))(?:本|该)(?:项目|合同|协议|企业|公司|工程|宗地|地块)(?!人员|职工|员工)"
)
