import pytest
from agreement import document

from contract_audit.clauses import parse, references
from contract_audit.model import Clause, Reference

LINES = [
    "投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "双方订立本协议。",
    "第一条 项目", "1.建设内容。", "2.规模。", "第二条 乙方应当按期开工。", "开工可以顺延。",
    "第三条 扶持", "（一）厂房；", "（二）设备。", "第四条 【】", "第五条 其他。",
    "甲方（盖章）：", "乙方（盖章）：", "附件一 红线图", "宗地图。", "附件二《设备清单》", "车床两台。",
]  # fmt: skip


def found(sentence: str) -> list[tuple[str, str, str | None]]:
    text = document(*[line.replace("【】", sentence) for line in LINES])
    clauses = parse(text)
    return [
        (ref.kind, ref.text, place(ref, clauses))
        for ref in references(text, clauses)
        if ref.start >= text.text.index("第四条")
    ]


def place(ref: Reference, clauses: tuple[Clause, ...]) -> str | None:
    return None if ref.target is None else clauses[ref.target].place


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("按第三条办理。", ("clause", "第三条", "第三条")),
        ("按第三条第（二）项办理。", ("clause", "第三条第（二）项", "第三条（二）")),
        ("按第一条第2款办理。", ("clause", "第一条第2款", "第一条2.")),
        ("按第二条第二款办理。", ("clause", "第二条第二款", "第二条第二款")),
        ("依照本协议第5条处理。", ("clause", "本协议第5条", "第五条")),
        ("依照本协议第九条处理。", ("clause", "本协议第九条", None)),
        ("按第三条第五项办理。", ("clause", "第三条第五项", None)),
        ("违反前条约定的，解除协议。", ("relative", "前条", "第三条")),
        ("原合同第五条不再执行。", ("external", "第五条", None)),
        ("按照出让合同第三条缴款。", ("external", "第三条", None)),
        ("依照基金合伙协议第三条退出。", ("external", "第三条", None)),
        ("按竞买须知第九条交款。", ("external", "第九条", None)),
        ("通用条款第十二条另有规定的除外。", ("external", "第十二条", None)),
        ("按照协议第九条处理。", ("clause", "第九条", None)),
        ("依据《民法典》第五百条处理。", ("external", "第五百条", None)),
        ("依据公平竞争审查条例第十二条处理。", ("external", "第十二条", None)),
        ("见附件一。", ("attachment", "附件一", "附件一")),
        ("见附件《设备清单》。", ("attachment", "附件《设备清单》", "附件二")),
        ("见附件三《监管细则》。", ("attachment", "附件三《监管细则》", None)),
        ("按投资协议书附件二执行。", ("external", "附件二", None)),
    ],
)
def test_where_a_reference_leads(sentence: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in found(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "建成第一条生产线。",
        "投资4.1亿元。",
        "容积率按2.0确定。",
        "违约金折减系数依0.8计算。",
        "分三期建设。",
        "第三方评估。",
    ],
)
def test_what_is_no_reference(sentence: str) -> None:
    assert found(sentence) == []


def test_decimals_lead_to_their_clause_or_nowhere() -> None:
    lines = [
        "投资协议",
        "甲方：某县人民政府",
        "乙方：某公司",
        "1 用地",
        "1.1 位置。",
        "1.2 甲方未按1.1条供地的，依照第1.5条处理，投资1.1亿元。",
        "2 其他",
        "2.1 见1.2约定。",
    ]
    text = document(*lines)
    clauses = parse(text)
    assert [(ref.text, place(ref, clauses)) for ref in references(text, clauses)] == [
        ("1.1条", "1.1"),
        ("第1.5条", None),
    ]


def test_nothing_is_called_missing_where_the_numbering_has_gaps() -> None:
    text = document("协议", "甲方：某县人民政府", "乙方：某公司", "第一条 甲。", "第二条 乙。", "第五条 按第四条办理。")
    assert references(text, parse(text)) == ()


def test_articles_are_found_where_they_are_numbered_with_figures() -> None:
    text = document("协议", "甲方：某县人民政府", "乙方：某公司", "一、概况。", "二、扶持。", "三、第二条的扶持停止。")
    clauses = parse(text)
    assert [place(ref, clauses) for ref in references(text, clauses)] == ["二、"]


