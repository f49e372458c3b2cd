"""Limits and places, read once and passed down; nothing here is global state that changes."""

from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of reading and judging. Sizes in bytes, times in seconds, memory in bytes of address space."""

    max_file_bytes: int = 100 * 1024 * 1024
    max_zip_entries: int = 4_000
    max_zip_bytes: int = 200 * 1024 * 1024
    max_zip_ratio: int = 200  # refused only for parts over 1 MiB: small XML parts compress well without being bombs
    max_pages: int = 500
    max_render_pixels: int = 40_000_000
    max_image_pixels: int = 60_000_000
    text_timeout_s: float = 20.0
    pdf_timeout_s: float = 120.0
    ocr_page_timeout_s: float = 20.0
    office_timeout_s: float = 60.0
    judge_timeout_s: float = 60.0
    worker_memory_bytes: int = 1024 * 1024 * 1024
    ocr_memory_bytes: int = 2560 * 1024 * 1024
    tasks_per_worker: int = 200
    ocr_threads: int = 2  # of one recognition; a pool of workers gives each worker 1


def rules_dir() -> Path:
    """The folder of the shipped rules: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    installed = here / "rules"
    return installed if installed.is_dir() else here.parent / "rules"
