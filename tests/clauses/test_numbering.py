import pytest

from contract_audit.clauses.numbering import automatic, label_at, wording_start


@pytest.mark.parametrize(
    ("line", "style", "value", "text", "rest"),
    [
        ("第一条 项目概况", "article", 1, "第一条", "项目概况"),
        ("第 十 二 条　违约", "article", 12, "第 十 二 条", "违约"),
        ("第十七条之一 通知", "article", 17, "第十七条之一", "通知"),
        ("第三十二条本合同自签字之日起生效", "article", 32, "第三十二条", "本合同自签字之日起生效"),
        ("第3条：用地", "article", 3, "第3条", "用地"),
        ("第3.2条 补助", "decimal2", 2, "第3.2条", "补助"),
        ("2-1丙方移交厂房", "decimal2", 1, "2-1", "丙方移交厂房"),
        ("第二章 扶持", "chapter", 2, "第二章", "扶持"),
        ("一、项目概况", "chinese", 1, "一、", "项目概况"),
        ("叁、扶持政策", "chinese", 3, "叁、", "扶持政策"),
        ("—、项目概况", "chinese", 1, "—、", "项目概况"),
        ("（十一）其他", "chinese_paren", 11, "（十一）", "其他"),
        ("(-)项目名称", "chinese_paren", 1, "(-)", "项目名称"),
        ("㈡面积", "chinese_paren", 2, "㈡", "面积"),
        ("1、2013年12月20日前通水", "digit", 1, "1、", "2013年12月20日前通水"),
        ("1.、甲方负责", "digit", 1, "1.、", "甲方负责"),
        ("２．乙方负责", "digit", 2, "２．", "乙方负责"),
        ("l、乙方负责", "digit", 1, "l、", "乙方负责"),
        ("3 甲方的支持", "digit", 3, "3", "甲方的支持"),
        ("4.11 乙方应当", "decimal2", 11, "4.11", "乙方应当"),
        ("3.2.1、面积", "decimal3", 1, "3.2.1、", "面积"),
        ("（１）容积率", "digit_paren", 1, "（１）", "容积率"),
        ("⑶容积率", "digit_paren", 3, "⑶", "容积率"),
        ("2）容积率", "digit_half", 2, "2）", "容积率"),
        ("③按50%", "circled", 3, "③", "按50%"),
        ("Ⅳ、其他", "roman", 4, "Ⅳ、", "其他"),
        ("iv) other", "roman_paren", 4, "iv)", "other"),
        ("B、二期", "letter", 2, "B、", "二期"),
        ("(c)二期", "letter_paren", 3, "(c)", "二期"),
        ("其二，交付有期", "ordinal", 2, "其二", "交付有期"),
        ("第2项诉求：规费", "matter", 2, "第2项", "诉求：规费"),
    ],
)
def test_a_printed_number_is_read(line: str, style: str, value: int, text: str, rest: str) -> None:
    label = label_at(line)
    assert label is not None
    assert (label.style, label.value, label.text, line[label.end :]) == (style, value, text, rest)


@pytest.mark.parametrize(
    "line",
    [
        "2.2亿元用于设备购置",
        "2013.9.12签订",
        "2019年6月30日前开工",
        "二〇一三年九月十二日",
        "第五条第二款所称奖励",
        "第三条约定的价格",
        "第三方机构评估",
        "十五日内付清",
        "50%以上",
        "2 份",
        "5,000万元",
        "3#楼",
        "甲方：某县",
    ],
)
def test_quantities_dates_and_references_are_no_numbers(line: str) -> None:
    assert label_at(line) is None


def test_a_figure_and_a_space_is_marked_as_doubtful() -> None:
    found = [label_at(line) for line in ("1 项目概况", "1、项目概况")]
    assert [label.bare for label in found if label] == [True, False]


@pytest.mark.parametrize(
    ("printed", "style"), [("第一条", "article"), ("一", "chinese"), ("1.1", "decimal2"), ("Article 1", "auto2")]
)
def test_automatic_numbers_are_read_or_keep_a_style_of_their_level(printed: str, style: str) -> None:
    assert automatic(printed, 2).style == style


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("1、甲方", "1、", "甲方"),
        ("第一条：甲方", "第一条", "甲方"),
        ("其一，甲方", "其一", "甲方"),
        ("甲方", "（一）", "甲方"),
    ],
)
def test_wording_starts_after_a_typed_number_only(text: str, label: str, rest: str) -> None:
    assert text[wording_start(text, 0, label) :] == rest
