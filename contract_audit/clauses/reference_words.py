"""How clauses and attachments of a paper are named in its text: the patterns of cross references."""

import re

from contract_audit.clauses.rows import OLD_COLUMN

N = "[0-9〇零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]{1,5}"
SUB = rf"(?:第?{N}款|第[（(]{N}[)）]款|第?[（(]?{N}[)）]?[项目])"
OWN = r"(?:本(?:投资|补充|合作|框架|入园)?(?:合同书?|协议书?|承诺书|函|纪要|备忘录)(?:的|之|中)?)"
# 第三条生产线, 第10条公路 count things; 没有按第10条完成道路 names a clause and what it settles.
COUNTED = "[^\\W完建修办按约规所的之，。；]{0,4}(?:线(?!索)|路|船)"
CLAUSE = (
    rf"(?P<chapter>第{N}(?:章|部分))|(?P<article>第[（(]?{N}[)）]?条(?:之[一二三四五六七八九])?(?!{COUNTED}))(?P<subs>(?:{SUB})*)"
    rf"|(?P<decimal>第?[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}})(?P<dsubs>条?款?(?:第?[（(]{N}[)）]项?)?)"
)
RELATIVE = (
    rf"(?P<relative>(?:前款|上款|前条|上一条|上条)(?P<fsubs>(?:{SUB})+)|前款|上款|前项|前条|上一条|上条|本条(?P<rsubs>(?:{SUB})+)|(?:上述"
    rf"|前述)(?P<psubs>第[（(]?{N}[)）]?[项款])|本款(?P<ksubs>第[（(]?{N}[)）]?项))"
)
ATTACH = (
    r"(?P<kind>附件|附表|附图|附录)\s?(?:(?P<open>[（(](?=[一二三四五六七八九十0-9]{1,3}[)）]))?(?P<number>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|[0-9]{1,2}"
    r"|[A-Z])(?(open)[)）]))?(?P<name>《[^》\n]{1,60}》)?"
    r"|(?P<appended>后附|随附|所附|附后)的?(?P<titled>《[^》\n]{1,60}》)"
)
REFERENCE = re.compile(f"(?P<own>{OWN})?(?:{CLAUSE})|{RELATIVE}|(?:{OWN})?{ATTACH}")

# A column of a table that lists the clauses of another paper.
OTHER_COLUMN = re.compile(rf"{OLD_COLUMN.pattern}|(?:主|母|基础|框架|出让|租赁|首份|前份|一期)(?:合同|协议)")
PLAIN_POINT = re.compile(r"[0-9]{1,2}[、.．]?")
LEAST_POINTS = 6
NEXT = 8  # characters within which a number names the same paper: 后附红线图（附件一）
JOINED = re.compile(
    r"(?:[“\"][^”\"\n]{1,60}[”\"])?[、和及与至到—~～-]|以及|[^。；，\n本]{0,12}(?:[、和及与]|以及)[^。；，\n本]{0,10}"
)
CITES = re.compile(r"(?:按照|依照|根据|依据|违反|依|按|因|本(?:协议|合同)|第)$")
# 容积率按2.0确定, 折减系数按0.8计: what is reckoned by a figure.
RECKONED = re.compile(r"(?:率|系数|密度|强度|倍数|限高|指数|权重|比例|比)[^，。；、]{0,4}(?:按照|依照|依|按)$")
# 8.4所列情形, 3.2约定的期限: what follows tells a clause from a figure.
CITED = re.compile(r"[款项目]?(?:所[列述称指约规载]|[约规]定的|中[约规]定)")
QUANTITY = re.compile(r"(?:万|亿|元|%|米|亩|吨|倍|平方|公里|公顷|千|个|年|月|日|人|兆|度)")
INLINE = re.compile(r"[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)]|[0-9][.．、](?![0-9])|[①-⑳]")
SUB_PART = re.compile(rf"第?(?P<open>[（(])?(?P<n>{N})[)）]?(?P<unit>[款项目])")
OPENS_LINE = re.compile(
    r"^[ \u3000]*(?:第\s?)?(?P<n>[〇零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]{1,5})[条、.．:： \u3000\t]",
    re.MULTILINE,
)
# 29．工程, 3 配套 in a paper whose articles are called 第29条 and have no other number.
FIGURES_OPEN = re.compile(
    r"^[ \u3000]*(?P<n>[0-9]{1,2})(?:[.．、][ \u3000]*|[ \u3000]+)(?=[\u4e00-\u9fff【])", re.MULTILINE
)
ARTICLES_OPEN = re.compile(r"^[ \u3000]*第[0-9一二三四五六七八九十百]{1,4}条", re.MULTILINE)
