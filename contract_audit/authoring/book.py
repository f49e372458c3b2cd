"""The rule book (`rules book`): one self-contained page a rule, for lawyers, and an index."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contract_audit.authoring.wording import exceptions, matter, meaning, remedies
from contract_audit.examplespec import Example
from contract_audit.model import Struct
from contract_audit.reports.wording import SEVERITIES, article_words, chinese_date
from contract_audit.rulespec import Applies, BasisRef, Law, Pack, Rule

if TYPE_CHECKING:
    import jinja2

_PAGES = Path(__file__).parent / "page"
_STATUSES = {"draft": "起草（不运行）", "trial": "试行（只作待核）", "active": "启用"}
_EXAMPLES = {
    "flag": "应当提示的例子",
    "lookalike": "相似而不应提示的例子",
    "known_false": "已知误报",
    "known_miss": "已知漏报",
}


class Shown(Struct, frozen=True, kw_only=True):
    """An example cut at its quoted words."""

    before: str
    quote: str
    after: str
    why: str


def write_book(pack: Pack, folder: Path) -> int:
    """Write index.html and one page a rule into `folder`; returns the number of pages."""
    folder.mkdir(parents=True, exist_ok=True)
    style = (_PAGES / "book.css").read_text(encoding="utf-8")
    for rule in pack.rules:
        page = _template("rule.html").render(style=style, **_page(rule, pack))
        (folder / f"{rule.id}.html").write_text(page, encoding="utf-8")
    index = _template("index.html").render(
        style=style, pack=pack, total=len(pack.rules), dimensions=list(_dimensions(pack))
    )
    (folder / "index.html").write_text(index, encoding="utf-8")
    return len(pack.rules) + 1


@cache
def _template(name: str) -> "jinja2.Template":
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string((_PAGES / name).read_text(encoding="utf-8"))


def _dimensions(pack: Pack) -> Iterator[dict[str, object]]:
    for code, dimension in pack.taxonomy.dimensions.items():
        rules = [
            {
                "id": rule.id,
                "title": rule.title,
                "category": pack.taxonomy.categories[rule.category].name,
                "severity": SEVERITIES[rule.severity],
            }
            for rule in pack.rules
            if rule.category.startswith(f"{code}.")
        ]
        yield {"name": dimension.name, "about": dimension.about, "rules": rules}


def _page(rule: Rule, pack: Pack) -> dict[str, Any]:
    groups = [
        {"title": title, "entries": [_shown(entry) for entry in getattr(rule.examples, kind)]}
        for kind, title in _EXAMPLES.items()
    ]
    return {
        "rule": rule,
        "pack": pack,
        "dimension": pack.taxonomy.dimensions[rule.category.split(".")[0]].name,
        "category": pack.taxonomy.categories[rule.category],
        "severity": SEVERITIES[rule.severity],
        "status": _STATUSES[rule.status],
        "meaning": meaning(rule.check, pack),
        "exceptions": exceptions(rule.check, pack),
        "applies": _applies(rule.applies),
        "bases": [_basis(ref, pack.laws[ref.law]) for ref in rule.basis],
        "examples": [group for group in groups if group["entries"]],
        "remedies": list(remedies(rule, pack)),
        "record": _record(rule),
    }


def _shown(example: Example) -> Shown:
    text, quote = example.text.strip(), example.quote or ""
    at = text.find(quote) if quote else -1
    if at < 0:
        return Shown(before=text, quote="", after="", why=example.why or "")
    return Shown(before=text[:at], quote=quote, after=text[at + len(quote) :], why=example.why or "")


def _basis(ref: BasisRef, law: Law) -> dict[str, str]:
    article = law.articles.get(ref.article or "")
    doubt = "" if article is None or article.verified else "（条文待核）"
    until = f"至{chinese_date(law.printed_end)}" if law.printed_end else "起"
    return {
        "title": f"《{law.title}》" + (f"（{law.number}）" if law.number else ""),
        "article": article_words(ref.article) + doubt,
        "about": (article.about if article else "") + matter(ref),
        "force": chinese_date(law.in_force_from) + until,
    }


def _applies(scope: Applies) -> str:
    parts = []
    if scope.kinds:
        parts.append(f"只看{'、'.join(scope.kinds)}")
    if scope.not_kinds:
        parts.append(f"不看{'、'.join(scope.not_kinds)}")
    if scope.mode != "any":
        parts.append("只看已签文本" if scope.mode == "signed" else "只看送审稿")
    if scope.signed_from:
        parts.append(f"{chinese_date(scope.signed_from)}起签订的")
    if scope.signed_to:
        parts.append(f"{chinese_date(scope.signed_to)}以前签订的")
    return "；".join(parts)


def _record(rule: Rule) -> str:
    """What is known of the rule's errors: the examples it is held to, and the errors counted openly."""
    held = f"自带应提示例 {len(rule.examples.flag)} 个、相似而不应提示例 {len(rule.examples.lookalike)} 个，每次检验全部运行"
    known = f"已知误报 {len(rule.examples.known_false)} 个、已知漏报 {len(rule.examples.known_miss)} 个"
    return f"{held}；{known}。"
