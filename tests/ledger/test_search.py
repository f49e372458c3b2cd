import random
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from scans import NOW, finding, lines_file, taken

from contract_audit.ledger import store
from contract_audit.ledger.moves import edit
from contract_audit.ledger.queries import every, page
from contract_audit.ledger.search import folded, searchable
from contract_audit.ledger.store import Ledger, changing, open_ledger, reading
from contract_audit.ledger.writer import writing
from contract_audit.model.ledger import ItemFilter, LedgerItem

QUOTES = (
    "地方留成部分按60%返还乙方", "约定境外仲裁，仲裁地为新加坡", "（含税）总价1,200万元", "零地价供地，面积约120亩",
    "由财政局、税务局“一事一议”", "Ａ区 标准 厂房 DN200", "第60号文件……按50%", "《投资协议》第三条",
    "①每㎡补贴30元", "Ⅳ类用地～＄@厂’",
    "按乙\\丙&丁|!<->:*补",
)  # fmt: skip


def found(ledger: Ledger, words: str) -> set[int]:
    with reading(ledger) as connection:
        return {item.number for item in every(connection, ItemFilter(words=words))}


def test_every_piece_of_one_to_four_characters_is_found_as_a_plain_comparison_finds_it(
    ledger: Ledger, tmp_path: Path
) -> None:
    taken(ledger, lines_file(tmp_path, [finding(quote, text=quote) for quote in QUOTES]))
    with reading(ledger) as connection:
        texts = {item.number: searchable(item) for item in every(connection)}
    choice = random.Random(7)
    whole = [folded(quote) for quote in QUOTES]
    pieces = {text[at : at + size] for text in whole for size in (1, 2, 3, 4) for at in range(len(text) - size + 1)}
    for piece in choice.sample(sorted(pieces), 150):
        assert found(ledger, piece) == {number for number, text in texts.items() if piece in text}, piece


def test_words_must_all_occur_and_full_width_is_half_width(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [finding(quote, text=quote) for quote in QUOTES]))
    assert found(ledger, "６０％ 返 还") == found(ledger, "60% 返还") == {1}
    assert found(ledger, "地价 仲裁") == set()
    assert found(ledger, "a区标准") == {6}
    assert found(ledger, '"" OR *') == set()


def test_marks_that_a_database_has_a_meaning_for_are_only_marks(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [finding("甲'乙\\丙", text="1"), finding("甲乙|丁", text="2")]))
    assert (found(ledger, "\\"), found(ledger, "|"), found(ledger, "乙\\ 甲")) == ({1}, {2}, {1})
    assert found(ledger, "甲'乙") == found(ledger, '甲"乙') == {1, 2}  # straight quotes count for nothing


def test_no_hit_across_two_fields(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [finding("甲方供地", message="乙方", clause="")]))
    assert found(ledger, "供地") == {1}
    assert found(ledger, "地乙") == set()


def test_the_index_follows_changes(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [finding(QUOTES[0])]))
    with writing(ledger, "王芳", NOW) as writer:
        edit(writer, 1, {"note": "已约谈"})
    assert found(ledger, "约谈") == {1}
    with writing(ledger, "王芳", NOW) as writer:
        edit(writer, 1, {"note": "已座谈"})
    assert (found(ledger, "约谈"), found(ledger, "座谈"), found(ledger, "返还")) == (set(), {1}, {1})


def test_an_item_made_and_changed_in_one_go_is_found_by_its_last_words(
    file_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is told in large pieces: what waits to be told must be there before it is taken out again."""
    monkeypatch.setattr("contract_audit.ledger.writer._BATCH", 1)
    with writing(file_ledger, "王芳", NOW) as writer:
        writer.create(LedgerItem(number=1, created_on=NOW.date(), state_since=NOW.date(), quote="返还税款"))
        edit(writer, 1, {"note": "已约谈"})
        edit(writer, 1, {"note": "已座谈"})
    assert (found(file_ledger, "约谈"), found(file_ledger, "座谈"), found(file_ledger, "返还")) == (set(), {1}, {1})


def test_a_page_by_words_is_in_order_and_counted(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [finding(f"按{share}%返还", text=str(share)) for share in range(30, 60)]))
    with reading(ledger) as connection:
        got = page(connection, ItemFilter(words="返"), limit=5, offset=10)
    assert ([item.number for item in got.items], got.total) == ([11, 12, 13, 14, 15], 30)


def test_a_ledger_of_the_older_form_is_brought_up_and_searched(file_ledger: Ledger, tmp_path: Path) -> None:
    """The older index knew no digits by what follows them; what it was told is told again."""
    taken(file_ledger, lines_file(tmp_path, [finding(quote, text=quote) for quote in QUOTES]))
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    with changing(file_ledger) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.exec_driver_sql("INSERT INTO search(search) VALUES ('delete-all')")
        texts = [(item.number, " ".join(searchable(item))) for item in every(connection)]
        connection.exec_driver_sql("INSERT INTO search(rowid, tokens) VALUES (?, ?)", texts)
    assert found(file_ledger, "120亩") == set()
    again = open_ledger(file_ledger.name)
    assert (found(again, "120亩"), found(again, "仲裁"), found(again, "第60号文件")) == ({4}, {2}, {7})


def test_a_ledger_without_the_pieces_of_words_gets_them(ledger: Ledger, tmp_path: Path) -> None:
    """PostgreSQL only: there the index is a column; on SQLite the column stays empty."""
    taken(ledger, lines_file(tmp_path, [finding(quote, text=quote) for quote in QUOTES]))
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    with changing(ledger) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")
    again = open_ledger(ledger.name)
    assert (found(again, "120亩"), found(again, "仲"), found(again, "第60号文件")) == ({4}, {2}, {7})
    with reading(again) as connection:
        empty = connection.exec_driver_sql("SELECT count(*) FROM items WHERE grams IS NULL").scalar()
    assert empty == (len(QUOTES) if again.sqlite else 0)
