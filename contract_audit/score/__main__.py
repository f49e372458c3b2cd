"""`python -m contract_audit.score FOLDER…`: measure against gold, print, optionally record."""

import argparse
import sys
from pathlib import Path

import msgspec

from contract_audit import engine
from contract_audit.errors import ContractAuditError
from contract_audit.reports.atomic import write_bytes
from contract_audit.score.baseline import keyword_pack
from contract_audit.score.errors import error_lines
from contract_audit.score.gold import load_folder
from contract_audit.score.measure import labelled, measure
from contract_audit.score.tally import cells, figures, recorded, table

_SEALED = "check"  # the half that rules are not tuned on: only its totals are shown


def main() -> None:
    """Measure every folder; 2 where a folder or a rule file is wrong."""
    parser = argparse.ArgumentParser(prog="python -m contract_audit.score", description="按标注核对审查结果")
    parser.add_argument("folders", nargs="+", type=Path, help="含 NAME.txt 和 NAME.gold.json 的目录；不存在的跳过")
    parser.add_argument("--write", type=Path, help="把当前目录之内各目录的数字记入该文件")
    parser.add_argument("--errors", type=Path, help="把漏报、误报、重复和读错的事实、义务逐条写入该文件")
    parser.add_argument("--show-check", action="store_true", help="封存的一半（check）也逐类列出")
    parser.add_argument("--baseline", action="store_true", help="并列同样词表的关键词检索的数字")
    arguments = parser.parse_args()
    try:
        _run(
            arguments.folders,
            arguments.write,
            arguments.errors,
            show_check=arguments.show_check,
            baseline=arguments.baseline,
        )
    except ContractAuditError as error:
        sys.exit(f"错误：{error}")


def _run(folders: list[Path], write: Path | None, errors: Path | None, *, show_check: bool, baseline: bool) -> None:
    pack = engine.load_rules()
    kept: dict[str, object] = {}
    listing: list[str] = []
    for folder in folders:
        if not labelled(folder):
            sys.stdout.write(f"{folder}：没有标注，跳过\n")
            continue
        samples = load_folder(folder)
        measured = measure(samples, pack)
        result = figures(measured, pack.taxonomy, sum(len(sample.gold.traps) for sample in samples))
        sealed = folder.name == _SEALED and not show_check
        for line in table(str(folder), result, pack.taxonomy, totals_only=sealed):
            sys.stdout.write(line + "\n")
        if baseline:
            plain = figures(measure(samples, keyword_pack(pack)), pack.taxonomy, traps=result.traps)
            sys.stdout.write(f"  同样词表的关键词检索：{cells(plain.total)}\n")
        if folder.resolve().is_relative_to(
            Path.cwd()
        ):  # what lies outside may be absent elsewhere: nothing is held to it
            kept[folder.as_posix()] = recorded(result)
        if not sealed:
            listing += [f"{folder.name}/{sample.name} {line}" for sample in measured for line in error_lines(sample)]
    if write is not None:
        write_bytes(write, msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n")
    if errors is not None:
        write_bytes(errors, "".join(line + "\n" for line in listing).encode())


if __name__ == "__main__":
    main()
