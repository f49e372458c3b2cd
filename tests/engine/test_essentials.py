"""What a draft of a project must settle, where it settles everything else; a heading alone settles nothing."""

import pytest

from contract_audit import engine, trial
from contract_audit.examplespec import Example
from contract_audit.rulespec import Pack

_PARTS = {
    "head": "功能糖浆项目投资协议（讨论稿）\n甲方：青桐县人民政府\n乙方：甜润食品科技有限公司",
    "what": "一、乙方投资建设功能糖浆项目，新建液化车间、结晶车间各1座，购置发酵罐24台，年产低聚糖浆3万吨。",
    "sum": "二、项目总投资2.2亿元，其中固定资产投资1.7亿元。",
    "site": "三、项目位于青桐县食品园，用地46亩，以公开挂牌方式出让。",
    "time": "四、乙方自交地之日起四个月内开工，十六个月内投产。",
    "more": "五、甲方明确专人协助乙方办理备案、环评、施工许可等手续，结果由主管部门依法决定；依法保护乙方的合法权益，减少重复检查，"
    "组织公共招聘，乙方自主决定是否参加。\n六、乙方取得食品生产许可后生产，高浓度废水经预处理后纳管，废气达标排放；依法纳税、用工，缴纳社会保险费；"
    "每季度末书面报送投资进度、设备到货和用工情况，报送内容应当真实、完整；自主选择施工单位和设备供应商。\n"
    "七、双方对知悉的商业秘密负有保密义务，依法公开以及审计、监察机关依法调取的除外。通知以书面形式送达首部所列住所，住所变更的及时告知对方，"
    "未告知的以原住所为准，电子送达与书面送达具有同等效力。双方各指定一名联络员，每月通报一次项目进展，联络员无权变更本协议。"
    "乙方的股权、名称、法定代表人变更的，在办理变更登记后书面告知甲方，变更不影响本协议履行；甲方工作人员应当遵守廉洁规定，不得收受礼品礼金。",
    "liability": "八、任何一方不履行义务的，应当继续履行并赔偿对方的直接损失。",
    "dispute": "九、争议协商不成的，依法申请行政复议或者向有管辖权的人民法院提起行政诉讼。",
    "effect": "十、本协议经合法性审查和集体审议通过后，自双方签字盖章之日起生效，一式四份。",
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def missing(pack: Pack, **changed: str) -> list[str]:
    text = "\n".join(line for line in (_PARTS | changed).values() if line)
    found = trial.judge_example(Example(text=text, whole=True, mode="draft"), pack).findings
    return [finding.message for finding in found if finding.category == "review.missing_clause"]


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("what", "一、乙方在青桐县实施功能糖浆项目，项目符合国家产业政策。"),
        ("sum", "二、投资额以备案文件为准，资金由乙方自筹，固定资产投资强度不低于350万元/亩。"),
        ("site", "三、乙方依法办理规划、施工手续。"),
        ("time", "四、乙方应当抓紧建设，争取早日投产。"),
        ("liability", "八、违约责任\n双方应当恪守诚信，共同推进项目。"),
        ("dispute", "九、争议解决\n本协议的解释以本文为准。"),
        ("effect", "十、本协议生效之日起十日内双方交换联络员名单，本协议一式四份。"),
    ],
)
def test_one_thing_not_settled_is_told(part: str, instead: str, pack: Pack) -> None:
    assert missing(pack) == []
    assert len(missing(pack, **{part: instead})) == 1
    assert len(missing(pack, **{part: ""})) == 1


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("what", "一、建设内容：液化、结晶、包装工段及配套公用工程。"),
        ("sum", "二、乙方拿出两亿两千万元建厂，分两年到位。"),
        ("site", "三、乙方租用食品园8号标准厂房实施项目。"),
        ("time", "四、| 节点 | 完成 |\n| 设备进场 | 2026年8月 |\n| 投产 | 2027年3月 |"),
        ("liability", "八、乙方未按期投产满一年的，甲方可以解除本协议。"),
        ("dispute", "九、有分歧的先会商，会商不成到项目所在地人民法院起诉。"),
        ("effect", "十、双方代表签字、盖章后成立并执行。"),
    ],
)
def test_other_words_settle_it_too(part: str, instead: str, pack: Pack) -> None:
    assert missing(pack, **{part: instead}) == []


def test_a_letter_of_intent_and_a_supplement_leave_it_to_another_paper(pack: Pack) -> None:
    intent = "十、本意向书仅表达合作愿望，对双方不具有法律约束力，自签字之日起至年底自动失效。"
    assert missing(pack, sum="", effect=intent) == []
    assert missing(pack, sum="", head=_PARTS["head"].replace("投资协议", "补充协议")) == []
