"""A scan in two stages: every file is read and understood; then every paper is judged among the papers of its family."""

import os
import pickle
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from contract_audit.batch.allowance import allowance
from contract_audit.batch.collect import Source, collect
from contract_audit.batch.papers import Paper, unread
from contract_audit.batch.pool import Pool, Progress, Report, Task, no_more
from contract_audit.batch.reading import read_all
from contract_audit.casefile import (
    Companions,
    Likeness,
    apply_filters,
    families,
    join_evidence,
    resemblances,
    unequal,
    unplaced,
)
from contract_audit.model import Audit, Box, Context, LocalFilter, Scan, Skipped, Struct, Understanding
from contract_audit.rulespec import CompareCheck, Pack
from contract_audit.settings import Settings

# What workers run, by name: the parent has no use for the weight of what they import.
_SETTLE = "contract_audit.batch.work:settle_paper"
_JUDGE = "contract_audit.batch.work:judge_paper"
_PICTURE = "contract_audit.readers.render:page_picture"

# Readers of foreign formats may leak, so their workers are replaced; judging compiles all rules' words at its start.
_NO_RECYCLING = 0


class Options(Struct, frozen=True, kw_only=True):
    """What a scan needs besides paths and rules. `jobs` 0 means one process a processor."""

    as_of: date
    mode: Literal["signed", "draft"] | None = None
    jobs: int = 0
    companions: Companions = Companions()
    filters: tuple[LocalFilter, ...] = ()
    settings: Settings = Settings()


def scan(paths: tuple[Path, ...], pack: Pack, options: Options, report: Report | None = None) -> Scan:
    """Read, understand and judge everything below `paths`; the result is the same for any number of jobs.

    Raises UsageError where a path does not exist or holds no document.
    """
    collected = collect(paths)
    report = report or _quiet
    settings, jobs = options.settings, options.jobs or os.cpu_count() or 1
    with _spool() as spool:
        with Pool(jobs, settings.tasks_per_worker, settings.ocr_memory_bytes) as pool:
            papers, unread = read_all(collected.sources, pool, settings, spool, report)
        with Pool(jobs, _NO_RECYCLING, settings.ocr_memory_bytes) as pool:
            audits, failed, notes = _judge_all(papers, pack, pool, options, spool, report)
    audits, filter_notes = apply_filters(audits, options.filters, options.as_of)
    return Scan(
        audits=audits,
        skipped=tuple(sorted((*collected.skipped, *unread, *failed), key=lambda item: item.name)),
        as_of=options.as_of,
        mode=options.mode,
        pack_version=pack.info.version,
        broken_rules=pack.broken,
        unplaced=unplaced(audits),
        notes=(
            *collected.notes,
            *options.companions.notes,
            *notes,
            *filter_notes,
            *_unknown_parameters(pack, options.companions),
        ),
    )


def read_alone(path: Path, options: Options) -> tuple[Understanding, ...]:
    """The papers of one file as a scan would see them, read in a child with limits, duties as of `options.as_of`.

    What could not be read at all is an unreadable document with its reason.
    """
    with _spool() as spool, Pool(1, _NO_RECYCLING, options.settings.ocr_memory_bytes) as pool:
        papers, skipped = read_all((Source(path=str(path), name=path.name),), pool, options.settings, spool, _quiet)
        contexts, _notes = _contexts(papers, options)
        tasks = [
            _paper_task(index, paper, _SETTLE, (contexts[index],), options.settings)
            for index, paper in enumerate(papers)
        ]
        outcomes = pool.run("理解", tasks, _quiet, no_more)
    settled = [outcomes[key] for key in sorted(outcomes)]
    return (
        *(unread(item) for item in (*skipped, *settled) if isinstance(item, Skipped)),
        *(item for item in settled if isinstance(item, Understanding)),
    )


