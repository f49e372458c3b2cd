"""How fast documents are read, side by side with what others take for the same files.

    python benchmarks/reading.py [--pages 6] [--repeats 5] [FILE.docx FILE.pdf …]

Without files, the agreements of the corpus are rendered as Word and PDF files, bound together to a long one of each
kind. docx: against python-docx's bare loop over paragraphs. PDF: against pdfplumber and pdfium's plain text.
Recognition: scanned pages a second with two processes of one thread each. Processor time where not said otherwise, the
best of the repeats; everything is printed, nothing is asserted.
"""

import argparse
import importlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec

from contract_audit.readers import docx, ocr, pdf, picture
from contract_audit.settings import Settings

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "tests" / "readers" / "page.png"
SCANS = ROOT / "tests" / "scans"
A4_PIXELS = (1415, 2000)


def best(work: Callable[[], object], repeats: int) -> float:
    """Least processor seconds that `work` took."""
    costs = []
    for _ in range(repeats):
        started = time.process_time()
        work()
        costs.append(time.process_time() - started)
    return min(costs)


def make_files(folder: Path) -> list[Path]:
    """One long agreement as docx and PDF: all of the corpus's development half, one after the other."""
    sys.path.insert(0, str(ROOT / "corpus"))
    render = importlib.import_module("render")
    lines = [
        line if index == 0 or kind != "title" else ("line", line[1])
        for path in sorted((ROOT / "corpus" / "dev").glob("*.txt"))
        for index, line in enumerate(render.read_lines(path))
        for kind in [line[0]]
    ]
    targets = [folder / "全部协议.docx", folder / "全部协议.pdf"]
    render.docx_file(tuple(lines), targets[0])
    if not exported(targets[0]):
        print("没有 LibreOffice：PDF 用未嵌入字体的简单写法生成，pdfium 处理这种字体较慢")
        render.pdf_file(tuple(lines), targets[1])
    return targets


def exported(path: Path) -> bool:
    """Whether LibreOffice is there and has made a PDF of the Word file beside it, with fonts inside as offices do."""
    program = shutil.which("soffice")
    if program is None:
        return False
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, capture_output=True, timeout=120, check=False)
    return path.with_suffix(".pdf").exists()


def python_docx_paragraphs(data: bytes) -> int:
    """What most programs do with a Word file."""
    opened = importlib.import_module("docx").Document(io.BytesIO(data))
    return sum(len(paragraph.text) for paragraph in opened.paragraphs)


def pdfplumber_text(data: bytes, *, tables: bool) -> int:
    """Text, and tables if asked for, page by page."""
    characters = 0
    with importlib.import_module("pdfplumber").open(io.BytesIO(data)) as opened:
        for page in opened.pages:
            characters += len(page.extract_text())
            if tables:
                characters += len(page.extract_tables())
            page.close()
    return characters


def pdfium_text(data: bytes) -> int:
    """The characters of each page in the order of the file, no lines joined, no tables."""
    characters = 0
    with pdf.opened(data) as opened:
        for page in opened:
            text_page = page.get_textpage()
            characters += len(text_page.get_text_range())
            text_page.close()
            page.close()
    return characters


def compare(name: str, own: float, others: dict[str, float], pages: int | None) -> None:
    """Print own time and pace, and how many times as long the others take."""
    pace = f"，{pages / own:.0f} 页/秒" if pages else ""
    print(f"{name}：本程序 {own * 1000:.0f} 毫秒{pace}")
    for other, cost in others.items():
        print(f"  {other}：{cost * 1000:.0f} 毫秒，是本程序的 {cost / own:.2f} 倍")


def docx_speed(path: Path, repeats: int) -> None:
    data, settings = path.read_bytes(), Settings()
    own = best(lambda: docx.read(data, path.name, settings), repeats)
    compare(path.name, own, {"python-docx 段落循环": best(lambda: python_docx_paragraphs(data), repeats)}, None)


def pdf_speed(path: Path, repeats: int) -> None:
    data, settings = path.read_bytes(), Settings()
    pages = pdf.read(data, path.name, settings).pages  # also loads what is loaded once
    own = best(lambda: pdf.read(data, path.name, settings), repeats)
    others = {
        "pdfplumber 文字": best(lambda: pdfplumber_text(data, tables=False), repeats),
        "pdfplumber 文字和表格": best(lambda: pdfplumber_text(data, tables=True), repeats),
        "pdfium 纯文字": best(lambda: pdfium_text(data), repeats),
    }
    compare(f"{path.name}（{pages} 页）", own, others, pages)


def scanned_page() -> bytes:
    """An A4 page of text and tables as a scanner gives it."""
    from PIL import Image

    sheet = Image.new("L", A4_PIXELS, 255)
    piece = Image.open(PAGE).convert("L")
    for top in (120, 120 + piece.height):
        sheet.paste(piece, (200, top))
    out = io.BytesIO()
    sheet.save(out, "PNG", dpi=(171, 171))
    return out.getvalue()


def scanned_text() -> list[bytes]:
    """All pages of two agreements at 200 dpi: `tests/scans`."""
    from PIL import Image, ImageSequence

    pages = []
    for path in sorted(SCANS.glob("*.tif")):
        with Image.open(path) as file:
            for frame in ImageSequence.Iterator(file):
                out = io.BytesIO()
                frame.save(out, "PNG", dpi=(200, 200))
                pages.append(out.getvalue())
    return pages


def recognise_one(data: bytes) -> tuple[int, float]:
    """Characters recognised, and processor seconds."""
    started = time.process_time()
    document = picture.read(data, "扫描页.png", msgspec.structs.replace(Settings(), ocr_threads=1))
    return len(document.text), time.process_time() - started


def recognition_speed(pages: int) -> None:
    text = scanned_text()
    samples = {
        "文字和表格各半的页": [scanned_page()] * pages,
        "整份协议的各页": (text * (pages // len(text) + 1))[:pages],
    }
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for name, sample in samples.items():
            list(pool.map(recognise_one, sample[:2] * 2))  # loads the models
            started = time.perf_counter()
            costs = [cost for _, cost in pool.map(recognise_one, sample)]
            seconds = time.perf_counter() - started
            print(
                f"文字识别（{name}）：{pages / seconds:.2f} 页/秒（两个进程、各一线程，墙钟），"
                f"处理器时间 {sum(costs) / pages:.2f} 秒/页"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description="读取速度：与常用程序库对照")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=6, help="文字识别的页数，0 为不测")
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    print(f"{platform.platform()}，{os.cpu_count()} 个处理器，负载 {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for path in arguments.files or make_files(Path(folder)):
            (docx_speed if path.suffix.lower() == ".docx" else pdf_speed)(path, arguments.repeats)
    if arguments.pages and ocr.installed():
        recognition_speed(arguments.pages)


if __name__ == "__main__":
    main()
