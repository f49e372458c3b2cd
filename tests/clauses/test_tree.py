import pytest
from agreement import Line, document

from contract_audit.clauses import parse
from contract_audit.model import Clause

HEAD = ("投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "双方经协商，订立本协议。")
SIGNED = ("甲方（盖章）：云岭县人民政府", "乙方（盖章）：恒远制造有限公司", "2020年5月6日")


def tree(*lines: Line) -> list[Clause]:
    return [
        clause
        for clause in parse(document(*HEAD, *lines, *SIGNED))
        if clause.kind not in ("title", "preamble", "signature")
    ]


def paths(*lines: Line) -> list[str]:
    return ["/".join(clause.path) for clause in tree(*lines)]


NESTINGS: list[tuple[str, list[Line], list[str]]] = [
    ("县区稿", ["一、概况", "1、名称：甲", "2、规模：乙", "（1）一期。", "（2）二期。", "3、期限：丙", "二、用地", "1、位置：丁"],
     ["一、", "一、/1、", "一、/2、", "一、/2、/（1）", "一、/2、/（2）", "一、/3、", "二、", "二、/1、"]),
    ("法务稿", ["第一条 概况", "（一）名称。", "1.甲；", "2.乙。", "（二）规模。", "第二条 用地", "（一）位置。"],
     ["第一条", "第一条/（一）", "第一条/（一）/1.", "第一条/（一）/2.", "第一条/（二）", "第二条", "第二条/（一）"]),
    ("章下连续的条", ["第一章 概况", "第一条 名称。", "第二条 规模。", "第二章 用地", "第三条 位置。"],
     ["第一章", "第一章/第一条", "第一章/第二条", "第二章", "第二章/第三条"]),
    ("编号不随章重置", ["第一章 项目", "1、建设内容。", "2、两期。", "第二章 甲方", "3、供地。"],
     ["第一章", "第一章/1、", "第一章/2、", "第二章", "第二章/3、"]),
    ("平铺", ["1、建厂。", "2、用地。", "3、修路。"], ["1、", "2、", "3、"]),
    ("小数自带上级", ["1 项目概况", "1.1 名称。", "1.2 规模：", "1.2.1 一期。", "2 用地", "2.1 位置。"],
     ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]),
    ("条下小数", ["第一条 保证金", "1.1 缴纳。", "1.2 退还：", "(1)开工；", "(2)竣工。", "第二条 环保", "2.1 准入。"],
     ["第一条", "1.1", "1.2", "1.2/(1)", "1.2/(2)", "第二条", "2.1"]),
    ("跳级", ["三、扶持", "1、给予：", "①资金；", "②费用。", "2、协助。", "（一）另有：", "1、用工。"],
     ["三、", "三、/1、", "三、/1、/①", "三、/1、/②", "三、/2、", "三、/（一）", "三、/（一）/1、"]),
    ("两个四、缺六、", ["三、甲。", "四、乙。", "四、丙。", "五、丁。", "七、戊。"], ["三、", "四、", "四、", "五、", "七、"]),
    ("扫描误读的一", ["—、概况", "l、名称。", "2、规模。", "二、用地", "(-)位置。", "(二)面积。"],
     ["—、", "—、/l、", "—、/2、", "二、", "二、/(-)", "二、/(二)"]),
    ("引导语下的（一）属于 1.", ["第五条 支持", "1.甲方提供下列服务：", "（一）代办；", "（二）培训。", "2.甲方配合验收。"],
     ["第五条", "第五条/1.", "第五条/1./（一）", "第五条/1./（二）", "第五条/2."]),
    ("自动编号", [("第一条", "概况"), ("（一）", "名称。"), ("（二）", "规模。"), ("第二条", "用地")],
     ["第一条", "第一条/（一）", "第一条/（二）", "第二条"]),
    ("之一", ["第十七条 保密", "第十七条之一 通知", "第十八条 争议"], ["第十七条", "第十七条之一", "第十八条"]),
    ("罗马字与字母", ["I.概况", "a)名称；", "b)规模；", "II.用地"], ["I.", "I./a)", "I./b)", "II."]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), [case[1:] for case in NESTINGS], ids=[case[0] for case in NESTINGS])
def test_nesting_follows_the_document(lines: list[Line], expected: list[str]) -> None:
    assert paths(*lines) == expected


def test_a_sentence_broken_by_layout_stays_one_clause() -> None:
    clauses = tree(
        "1、乙方应当在本协议签订之日起三十日内在甲方辖区注册成立项目公司，注册资本不低于", "五千万元。", "2、用地。"
    )
    assert [clause.label for clause in clauses] == ["1、", "2、"]
    assert clauses[0].end - clauses[0].start > 40


def test_paragraphs_of_an_article_are_counted() -> None:
    clauses = tree(
        "第五条 乙方应当按期开工。", "前款期限可以顺延。", "第六条 承继", "本协议对承继人有效。", "换届不影响效力。"
    )
    assert [clause.place for clause in clauses] == ["第五条", "第五条第二款", "第六条", "第六条第二款"]
    assert clauses[0].parent is None and clauses[1].parent is not None


