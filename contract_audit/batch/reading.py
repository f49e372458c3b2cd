"""The first stage of a scan: every file is read and understood, archives unpacked, old formats converted many a call."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from contract_audit.batch.allowance import Allowance, allowance, may_need_office
from contract_audit.batch.collect import Source
from contract_audit.batch.papers import Paper, Unpacked
from contract_audit.batch.pool import Key, Pool, Report, Task
from contract_audit.model import Skipped
from contract_audit.settings import Settings

# What workers run, by name: the parent has no use for the weight of what they import.
_READ = "contract_audit.batch.work:read_source"
_CONVERT = "contract_audit.batch.work:convert_sources"
_AT_ONCE = 30  # files of one conversion: LibreOffice takes a second to start and some 50 ms for each
_CONVERSION = -1  # ends the key of a conversion: its result is no paper, and its failure costs none

Numbered = tuple[Key, Source]


def read_all(
    sources: Iterable[Source], pool: Pool, settings: Settings, spool: str, report: Report
) -> tuple[tuple[Paper, ...], tuple[Skipped, ...]]:
    """The papers of all `sources` in order, kept in the folder `spool`, and the files that gave none."""
    waiting: dict[Key, list[Numbered]] = {}

    def planned(numbered: list[Numbered]) -> Iterator[Task]:
        old = [entry for entry in numbered if may_need_office(Path(entry[1].path))]
        batches = [old[start : start + _AT_ONCE] for start in range(0, len(old), _AT_ONCE)] if len(old) > 1 else []
        held = {key for batch in batches for key, _ in batch}
        for batch in batches:
            task = _convert_task(batch, settings, spool)
            waiting[task.key] = batch
            yield task
        for key, source in numbered:
            if key not in held:
                yield _read_task(key, source, settings, spool)

    def further(task: Task, outcome: object) -> Iterator[Task]:
        if task.key in waiting:
            converted = outcome if isinstance(outcome, dict) else {}
            for key, source in waiting[task.key]:
                ready = msgspec.structs.replace(source, converted=converted.get(source.path))
                yield _read_task(key, ready, settings, spool)
        elif isinstance(outcome, Unpacked):
            members = enumerate(outcome.members)
            yield from planned([((*task.key, number), one) for number, one in members if isinstance(one, Source)])

    tasks = planned([((index,), source) for index, source in enumerate(sources)])
    outcomes = pool.run("读取", tasks, report, further)
    return _sorted_out(outcomes[key] for key in sorted(outcomes) if key[-1] != _CONVERSION)


def _sorted_out(outcomes: Iterable[object]) -> tuple[tuple[Paper, ...], tuple[Skipped, ...]]:
    papers: list[Paper] = []
    skipped: list[Skipped] = []
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            skipped.append(outcome)
        elif isinstance(outcome, Unpacked):
            skipped.extend(member for member in outcome.members if isinstance(member, Skipped))
        elif isinstance(outcome, tuple):
            papers.extend(outcome)
    return tuple(papers), tuple(skipped)


def _read_task(key: Key, source: Source, settings: Settings, spool: str) -> Task:
    return _task(key, source.name, _READ, (source, settings, spool), allowance(Path(source.path), settings))


def _convert_task(batch: list[Numbered], settings: Settings, spool: str) -> Task:
    """One conversion; it ends by LibreOffice's own time limits, even if every file has to be tried again alone."""
    paths = tuple(source.path for _, source in batch)
    allowed = Allowance(
        memory_bytes=settings.ocr_memory_bytes,
        seconds=(len(batch) + 2) * settings.office_timeout_s + settings.text_timeout_s,
    )
    key, name = (*batch[0][0], _CONVERSION), f"{batch[0][1].name} 等 {len(batch)} 份旧格式文件"
    return _task(key, name, _CONVERT, (paths, settings, spool), allowed)


def _task(key: Key, name: str, function: str, arguments: tuple[object, ...], allowed: Allowance) -> Task:
    return Task(
        key=key,
        name=name,
        function=function,
        arguments=arguments,
        memory_bytes=allowed.memory_bytes,
        seconds=allowed.seconds,
    )
