"""The JSON Schema of a rule file with Chinese hover text, for the editors of rule authors (`rules schema`)."""

from typing import Any

import msgspec

from contract_audit.rulespec import Pack, Rule

_TYPES = {
    "Rule": "一条规则，一个文件。",
    "BasisRef": "依据：一部法律的一个版本和条；同一条法律有几个版本的逐个列出，按签订日选用。",
    "Applies": "适用范围；都不写就是全部文件。",
    "ProvisionCheck": "单项约定：一项约定里说了不该说的话。各词组都要有，例外一个也不成立。",
    "Group": "词组：其中有一个词出现即可。",
    "ValueTest": "数值条件：约定里的数值要符合什么。",
    "Unless": "例外：成立时不提示，或者升降一级。",
    "AbsenceCheck": "缺失：应当写的没有写。",
    "ObligationCheck": "义务与期限：逾期、将到期、不可能、前后矛盾、没有期限、没有标准。",
    "CompareCheck": "限值比较：事实或者比值与限值相比；缺少数据的列为未判定。",
    "Limit": "限值：数字、另一事实、比值、地方参数、分期施行的数值或者几项之和。",
    "Ratio": "比值：一个事实除以另一个。",
    "Term": "几项之和中的一项。",
    "AgreeCheck": "一致性：写了两遍的要一致。",
    "ReferenceCheck": "引用与附件：所引的条款、附件要存在。",
    "PartyCheck": "主体与权限：谁签约，有没有权。",
    "BlankCheck": "空白：应当填写而没有填写。",
    "StructureCheck": "结构与签署：文件本身的缺陷。",
    "RelationCheck": "条款关系：责任只约束一方、义务互为前提。",
    "IndustryCheck": "产业类别：申报的类别与建设内容相比。",
    "IndustryClass": "一个产业类别和它的用词。",
    "DuplicateCheck": "以旧充新：与以前的协议、台账相近。",
    "PartsCheck": "构成：总数里有多大份额由不应计入的各项组成。",
    "WorthCheck": "造价：所建所购的东西按最宽的价格也值不了所报的钱。",
    "Thing": "一种建筑、设备或者种养设施和它的最高单价。",
    "UnequalCheck": "公平竞争：同样的承诺给不同企业的标准不同，由人判断。",
    "WordingCheck": "措辞识别：整句的用字与已知的违规写法相近，不看列出的词。",
    "Examples": "示例：应提示的、相似而不应提示的，以及公开计数的已知误差。",
    "Example": "一个示例：条文放进县政府与企业的协议里试运行。",
}
_SAME = {
    "kind": "检查的种类，写定后决定有哪些字段。",
    "side": "看谁的约定：government 政府方、investor 企业方、both 双方、third 第三方、unknown 不明。",
    "unless": "例外：有一个成立就不提示。",
    "given": "前提：各项都成立才检查。",
    "any": "词，或者 @词表名；有一个出现即可。",
    "pattern": "RE2 正则，写在折叠后的文字上（数字字母半角、中文标点全角、没有空格）；不能用前后查找和反向引用。",
    "quote": "引用多长：match 命中的词、segment 所在分句、provision 整项约定；示例中为必须引用的原文。",
    "fact": "事实的名称，如 total_investment_yuan。",
    "test": "查什么。",
    "words": "要找的词。",
    "what": "核对什么。",
    "local": "地方参数的名称；没有给参数的列为未判定。",
    "ratio": "比值：分子和分母。",
    "tolerance": "容许的相对误差。",
    "least_denominator": "分母至少这么大才判断比值。",
    "doubt": "限值是经验数：当地没有给出参数时只列为存疑，由人判断。",
    "unless_local": "当地给出这个参数时本规则不判断，由另一条按参数判断的规则判断。",
    "number": "数字。",
    "per": "除以什么。",
    "groups": "词组：每组都要有一个词出现。",
    "op": "比较：lt 低于、le 不高于、gt 高于、ge 不低于、any 有即可、differs 不同于。",
}
_FIELDS: dict[str, dict[str, str]] = {
    "Rule": {
        "id": "编号：三个大写字母和三位数字，永久不变，不得重用。",
        "category": "问题类别，见 taxonomy.yaml。",
        "title": "规则名称。",
        "status": "draft 起草（不运行）、trial 试行、active 启用。",
        "severity": "通常的等级：high 高、medium 中、low 低。",
        "grade_reason": "为什么是这一级。",
        "basis": "依据，至少一项；各个版本都列出。",
        "applies": "看哪些文件。",
        "check": "怎样认定。",
        "message": "提示语，一句话；{quote} 等占位由程序填入。说风险，不说无效。",
        "remedy": "可以直接替换的条文；它自己不得触发任何规则。",
        "departments": "会同哪些部门。",
        "existing_commitment": "税收、财政承诺：2015-05-10 前签订的属存量承诺，另加说明。",
        "yields_to": "同样的词也属于这些类别时，让位给它们。",
        "wide": "宽规则：只凭少数宽泛的词，措辞复核明显偏向违规时才提示，接近而未达到的留待人工判断，其余不提示。",
        "particular": "句式本身足以认定：不再作措辞复核。",
        "examples": "示例，全部运行。",
        "notes": "备注。",
    },
    "BasisRef": {
        "law": "laws.yaml 中的法律键。",
        "article": "条号；通篇不写条。",
        "where": "这一条管的事项：词语或 @词表；所指出的文字说到这一事项才引这一条（不写的总是引；一项不剩时全引）。",
        "parties": "这一条管的主体：文字没有说到任何一项的事项时，当事人中有这些种类之一的引这一条。",
    },
    "Applies": {
        "kinds": "只看这些种类的合同。",
        "not_kinds": "不看这些种类的合同。",
        "mode": "signed 已签文本、draft 送审稿、any 都看。",
        "signed_from": "只看这一天及以后签订的。",
        "parties": "当事人中要有这些种类之一（当事人不明的照看）。",
        "signed_to": "只看这一天及以前签订的。",
    },
    "ProvisionCheck": {
        "guessed": "义务人只是推定的也看。",
        "force": "语气：commitment 承诺、duty 义务、effort 协助、permission 许可、prohibition 禁止等。",
        "gap": "相邻词组之间最多隔几个字。",
        "ordered": "词组要按所列的次序出现。",
        "values": "数值条件。",
        "lower": "成立时降一级。",
        "raise": "成立时升一级。",
        "streams": "隐藏文字和已删除的修订也看。",
    },
    "Group": {
        "place": "own 约定自己的文字、stem 列项的引语、any 都可、sentence 同句前文、clause 同条别处、paper 全文别处（后两种不引用）。",
        "mark": "这些词要引用。",
        "negated": "被否定的词：allow 也算、forbid 不算、within 否定词属于所列词语时算、require 只算被否定的。",
    },
    "ValueTest": {
        "value": "数值的种类：money 金额、percent 比例、duration 期间、area 面积、date 日期等。",
        "than": "与多少相比。",
        "unit": "期间的单位：day、month、year、workday。",
        "near": "与命中的词最多隔几个字。",
        "across": "可以隔着标点。",
    },
    "Unless": {
        "label": "例外的说明，写进解释。",
        "hedge": "套语的种类，如 approval 经批准、public_policy 按公开政策。",
        "within": "在多大范围内找：segment 分句、provision 约定、clause 条、document 全文。",
    },
    "AbsenceCheck": {
        "missing": "全文都找不到的词组。",
        "count": "至少缺几组；0 为一组也没有。",
        "missing_side": "谁写的才算写了；不写为谁都可以。",
        "given_side": "前提看谁的约定。",
        "given_categories": "或者：文中已有这些类别的问题。",
        "heading": "只看标题含这些词的条。",
        "said": "只有标题里有这些词不算写了。",
        "min_chars": "少于这么多字的文件不看。",
    },
    "ObligationCheck": {
        "kinds": "只看这些种类的义务；不写为全部。",
        "days": "天数。",
        "min_quantity": "数量至少多少。",
        "acts": "动词。",
    },
    "CompareCheck": {"limit": "与什么相比。", "quote_fact": "引用哪个事实的文字；默认被比较的事实。"},
    "Limit": {"sum": "几项之和。", "scale": "乘以多少。", "dated": "起始日期 → 数值，按签订日选用。"},
    "Ratio": {"numerator": "分子（事实）。", "denominator": "分母（事实）。"},
    "Term": {"times": "乘以多少。", "needed": "没有这一项就不能判定。"},
    "PartyCheck": {
        "party_kinds": "主体的种类。",
        "names": "名称里要有的词。",
        "alone": "没有别的政府方一同签约。",
        "given_categories": "或者：文中已有这些类别的问题。",
    },
    "BlankCheck": {"in_signature": "签署栏的空白也算。"},
    "IndustryCheck": {
        "declared": "申报产业、用地性质或者园区定位的词，命中的要引用。",
        "classes": "产业类别和用词。",
        "weighs": "看什么：built 建设内容、project 项目名称、产业和内容的文字。",
        "share": "不在申报类别里的要占多大份额才算。",
        "close": "视为相通的类别。",
        "claims": "申报的词里有这些的引用申报的词，没有的引用不符的内容；不写的一律引用申报的词。",
        "denied": "申报制造业而写明不生产的词。",
    },
    "PartsCheck": {
        "whole": "总数前面的词，如总投资。",
        "part": "不应计入的一项所用的词。",
        "own": "有这些词的项仍算数，如改造、新购。",
        "share": "不应计入的各项合计占多大份额才算。",
    },
    "WorthCheck": {
        "things": "常见的建筑、设备和设施，各有最高单价。",
        "special": "同一项里有这些词的不是普通货色，不比单价。",
        "scale": "总投资超过所列全部内容最高造价多少倍才算。",
        "sqm": "其他建筑每平方米最高多少元。",
        "mu": "土地每亩最高多少元。",
        "least": "总投资不到多少元的不比。",
    },
    "Thing": {
        "name": "名称。",
        "words": "用词。",
        "per": "计量单位。",
        "most": "自哪一天起、每一单位最高多少元。",
    },
    "IndustryClass": {
        "code": "国民经济行业分类（GB/T 4754）代码。",
        "name": "类别名称。",
        "covers": "并入本类的其他代码。",
    },
    "DuplicateCheck": {"least": "至少多少分。"},
    "WordingCheck": {
        "like": "像哪个类别的写法，与规则的类别相同。",
        "bar": "高于多少分算问题。",
        "doubt": "高于多少分、不到 bar 的留给人判断。",
        "excused": "同类别别的规则有例外成立的地方，高于多少分才算问题。",
        "lower": "成立时降一级。",
    },
    "Examples": {
        "flag": "应当提示的，不少于四个。",
        "lookalike": "相似而不应提示的，不少于四个。",
        "known_miss": "已知漏报，公开计数。",
        "known_false": "已知误报，公开计数。",
    },
    "Example": {
        "text": "条文；几行的写成几行。",
        "whole": "本身就是一份完整的文件。",
        "signed_on": "签订日期。",
        "as_of": "基准日。",
        "party_a": "甲方。",
        "party_b": "乙方。",
        "mode": "signed 已签、draft 送审稿。",
        "also": "相似写法虽不属于本规则，却是这些类别的问题，学习措辞时不作合法写法。",
        "evidence": "履约凭证：[事项, 完成日期]。",
        "institutions": "机构沿革：[原名称, 现名称, 变更日期, 承接单位]。",
        "earlier": "以前签订的协议全文。",
        "register": "项目台账的行。",
        "local_words": "用文字写的地方参数。",
        "why": "为什么不提示。",
    },
}


def rule_schema(pack: Pack) -> dict[str, Any]:
    """The schema: every type and field told in Chinese; categories and laws of the pack as choices."""
    schema = msgspec.json.schema(Rule)
    for name, definition in schema["$defs"].items():
        definition["description"] = _TYPES[name]
        for field, described in definition.get("properties", {}).items():
            described["description"] = _FIELDS.get(name, {}).get(field) or _SAME[field]
    properties = schema["$defs"]["Rule"]["properties"]
    properties["category"]["enum"] = sorted(pack.taxonomy.categories)
    schema["$defs"]["BasisRef"]["properties"]["law"]["enum"] = sorted(pack.laws)
    return schema
