"""Tables of a PDF: ruled, merged, nested, over page ends, and without rules."""

from collections.abc import Sequence

from pdf_file import LEFT, SIZE, TOP, at, grid, prose, rule, write

from contract_audit.model import Document
from contract_audit.readers import pdf
from contract_audit.settings import Settings

SENTENCE = "双方约定的支付计划如下表，未列事项按照本协议其他条款执行，遇节假日顺延至下一工作日。"
XS = (72.0, 172.0, 272.0, 372.0)


def read(*pages: Sequence[str]) -> Document:
    return pdf.read(write(pages), "a.pdf", Settings())


def cell(column: int, y: float, text: str) -> str:
    return at(XS[column] + 4, y + 5, text, 10)


def table(rows: Sequence[Sequence[str]], top: float, height: float = 20.0) -> list[str]:
    ys = [top - height * i for i in range(len(rows) + 1)]
    return grid(XS, ys) + [cell(c, ys[r + 1], text) for r, row in enumerate(rows) for c, text in enumerate(row)]


def test_a_ruled_table_becomes_rows_of_cells() -> None:
    rows = [("期次", "条件", "金额（万元）"), ("第一期", "开工", "1,200"), ("第二期", "", "800")]
    document = read([*prose([SENTENCE]), *table(rows, 680), *prose([SENTENCE], top=560)])
    assert document.tables == (tuple(rows),)
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["paragraph", "table_row", "table_row", "table_row", "paragraph"]
    row = document.blocks[2]
    assert document.text[row.start : row.end] == "第一期\t开工\t1,200"
    assert [document.text[span.start : span.end] for span in row.cells] == ["第一期", "开工", "1,200"]
    assert (row.table, row.page) == (0, 1)


def test_a_merged_cell_keeps_the_place_of_its_first_row_and_column() -> None:
    ys = (600.0, 580.0, 560.0, 540.0)
    lines = [rule(XS[0], ys[0], XS[3], ys[0]), rule(XS[0], ys[3], XS[3], ys[3])]
    lines += [rule(XS[0], ys[1], XS[3], ys[1]), rule(XS[1], ys[2], XS[3], ys[2])]  # first column merged downwards
    lines += [rule(XS[0], ys[3], XS[0], ys[0]), rule(XS[3], ys[3], XS[3], ys[0])]
    lines += [rule(XS[1], ys[3], XS[1], ys[1]), rule(XS[2], ys[3], XS[2], ys[1])]  # first row merged across
    words = [cell(0, 580, "项目情况"), cell(0, 550, "投资"), cell(1, 560, "固定资产"), cell(2, 560, "三亿元")]
    words += [cell(1, 540, "流动资金"), cell(2, 540, "一亿元")]
    document = read(lines + words)
    assert document.tables == ((("项目情况", "", ""), ("投资", "固定资产", "三亿元"), ("", "流动资金", "一亿元")),)


def test_a_table_in_a_cell_is_a_table_and_part_of_the_cell() -> None:
    outer = grid((72, 200, 500), (700, 560))
    inner = grid((230, 330, 430), (660, 640, 620))
    words = [
        at(80, 680, "用地", 10),
        at(210, 680, "分期供地：", 10),
        at(235, 645, "一期", 10),
        at(335, 645, "60亩", 10),
    ]
    words += [at(235, 625, "二期", 10), at(335, 625, "35亩", 10)]
    document = read(outer + inner + words)
    assert document.tables[1] == (("一期", "60亩"), ("二期", "35亩"))
    assert document.tables[0][0][0] == "用地"
    assert "".join(document.tables[0][0][1].split()) == "分期供地：一期60亩二期35亩"
    assert len(document.blocks) == 1


def test_a_nested_table_whose_borders_touch_the_cell_is_parted_from_it() -> None:
    outer = grid((72, 200, 500), (700, 640, 560))
    inner = grid((230, 330, 499.5), (620, 600, 560.5))
    words = [at(80, 660, "面积", 10), at(210, 660, "95亩", 10), at(80, 620, "用地", 10), at(210, 626, "分期：", 10)]
    words += [at(235, 605, "一期", 10), at(335, 605, "60亩", 10), at(235, 570, "二期", 10), at(335, 570, "35亩", 10)]
    document = read(outer + inner + words)
    assert document.tables[0][0] == ("面积", "95亩")
    assert "".join(document.tables[0][1][1].split()) == "分期：一期60亩二期35亩"
    assert document.tables[1] == (("一期", "60亩"), ("二期", "35亩"))


