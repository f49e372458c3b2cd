"""How long the joint review of a folder takes, all its papers written: wall clock and processor seconds.

    python -m benchmarks.review [--drafts 200] [--jobs 2] [--characters 0] [--keep 目录]

The drafts are those of corpus/review/dev and the agreements of corpus/dev as Word files, copied under other names of
firms and projects until there are enough; the command is run as an office runs it. Everything is printed, nothing is
asserted.
"""

import argparse
import importlib
import itertools
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from benchmarks.scan import lengthened, plain, under_another_name
from contract_audit.score.gold import load_folder

ROOT = Path(__file__).parent.parent
_HALVES = ("corpus/review/dev", "corpus/dev")


def make_drafts(folder: Path, drafts: int, characters: int) -> None:
    """Write so many docx, each lengthened to at least so many characters; the drafts of the corpus come first."""
    sys.path.insert(0, str(ROOT / "corpus"))
    render: Any = importlib.import_module("render")
    samples = [sample for half in _HALVES for sample in load_folder(ROOT / half)]
    agreements = [render.read_lines(sample.text) for sample in samples]
    clauses = itertools.cycle(
        [line for sample, lines in zip(samples, agreements, strict=True) for line in lines if plain(line, sample)]
    )
    pattern = folder / "样本.docx"
    for number in range(drafts):
        lines = agreements[number % len(agreements)]
        render.docx_file(lengthened(lines, clauses, characters), pattern, numbered=True)
        with zipfile.ZipFile(pattern) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        under_another_name(parts, folder / f"{number:05d}.docx", number)
    pattern.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description="联合评审速度：墙钟时间、处理器时间")
    parser.add_argument("--drafts", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--characters", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        base = arguments.keep or Path(name)
        drafts = base / "送审"
        drafts.mkdir(parents=True, exist_ok=True)
        make_drafts(drafts, arguments.drafts, arguments.characters)
        print(
            f"{platform.platform()}，{os.cpu_count()} 个处理器，负载 {os.getloadavg()[0]:.1f}，"
            f"Python {platform.python_version()}；送审稿 {arguments.drafts} 份，{arguments.jobs} 个进程"
        )
        command = [sys.executable, "-m", "contract_audit", "review", str(drafts), "--as-of", "2026-06-30"]
        command += ["--jobs", str(arguments.jobs)]
        for title, further in (("只看结论", []), ("连同全部文书", ["-o", str(base / "评审")])):
            before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run([*command, *further], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            seconds = time.perf_counter() - started
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            papers = sum(1 for _ in (base / "评审").rglob("*.docx"))
            print(f"{title}：{seconds:.1f} 秒（处理器时间 {processor:.1f} 秒），文书 {papers} 件", flush=True)


if __name__ == "__main__":
    main()