def test_numbers_in_a_table_of_an_earlier_agreement_lead_out() -> None:
    text = document(
        "补充协议",
        "甲方：某县人民政府",
        "乙方：某公司",
        "一、清理的条款",
        "| 条款 | 原约定 | 处理意见 |",
        "| 第六条 | 返还税款 | 废止 |",
        "二、其他。",
    )
    assert [ref.kind for ref in references(text, parse(text))] == ["external"]


def test_a_column_of_clauses_of_the_main_agreement_leads_out_and_a_listed_decimal_counts() -> None:
    text = document(
        "补充协议", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "3 支持",
        "3.1 甲方依规支持。", "3.2 甲方提供服务。", "4 退回", "4.1 退回依照3.1及3.9取得的资金，共5.6亿元。",
    )  # fmt: skip
    refs = [(ref.kind, ref.text, ref.target is None) for ref in references(text, parse(text))]
    assert refs == [("clause", "3.1", False), ("clause", "3.9", True)]


ARTICLES = [
    "投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "第一条 项目", "1.建设内容。", "2.规模。",
    "第二条 用地", "用地按出让合同取得。", "第三条 监管", "【】", "第四条 附则", "1.份数。",
]  # fmt: skip


def in_third(sentence: str, lines: list[str] = ARTICLES) -> list[tuple[str, str, str | None]]:
    text = document(*[line.replace("【】", sentence) for line in lines])
    clauses = parse(text)
    return [(ref.kind, ref.text, place(ref, clauses)) for ref in references(text, clauses)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("违约责任见本协议第十一章。", ("clause", "本协议第十一章", None)),
        ("乙方未按本协议第1.2条建设的，解除协议。", ("clause", "本协议第1.2条", "第一条2.")),
        ("乙方未按本协议第1.6条建设的，解除协议。", ("clause", "本协议第1.6条", None)),
        ("甲方不履行第（9）条的，赔偿损失。", ("clause", "第（9）条", None)),
        ("依第贰条第六款解除协议。", ("clause", "第贰条第六款", None)),
        ("依第贰条第一款解除协议。", ("clause", "第贰条第一款", "第二条")),
        ("原合同第七条违约责任、第八条关于撤并的约定继续有效。", ("external", "第八条", None)),
        ("主协议关于“机构调整不影响履行”的第十五条继续有效。", ("external", "第十五条", None)),
    ],
)
def test_chapters_points_and_paragraphs_that_do_not_exist(sentence: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in in_third(sentence)


def test_the_one_number_left_out_does_not_exist_unless_a_line_has_it() -> None:
    lines = [
        "协议",
        "甲方：某县人民政府",
        "乙方：某公司",
        *(f"第{n}条 其他。" for n in "一二三四六七"),
        "第八条 按第五条办理。",
    ]
    assert ("clause", "第五条", None) in in_third("", lines)
    assert in_third("", [*lines[:-2], "五 考核按年进行。", *lines[-2:]]) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("四至以后附宗地图为准。", ("attachment", "宗地图", None)),
        ("四至以后附红线图为准。", ("attachment", "红线图", "附件一")),
        ("企业资信证明附后。", ("attachment", "企业资信证明", None)),
        ("乙方提交的《投资计划书》作为本协议附件。", ("attachment", "投资计划书", None)),
        ("产品方案（详见附件：产品方案说明）。", ("attachment", "产品方案说明", None)),
        ("各期进度详见附表。", ("attachment", "附表", None)),
    ],
)
def test_papers_said_to_be_attached_without_a_number(sentence: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in in_third(sentence, [*ARTICLES, "甲方（盖章）：", "附件一 红线图", "宗地四至。"])


@pytest.mark.parametrize(
    "sentence",
    ["今后取得的不动产权证明作为本协议附件。", "乙方应当提交资信证明附后备查。", "货物随附合格证明。", "用地见附图。"],
)
def test_papers_handed_in_later_are_not_missing(sentence: str) -> None:
    refs = in_third(sentence, [*ARTICLES, "甲方（盖章）：", "附件一 红线图", "宗地四至。"])
    assert not [ref for ref in refs if ref[2] is None]


def test_an_attachment_whose_page_says_that_it_is_wanting() -> None:
    lines = [*ARTICLES, "甲方（盖章）：", "附件一：红线图", "（待自然资源部门提供）", "附件二：设备清单", "车床两台。"]
    assert ("attachment", "附件一：红线图", None) in in_third("用地见附件一。", lines)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("依据省政府第188号令第十二条执行。", "external"),
        ("依据市政府〔2021〕9号文第十六条执行。", "external"),
        ("招标文件第五章第3.2条适用。", "external"),
        ("第二十条“争议”调整为：由人民法院管辖。", "external"),
        ("删去第十九条。", "external"),
        ("违反第十九条的，赔偿损失。", "clause"),
    ],
)
def test_what_this_paper_does_not_have_is_another_papers_where_it_says_so(sentence: str, kind: str) -> None:
    told = found(sentence)
    assert told and {(one, place) for one, _, place in told} == {(kind, None)}