def test_a_table_over_the_page_end_is_one_and_its_repeated_head_is_dropped() -> None:
    head = ("期次", "条件", "金额")
    first = [*prose([SENTENCE]), *table([head, ("一期", "开工", "100"), ("二期", "竣工", "200")], 140)]
    second = [*table([head, ("三期", "投产", "300")], 780), *prose([SENTENCE], top=600)]
    document = read(first, second)
    assert document.tables == ((head, ("一期", "开工", "100"), ("二期", "竣工", "200"), ("三期", "投产", "300")),)
    assert [block.page for block in document.blocks if block.kind == "table_row"] == [1, 1, 1, 2]


def test_a_row_that_the_page_end_cut_is_one_row() -> None:
    first = table([("期次", "条件", "金额"), ("一期", "乙方取得施工许可证", "100")], 140)
    second = [*table([("", "并开工建设", "")], 780), *prose([SENTENCE], top=600)]
    document = read([*prose([SENTENCE]), *first], second)
    assert document.tables == ((("期次", "条件", "金额"), ("一期", "乙方取得施工许可证并开工建设", "100")),)


def test_a_row_cut_in_its_first_cell_is_one_row() -> None:
    first = table([("期次", "条件", "金额"), ("一期设备安装到位", "乙方", "十二月三十一日前")], 140)
    second = [*table([("并试产", "", "八千万元")], 780), *prose([SENTENCE], top=600)]
    document = read([*prose([SENTENCE]), *first], second)
    assert document.tables[0][1:] == (("一期设备安装到位并试产", "乙方", "十二月三十一日前八千万元"),)


def test_borders_drawn_as_thin_boxes_and_open_sides_count() -> None:
    bars = [f"{XS[0]} {y} 300 0.8 re f" for y in (600, 580, 560)] + [f"{x} 560 0.8 40 re f" for x in XS[1:3]]
    words = [cell(column, y, text) for y, row in ((580, "甲乙丙"), (560, "丁戊己")) for column, text in enumerate(row)]
    assert read([*bars, *words]).tables == ((("甲", "乙", "丙"), ("丁", "戊", "己")),)


def test_an_underline_or_a_frame_is_no_table() -> None:
    frame = [rule(60, 50, 540, 50), rule(60, 800, 540, 800), rule(60, 50, 60, 800), rule(540, 50, 540, 800)]
    document = read([*frame, *prose([SENTENCE]), rule(LEFT, TOP - 3, 200, TOP - 3)])
    assert document.tables == ()
    assert document.text == SENTENCE


def test_a_drawing_with_many_lines_is_no_table() -> None:
    drawing = [rule(100 + i * 0.11, 100, 100 + i * 0.11, 300) for i in range(3_200)]
    document = read([*prose([SENTENCE]), *drawing, rule(90, 100, 500, 100), rule(90, 300, 500, 300)])
    assert document.tables == ()


def signature(y: float, left: str, right: str, x: float = 320.0) -> list[str]:
    return [at(LEFT, y, left), at(x, y, right)]


def test_a_signature_block_without_rules_is_a_table() -> None:
    content = [*prose([SENTENCE]), *signature(400, "甲方（盖章）：某县人民政府", "乙方（盖章）：某某有限公司")]
    content += signature(370, "法定代表人（签字）：", "法定代表人（签字）：") + signature(
        340, "二〇二四年", "二〇二四年"
    )
    document = read(content)
    assert document.tables == (
        (
            ("甲方（盖章）：某县人民政府", "乙方（盖章）：某某有限公司"),
            ("法定代表人（签字）：", "法定代表人（签字）："),
            ("二〇二四年", "二〇二四年"),
        ),
    )


def test_a_name_that_did_not_fit_its_half_of_the_block_is_put_together() -> None:
    left = "甲方（盖章）：某某高新技术产业开发区管理"
    content = [*signature(400, left, "乙方（盖章）：某某有限公司"), at(LEFT, 384, "委员会")]
    content += signature(350, "法定代表人（签字）：", "法定代表人（签字）：") + signature(330, "日期：", "日期：")
    assert read([*prose([SENTENCE]), *content]).tables[0][0][0] == left + "委员会"


def test_fields_with_their_values_in_line_are_lines() -> None:
    content = signature(700, "甲  方：", "某县人民政府", LEFT + 8 * SIZE)
    content += signature(680, "住  所：", "某县城东路一号", LEFT + 8 * SIZE)
    document = read([*content, *prose([SENTENCE], top=640)])
    assert document.tables == ()
    assert [document.text[block.start : block.end].replace(" ", "") for block in document.blocks][:2] == [
        "甲方：某县人民政府",
        "住所：某县城东路一号",
    ]


def test_blanks_in_a_line_do_not_part_it() -> None:
    content = [
        at(LEFT, 400, "签订日期："),
        at(LEFT + 90, 400, "年"),
        at(LEFT + 140, 400, "月"),
        at(LEFT + 190, 400, "日"),
    ]
    document = read([*prose([SENTENCE]), *content])
    assert document.text.split("\n")[1].replace(" ", "") == "签订日期：年月日"
