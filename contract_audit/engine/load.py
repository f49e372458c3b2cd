"""A folder of rules to a Pack: strict types, cross references, and every error with file, line and field.

Errors in shared files (taxonomy, laws, word sets, pack) stop the load: nothing can be trusted without them. A broken
rule file is quarantined and named, and does not silence the rest.
"""

import difflib
import string
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from contract_audit.engine.overlay import OverlayInfo, adjusted, without_clashes
from contract_audit.engine.patterns import expression, pattern_fault, set_names
from contract_audit.engine.yaml_source import Source, convert
from contract_audit.errors import RuleError, RulesError
from contract_audit.rulespec import Group, Law, Pack, PackInfo, Rule, Taxonomy, Unless, WordingCheck, WordSet
from contract_audit.settings import rules_dir

T = TypeVar("T")

# What {…} in messages and remedies may name; a check fills those it knows, the others stay empty words.
PLACEHOLDERS = frozenset(
    {
        "quote", "clause", "title", "party_a", "party_b", "signed_on", "as_of", "due", "done_on", "days", "act", "value",
        "limit", "arithmetic", "missing", "name", "other", "anchor", "proof", "kind", "bearer",
    }
)  # fmt: skip


@lru_cache(maxsize=4)
def load_rules(path: Path | None = None, overlays: tuple[Path, ...] = ()) -> Pack:
    """The pack in `path` (default: the shipped rules), tightened by `overlays`: province first, then county.

    Broken rule files are in `Pack.broken`. Raises RulesError where a shared file is broken, an overlay would loosen a
    rule, or a folder is no rule folder.
    """
    pack = _national(path)
    for folder in overlays:
        pack = _overlaid(pack, folder)
    return pack


def _overlaid(above: Pack, root: Path) -> Pack:
    if not (root / "pack.yaml").is_file():
        raise RulesError((RuleError(root, 1, "", "不是规则包（缺 pack.yaml）"),))
    errors: list[RuleError] = []
    own_words = _load_words(root / "words", errors, above.words)
    try:
        info = convert(Source(root / "pack.yaml"), OverlayInfo)
        laws = convert(Source(root / "laws.yaml"), dict[str, Law]) if (root / "laws.yaml").is_file() else {}
        without_clashes(above.laws, laws, root / "laws.yaml", "法律键")
        without_clashes(above.words, own_words, root / "words", "词表")
        joined = msgspec.structs.replace(
            above,
            info=msgspec.structs.replace(
                above.info,
                version=f"{above.info.version}+{info.name}{info.version}",
                jurisdiction=f"{above.info.jurisdiction}、{info.jurisdiction}",
            ),
            laws={**above.laws, **laws},
            words={**above.words, **own_words},
        )
        joined = msgspec.structs.replace(joined, rules=adjusted(joined, root / "adjust.yaml"))
    except RuleError as error:
        raise RulesError((*errors, error)) from None
    if errors:
        raise RulesError(tuple(errors))
    rules, broken = _load_rule_files(root, joined)
    return msgspec.structs.replace(joined, rules=rules, broken=(*above.broken, *broken))


def _national(path: Path | None) -> Pack:
    root = path or rules_dir()
    if not (root / "pack.yaml").is_file():
        raise RulesError((RuleError(root, 1, "", "不是规则目录（缺 pack.yaml），请用 --rules 指定规则目录"),))
    errors: list[RuleError] = []
    info = _shared(root / "pack.yaml", PackInfo, errors)
    taxonomy = _shared(root / "taxonomy.yaml", Taxonomy, errors)
    laws = _shared(root / "laws.yaml", dict[str, Law], errors)
    words = _load_words(root / "words", errors)
    if info is not None and taxonomy is not None:
        errors.extend(_unknown_categories(root / "pack.yaml", info, taxonomy))
    if errors or info is None or taxonomy is None or laws is None:
        raise RulesError(tuple(errors))
    pack = Pack(
        info=info,
        taxonomy=taxonomy,
        laws=laws,
        words=words,
        rules=(),
        likeness=_table(root / "likeness.tsv"),
        recognizer=_table(root / "recognizer.npz"),
    )
    rules, broken = _load_rule_files(root, pack)
    return msgspec.structs.replace(pack, rules=rules, broken=broken)


