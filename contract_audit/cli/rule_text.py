"""One rule as readable lines."""

from collections.abc import Iterator

from contract_audit.authoring.wording import matter, remedies
from contract_audit.reports.wording import SEVERITIES, article_words
from contract_audit.rulespec import Pack, Rule

_EXAMPLES = {"flag": "应提示", "lookalike": "不应提示", "known_miss": "已知漏报", "known_false": "已知误报"}


def rule_lines(rule: Rule, pack: Pack) -> Iterator[str]:
    """Title, grade, bases with their days of force, words for the reader, examples."""
    category = pack.taxonomy.categories[rule.category]
    yield f"{rule.id} {rule.title}"
    yield f"类别：{category.name}（{rule.category}）　等级：{SEVERITIES[rule.severity]}（{rule.grade_reason}）"
    for ref in rule.basis:
        law = pack.laws[ref.law]
        until = f" 至 {law.printed_end}" if law.printed_end else " 起"
        yield f"依据：《{law.title}》{article_words(ref.article)}（{law.in_force_from}{until}）{matter(ref)}"
    yield f"说明：{rule.message}"
    yield f"建议：{rule.remedy}"
    yield from (f"　{line}" for line in remedies(rule, pack))
    yield f"会同：{'、'.join(rule.departments)}"
    for kind, title in _EXAMPLES.items():
        for example in getattr(rule.examples, kind):
            quote = f"　→ “{example.quote}”" if example.quote else ""
            yield f"{title}：{' '.join(example.text.split())}{quote}"
