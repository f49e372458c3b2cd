"""What of a paragraph is accepted, hidden or deleted text."""

import pytest
from docx_file import NAMESPACES, document, docx, level, lines, num, numbering, p, r, read, rewritten, style, styles, t

INS = '<w:ins w:id="1" w:author="a">{}</w:ins>'
DEL = '<w:del w:id="2" w:author="a">{}</w:del>'
VANISH = "<w:vanish/>"


def deltext(text: str) -> str:
    return f"<w:r><w:delText>{text}</w:delText></w:r>"


def field(code: str, result: str | None = None) -> str:
    shown = "" if result is None else r('<w:fldChar w:fldCharType="separate"/>') + r(result)
    return (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r(f"<w:instrText>{code}</w:instrText>")
        + shown
        + r('<w:fldChar w:fldCharType="end"/>')
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r("甲方") + r("应当"), "甲方应当"),
        (INS.format(r("新增")), "新增"),
        (f"<w:hyperlink>{r('链接')}</w:hyperlink>", "链接"),
        (f"<w:smartTag><w:smartTagPr/>{r('标记')}</w:smartTag>", "标记"),
        (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f'<w:fldSimple w:instr="REF x">{r("第三条")}</w:fldSimple>', "第三条"),
        (f"<w:moveTo>{r('移入')}</w:moveTo>", "移入"),
        (field("REF _Ref1 \\h", "附件一"), "附件一"),
        (r("见") + field("PAGEREF x", "12") + r("页"), "见12页"),
        (field(" eq \\o\\ac(○,3)") + r("投产"), "③投产"),
        (r("金额") + r('<w:sym w:font="Wingdings" w:char="F0FE"/>') + r("是"), "金额☑是"),
        (r('<w:sym w:font="Wingdings 2" w:char="0052"/>') + r("是"), "☑是"),
        (r('<w:sym w:font="Arial" w:char="0052"/>') + r("类"), "R类"),
        (r(t("一") + "<w:noBreakHyphen/>") + r("二"), "一-二"),
        (r(t("甲") + "<w:tab/>" + t("乙")), "甲\t乙"),
        (r("软\u00ad连\u200b字符\ufeff"), "软连字符"),
        (r("甲\x85乙"), "甲乙"),
        (r("⼀⽅"), "一方"),
        (f"<w:ruby><w:rubyPr/><w:rt>{r('pinyin')}</w:rt><w:rubyBase>{r('拼')}</w:rubyBase></w:ruby>", "拼"),
        (f"<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>{r('元')}", "x=1元"),
        (r('<w:footnoteReference w:id="1"/>') + r("正文"), "正文"),
        (r("  首尾空白  "), "首尾空白"),
    ],
)
def test_accepted_text(content: str, text: str) -> None:
    found = read(p(content))
    assert found.text == text
    assert not found.hidden
    assert not found.deleted


def test_check_boxes_of_old_forms_show_their_state() -> None:
    def box(state: str) -> str:
        data = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
        begin = f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>'
        return r(begin) + r("<w:instrText> FORMCHECKBOX </w:instrText>") + r('<w:fldChar w:fldCharType="end"/>')

    found = read(p(box("<w:checked/>") + r("挂牌") + box('<w:default w:val="0"/>') + r("协议")))
    assert found.text == "☑挂牌□协议"


def test_nested_field_results_inside_codes_are_code() -> None:
    inner = field("QUOTE 甲", "内层")
    content = (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r("<w:instrText>IF </w:instrText>")
        + inner
        + r('<w:fldChar w:fldCharType="separate"/>')
        + r("结果")
        + r('<w:fldChar w:fldCharType="end"/>')
        + r("后文")
    )
    assert read(p(content)).text == "结果后文"


def test_a_field_that_never_ends_hides_nothing() -> None:
    content = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>REF</w:instrText>") + r("甲方承诺")
    assert read(p(content), p("第二段")).text == "甲方承诺\n第二段"


def test_deleted_and_moved_text_is_told_apart_and_keeps_its_place() -> None:
    found = read(
        p("第一段"),
        p(r("按") + DEL.format(deltext("80%")) + DEL.format(deltext("予以")) + INS.format(r("50%")) + r("奖励")),
        p(f"<w:moveFrom>{r('移走')}</w:moveFrom>" + r("留下")),
    )
    assert found.text == "第一段\n按50%奖励\n留下"
    assert [(passage.text, passage.at) for passage in found.deleted] == [("80%予以", 4), ("移走", 11)]
    assert found.stream_text("deleted")[6:8] == "移走"
    assert (found.deleted[1].start, found.deleted[1].end) == (6, 8)