def _unknown_categories(path: Path, info: PackInfo, taxonomy: Taxonomy) -> Iterator[RuleError]:
    named = {name for category, winning in info.yields_to.items() for name in (category, *winning)}
    both = {name for pair in info.both_told for name in pair}
    unlawful = {*info.remedies.unlawful.government, *info.remedies.unlawful.investor}
    mended = {*info.remedies.signed, *info.remedies.unlawful.instead} - taxonomy.dimensions.keys()
    for field, names in (("yields_to", named), ("both_told", both), ("remedies", unlawful | mended)):
        for name in sorted(names - taxonomy.categories.keys()):
            yield RuleError(path, 1, field, f"类别 {name} 不在 taxonomy.yaml 中")


def _table(path: Path) -> Path | None:
    return path if path.is_file() else None


def rule_files(root: Path) -> tuple[Path, ...]:
    """Every rule file below the folder, in a stable order: one folder a dimension, one rule a file."""
    return tuple(sorted(path for path in root.glob("*/*.yaml") if path.parent.name != "words"))


def read_rule(path: Path, pack: Pack) -> Rule:
    """One rule file, checked against the pack's taxonomy, laws and word sets; raises RuleError."""
    source = Source(path)
    rule = convert(source, Rule)
    for field, message in _faults(rule, path, pack):
        raise source.error(field, message)
    return rule


def _shared(path: Path, kind: type[T], errors: list[RuleError]) -> T | None:
    try:
        return convert(Source(path), kind)
    except RuleError as error:
        errors.append(error)
        return None


def _load_words(folder: Path, errors: list[RuleError], above: dict[str, WordSet] | None = None) -> dict[str, WordSet]:
    """The word sets of a folder; they may include each other and those `above`."""
    words: dict[str, WordSet] = {}
    for path in sorted(folder.glob("*.yaml")):
        loaded = _shared(path, dict[str, WordSet], errors)
        for name, word_set in (loaded or {}).items():
            if name in words:
                errors.append(Source(path).error(name, f"词表 {name} 在别的文件里已有，请改名"))
            words[name] = word_set
    for name, word_set in words.items():
        for other in word_set.include:
            if other not in words and other not in (above or {}):
                errors.append(RuleError(folder, 1, name, f"词表 {name} 引用了不存在的词表 {other}"))
        for pattern in word_set.patterns:
            fault = pattern_fault(pattern)
            if fault:
                errors.append(RuleError(folder, 1, name, f"词表 {name} 的正则「{pattern}」写法不被支持（{fault}）"))
    return words


def _load_rule_files(root: Path, pack: Pack) -> tuple[tuple[Rule, ...], tuple[tuple[str, str], ...]]:
    rules: dict[str, Rule] = {rule.id: rule for rule in pack.rules}
    broken: list[tuple[str, str]] = []
    for path in rule_files(root):
        try:
            rule = read_rule(path, pack)
            if rule.id in rules:
                raise RuleError(path, 1, "id", f"规则编号 {rule.id} 已被另一条规则使用，编号永久唯一")
        except RuleError as error:
            broken.append((path.relative_to(root).as_posix(), str(error)))
            continue
        rules[rule.id] = rule
    return tuple(rules.values()), tuple(broken)


