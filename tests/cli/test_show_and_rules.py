import json
import subprocess
import sys
from pathlib import Path

import pytest

KEYS = {
    "document", "sha256", "format", "status", "problems", "pages", "text", "blocks", "clauses", "tables", "hidden", "deleted",
    "comments", "footnotes", "headers", "seals", "facts", "facts_detail", "obligations", "provisions",
}  # fmt: skip


def test_show_json_has_the_stable_form(run, folder: Path) -> None:
    ran = run("show", folder / "2023年" / "投资 协议.txt", "--format", "json", "--as-of", "2024-06-30")
    assert ran.code == 0
    shown = json.loads(ran.out)
    assert set(shown) >= KEYS
    assert shown["facts"]["party_a"] == "云岭县人民政府" and shown["facts"]["signed_on"] == "2023-01-28"
    (duty,) = [duty for duty in shown["obligations"] if duty["due"] == "2023-02-01"]
    assert (duty["bearer"], duty["status"]) == ("government", "overdue")
    for part in (*shown["obligations"], *shown["provisions"], *shown["clauses"]):
        assert 0 <= part["start"] <= part["end"] <= len(shown["text"])


def test_show_text_names_parties_duties_and_clauses(run, folder: Path) -> None:
    ran = run("show", folder / "2023年" / "投资 协议.txt")
    assert ran.code == 0
    for words in ("甲方：云岭县人民政府（政府方", "签订日期：2023-01-28", "期限 2023-02-01", "第一条"):
        assert words in ran.out


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 damaged", b"%PDF-1.7\n garbage", b"\x00" * 2000])
def test_what_cannot_be_read_is_status_and_problem_not_a_crash(run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(content)
    ran = run("show", path, "--format", "json")
    shown = json.loads(ran.out)
    assert ran.code == 3
    assert shown["status"] == "unreadable" and shown["problems"][0]["message"]
    assert shown["facts"] == {} and shown["provisions"] == []


def test_show_wants_one_file(run, tmp_path: Path) -> None:
    assert "这是文件夹" in run("show", tmp_path).err
    assert "找不到文件" in run("show", tmp_path / "没有.docx").err


def test_rules_are_listed_shown_and_described(run) -> None:
    listed = run("rules", "list")
    assert listed.code == 0
    first = listed.out.split()[0]
    shown = run("rules", "show", first.lower())
    assert shown.code == 0 and "依据：《" in shown.out and "应提示：" in shown.out
    unknown = run("rules", "show", "XXX999")
    assert unknown.code == 2 and "没有规则 XXX999" in unknown.err
    schema = json.loads(run("rules", "schema").out)
    assert "$defs" in schema


def test_a_clause_can_be_tried(run) -> None:
    ran = run("rules", "try", "乙方缴纳的增值税县级留成部分，甲方按60%的比例返还乙方。")
    assert ran.code == 0 and "60%" in ran.out and "建议：" in ran.out


def test_rules_lint_says_how_many_faults(run) -> None:
    ran = run("rules", "lint", "--as-of", "2026-06-30")
    assert ran.code in (0, 2)
    assert ran.out.splitlines()[-1].endswith("处问题")


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from contract_audit.cli import command\n"
        "command.main(['--help'], standalone_mode=False)\n"
        "heavy = {'msgspec', 'yaml', 're2', 'jieba', 'lxml', 'docx', 'openpyxl', 'xlsxwriter', 'pebble', 'rich', 'jinja2',"
        " 'multiprocessing', 'contract_audit.model', 'contract_audit.engine', 'contract_audit.readers'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "用法" in ran.stdout and "scan" in ran.stdout


@pytest.mark.parametrize("command", [(), ("scan",), ("show",), ("rules",), ("rules", "show"), ("rules", "test")])
def test_help_pages_are_chinese(run, command: tuple[str, ...]) -> None:
    out = run(*command, "--help").out
    assert "用法：contract-audit" in out and "选项" in out
    for english in ("Usage", "Options", "Commands", "Show this message", "Arguments", "Show the version"):
        assert english not in out


@pytest.mark.parametrize(
    ("word", "near"),
    [("scna", "是否指 scan"), ("xyz", "可用的有：scan、review、obligations、report、ledger、show、explain、rules")],
)
def test_unknown_commands_name_the_nearest(run, word: str, near: str) -> None:
    ran = run(word)
    assert ran.code == 2 and near in ran.err


def _pdf(folder: Path) -> Path:
    output = folder / "rendered"
    render = Path(__file__).parents[2] / "corpus" / "render.py"
    subprocess.run([sys.executable, render, output, "--half", "dev", "--form", "pdf"], check=True, capture_output=True)
    return sorted(output.rglob("*.pdf"))[0]


def test_a_page_is_shown_with_words_marked(run, tmp_path: Path) -> None:
    path = _pdf(tmp_path)
    plain, marked = tmp_path / "plain.png", tmp_path / "marked.png"
    assert run("show", path, "--page", "1", "-o", plain).code == 0
    assert run("show", path, "--page", "1", "--mark", "0:8", "-o", marked).code == 0
    assert plain.read_bytes().startswith(b"\x89PNG") and plain.read_bytes() != marked.read_bytes()


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--page", "1"), 2, "同时给出 --page 和 -o"),
        (("--page", "1", "-o", "x.png", "--mark", "9-3"), 2, "起:止"),
        (("--page", "1", "-o", "x.png"), 3, "PDF"),
    ],
)
def test_pages_that_cannot_be_shown_say_why(
    run, folder: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], code: int, words: str
) -> None:
    monkeypatch.chdir(folder)
    ran = run("show", folder / "2023年" / "投资 协议.txt", *options)
    assert ran.code == code and words in ran.err


def test_a_clause_is_explained(run, folder: Path) -> None:
    path = folder / "2023年" / "投资 协议.txt"
    ran = run("explain", path, "--at", "第二条", "--as-of", "2024-06-30")
    assert ran.code == 0
    assert "政府方" in ran.out and "命中" in ran.out and "理解：" in ran.out
    assert "没有条款“第九条”" in run("explain", path, "--at", "第九条").err


@pytest.mark.parametrize("place", ["第2条", "2", "二"])
def test_a_clause_is_found_by_its_number_in_any_figures(run, folder: Path, place: str) -> None:
    path = folder / "2023年" / "投资 协议.txt"
    same = run("explain", path, "--at", "第二条", "--as-of", "2024-06-30")
    assert same.code == 0 and run("explain", path, "--at", place, "--as-of", "2024-06-30").out == same.out
    assert "条款号如 " in run("explain", path, "--at", "第九十九条").err


def test_only_what_stands_in_the_words_tried_is_told(run) -> None:
    ran = run("rules", "try", "项目投产后前三年，本县按乙方缴纳增值税县级所得的七成返给乙方。")
    assert "共 1 项；另有 " in ran.out and "项目投资协议书" not in ran.out
    assert "条文是空的" in run("rules", "try", " ").err
