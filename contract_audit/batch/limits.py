"""Limits on one task in a worker: memory and processor time, by the means the platform has.

Linux refuses what goes beyond (MemoryError inside the task, a signal for the processor time). Elsewhere a thread watches
the process and ends it with EXIT_MEMORY, which the pool reports as a document that needed too much memory.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

EXIT_MEMORY = 77
EXIT_TIME = -24  # killed by SIGXCPU, by which Linux ends what used up its processor time
_WATCH_SECONDS = 0.25


def begin_worker() -> None:
    """Once in each worker: no output of native libraries on the user's terminal, no part in the user's Ctrl-C."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silent = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(silent, descriptor)
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_task(memory_bytes: int, seconds: float) -> None:
    """Let the task that follows grow by at most `memory_bytes` and use `seconds` of processor time."""
    if sys.platform == "linux":
        import resource

        size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _hard_limit(resource.RLIMIT_AS, size + memory_bytes)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _hard_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 1)
    else:
        _watch().limit = resident_bytes() + memory_bytes


def _hard_limit(kind: int, value: int) -> None:
    """Set the soft limit, which later tasks may raise again, as far as the hard limit allows."""
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


class Watch:
    """A thread that ends the process once it holds more than `limit` bytes."""

    def __init__(self, resident: Callable[[], int]) -> None:
        """`resident` says how much memory the process holds."""
        self.limit = sys.maxsize
        self._resident = resident
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            if self._resident() > self.limit:
                os._exit(EXIT_MEMORY)
            time.sleep(_WATCH_SECONDS)


@lru_cache(maxsize=1)
def _watch() -> Watch:
    return Watch(resident_bytes)


def resident_bytes() -> int:
    """Memory this process holds now (Windows), or has held at most (elsewhere)."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            """PROCESS_MEMORY_COUNTERS of the Windows API."""

            _fields_ = (
                ("cb", wintypes.DWORD),
                ("PageFaultCount", wintypes.DWORD),
                ("PeakWorkingSetSize", ctypes.c_size_t),
                ("WorkingSetSize", ctypes.c_size_t),
                ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
                ("QuotaPagedPoolUsage", ctypes.c_size_t),
                ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
                ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
                ("PagefileUsage", ctypes.c_size_t),
                ("PeakPagefileUsage", ctypes.c_size_t),
            )

        counters = Counters(cb=ctypes.sizeof(Counters))
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD)
        kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
        return int(counters.PagefileUsage)
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024