def _faults(rule: Rule, path: Path, pack: Pack) -> Iterator[tuple[str, str]]:
    """(field, Chinese message) of every cross reference that does not hold."""
    if not path.stem.startswith(rule.id):
        yield "id", f"文件名应以规则编号 {rule.id} 开头"
    yield from _category_faults(rule, path, pack)
    yield from _basis_faults(rule, pack)
    unknown = [name for name in word_set_names(rule.check) if name not in pack.words]
    cited = [name for ref in rule.basis for name in set_names((*ref.where, *ref.unless)) if name not in pack.words]
    for field, name in [*(("check", name) for name in unknown), *(("basis", name) for name in cited)]:
        near = difflib.get_close_matches(name, pack.words, n=1, cutoff=0.4)
        yield field, f"词表 {name} 不存在" + (f"，最接近的是 {near[0]}" if near else "，可用的词表见 rules/words")
    if not unknown:
        yield from _pattern_faults(rule, pack)
    for field, text, known in _texts(rule):
        for name in _placeholders(text):
            if name not in known:
                yield field, f"不认识的占位 {{{name}}}，可用：{'、'.join(sorted(known))}"


def _texts(rule: Rule) -> Iterator[tuple[str, str, frozenset[str]]]:
    """(field, text with placeholders, what these may name) of all that a rule tells."""
    yield "message", rule.message, PLACEHOLDERS
    yield "remedy", rule.remedy, PLACEHOLDERS
    yield "remedy_signed", rule.remedy_signed or "", PLACEHOLDERS | {"remedy", "paper"}
    for index, one in enumerate(rule.remedy_cases):
        yield f"remedy_cases[{index}].remedy", one.remedy or "", PLACEHOLDERS


def _pattern_faults(rule: Rule, pack: Pack) -> Iterator[tuple[str, str]]:
    for test in word_tests(rule.check):
        fault = pattern_fault(test.pattern) if test.pattern else None  # those of word sets were tried with the sets
        if fault:
            yield (
                "check",
                f"正则「{test.pattern or '、'.join(test.any)}」写法不被支持（{fault}）；不可用前后查找和反向引用",
            )
        elif not expression(test, pack.words) and not getattr(test, "hedge", ()):
            yield "check", "词组是空的：请写 any 或 pattern"


def _category_faults(rule: Rule, path: Path, pack: Pack) -> Iterator[tuple[str, str]]:
    if rule.category not in pack.taxonomy.categories:
        near = difflib.get_close_matches(rule.category, pack.taxonomy.categories, n=1)
        yield "category", f"类别 {rule.category} 不在 taxonomy.yaml 中" + (f"，最接近的是 {near[0]}" if near else "")
    elif rule.category.split(".")[0] != path.parent.name:
        yield "category", f"类别 {rule.category} 与所在目录 {path.parent.name} 不一致"
    if isinstance(rule.check, WordingCheck) and rule.check.like != rule.category:
        yield "check", f"措辞识别的类别 {rule.check.like} 与规则的类别 {rule.category} 不一致"
    asked: tuple[str, ...] = getattr(rule.check, "given_categories", ())
    for field, category in (*(("yields_to", one) for one in rule.yields_to), *(("check", one) for one in asked)):
        if category not in pack.taxonomy.categories:
            yield field, f"类别 {category} 不在 taxonomy.yaml 中"


def _basis_faults(rule: Rule, pack: Pack) -> Iterator[tuple[str, str]]:
    for index, ref in enumerate(rule.basis):
        law = pack.laws.get(ref.law)
        if law is None:
            yield f"basis[{index}].law", f"法律键 {ref.law} 不在 laws.yaml 中"
        elif ref.article is not None and ref.article not in law.articles:
            yield f"basis[{index}].article", f"{law.title} 未收录第 {ref.article} 条，请先补入 laws.yaml"


def word_set_names(check: object) -> frozenset[str]:
    """Names of the word sets (@name) used anywhere inside a check."""
    return frozenset(name for test in word_tests(check) for name in set_names(test.any))


def word_tests(value: object) -> Iterator[Group | Unless]:
    """Every word test anywhere inside a check."""
    if isinstance(value, Group | Unless):
        yield value
    elif isinstance(value, tuple):
        for child in value:
            yield from word_tests(child)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from word_tests(getattr(value, name))


def _placeholders(text: str) -> Iterator[str]:
    for _literal, name, _spec, _conversion in string.Formatter().parse(text):
        if name is not None:
            yield name
