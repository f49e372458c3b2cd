"""How fast the ledger is: an intake of 100,000 findings, a re-scan of them, filtered pages, searches, rates, an export.

    python benchmarks/ledger.py [--findings 100000] [--ledger postgresql://…]

Findings are made from wordings of the length that real ones have. Wall time and processor time are printed; on a busy
machine the second says more. Nothing is asserted.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from statistics import median

import msgspec

from contract_audit.ledger.as_of import counted, pressing
from contract_audit.ledger.backup import backup, drill
from contract_audit.ledger.intake import Options, intake_words, take
from contract_audit.ledger.queries import anchor_of, every, page
from contract_audit.ledger.scan_file import read_scan
from contract_audit.ledger.sheet import export
from contract_audit.ledger.store import Ledger, create_ledger, reading
from contract_audit.ledger.verify import verify
from contract_audit.ledger.writer import writing
from contract_audit.model import Basis, Finding, Severity
from contract_audit.model.ledger import ItemFilter
from contract_audit.reports.wording import basis_line

NOW = datetime(2026, 6, 30, tzinfo=UTC)
_PER_DOCUMENT = 20
_SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
_BASIS = Basis(
    law="国务院关于税收等优惠政策相关事项的通知", number="国发〔2015〕25号", article="三", in_force_from=None, in_force_to=None
)  # fmt: skip
PAGES = {
    "状态": ItemFilter(states=("lead",)),
    "文件": ItemFilter(document="第0077号协议.docx"),
    "来源与状态": ItemFilter(states=("lead", "confirmed"), sources=("self_check",)),
    "查一个字（税）": ItemFilter(words="税"),
    "查两个字（返还）": ItemFilter(words="返还"),
    "查少见的词（7777亩）": ItemFilter(words="7777亩"),
    "查处处有的字组成的词（县级留成部分7777亩）": ItemFilter(words="县级留成部分7777亩"),
    "查没有的词（第9999号协议）": ItemFilter(words="第9999号协议"),
}


def finding(number: int) -> Finding:
    """One finding, different from all others."""
    digest = sha256(str(number).encode()).hexdigest()
    quote = f"按县级留成部分{number}亩的60%返还"
    return Finding(
        document=f"第{number // _PER_DOCUMENT:04}号协议.docx",
        rule=f"TAX{number % 40:03}",
        category="illegal.tax_linked_reward",
        title="税收挂钩返还",
        stream="accepted",
        severity=_SEVERITIES[number % 3],
        verdict="fail",
        in_force=True,
        confidence="high",
        confidence_reason="原文写明",
        clause=f"第{number % 30}条",
        page=number % 12 + 1,
        start=number,
        end=number + len(quote),
        quote=quote,
        message=f"政府方承诺按企业缴纳税收的比例返还（{number % 97}%），构成与税收挂钩的返还，存在合规风险",
        basis=(_BASIS,),
        remedy="删除与税收挂钩的表述，改为按公开政策和规定程序申报，由有权机关依法决定。",
        departments=("财政", "税务"),
        related=(),
        facts={"rate": "60%"},
        conditions=("承诺方为政府方", "以税收为基数"),
        fingerprint=digest[:32],
        fingerprint_parts={
            "rule": f"TAX{number % 40:03}",
            "quote": quote,
            "clause_text": digest[32:48],
            "family": f"第{number // _PER_DOCUMENT}号项目／某公司",
            "ordinal": "1",
            "before": "乙方建成投产后三年内缴纳的增值税和企业所得税，甲方",
            "after": "给乙方，由财政局于次年第二季度拨付到乙方账户。",
        },
    )


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print the wall and the processor time of what happens inside."""
    wall, processor = time.perf_counter(), time.process_time()
    yield
    print(f"{what}：{time.perf_counter() - wall:.2f} 秒（处理器 {time.process_time() - processor:.2f} 秒）", flush=True)


def taken(ledger: Ledger, path: Path) -> str:
    """Read a scan's file and take it in."""
    with writing(ledger, "王芳", NOW) as writer:
        options = Options(basis_words=lru_cache(maxsize=None)(basis_line))
        return intake_words(take(writer, read_scan(path), options))


def page_times(ledger: Ledger) -> None:
    """Median of eleven runs for each page."""
    for name, asked in PAGES.items():
        with reading(ledger) as connection:
            total = page(connection, asked).total
            wall, processor = _median_ms(partial(page, connection, asked))
            print(f"筛选一页（{name}，{total} 项）：{wall:.1f} 毫秒（处理器 {processor:.1f} 毫秒）", flush=True)


def _median_ms(run: Callable[[], object]) -> tuple[float, float]:
    walls, processors = [], []
    for _ in range(11):
        wall, processor = time.perf_counter(), time.process_time()
        run()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return 1000 * median(walls), 1000 * median(processors)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--ledger", default="")
    asked = parser.parse_args()
    print(f"处理器 {os.cpu_count()} 个，负载 {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "findings.jsonl"
        path.write_bytes(b"".join(msgspec.json.encode(finding(number)) + b"\n" for number in range(asked.findings)))
        ledger = create_ledger(asked.ledger or str(folder / "台账.db"))
        with timed(f"收录 {asked.findings} 条问题"):
            print(taken(ledger, path))
        with timed("同样的结果再收录一次"):
            print(taken(ledger, path))
        page_times(ledger)
        with reading(ledger) as connection:
            for day in (NOW.date(), NOW.date() - timedelta(days=1)):
                with timed(f"整改率（统计日 {day}）"):
                    counted(connection, day, "owner_unit")
                with timed(f"逾期和即将到期（基准日 {day}）"):
                    pressing(connection, day, 30, ItemFilter())
            items = [item for item, _ in zip(every(connection), range(10_000), strict=False)]
            with timed(f"导出 {len(items)} 行 xlsx"):
                export(items, anchor_of(connection), NOW)
            with timed("核对全部历史"):
                print(verify(connection).broken or "一致")
        with timed("备份"):
            copy = backup(ledger, folder, NOW)
        with timed("恢复演练"):
            print(drill(copy).failure or "通过")


if __name__ == "__main__":
    main()