def test_an_article_may_have_more_paragraphs_than_numerals_are_spelled_for() -> None:
    clauses = tree("第五条 开工", *["乙方应当按期开工。"] * 120)
    assert [clauses[place].place for place in (98, 99, 118)] == ["第五条第九十九款", "第五条第100款", "第五条第119款"]


def test_words_after_a_list_belong_to_what_holds_it() -> None:
    clauses = tree(
        "第三条 甲方给予下列扶持：", "（一）厂房；", "（二）设备。", "上述资金由县财政拨付。", "第四条 其他。"
    )
    last = clauses[3]
    assert last.label is None
    assert last.path == ("第三条", "第二款")


def test_inline_lists_become_items_and_the_rest_a_paragraph() -> None:
    clauses = tree("（1）按下列标准：①前三年100%；②后两年50%。由县财政拨付。", "（2）其他。")
    assert [clause.label for clause in clauses] == ["（1）", "①", "②", None, "（2）"]
    assert [clause.path for clause in clauses][3] == ("（1）",)


def test_references_inside_a_sentence_open_no_list() -> None:
    clauses = tree("1、甲方按第（一）项和第（二）项办理，见附件（1）和（2）。")
    assert len(clauses) == 1


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("第一条 项目概况", "项目概况"),
        ("1、项目名称：年产五万吨项目。", "项目名称"),
        ("1. 设备补助。甲方按设备投资的10%补助。", "设备补助"),
        ("一、关于厂房交付。由城投公司交付厂房。", "关于厂房交付"),
        ("第1项诉求：规费问题。办理意见：先收一成。", "诉求：规费问题"),
        ("1、乙方应于2020年6月1日前开工。", None),
        ("1、甲方承诺：按期交地。", None),
        ("1、争议向人民法院起诉。双方应先协商。", None),
    ],
)
def test_headings(line: str, heading: str | None) -> None:
    assert tree(line)[0].heading == heading


def test_title_parties_and_recitals_stand_before_the_body() -> None:
    clauses = parse(document("年产5万吨项目", "投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司",
                             "鉴于：", "1.乙方拟建设项目；", "2.甲方具备条件。", "双方订立本协议。",
                             "1.项目概况", "1.1 名称。", *SIGNED))  # fmt: skip
    assert [clause.kind for clause in clauses] == [
        "title", "title", "preamble", "preamble", "item", "item", "preamble", "article", "clause", "signature",
    ]  # fmt: skip
    assert clauses[4].parent == 3
    assert clauses[7].path == ("1.",)


def test_attachments_and_signature_are_clauses_of_their_own() -> None:
    lines = [
        *HEAD,
        "一、概况",
        "1、名称。",
        *SIGNED,
        "附件一 交付标准",
        "1、层高6米。",
        "附表二：设备",
        "| 名称 | 台数 |",
        "| 车床 | 2 |",
    ]
    clauses = parse(document(*lines))
    assert [(clause.kind, clause.path) for clause in clauses][-4:] == [
        ("signature", ()), ("attachment", ("附件一",)), ("clause", ("附件一", "1、")), ("attachment", ("附表二",)),
    ]  # fmt: skip


def test_an_attachment_is_known_without_a_mark_after_its_number() -> None:
    clauses = parse(document(*HEAD, "一、概况。", *SIGNED, "附件二履约节点表", "| 节点 | 期限 |", "| 交付 | 2025年 |"))
    assert (clauses[-1].kind, clauses[-1].path) == ("attachment", ("附件二",))


def test_a_secrecy_mark_above_the_title_is_no_part_of_it() -> None:
    clauses = parse(document("机密★5年", *HEAD, "一、概况。", *SIGNED))
    assert [clause.heading for clause in clauses if clause.kind == "title"] == [HEAD[0]]


def test_the_title_of_an_attachment_may_stand_on_the_next_line() -> None:
    clauses = parse(document(*HEAD, "一、概况。", *SIGNED, "附件1", "优惠政策清单", "1、免租三年。"))
    attachment = next(clause for clause in clauses if clause.kind == "attachment")
    assert (attachment.heading, attachment.path) == ("优惠政策清单", ("附件1",))


def test_a_list_of_attachments_is_no_attachment() -> None:
    clauses = parse(document(*HEAD, "一、概况。", "附件一：红线图", "附件二：承诺书", *SIGNED))
    assert "attachment" not in [clause.kind for clause in clauses]


def test_table_rows_belong_to_the_clause_they_stand_in() -> None:
    text = document(*HEAD, "一、概况", "1、构成如下表：", "| 项目 | 万元 |", "| 1 | 9600 |", "2、期限。", *SIGNED)
    clause = next(clause for clause in parse(text) if clause.label == "1、")
    assert "9600" in text.text[clause.start : clause.end]