def picture_alone(path: Path, page: int, span: tuple[int, int] | None, options: Options) -> bytes | Skipped:
    """Page `page` (1-based) of a PDF or picture file as PNG, the accepted text of `span` marked, made in a child."""
    boxes: tuple[Box, ...] = ()
    if span is not None:
        boxes = tuple(box for paper in read_alone(path, options) for box in paper.document.boxes(*span))
    allowed = allowance(path, options.settings)
    task = Task(
        key=(0,),
        name=path.name,
        function=_PICTURE,
        arguments=(path, page, boxes, options.settings),
        memory_bytes=allowed.memory_bytes,
        seconds=allowed.seconds,
    )
    with Pool(1, _NO_RECYCLING, options.settings.ocr_memory_bytes) as pool:
        outcome = pool.run("绘制", (task,), _quiet, no_more)[task.key]
    assert isinstance(outcome, bytes | Skipped)  # the only ways in which that function ends
    return outcome


def _spool() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="contract_audit_", ignore_cleanup_errors=True)


def _quiet(_progress: Progress) -> None:
    """No one watches."""


def _judge_all(
    papers: tuple[Paper, ...], pack: Pack, pool: Pool, options: Options, spool: str, report: Report
) -> tuple[tuple[Audit, ...], tuple[Skipped, ...], tuple[str, ...]]:
    contexts, notes = _contexts(papers, options)
    pack_file = Path(spool, "pack")
    pack_file.write_bytes(pickle.dumps(pack, protocol=pickle.HIGHEST_PROTOCOL))
    related = families(tuple(paper.card for paper in papers), options.companions.register)
    likely = _likely(papers, options.companions)
    tasks = []
    for index, paper in enumerate(papers):
        family = tuple(papers[member].file for member in related[index])
        arguments = (family, contexts[index], str(pack_file), likely[index])
        tasks.append(_paper_task(index, paper, _JUDGE, arguments, options.settings))
    outcomes = pool.run("审查", tasks, report, no_more)
    ordered = [outcomes[key] for key in sorted(outcomes)]
    audits = tuple(outcome for outcome in ordered if isinstance(outcome, Audit))
    failed = tuple(outcome for outcome in ordered if isinstance(outcome, Skipped))
    return audits, failed, notes


def _likely(papers: tuple[Paper, ...], companions: Companions) -> list[tuple[tuple[Likeness, str | None], ...]]:
    """For each paper the earlier papers and register rows it resembles, with the files of the papers."""
    readable = [index for index, paper in enumerate(papers) if paper.profile is not None]
    found = resemblances([paper.profile for paper in papers if paper.profile is not None], companions.register)
    likely: list[tuple[tuple[Likeness, str | None], ...]] = [() for _paper in papers]
    for index, items in zip(readable, found, strict=True):
        likely[index] = tuple(
            (item, papers[readable[item.other]].file if item.other is not None else None) for item in items
        )
    return likely


def _contexts(papers: tuple[Paper, ...], options: Options) -> tuple[list[Context], tuple[str, ...]]:
    """For each paper what judging it needs besides its family, and notes on evidence that joined nothing."""
    companions = options.companions
    joined = join_evidence(companions.evidence, tuple(paper.card for paper in papers), companions.register)
    contrasts = unequal(promise for paper in papers for promise in paper.promises)
    contexts = [
        Context(
            as_of=options.as_of,
            mode=options.mode,
            evidence=evidence,
            local=companions.local,
            local_dated=companions.local_dated,
            local_words=companions.local_words,
            institutions=companions.institutions,
            unequal=contrasts.get(paper.card.name, ()),
        )
        for paper, evidence in zip(papers, joined.evidence, strict=True)
    ]
    return contexts, joined.notes


def _paper_task(index: int, paper: Paper, function: str, arguments: tuple[object, ...], settings: Settings) -> Task:
    return Task(
        key=(index,),
        name=paper.card.name,
        function=function,
        arguments=(paper.file, *arguments),
        memory_bytes=settings.worker_memory_bytes,
        seconds=settings.judge_timeout_s,
    )


def _unknown_parameters(pack: Pack, companions: Companions) -> Iterator[str]:
    """A misspelt parameter would leave its rule undecided without a word about why."""
    limits = (rule.check.limit.local for rule in pack.rules if isinstance(rule.check, CompareCheck))
    known = {name for name in limits if name is not None}
    for name in (*companions.local, *companions.local_dated):
        if name not in known:
            names = "、".join(sorted(known)) or "无"
            yield f"地方参数“{name}”没有规则使用，请核对名称（规则用到的有：{names}）"