def test_struck_out_text_counts_as_deleted() -> None:
    found = read(p(r("返还") + r("全部", "<w:strike/>") + r("部分", '<w:strike w:val="0"/>')))
    assert (found.text, [passage.text for passage in found.deleted]) == ("返还部分", ["全部"])


@pytest.mark.parametrize(
    "properties",
    [VANISH, '<w:vanish w:val="1"/>', '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', '<w:rStyle w:val="Secret"/>'],
)
def test_text_that_paper_does_not_show_is_hidden(properties: str) -> None:
    look = style("Secret", kind="character", inner="<w:rPr><w:vanish/></w:rPr>")
    found = read(p(r("公开") + r("土地款返还", properties)), styles=styles(look))
    assert (found.text, [passage.text for passage in found.hidden]) == ("公开", ["土地款返还"])


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>',
        "<w:webHidden/>",
        '<w:sz w:val="10"/>',
    ],
)
def test_text_that_paper_shows_is_not_hidden(properties: str) -> None:
    found = read(p(r("公开") + r("显示", properties)))
    assert (found.text, found.hidden) == ("公开显示", ())


def test_hidden_style_and_hidden_character_style_cancel_each_other() -> None:
    looks = styles(
        style("Para", inner="<w:rPr><w:vanish/></w:rPr>"),
        style("Run", kind="character", inner="<w:rPr><w:vanish/></w:rPr>"),
    )
    use = '<w:pStyle w:val="Para"/>'
    found = read(p(r("隐藏") + r("显示", '<w:rStyle w:val="Run"/>'), use), styles=looks)
    assert (found.text, [passage.text for passage in found.hidden]) == ("显示", ["隐藏"])


def test_a_paragraph_that_is_all_hidden_takes_no_number() -> None:
    lists = numbering(level(0, "第%1条", "chineseCountingThousand"))
    found = read(
        p("项目", num(0)),
        p(r("秘密", VANISH), num(0) + f"<w:rPr>{VANISH}</w:rPr>"),
        p("用地", num(0)),
        numbering=lists,
    )
    assert lines(found) == ["第一条项目", "第二条用地"]
    assert [passage.text for passage in found.hidden] == ["秘密"]


def test_a_deleted_paragraph_mark_joins_the_text_with_the_next_paragraph() -> None:
    lists = numbering(level(0, "%1."))
    mark = '<w:rPr><w:del w:id="9" w:author="a"/></w:rPr>'
    found = read(
        p("一", num(0)),
        p("前半句，", num(0) + mark),
        p("后半句。", num(0)),
        p(DEL.format(deltext("整段删去")), num(0) + mark),
        p("四", num(0)),
        numbering=lists,
    )
    assert lines(found) == ["1.一", "2.前半句，后半句。", "3.四"]
    assert [passage.text for passage in found.deleted] == ["整段删去"]


def test_a_hidden_paragraph_mark_joins_heading_and_text() -> None:
    lists = numbering(level(0, "%1."))
    found = read(p("标题。", num(0) + "<w:rPr><w:specVanish/></w:rPr>"), p("正文。"), p("末", num(0)), numbering=lists)
    assert lines(found) == ["1.标题。正文。", "2.末"]


