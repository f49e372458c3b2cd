"""Bar charts as SVG drawn here: a page of its own needs no script and no library for them, and they print sharp.

ECharts was weighed: it would add 0.7 MB to every report for bars that are a few kilobytes.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from contract_audit.model import Audit, Scan, Severity, Struct
from contract_audit.reports import wording
from contract_audit.reports.summary import failing
from contract_audit.rulespec import Taxonomy

_MOST = 12  # bars of one chart; the rest is summed up in one
_LABEL, _BARS, _COUNT = 210, 300, 40  # widths in px
_ROW, _BAR, _TOP = 26, 16, 6
_CHARACTER = 13  # px of a Chinese character at the labels' size
_REST, _UNKNOWN = "其余", "未读到"

Counts = Mapping[Severity, int]


class Chart(Struct, frozen=True, kw_only=True):
    """A chart: what it shows, and its drawing."""

    title: str
    drawing: Markup


def charts(scan: Scan, taxonomy: Taxonomy) -> tuple[Chart, ...]:
    """Wrongs by category, by the government's unit, and by the year of signing; none where there are no wrongs."""
    found = [(audit, finding) for audit in scan.audits for finding in failing(audit)]
    if not found:
        return ()
    names = {code: category.name for code, category in taxonomy.categories.items()}
    categories = _counted((names.get(finding.category, finding.category), finding.severity) for _, finding in found)
    units = _counted((_unit(audit), finding.severity) for audit, finding in found)
    years = _counted((_year(audit), finding.severity) for audit, finding in found)
    return (
        Chart(title="按问题类别", drawing=bars("问题数，按问题类别", _largest(categories))),
        Chart(title="按签约单位", drawing=bars("问题数，按签约单位", _largest(units))),
        Chart(title="按签订年份", drawing=bars("问题数，按签订年份", dict(sorted(years.items())))),
    )


def bars(about: str, rows: Mapping[str, Counts]) -> Markup:
    """Horizontal bars, one a row, parted by severity; `about` is read out by screen readers."""
    longest = max((sum(counts.values()) for counts in rows.values()), default=0) or 1
    height = _TOP * 2 + _ROW * len(rows)
    width = _LABEL + _BARS + _COUNT
    drawn = Markup("").join(
        _bar(label, counts, _TOP + place * _ROW, longest) for place, (label, counts) in enumerate(rows.items())
    )
    return Markup(
        '<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{about}">{drawn}</svg>'
    ).format(w=width, h=height, about=about, drawn=drawn)


def _bar(label: str, counts: Counts, y: int, longest: int) -> Markup:
    middle = y + _ROW // 2 + 5
    words = Markup('<text x="{x}" y="{y}" text-anchor="end">{label}<title>{whole}</title></text>').format(
        x=_LABEL - 8, y=middle, label=_short(label), whole=label
    )
    parts, x = [words], float(_LABEL)
    for severity, name in wording.SEVERITIES.items():
        count = counts.get(severity, 0)
        if count:
            width = count / longest * _BARS
            parts.append(
                Markup(
                    '<rect class="{s}" x="{x:.1f}" y="{y}" width="{w:.1f}" height="{h}"><title>{t}</title></rect>'
                ).format(
                    s=severity, x=x, y=y + (_ROW - _BAR) // 2, w=width, h=_BAR, t=f"{label}：{name}风险 {count} 项"
                )
            )
            x += width
    parts.append(Markup('<text x="{x:.1f}" y="{y}">{n}</text>').format(x=x + 6, y=middle, n=sum(counts.values())))
    return Markup("").join(parts)


def _counted(pairs: Iterable[tuple[str, Severity]]) -> dict[str, dict[Severity, int]]:
    counts: dict[str, dict[Severity, int]] = {}
    for label, severity in pairs:
        row = counts.setdefault(label, {})
        row[severity] = row.get(severity, 0) + 1
    return counts


def _largest(counts: Mapping[str, Counts]) -> dict[str, Counts]:
    """The largest rows first; beyond a dozen the others are summed up in one."""
    ordered = sorted(counts, key=lambda label: (-sum(counts[label].values()), label))
    if len(ordered) <= _MOST:
        return {label: counts[label] for label in ordered}
    rest = ordered[_MOST - 1 :]
    summed: dict[Severity, int] = {
        severity: sum(counts[label].get(severity, 0) for label in rest) for severity in wording.SEVERITIES
    }
    return {label: counts[label] for label in ordered[: _MOST - 1]} | {f"{_REST}{len(rest)}类": summed}


def _unit(audit: Audit) -> str:
    party = wording.government_party(audit.understanding)
    return party.name if party else _UNKNOWN


def _year(audit: Audit) -> str:
    signed = wording.signing_date(audit.understanding)
    return f"{signed.year}年" if signed else _UNKNOWN


def _short(label: str) -> str:
    room = (_LABEL - 12) // _CHARACTER
    return label if len(label) <= room else f"{label[: room - 1]}…"
