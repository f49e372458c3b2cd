"""Tasks on child processes: a crash, a hang or a memory bomb costs its own task and is named; the others go on."""

import multiprocessing
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
from pebble import ProcessExpired, ProcessPool

from contract_audit.batch.limits import EXIT_MEMORY, EXIT_TIME, begin_worker, limit_task
from contract_audit.errors import DocumentError
from contract_audit.model import Skipped, Struct

_POLL_SECONDS = 0.2
_WAITS = 3  # seconds waited for each second allowed: that the PC is busy with other work is no fault of a file
Key = tuple[int, ...]  # results are put in order by key


class Task(Struct, frozen=True, kw_only=True):
    """A function by name (module:function) with picklable arguments, its limits, and the document's name.

    `memory_bytes`: address space it may add; `seconds`: processor time it may use (where the system can count it).
    """

    key: Key
    name: str
    function: str
    arguments: tuple[object, ...]
    memory_bytes: int
    seconds: float
    attempt: int = 1


class Progress(Struct, frozen=True, kw_only=True):
    """How far a stage is: tasks done, tasks known, the name in hand."""

    stage: str
    done: int
    total: int
    name: str


Report = Callable[[Progress], None]
More = Callable[[Task, object], Iterable[Task]]


class Pool:
    """Child processes, started when needed, replaced when they die or have done `tasks_per_worker` tasks (0: never)."""

    def __init__(self, jobs: int, tasks_per_worker: int, retry_memory_bytes: int) -> None:
        """`jobs` processes; a task that failed, but not by its time, is tried once more with `retry_memory_bytes`."""
        self._jobs = jobs
        self._tasks_per_worker = tasks_per_worker
        self._retry_memory_bytes = retry_memory_bytes
        self._pool = self._started()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.stop()
        self._pool.join()

    def _started(self) -> Any:
        return ProcessPool(
            max_workers=self._jobs,
            max_tasks=self._tasks_per_worker,
            initializer=begin_worker,
            context=multiprocessing.get_context("spawn"),
        )

    def run(self, stage: str, tasks: Iterable[Task], report: Report, more: More) -> dict[Key, object]:
        """Results by key, in whatever order they come; a task that failed is a Skipped.

        `more` may turn a result into further tasks, whose results are wanted as well.
        """
        waiting = deque(tasks)
        running: dict[Future[object], Task] = {}
        results: dict[Key, object] = {}
        total = len(waiting)
        while waiting or running:
            while waiting and len(running) < 2 * self._jobs:
                task = waiting.popleft()
                running[self._schedule(task)] = task
            for future in wait(running, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED).done:
                task = running.pop(future)
                outcome = self._outcome(future, task)
                if isinstance(outcome, Task):
                    waiting.append(outcome)
                    continue
                results[task.key] = outcome
                further = list(more(task, outcome))
                waiting.extendleft(reversed(further))
                total += len(further)
            report(Progress(stage=stage, done=len(results), total=total, name=_in_hand(running)))
        return results

    def _schedule(self, task: Task) -> "Future[object]":
        arguments = (task.function, task.arguments, task.name, task.memory_bytes, task.seconds)
        future: Future[object] = self._pool.schedule(perform, args=arguments, timeout=_WAITS * task.seconds)
        return future

    def _outcome(self, future: "Future[object]", task: Task) -> object:
        """The result, a Skipped, or the task to be tried again."""
        try:
            result = future.result()
        except TimeoutError:
            return _too_long(task)
        except ProcessExpired as expired:
            result = _too_long(task) if expired.exitcode == EXIT_TIME else _expired(task.name, expired.exitcode)
        except BrokenProcessPool:  # a worker died between tasks: nothing is known against this document
            self._pool = self._started()
            result = _expired(task.name, None)
        # Native libraries report a lack of memory in errors of their own, so an internal error is tried again as well.
        if isinstance(result, Skipped) and result.code in ("crash", "memory", "internal") and task.attempt == 1:
            memory = max(task.memory_bytes, self._retry_memory_bytes)
            return msgspec.structs.replace(task, attempt=2, memory_bytes=memory)
        return result


def no_more(_task: Task, _outcome: object) -> tuple[Task, ...]:
    """For stages whose results are final."""
    return ()


def perform(function: str, arguments: tuple[object, ...], name: str, memory_bytes: int, seconds: float) -> object:
    """The worker boundary: run one task within its limits; whatever goes wrong becomes a Skipped of that task alone."""
    limit_task(memory_bytes, seconds)
    try:
        module, _, attribute = function.partition(":")
        return getattr(import_module(module), attribute)(*arguments)
    except DocumentError as error:
        return Skipped(name=name, code=error.code, message=error.message)
    except (MemoryError, RecursionError):
        return _too_much_memory(name)
    except Exception as error:  # a fault of one file, known or not, must not end the folder: it is listed with the file
        return Skipped(name=name, code="internal", message=_internal(error))


def _too_long(task: Task) -> Skipped:
    message = f"处理超过 {task.seconds:.0f} 秒未完成，已中止；请拆分文件或另存为 docx、PDF 后再检查"
    return Skipped(name=task.name, code="timeout", message=message)


def _expired(name: str, code: int | None) -> Skipped:
    if code == EXIT_MEMORY:
        return _too_much_memory(name)
    message = f"处理该文件时进程异常退出（代码 {code}）；文件可能已损坏，请用 Word 或 WPS 打开另存后再检查"
    return Skipped(name=name, code="crash", message=message)


def _too_much_memory(name: str) -> Skipped:
    message = "处理所需内存超过上限，未完成；请拆分文件或压缩其中的图片后再检查"
    return Skipped(name=name, code="memory", message=message)


def _in_hand(running: "dict[Future[object], Task]") -> str:
    return next((task.name for future, task in running.items() if future.running()), "")


def _internal(error: Exception) -> str:
    """Where in the program it happened, so that a user's report can be followed up; nothing of the document's content."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "contract_audit" in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"程序内部错误（{type(error).__name__}，{place}），该文件未完成检查；请将本行信息反馈给维护人员"