def test_a_text_box_is_read_once_before_the_paragraph_it_hangs_on() -> None:
    content = p("特别提示")
    box = (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="1" cy="1"/>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert lines(read(p("前"), p(r(box) + r("本段")), p("后"))) == ["前", "特别提示", "本段", "后"]


def test_an_old_text_box_without_new_form_is_read() -> None:
    box = f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('旧式')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    assert lines(read(p(r(box)))) == ["旧式"]


def test_block_content_controls_and_custom_xml_are_read() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件内')}</w:sdtContent></w:sdt>"
    assert lines(read(control, f"<w:customXml>{p('自定义')}</w:customXml>")) == ["控件内", "自定义"]


def test_manual_line_breaks_part_lines_or_join_a_broken_sentence() -> None:
    br = "<w:br/>"
    assert lines(read(p(r(t("账户名称：甲") + br + t("开户行：乙"))))) == ["账户名称：甲", "开户行：乙"]
    broken = r(t("乙方应当按照约定的投资规模，") + br + t("在规定的时间内完成建设。"))
    assert lines(read(p(broken))) == ["乙方应当按照约定的投资规模，在规定的时间内完成建设。"]


def test_a_table_of_contents_is_marked() -> None:
    toc = p(
        r('<w:fldChar w:fldCharType="begin"/>')
        + r('<w:instrText> TOC \\o "1-3" </w:instrText>')
        + r('<w:fldChar w:fldCharType="separate"/>')
        + r("第一条 项目\t1")
    )
    last = p(r("第二条 用地\t2") + r('<w:fldChar w:fldCharType="end"/>'))
    looks = styles(style("11", name="toc 1"))
    found = read(toc, last, p("第三条\t3", '<w:pStyle w:val="11"/>'), p("第一条 项目"), styles=looks)
    assert [block.kind for block in found.blocks] == ["toc", "toc", "toc", "paragraph"]


def test_titles_and_headings_as_the_file_says() -> None:
    looks = styles(
        style("T", name="Title"),
        style("H", inner='<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        style("H2", based_on="H"),
    )
    large = r("投资协议书", '<w:sz w:val="44"/>')
    found = read(
        p("协议", '<w:pStyle w:val="T"/>'),
        p(large, '<w:jc w:val="center"/>'),
        p(r("第一章", '<w:sz w:val="44"/>'), '<w:jc w:val="center"/>'),
        p("总则", '<w:pStyle w:val="H2"/>'),
        p("甲方应当负责。", '<w:pStyle w:val="H"/>'),
        styles=looks,
    )
    assert [block.kind for block in found.blocks] == ["title", "title", "paragraph", "heading", "paragraph"]
    assert [block.level for block in found.blocks] == [None, None, None, 1, 1]


def test_notes_comments_headers_are_listed_beside_the_text() -> None:
    def notes(kind: str, *texts: str) -> str:
        items = "".join(f'<w:{kind} w:id="{n}">{p(text)}</w:{kind}>' for n, text in enumerate(texts))
        return f'<w:{kind}s {NAMESPACES}><w:{kind} w:type="separator">{p("—")}</w:{kind}>{items}</w:{kind}s>'

    secret = p(r("页眉") + r("暗记", VANISH))
    found = document(
        docx(
            p("正文"),
            footnotes=notes("footnote", "脚注一"),
            endnotes=notes("endnote", "尾注"),
            comments=notes("comment", "请删除"),
            parts={
                "rId7": ("header/header1.xml", f"<w:hdr {NAMESPACES}>{secret}</w:hdr>"),
                "rId8": ("header/header2.xml", f"<w:hdr {NAMESPACES}>{p('页眉')}</w:hdr>"),
                "rId9": ("footer/footer1.xml", f"<w:ftr {NAMESPACES}>{p('第 1 页')}</w:ftr>"),
            },
        )
    )
    assert found.text == "正文"
    assert found.footnotes == ("脚注一", "尾注")
    assert found.comments[-1:] == ("请删除",)
    assert found.headers == ("页眉", "第 1 页")
    assert [(passage.text, passage.at) for passage in found.hidden] == [("暗记", None)]


def test_letters_drawn_along_a_path_are_text() -> None:
    watermark = '<w:pict><v:shape><v:textpath string="送审稿"/></v:shape></w:pict>'
    header = f"<w:hdr {NAMESPACES}>{p(r(watermark))}</w:hdr>"
    found = document(docx(p("正文"), parts={"rId7": ("header/header1.xml", header)}))
    assert (found.text, found.headers) == ("正文", ("送审稿",))


def test_pages_are_those_word_noted() -> None:
    rendered = "<w:lastRenderedPageBreak/>"
    found = read(p("一"), p(r(rendered + t("二"))), p(r(t("二续") + rendered + t("三"))), p("三续"))
    assert [block.page for block in found.blocks] == [1, 2, 2, 3]
    assert found.pages == 3
    assert read(p("一")).pages is None


def test_embedded_files_are_said_to_be_unread() -> None:
    found = read(p("正文"), p(r("<w:object/>")), '<w:altChunk r:id="rId1"/>')
    assert found.status == "partly_read"
    assert [problem.code for problem in found.problems] == ["unsupported"]
    assert "2 个" in found.problems[0].message


def test_a_strict_file_reads_like_any_other() -> None:
    usual = docx(p("甲方应当"), p("第二", num(0)), numbering=numbering(level(0, "第%1条")))
    strict = rewritten(
        usual,
        {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
                "http://purl.oclc.org/ooxml/officeDocument/relationships"
            ),
        },
    )
    assert strict != usual
    assert lines(document(strict)) == ["甲方应当", "第1条第二"]
