import subprocess
import sys
from pathlib import Path

import pytest

from contract_audit.batch.limits import EXIT_MEMORY
from contract_audit.batch.pool import Pool, Progress, Task, no_more
from contract_audit.model import Skipped

MEGABYTE = 1024 * 1024


def _task(key: int, function: str, *arguments: object, seconds: float = 60.0) -> Task:
    return Task(
        key=(key,),
        name=f"文件{key}.docx",
        function=function,
        arguments=arguments,
        memory_bytes=400 * MEGABYTE,
        seconds=seconds,
    )


def _run(tasks: list[Task], jobs: int = 2, retry_memory: int = 400 * MEGABYTE) -> dict[tuple[int, ...], object]:
    with Pool(jobs, tasks_per_worker=50, retry_memory_bytes=retry_memory) as pool:
        return pool.run("试", tasks, lambda _progress: None, no_more)


def test_every_kind_of_trouble_costs_only_its_own_task() -> None:
    troubles: list[tuple[str, str]] = [
        ("misbehaving:raises", "internal"),
        ("misbehaving:exits", "crash"),
        ("misbehaving:is_killed", "crash"),
        ("misbehaving:recurses", "memory"),
        ("misbehaving:eats_memory", "memory"),
    ]
    tasks: list[Task] = []
    for place, (function, _code) in enumerate(troubles):
        tasks += [
            _task(3 * place, "misbehaving:fine", place),
            _task(3 * place + 1, function),
            _task(3 * place + 2, "misbehaving:fine", -1),
        ]
    results = _run(tasks)
    assert len(results) == len(tasks)
    for place, (function, code) in enumerate(troubles):
        failed = results[(3 * place + 1,)]
        assert isinstance(failed, Skipped), function
        assert (failed.code, failed.name) == (code, f"文件{3 * place + 1}.docx")
        assert results[(3 * place,)] == 2 * place and results[(3 * place + 2,)] == -2


@pytest.mark.parametrize("function", ["misbehaving:hangs", "misbehaving:burns"])
def test_a_hang_ends_at_its_time_and_is_named(function: str) -> None:
    results = _run([_task(0, function, seconds=1.0), _task(1, "misbehaving:fine", 4)])
    hung = results[(0,)]
    assert isinstance(hung, Skipped) and hung.code == "timeout"
    assert results[(1,)] == 8


def test_waiting_for_a_busy_machine_is_no_fault_of_the_file() -> None:
    assert _run([_task(0, "misbehaving:waits", 2.0, seconds=1.0)], jobs=1)[(0,)] == 2.0


def test_an_internal_error_names_the_place_and_no_contents() -> None:
    failed = _run([_task(0, "misbehaving:raises")], jobs=1)[(0,)]
    assert isinstance(failed, Skipped)
    assert "KeyError" in failed.message and "secret" not in failed.message


def test_a_crash_is_tried_once_more(tmp_path: Path) -> None:
    assert _run([_task(0, "misbehaving:fails_once", str(tmp_path / "mark"))])[(0,)] == "second time"


def test_what_lacked_memory_gets_the_larger_limit() -> None:
    assert _run([_task(0, "misbehaving:eats_memory")], retry_memory=1500 * MEGABYTE)[(0,)] == 900 * MEGABYTE


def test_results_may_bring_further_tasks_and_progress_knows_them() -> None:
    seen: list[Progress] = []

    def more(task: Task, outcome: object) -> list[Task]:
        return [_task(10, "misbehaving:fine", outcome), _task(11, "misbehaving:fine", 7)] if task.key == (0,) else []

    with Pool(1, tasks_per_worker=50, retry_memory_bytes=0) as pool:
        results = pool.run("试", [_task(0, "misbehaving:fine", 1)], seen.append, more)
    assert results == {(0,): 2, (10,): 4, (11,): 14}
    assert (seen[-1].done, seen[-1].total) == (3, 3)


def test_workers_are_silent(capfd: pytest.CaptureFixture[str]) -> None:
    assert _run([_task(0, "misbehaving:shouts")], jobs=1)[(0,)] == "quiet"
    captured = capfd.readouterr()
    assert "hello" not in captured.out + captured.err and "warning" not in captured.err


def test_the_watch_ends_a_process_that_grows() -> None:
    program = (
        "import time\n"
        "from contract_audit.batch.limits import Watch\n"
        "held = iter(range(0, 10**9, 10**6))\n"
        "watch = Watch(lambda: next(held))\n"
        "watch.limit = 10**6\n"
        "time.sleep(30)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=20, check=False).returncode == EXIT_MEMORY
