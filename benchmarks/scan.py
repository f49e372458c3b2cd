"""How fast a folder is scanned: documents and megabytes a second, the share of each stage, memory of a worker.

    python benchmarks/scan.py [--documents 1000] [--jobs 2] [--characters 10000]

Agreements of the corpus are lengthened to the size asked for with each other's clauses that show no wrong (a long
agreement has more boilerplate, not more wrongs), rendered as Word files with automatic numbers, and copied under other
names of firms. Everything is printed, nothing is asserted.
"""

import argparse
import importlib
import itertools
import os
import platform
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from contract_audit import batch, engine, readers, reports
from contract_audit.audit import judge, understand
from contract_audit.model import Context, Scan
from contract_audit.rulespec import Pack
from contract_audit.score.gold import Sample, load_folder
from contract_audit.settings import Settings

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
AS_OF = date(2026, 6, 30)
SAMPLE = 60  # documents on which the stages are timed one by one
_SIGNATURE = re.compile(r"（(?:盖章|签字|公章|签章)）|\((?:盖章|签字|公章|签章)\)")
_COMPANY = re.compile(r"[\u4e00-\u9fa5（）]{4,20}有限公司")


def lengthened(lines: tuple[Any, ...], clauses: Iterator[Any], characters: int) -> tuple[Any, ...]:
    """An agreement with further clauses before its signature block, until it has so many characters."""
    place = next((index for index, (_kind, cells) in enumerate(lines) if _SIGNATURE.search(cells[0])), len(lines))
    missing = characters - sum(len(cell) for _kind, cells in lines for cell in cells)
    added = []
    while missing > 0:
        line = next(clauses)
        added.append(line)
        missing -= len(line[1][0])
    return (*lines[:place], *added, *lines[place:])


def make_folder(folder: Path, documents: int, characters: int) -> None:
    """Write so many docx of that size."""
    sys.path.insert(0, str(ROOT / "corpus"))
    render = importlib.import_module("render")
    samples = load_folder(ROOT / "corpus" / "dev")
    agreements = [render.read_lines(sample.text) for sample in samples]
    clauses = itertools.cycle(
        [line for sample, lines in zip(samples, agreements, strict=True) for line in lines if plain(line, sample)]
    )
    patterns = []
    for index, lines in enumerate(agreements):
        path = folder / f"pattern{index}.docx"
        render.docx_file(lengthened(lines, clauses, characters), path, numbered=True)
        with zipfile.ZipFile(path) as archive:
            patterns.append({name: archive.read(name) for name in archive.namelist()})
        path.unlink()
    for number in range(documents):
        under_another_name(patterns[number % len(patterns)], folder / f"{number:05d}.docx", number)


def plain(line: Any, sample: Sample) -> bool:
    """A clause of some length in which gold flags nothing."""
    kind, (text, *_cells) = line
    return kind == "line" and len(text) > 30 and not any(flag.quote in text for flag in sample.gold.flags)


def under_another_name(parts: dict[str, bytes], path: Path, number: int) -> None:
    """The pattern with other names of firms, so that no two documents are the same."""
    text = parts["word/document.xml"].decode()
    for name in sorted(set(_COMPANY.findall(text))):
        text = text.replace(name, f"{name[:2]}{chr(0x4E00 + number % 2000)}{name[2:]}")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, text if name == "word/document.xml" else content)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` returns, and the processor seconds it took."""
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def stages(folder: Path, pack: Pack) -> dict[str, float]:
    """Processor seconds a document in each stage, measured in this process."""
    paths = sorted(folder.glob("*.docx"))[:SAMPLE]
    settings, context = Settings(), Context(as_of=AS_OF)
    judge(understand(readers.read(paths[0], settings)[0]), pack, context)  # compiling patterns is start-up, not work
    documents, reading = timed(lambda: [readers.read(path, settings)[0] for path in paths])
    papers, understanding = timed(lambda: [understand(document) for document in documents])
    audits, judging = timed(lambda: [judge(paper, pack, context) for paper in papers])
    scan = Scan(audits=tuple(audits), skipped=(), as_of=AS_OF, mode=None, pack_version="")
    _, writing = timed(lambda: [reports.render(scan, pack, suffix) for suffix in (".xlsx", ".jsonl", ".html")])
    names = ("读取", "理解", "规则", "输出（xlsx、jsonl、html）")
    return dict(zip(names, (cost / len(paths) for cost in (reading, understanding, judging, writing)), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description="扫描速度：份/秒、各阶段占比、内存")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--characters", type=int, default=10_000)
    arguments = parser.parse_args()
    print(
        f"{platform.platform()}，{os.cpu_count()} 个处理器，负载 {os.getloadavg()[0]:.1f}，Python {platform.python_version()}"
    )
    pack, loading = timed(engine.load_rules)
    print(f"规则 {len(pack.rules)} 条，载入 {loading:.2f} 秒")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "协议")
        folder.mkdir()
        make_folder(folder, arguments.documents, arguments.characters)
        megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        options = batch.Options(as_of=AS_OF, jobs=arguments.jobs)
        before = time.process_time()
        started = time.perf_counter()
        result = batch.scan((folder,), pack, options)
        scanned = time.perf_counter() - started
        for suffix in (".xlsx", ".jsonl", ".html"):
            reports.write(result, pack, Path(name, f"结果{suffix}"))
        seconds = time.perf_counter() - started
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        processor = sum(usage.ru_utime + usage.ru_stime for usage in used) - before
        worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        characters = sum(len(audit.understanding.document.text) for audit in result.audits)
        costs = stages(folder, pack)
    count = len(result.audits)
    findings = sum(len(audit.findings) for audit in result.audits)
    print(
        f"{count} 份 docx（共 {characters / 1e6:.2f} 百万字，{megabytes:.1f} MB），{arguments.jobs} 个进程："
        f"扫描 {scanned:.1f} 秒，连同输出 {seconds:.1f} 秒，{count / seconds:.1f} 份/秒，"
        f"{characters / seconds / 1e6:.2f} 百万字/秒；处理器时间共 {processor:.0f} 秒；问题 {findings} 项，未读 {len(result.skipped)} 份"
    )
    for stage, cost in costs.items():
        print(f"  {stage}：{cost * 1000:.1f} 毫秒/份（处理器时间），占 {cost / sum(costs.values()):.0%}")
    print(f"内存峰值：单个工作进程 {worker:.0f} MB，主进程 {parent:.0f} MB")


if __name__ == "__main__":
    main()