def test_notes_and_contents_are_set_apart() -> None:
    clauses = parse(document("投资协议", "目 录", "第一条 概况……1", "第二条 用地……2", "甲方：某县人民政府", "乙方：某公司",
                             "第一条 概况", "内容。",
                             "备注：此条在正式文本中删去", "第二条 用地", *SIGNED))  # fmt: skip
    kinds = [clause.kind for clause in clauses]
    assert kinds.count("toc") == 3
    assert kinds.count("note") == 1
    assert [clause.label for clause in clauses if clause.label] == ["第一条", "第二条"]


def test_headings_without_numbers_open_clauses() -> None:
    lines = ["项目概况", "项目名称为甲。", "项目用地", "用地五十亩。"]
    clauses = parse(document(*HEAD, *lines, *SIGNED, kinds={4: "heading", 6: "heading"}))
    assert [clause.heading for clause in clauses if clause.kind == "article"] == ["项目概况", "项目用地"]


def test_an_agreement_without_numbers_has_a_body() -> None:
    lines = ["节点责任协议书", "甲方：恒远公司", "乙方：云岭县人民政府",
             "甲方在高新区建设结构件项目，总投资三亿五千万元，产品为电池壳体和结构件。",
             "| 事项 | 责任方 |", "| 厂房移交 | 乙方 |", "乙方逾期的，支付违约金。"]  # fmt: skip
    assert [clause.kind for clause in parse(document(*lines, *SIGNED))] == [
        "title",
        "preamble",
        "clause",
        "clause",
        "signature",
    ]


def test_headings_in_brackets_open_clauses_and_name_the_place() -> None:
    clauses = tree("【用地安排】", "用地公开出让。", "二期预留三年。", "【要素支持】", "电价按目录执行。")
    assert [clause.place for clause in clauses] == ["【用地安排】", "【用地安排】第二款", "【要素支持】"]


def test_a_number_alone_takes_the_next_line_as_heading() -> None:
    clauses = tree("第一条", "项目概况", "项目名称为某项目。", "第二条", "乙方应当按期开工。")
    assert [(clause.place, clause.heading) for clause in clauses] == [("第一条", "项目概况"), ("第二条", None)]


def test_minutes_close_outside_their_last_item() -> None:
    clauses = parse(document("某县政府专题会议纪要", "2022年5月12日，县长主持会议，研究有关问题。现纪要如下：",
                             "一、关于厂房。由城投公司交付。", "二、关于用电。由供电公司接通。",
                             "会议要求，各单位抓好落实。", "某县人民政府办公室 2022年5月13日印发"))  # fmt: skip
    assert [(clause.kind, clause.place) for clause in clauses][-3:] == [
        ("article", "二、"),
        ("clause", None),
        ("signature", None),
    ]


def test_parties_in_a_table_stand_before_the_body() -> None:
    clauses = parse(
        document(
            "投资协议书",
            "| 甲方 | 某县人民政府 |",
            "| 乙方 | 某公司 |",
            "双方经协商，订立本协议。",
            "第一条 概况。",
            *SIGNED,
        )
    )
    assert [clause.kind for clause in clauses] == ["title", "preamble", "article", "signature"]


def test_names_of_attachments_are_no_articles() -> None:
    clauses = parse(document(*HEAD, "第一条 概况。", "附件：", "1.红线图", "2.承诺书", *SIGNED))
    assert [clause.place for clause in clauses if clause.kind == "article"] == ["第一条"]


def test_a_letter_ends_outside_its_last_item() -> None:
    clauses = parse(document("关于有关诉求的函", "恒远公司：", "来函收悉，现答复如下。", "其一，厂房按期交付。",
                             "其二，租金按评估价。", "其三，依法办证。",
                             "本函自印发之日起生效。", "云岭县人民政府（印章）", "2020年5月6日"))  # fmt: skip
    closing = [clause for clause in clauses if clause.kind == "clause"]
    assert [(clause.parent, clause.path) for clause in closing] == [(None, ())]


def test_levels_and_stops_hold_together() -> None:
    clauses = parse(document(*HEAD, "一、甲", "1、乙：", "①丙；", "②丁。", "二、戊", *SIGNED))
    for clause in clauses:
        assert clause.start <= clause.end <= clause.stop
        if clause.parent is not None:
            above = clauses[clause.parent]
            assert above.start <= clause.start and clause.stop <= above.stop
            assert clause.level == above.level + 1


def test_an_empty_document_has_no_clauses() -> None:
    assert parse(document()) == ()


def test_after_the_signatures_each_line_of_an_attachment_is_one_and_blank_lines_to_sign_belong_to_the_page() -> None:
    page = (
        "甲方（盖章）：              乙方（盖章）：",
        "签字：                      签字：",
        "签约日期：2026年   月   日",
    )
    lines = ("附件一 地块位置示意图（另页）", "附件二 规划条件（另页）")
    body = parse(document(*HEAD, "一、用地见附件一《地块位置示意图》、附件二《规划条件》。", *page, *lines))
    assert [clause.kind for clause in body][-3:] == ["signature", "attachment", "attachment"]


def test_a_list_of_attachments_before_the_signatures_is_no_attachment() -> None:
    body = parse(document(*HEAD, "一、用地。", "附件一 红线图", "附件二 规划条件", *SIGNED))
    assert "attachment" not in [clause.kind for clause in body]
