"""Personal numbers are covered in every form in which offices write them; other numbers stay."""

import random

import pytest

from contract_audit.chinese.personal import mask_personal

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(source: random.Random) -> str:
    area = source.choice(("110105", "411528", "320102", "440304"))
    body = f"{area}{source.randint(1940, 2010)}{source.randint(1, 12):02}{source.randint(1, 28):02}{source.randint(0, 999):03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def card(source: random.Random) -> str:
    body = "62" + "".join(source.choice("0123456789") for _ in range(source.choice((13, 16))))
    for last in "0123456789":
        total = 0
        for place, digit in enumerate(reversed(body + last)):
            value = int(digit) * (2 if place % 2 else 1)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return body + last
    raise AssertionError


def mobile(source: random.Random) -> str:
    return f"1{source.randint(3, 9)}" + "".join(source.choice("0123456789") for _ in range(9))


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def in_groups(text: str, *sizes: int) -> str:
    parts, start = [], 0
    for size in (*sizes, len(text)):
        parts.append(text[start : start + size])
        start += size
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("make", "groups"), [(identity, (6, 8)), (mobile, (3, 4)), (card, (4, 4, 4))])
def test_every_form_of_a_thousand_numbers_is_covered(make, groups) -> None:
    source = random.Random(7)
    for _ in range(1000):
        number = make(source)
        for form in (number, full_width(number), in_groups(number, *groups), " ".join(number)):
            text = f"联系方式：{form}，甲方"
            masked = mask_personal(text)
            assert len(masked) == len(text)
            assert masked.count("*") >= 4, form
            assert form not in masked
            assert masked.startswith("联系方式：") and masked.endswith("，甲方")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("开户行：某银行，账号：4100 1234 5678 9012 34", "开户行：某银行，账号：**** **** **** **12 34"),
        ("账户名称：某公司 账 号 410012345678901", "账户名称：某公司 账 号 ***********8901"),
        ("电话：0376-5951234", "电话：0376-*****34"),
        ("传真（0376）595 1234转8", "传真（0376）*** **34转8"),
        ("+86-13812345678、13912345678", "+86-138****5678、139****5678"),
        ("身份证号 110105491231002", "身份证号 110*********002"),
        ("身份证号码：110101 19900307 7757", "身份证号码：110*** ******** 7757"),  # the check digit is mistyped
    ],
)
def test_forms(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码 91410000MA3X5K8L2T",
        "统一社会信用代码 914100001234567896",
        "总投资13800000000元",
        "总投资 138 0000 0000 元",
        "2023-01-28至2024-12-31，面积15600平方米",
        "转入乙方账户，截至2022-06-30无履行证据",
        "合同编号：沣招合〔2023〕003号，GL-2022-41号",
        "宗地编号 411528-2023-0012-0034",
        "110105194912310021",  # wrong check digit
        "13812345678.50",
        "不动产权第0001234号；12345热线；邮编464300",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_personal(text) == text


def test_random_numbers_are_hardly_ever_taken() -> None:
    source = random.Random(11)
    numbers = ["9" + "".join(source.choice("0123456789") for _ in range(17)) for _ in range(20_000)]
    assert sum(mask_personal(number) != number for number in numbers) <= 20


def test_masking_twice_changes_nothing_more() -> None:
    once = mask_personal("手机13812345678，身份证11010519491231002X，账号：41001234567890")
    assert mask_personal(once) == once
