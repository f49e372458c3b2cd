"""Identifiers in folded text — document and standard numbers, credit codes, phones, accounts, addresses, ordinals.

They look like dates and amounts and are none: they are blanked before any value is looked for.
"""

import re

from contract_audit.chinese.numerals import CHINESE

BLANK = "\ue000"

_N = rf"[0-9{CHINESE}]"
_KINDS = (
    r"《[^》\n]{1,80}》",  # titles of laws and papers
    rf"〔(?!{_N}{{1,3}}〕)[^〕\n]{{1,8}}〕第?[0-9]*号?|【(?:19|20)[0-9]{{2}}】第?[0-9]*号?",  # 〔2〕 numbers a line
    r"（(?:19|20)[0-9]{2}）[^，。；、\n（）]{0,24}?第?[0-9A-Z-]+号",
    r"(?:19|20)[0-9]{2}年第[0-9]+号",
    r"(?:GB|DB|JGJ|CJJ|ISO|IEC|HG|NB|SL|TSG|AQ|HJ|YY|QB|JB|YD|GA)[A-Z0-9]{0,4}(?:/[A-Z]+)?[ 0-9.:-]*[0-9]",
    r"(?<![A-Za-z])[A-Za-z]{1,12}[0-9]{0,8}(?:-[0-9A-Za-z]{1,12}){1,6}号?",  # GL-2022-41号, LWZS-2025-040
    r"(?:https?://|www[.])[0-9A-Za-z./_?=&%-]+|(?<![0-9A-Za-z])[0-9A-Za-z._-]{1,64}@[0-9A-Za-z.-]+",
    r"(?<![0-9A-Za-z.])[0-9A-HJ-NP-RT-UW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RT-UW-Y]{10}(?![0-9A-Za-z])",  # credit code, id
    r"(?<![0-9A-Za-z.,-])(?:\+?86-?)?1[3-9][0-9]{9}(?![0-9.,])",
    r"(?<![0-9.,])0[0-9]{2,3}-[0-9]{7,8}(?:-[0-9]{1,5})?|(?<![0-9.])[48]00-?[0-9]{3,4}-?[0-9]{3,4}(?![0-9,.万亿元])",
    r"(?:邮政?编码?|邮编|电话|传真|手机|账号|帐号|账户|帐户|卡号|行号|代码|证号|证书编号|身份证号?码?|编号|档案号|注册号|许可证号"
    r"|备案号|批准文号|文号|合同号|订单号|发票号码?)(?:码|号|为|是|尾号)?[：:]?[0-9A-Za-z][0-9A-Za-z -]{2,40}",
    r"(?<![0-9.,])[0-9]{16,}(?![0-9.,万亿元])",
    rf"第{_N}{{1,6}}(?:[条款项章节编部分页号期批次届类阶幢栋标名位轮]|会议|分部)(?:之{_N})?",
    rf"(?<![第月0-9{CHINESE}]){_N}{{1,6}}(?:-{_N}{{1,4}})?(?:号|#)(?!前|以前|之前|起|至|到|内|之?后)"
    r"(?:楼|院|地块|厂房|宗地|门牌|路|线|车间|公馆|令|文|机|炉|站|泵|库|栋|幢|宿舍|孵化楼)?",
    r"(?:路|街|道|巷|弄|大道|大街)[0-9]{1,5}(?:-[0-9]{1,4})?号",
    r"(?:不动产权|房权证|土地证|国用|房地产权)[^，。；\n]{0,12}?第[0-9A-Z-]+号",
    r"(?<![A-Za-z$0-9.])(?!USD|RMB|CNY|HKD|EUR|GBP|JPY|TWD|(?<=年)Q[1-4](?![0-9]))[A-Za-z]{1,12}[0-9]{1,12}"
    r"[0-9A-Za-z#/]{0,12}",  # DN200, B2, V3, but no 2025年Q1
    r"(?<![0-9.])[0-9]{1,3}[:：][0-9]{1,3}(?:[.][0-9]+)?(?![0-9]|[分时])(?=[的比例分计])",  # ratios 6:4
    rf"第{_N}{{1,3}}个五年|[绝机秘]密[★☆*＊][^\s，。；、）)]{{0,8}}",  # 第十四个五年规划, 秘密★5年
    r"[一二三四五六七八九十][通平优减免增控保纵横轴圈带]一[平体站]?|[一二三四五六七八九]通一平|三同时|两免三减半|二免三减半|五险一金",
)
# Every kind starts with one of these: looking first keeps the scan at one test per character.
_FIRST = f"《〔【（第路街道巷弄大不房土国邮编电传手账帐卡行代证身档注许备批文合订发绝机秘+0-9A-Za-z{CHINESE}"
_IDENTIFIER = re.compile(f"(?=[{_FIRST}])(?:{'|'.join(_KINDS)})")


def mask(folded: str) -> str:
    """The folded text with every identifier replaced by as many blanks, so that offsets stay."""
    return _IDENTIFIER.sub(lambda match: BLANK * (match.end() - match.start()), folded)
