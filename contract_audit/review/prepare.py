"""One judged draft to one review: conclusion, lanes, second round, money, and what people must still look at."""

from collections.abc import Iterator
from decimal import Decimal

from contract_audit.model import Audit, Finding, Lane, Review, ReviewItem, Severity
from contract_audit.reports import wording
from contract_audit.review.money import by_year, promises
from contract_audit.review.policy import Policy, angle_of, conclude, corrected_by, departments_of
from contract_audit.review.rounds import changes, statuses

_GRADES: tuple[Severity, ...] = ("high", "medium", "low")


def prepare(
    audit: Audit, policy: Policy, *, previous: Audit | None = None, budget: dict[int, Decimal] | None = None
) -> Review:
    """The review of one draft; `previous` is the judged draft of the round before, `budget` yuan by year."""
    paper = audit.understanding
    fails = tuple(sorted(_fails(audit), key=lambda finding: (_GRADES.index(finding.severity), finding.start)))
    conclusion, reasons = conclude(policy, audit, fails)
    rounds, solved = statuses(_fails(previous), fails) if previous else ({}, ())
    items = tuple(
        ReviewItem(
            number=number, finding=finding, angle=angle_of(policy, finding), status=rounds.get(finding.fingerprint)
        )
        for number, finding in enumerate(fails, start=1)
    )
    promised = promises(paper)
    return Review(
        document=paper.document.name,
        title=paper.title or paper.document.name,
        parties=tuple(f"{party.role} {party.name}" for party in paper.parties),
        as_of=audit.as_of,
        conclusion=conclusion,
        reasons=reasons,
        items=items,
        lanes=tuple(_lanes(policy, items)),
        solved=solved,
        changes=changes(previous.understanding, paper) if previous else (),
        previous=previous.understanding.document.name if previous else None,
        promises=promised,
        budget=by_year(promised, budget or {}),
        unjudged=tuple(_unjudged(audit, policy)),
        corrected_by=corrected_by(policy, audit.as_of) if conclusion != "通过" else None,
    )


def _fails(audit: Audit) -> tuple[Finding, ...]:
    return tuple(finding for finding in audit.findings if finding.verdict == "fail")


def _lanes(policy: Policy, items: tuple[ReviewItem, ...]) -> Iterator[Lane]:
    for member in policy.members:
        yield Lane(
            department=member,
            items=tuple(item.number for item in items if member in departments_of(policy, item.finding)),
        )


def _unjudged(audit: Audit, policy: Policy) -> Iterator[str]:
    """Not read, doubtful, undecided; then what no program can know."""
    document = audit.understanding.document
    for problem in document.problems:
        yield f"{f'第{problem.page}页：' if problem.page else ''}{problem.message}"
    for finding in audit.findings:
        if finding.verdict == "review":
            yield f"{wording.place(finding) or '全文'}{wording.quoted_problem(finding.quote, finding.message)}"
    for item in audit.undecided:
        yield "；".join(filter(None, (f"{item.title}：未能判定，缺少{item.missing}", item.action)))
    yield from policy.by_people
