"""Tables of a docx: one block a row, cells by grid column, and the grids themselves."""

from docx_file import level, num, numbering, p, r, read, t, tbl, tc, tr

from contract_audit.model import Document

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def rows(found: Document) -> list[str]:
    return [found.text[block.start : block.end] for block in found.blocks if block.kind == "table_row"]


def test_rows_are_blocks_and_cells_are_spans() -> None:
    found = read(p("前"), tbl(["年度", "金额"], ["第一年", "1,200.00"]), p("后"))
    assert found.text == "前\n年度\t金额\n第一年\t1,200.00\n后"
    assert found.tables == ((("年度", "金额"), ("第一年", "1,200.00")),)
    row = found.blocks[2]
    assert [found.text[cell.start : cell.end] for cell in row.cells] == ["第一年", "1,200.00"]
    assert (row.kind, row.table, found.blocks[3].table) == ("table_row", 0, None)


def test_merged_cells_stand_in_their_first_place() -> None:
    found = read(
        tbl(
            tr([tc("合计", '<w:gridSpan w:val="2"/>'), "100%"]),
            tr([tc("投资主体", RESTART), "名称", "甲"]),
            tr([tc("", CONTINUE), "资本", "乙"]),
        )
    )
    assert found.tables == ((("合计", "", "100%"), ("投资主体", "名称", "甲"), ("", "资本", "乙")),)
    assert rows(found) == ["合计\t\t100%", "投资主体\t名称\t甲", "\t资本\t乙"]


def test_what_a_continued_cell_holds_is_hidden_and_takes_no_number() -> None:
    lists = numbering(level(0, "%1."))
    found = read(
        tbl(tr([tc("甲", RESTART), "a"]), tr([tc(p("藏", num(0)), CONTINUE), "b"])), p("乙", num(0)), numbering=lists
    )
    assert found.tables == ((("甲", "a"), ("", "b")),)
    assert [passage.text for passage in found.hidden] == ["藏"]
    assert found.blocks[-1].label == "1."


def test_rows_of_different_length_fill_one_grid() -> None:
    before = '<w:gridBefore w:val="1"/>'
    assert read(tbl(tr(["a", "b", "c"]), tr(["d"], before))).tables == ((("a", "b", "c"), ("", "d", "")),)


def test_a_table_inside_a_cell_is_text_of_the_row_and_a_grid_of_its_own() -> None:
    inner = tbl(["期次", "面积"], ["一期", "60"])
    found = read(tbl(tr(["用地", tc(p("分期供地：") + inner + p())])))
    assert rows(found) == ["用地\t分期供地：\n期次 面积\n一期 60"]
    assert found.tables == (
        (("用地", "分期供地：\n期次 面积\n一期 60"),),
        (("期次", "面积"), ("一期", "60")),
    )


def test_a_frame_of_one_cell_is_no_table() -> None:
    found = read(tbl([tc(p("第一条 项目") + p("第二条 用地"))]))
    assert found.tables == ()
    assert [block.kind for block in found.blocks] == ["paragraph", "paragraph"]


def test_one_column_of_running_text_is_a_frame_and_a_list_is_a_table() -> None:
    framed = read(tbl([tc(p("甲方：某县") + p("乙方：某公司"))], ["第一条 项目"]))
    assert (framed.tables, framed.text) == ((), "甲方：某县\n乙方：某公司\n第一条 项目")
    assert read(tbl(["甲"], ["乙"])).tables == ((("甲",), ("乙",)),)


def test_a_row_is_on_the_page_of_its_first_words() -> None:
    rendered = "<w:lastRenderedPageBreak/>"
    found = read(tbl(["a", "b"], [tc(p(r(rendered + t("c")))), "d"]))
    assert [block.page for block in found.blocks] == [1, 2]


def test_deleted_rows_and_cells_are_deleted_text() -> None:
    found = read(
        tbl(
            tr(["一期", "200"]),
            tr(["二期", "300"], '<w:del w:id="1" w:author="a"/>'),
            tr(["三期", tc("400", '<w:cellDel w:id="2" w:author="a"/>')]),
        )
    )
    assert rows(found) == ["一期\t200", "三期\t"]
    assert [passage.text for passage in found.deleted] == ["二期", "300", "400"]
    assert "300" not in found.text


def test_content_controls_around_rows_and_cells() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    found = read(f"<w:tbl>{tr(['a', 'b'])}{control(tr(['c', control(tc('d'))]))}</w:tbl>")
    assert found.tables == ((("a", "b"), ("c", "d")),)


def test_paragraphs_of_a_cell_are_lines_and_tabs_are_spaces() -> None:
    found = read(tbl([tc(p("一行") + p(r(t("二") + "<w:tab/>" + t("行")))), "b"]))
    assert rows(found) == ["一行\n二 行\tb"]


def test_numbers_in_cells_are_shown_in_place() -> None:
    lists = numbering(level(0, "%1."))
    found = read(tbl([tc(p("甲", num(0))), "x"], [tc(p("乙", num(0))), "y"]), p("丙", num(0)), numbering=lists)
    assert found.tables == ((("1.甲", "x"), ("2.乙", "y")),)
    assert found.blocks[-1].label == "3."


def test_white_letters_in_a_table_are_ordinary_text() -> None:
    found = read(tbl([tc(p(r("表头", '<w:color w:val="FFFFFF"/>'))), "b"]))
    assert (rows(found), found.hidden) == (["表头\tb"], ())


def test_empty_rows_are_no_blocks() -> None:
    found = read(tbl(["a", "b"], ["", ""], ["c", ""]))
    assert rows(found) == ["a\tb", "c\t"]
    assert len(found.tables[0]) == 3
