"""Tasks that do what hostile documents make parsers do. They stand in a module of their own: children import it."""

import os
import signal
import sys
import time
from pathlib import Path


def fine(value: int) -> int:
    return value * 2


def raises() -> None:
    raise KeyError("secret contents")


def exits() -> None:
    os._exit(3)


def is_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hangs() -> None:
    time.sleep(600)


def waits(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def burns() -> None:
    while True:
        pass


def eats_memory() -> int:
    return len(bytearray(900 * 1024 * 1024))


def recurses() -> None:
    recurses()


def shouts() -> str:
    os.write(1, b"native library says hello\n")
    sys.stderr.write("warning\n")
    return "quiet"


def fails_once(mark: str) -> str:
    path = Path(mark)
    if not path.exists():
        path.touch()
        os._exit(9)
    return "second time"