@pytest.mark.parametrize(("title", "kind"), [("会议纪要", "external"), ("投资协议书", "clause")])
def test_minutes_that_speak_of_an_agreement_mean_its_articles(title: str, kind: str) -> None:
    text = document(title, "甲方：云岭县人民政府", "第一条 同意。", "第二条 对协议第十六条作出解释。", "第三条 其他。")
    assert [ref.kind for ref in references(text, parse(text))] == [kind]


def test_an_attachment_may_be_headed_with_spaces_stand_in_a_table_or_bear_only_its_name() -> None:
    lines = [line.replace("【】", "见附表1、附件三、附件《设备一览》。") for line in LINES]
    text = document(*lines, "附 件 三", "宗地坐标。", "| 附表1 用地指标 | 数值 |", "设备一览", "车床两台。")
    told = {ref.text: (ref.kind, ref.target is None) for ref in references(text, parse(text))}
    assert all(told[name] == ("attachment", False) for name in ("附件三", "附表1", "附件《设备一览》"))


@pytest.mark.parametrize(
    ("sentence", "wanting"),
    [
        ("用地见附件三（另册装订）。", False),
        ("供水方案在批复后另行签订，作为附件三。", False),
        ("用地见附件三。", True),
        ("设备见附件《设备一览》。", True),
    ],
)
def test_an_attachment_kept_apart_or_made_later_is_not_wanting(sentence: str, wanting: bool) -> None:
    ((kind, _, held),) = found(sentence)
    assert kind == "attachment" and (held is None) == wanting


@pytest.mark.parametrize(
    ("number", "head"),
    [
        ("A", "附件A　授权书：授权管委会签订本协议。"),
        ("一", "附件一《用地红线图》　东侧青阳路，南侧纬六路；坐标详见图。"),
        ("1", "附件1——用地红线图：东至青阳路。"),
        ("一", "附件一（用地红线图）：东至青阳路；西至河。"),
        ("二", "【附件二】设备清单　磨床2台；铣床3台。"),
        ("二", "附件二《设备清单》（共3台）：磨床。"),
        ("B", "附件B：设备清单。磨床2台；铣床3台。"),
    ],
)
def test_an_attachment_told_in_the_line_that_names_it_is_there(number: str, head: str) -> None:
    lines = [
        "投资协议书",
        "甲方：云岭县人民政府",
        "乙方：恒远制造有限公司",
        f"第一条 内容见附件{number}，另见附件九。",
        "第二条 其他。",
    ]
    text = document(*lines, "甲方（盖章）：", "乙方（盖章）：", "2026年3月1日", head)
    attached = {ref.text: ref.target for ref in references(text, parse(text)) if ref.kind == "attachment"}
    assert attached[f"附件{number}"] is not None and attached["附件九"] is None


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("乙方出现2.4所列情形的，解除本协议。", ["2.4"]),
        ("按2.2约定的期限办理。", []),
        ("超过2.3项规定的标准的，另行协商。", ["2.3"]),
        ("容积率2.4，投资2.4亿元。", []),
    ],
)
def test_a_decimal_number_is_cited_by_what_follows(sentence: str, missing: list[str]) -> None:
    lines = ["投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "1. 项目", "1.1 名称。", "1.2 规模。",
             "2. 义务", "2.1 开工。", f"2.2 投产。{sentence}", "甲方（盖章）：", "乙方（盖章）："]  # fmt: skip
    text = document(*lines)
    assert [ref.text for ref in references(text, parse(text)) if ref.target is None] == missing
