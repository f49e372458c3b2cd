"""Old projects dressed as new: time, recall and false candidates on made-up agreements.

    python benchmarks/similarity.py [--documents 10000] [--queries 400] [--seed 7]

Every agreement is written as an office would: shared clauses in a few wordings, a project with products, machines, site
and figures of its own, many projects of one trade in one zone. Queries go the whole way a draft goes (read, understand,
profile, index). Printed, nothing asserted:

- recall for earlier projects submitted anew by a renamed company at growing shares of rewritten text (synonyms,
  sentences and list items in another order, other clauses, changed figures); the share of changed characters is measured;
- false candidates among new projects: strangers, further projects of firms already there, rivals of the same trade in
  the same zone;
- supplements and second phases that name their original: none may be reported.
"""

import argparse
import random
import re
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import yaml
from rapidfuzz.distance import LCSseq

from contract_audit.audit import understand
from contract_audit.casefile.similarity import likenesses
from contract_audit.casefile.similarity_index import Index
from contract_audit.casefile.similarity_profile import Profile, profile
from contract_audit.readers import txt
from contract_audit.settings import Settings

WORDS = yaml.safe_load(Path(__file__).with_name("similarity_words.yaml").read_text(encoding="utf-8"))
INDUSTRIES: dict[str, dict[str, list[str]]] = WORDS["industries"]
BOILERPLATE: list[list[str]] = WORDS["boilerplate"]
COUNTIES, CITIES, ZONES, ROADS, TRADE, SURNAMES, GIVEN = (
    WORDS[name].split() for name in ("counties", "cities", "zones", "roads", "trade", "surnames", "given")
)
SYNONYM_OF: dict[str, list[str]] = {word: group for group in WORDS["synonyms"] for word in group}
SYNONYM = re.compile("|".join(sorted(map(re.escape, SYNONYM_OF), key=len, reverse=True)))


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """One made-up project: what an agreement says of it."""

    county: str
    zone: str
    company: str
    code: str
    person: str
    holders: tuple[str, ...]
    industry: str
    products: tuple[str, ...]
    machines: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    roads: tuple[str, str]
    parcel: str
    capacity: int
    unit: str
    investment: int  # 万元
    fixed: int  # 万元
    land: int  # 亩
    plant: int  # square metres
    output: int  # 万元
    tax: int  # 万元
    jobs: int
    year: int
    month: int
    day: int


def person(dice: random.Random) -> str:
    return str(dice.choice(SURNAMES)) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))


def company(dice: random.Random, place: str, industry: str) -> str:
    trade = "".join(dice.sample(TRADE, 2))
    kind = dice.choice(("科技", "制造", "实业", "新材料", "智能装备", industry + "科技", "产业"))
    return f"{place}{trade}{kind}有限公司"


def code(dice: random.Random) -> str:
    return "9141" + "".join(dice.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(14))


def new_project(dice: random.Random) -> Project:
    place = dice.randrange(len(COUNTIES))
    county = f"{CITIES[place % len(CITIES)]}市{COUNTIES[place]}县"
    zone = f"{COUNTIES[place]}县{ZONES[(place + dice.randrange(2)) % len(ZONES)]}"
    nearby = random.Random(zone).sample(ROADS, 9)  # a zone has few roads, and many projects on each
    industry = dice.choice(tuple(INDUSTRIES))
    products, machines, words = INDUSTRIES[industry].values()
    land = dice.choice((20, 25, 30, 35, 40, 50, 60, 80, 100, 120, 150, dice.randrange(15, 200)))
    intensity = dice.randrange(180, 420)
    fixed = land * intensity // 100 * 100
    one, two = dice.sample(nearby, 2)
    return Project(
        county=county,
        zone=zone,
        company=company(dice, dice.choice((COUNTIES[place], CITIES[place % len(CITIES)], "")), industry),
        code=code(dice),
        person=person(dice),
        holders=tuple(person(dice) for _ in range(dice.choice((1, 2, 2, 3)))),
        industry=industry,
        products=tuple(dice.sample(products, dice.choice((1, 2, 2, 3)))),
        machines=tuple((name, dice.randrange(1, 60)) for name in dice.sample(machines, dice.randrange(3, 7))),
        words=tuple(dice.sample(words, 2)),
        roads=(f"{one}路{dice.choice('东西')}侧", f"{two}路{dice.choice('南北')}侧"),
        parcel=f"{dice.choice('ABCDEFGHJK')}{dice.choice('XYZQ')}-{dice.randrange(2016, 2026)}-{dice.randrange(1, 90):02d}",
        capacity=dice.choice((1, 2, 3, 5, 8, 10, 20, 30, 50, 100, dice.randrange(1, 300))),
        unit=dice.choice(("万吨", "万套", "万件", "万台", "万平方米")),
        investment=fixed + dice.randrange(5, 60) * 100,
        fixed=fixed,
        land=land,
        plant=land * dice.randrange(400, 800),
        output=fixed * dice.randrange(8, 30) // 10,
        tax=land * dice.randrange(12, 30),
        jobs=dice.choice((50, 80, 100, 120, 150, 200, 300, dice.randrange(30, 600))),
        year=dice.randrange(2017, 2026),
        month=dice.randrange(1, 13),
        day=dice.randrange(1, 29),
    )


def project_name(p: Project, dice: random.Random) -> str:
    first = p.products[0]
    return dice.choice(
        (
            f"年产{p.capacity}{p.unit}{first}项目",
            f"{first}生产基地项目",
            f"{first}智能制造产业园项目",
            f"{p.words[0]}及{first}加工项目",
        )
    )


def sentences(p: Project, name: str, dice: random.Random) -> list[str]:
    """What the agreement says of its project, in one of several wordings."""

    def pick(*choices: str) -> str:
        return dice.choice(choices)

    things = "、".join(p.products)
    tools = "、".join(f"{machine}{count}台" for machine, count in p.machines)
    halls = dice.sample(("生产车间", "原料仓库", "成品仓库", "研发楼", "办公楼", "动力中心", "检测中心", "宿舍"), 4)
    return [
        pick(f"项目名称：{name}。", f"项目名称为{name}。"),
        pick(
            f"建设内容：建设{'、'.join(halls)}，购置{tools}，形成年产{p.capacity}{p.unit}{things}的生产能力。",
            f"乙方新建{'、'.join(halls)}等，主要设备为{tools}，主要产品为{things}，年产{p.capacity}{p.unit}。",
        ),
        pick(
            f"项目以{p.words[0]}为基础，向{p.words[1]}方向延伸，服务周边{p.industry}产业链上下游企业。",
            f"项目采用成熟的{p.words[0]}工艺，同步布局{p.words[1]}，与园区{p.industry}产业形成配套。",
        ),
        pick(
            f"项目总投资{p.investment}万元，其中固定资产投资{p.fixed}万元，建设资金由乙方自筹解决。",
            f"计划总投资{p.investment / 10000:g}亿元，固定资产投资{p.fixed}万元，全部由乙方负责筹措。",
        ),
        pick(
            f"项目选址位于{p.zone}{p.roads[0]}、{p.roads[1]}，宗地编号{p.parcel}，用地面积{p.land}亩，总建筑面积{p.plant}平方米。",
            f"项目位于{p.zone}{p.roads[0]}、{p.roads[1]}（宗地编号{p.parcel}），占地{p.land}亩，规划用途为工业用地，总建筑面积{p.plant}平方米。",
            f"项目位于{p.zone}{p.roads[0]}、{p.roads[1]}，占地{p.land}亩，具体以规划红线图为准，总建筑面积{p.plant}平方米。",
        ),
        pick(
            f"项目达产后年产值{p.output}万元，年纳税{p.tax}万元，带动就业{p.jobs}人。",
            f"全部建成后，预计年销售收入{p.output}万元，年缴纳税收{p.tax}万元，新增就业{p.jobs}人。",
        ),
    ]


def agreement(p: Project, dice: random.Random, *, signed: bool = True, lead: str = "", name: str = "") -> str:
    name = name or project_name(p, dice)
    shared = [dice.choice(wordings).format(zone=p.zone, county=p.county) for wordings in BOILERPLATE]
    own = sentences(p, name, dice)
    head = [f"{name}{dice.choice(('投资协议书', '招商引资合同', '投资合同'))}"]
    head += [
        f"甲方：{p.county}人民政府",
        f"乙方：{p.company}",
        f"统一社会信用代码：{p.code}",
        f"法定代表人：{p.person}",
    ]
    holders = f"乙方股东为{'、'.join(p.holders)}。"
    clauses = [
        shared[0] + lead,
        own[0] + own[1],
        own[2] + (holders if dice.random() < 0.5 else ""),
        own[3] + own[4],
        own[5],
        *shared[1:],
    ]
    body = [f"第{number}条 {text}" for number, text in enumerate(clauses, start=1)]
    date = f"{p.year}年{p.month}月{p.day}日" if signed else "    年    月    日"
    sign = person(dice) if signed else ""
    tail = [
        f"甲方（盖章）：{p.county}人民政府  代表（签字）：{sign}",
        f"乙方（盖章）：{p.company}  代表（签字）：{p.person if signed else ''}",
        f"签订日期：{date}",
    ]
    return "\n".join((*head, *body, *tail))


def reworded(text: str, share: float, dice: random.Random) -> str:
    """Synonyms for words, list items and clauses in another order, clauses of the office in another wording."""
    lines = text.split("\n")
    body = [index for index, line in enumerate(lines) if line.startswith("第")]
    texts = [re.sub(r"^第\d+条 ", "", lines[index]) for index in body]
    texts = [_rewritten(part, share, dice) if dice.random() < 0.4 + share else part for part in texts]
    moved = [place for place in range(len(texts)) if dice.random() < share]
    shuffled = dice.sample(moved, len(moved))
    order = list(range(len(texts)))
    for place, taken in zip(moved, shuffled, strict=True):
        order[place] = taken
    for number, (index, place) in enumerate(zip(body, order, strict=True), start=1):
        lines[index] = f"第{number}条 {texts[place]}"
    return "\n".join(lines)


def _rewritten(text: str, share: float, dice: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        group = [word for word in SYNONYM_OF[match.group()] if word != match.group()]
        return str(dice.choice(group)) if dice.random() < min(1.0, 2.5 * share) else match.group()

    parts = SYNONYM.sub(other, text).split("。")
    if len(parts) > 2 and dice.random() < 2 * share:
        parts = [*dice.sample(parts[:-1], len(parts) - 1), parts[-1]]
    return "。".join(_items_moved(part, share, dice) for part in parts)


def _items_moved(sentence: str, share: float, dice: random.Random) -> str:
    commas = sentence.split("，")
    if len(commas) > 2 and dice.random() < share:
        commas[1:] = dice.sample(commas[1:], len(commas) - 1)
    commas = [part for part in commas if len(part) < 12 or dice.random() > share / 3]
    return "，".join(
        "、".join(dice.sample(items, len(items)))
        if len(items := part.split("、")) > 2 and dice.random() < 2 * share
        else part
        for part in commas
    )


def renamed(p: Project, share: float, dice: random.Random) -> Project:
    """The same project under another firm: name, code and date change always, people and figures at times."""

    def figure(value: int) -> int:
        return round(value * dice.uniform(0.75, 1.35)) if dice.random() < share else value

    place = p.county.partition("市")[2][:2]
    return msgspec.structs.replace(
        p,
        company=company(dice, dice.choice((place, "")), p.industry),
        code=code(dice),
        person=p.person if dice.random() < 0.5 else person(dice),
        holders=p.holders if dice.random() < 0.5 else tuple(person(dice) for _ in p.holders),
        machines=tuple((machine, figure(count)) for machine, count in p.machines if dice.random() > share / 4),
        capacity=figure(p.capacity),
        investment=figure(p.investment),
        fixed=figure(p.fixed),
        land=figure(p.land),
        plant=figure(p.plant),
        output=figure(p.output),
        jobs=figure(p.jobs),
        year=2026,
        month=dice.randrange(1, 7),
    )


def changed_share(one: str, other: str) -> float:
    """Share of the characters of `other` that are not in its longest common subsequence with `one`."""
    return 1 - LCSseq.similarity(one, other) / max(len(one), len(other))


def further(p: Project, dice: random.Random) -> Project:
    """Another project of the same firm: its own product, site and figures."""
    other = new_project(dice)
    return msgspec.structs.replace(
        other,
        company=p.company,
        code=p.code,
        person=p.person,
        holders=p.holders,
        county=p.county,
        zone=p.zone,
        year=2026,
    )


def rival(p: Project, dice: random.Random) -> Project:
    """A stranger that makes the same things in the same zone with machines of the trade."""
    other = new_project(dice)
    return msgspec.structs.replace(
        other, county=p.county, zone=p.zone, industry=p.industry, products=p.products, words=p.words, year=2026,
        machines=tuple((name, dice.randrange(1, 60)) for name in dice.sample(INDUSTRIES[p.industry]["machines"], 5)),
    )  # fmt: skip


def profile_of(text: str, name: str) -> Profile:
    return profile(understand(txt.read(text.encode(), name, Settings())))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=10_000)
    arguments.add_argument("--queries", type=int, default=400)
    arguments.add_argument("--seed", type=int, default=7)
    given = arguments.parse_args()
    dice = random.Random(given.seed)
    projects = [new_project(dice) for _ in range(given.documents)]
    texts = [agreement(p, dice) for p in projects]
    print(f"{len(texts)} agreements, {statistics.mean(map(len, texts)):.0f} characters on average")
    started = time.process_time()
    papers = [understand(txt.read(text.encode(), f"{number:05d}.txt", Settings())) for number, text in enumerate(texts)]
    print(f"reading and understanding (any scan does it): {time.process_time() - started:.1f} s of processor time")
    started = time.process_time()
    profiles = [profile(paper) for paper in papers]
    middle = time.process_time()
    index = Index(profiles)
    ended = time.process_time()
    print(f"index build {ended - started:.1f} s (profiles {middle - started:.1f} s, index {ended - middle:.1f} s)")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, papers included")
    started = time.perf_counter()
    likenesses(profiles[0], index)
    print(f"first query, which may load the dictionary: {time.perf_counter() - started:.1f} s")
    _recall(projects, texts, index, given.queries, dice)
    _false_candidates(projects, index, given.queries, dice)
    _lawful(projects, texts, index, given.queries // 4, dice)


def _recall(projects: list[Project], texts: list[str], index: Index, queries: int, dice: random.Random) -> None:
    times: list[float] = []
    for share in (0.1, 0.2, 0.3, 0.4, 0.5):
        found, changes = 0, []
        for number in dice.sample(range(len(projects)), queries):
            text = reworded(agreement(renamed(projects[number], share, dice), dice, signed=False), share, dice)
            changes.append(changed_share(texts[number], text))
            own = profile_of(text, "draft.txt")
            started = time.process_time()
            likely = likenesses(own, index)
            times.append(time.process_time() - started)
            found += any(item.other == number for item in likely)
        changed = statistics.mean(changes)
        print(
            f"company renamed, text rewritten at {share:.0%} (changed characters {changed:.0%}): recall {found / queries:.3f}"
        )
    times.sort()
    print(
        f"query {statistics.mean(times) * 1000:.1f} ms on average, "
        f"{times[len(times) * 95 // 100] * 1000:.1f} ms at 95 %, {times[-1] * 1000:.1f} ms at most (processor time)"
    )


def _false_candidates(projects: list[Project], index: Index, queries: int, dice: random.Random) -> None:
    kinds: dict[str, Callable[[], Project]] = {
        "strangers": lambda: msgspec.structs.replace(new_project(dice), year=2026),
        "further projects of known firms": lambda: further(dice.choice(projects), dice),
        "rivals of the same trade and zone": lambda: rival(dice.choice(projects), dice),
    }
    for name, make in kinds.items():
        reported = 0
        for _ in range(queries):
            likely = likenesses(profile_of(agreement(make(), dice, signed=False), "draft.txt"), index)
            reported += len(likely)
        print(f"{name}: {reported} false candidates on {queries} new projects ({100 * reported / queries:.2f} per 100)")


def _lawful(projects: list[Project], texts: list[str], index: Index, queries: int, dice: random.Random) -> None:
    reported = 0
    for number in dice.sample(range(len(projects)), queries):
        p, title = projects[number], texts[number].partition("\n")[0]
        original = dice.choice(
            (
                f"《{title}》",
                f"{p.year}年{p.month}月{p.day}日签订的《{title}》",
                f"{p.year}年{p.month}月{p.day}日签订的投资协议",
            )
        )
        lead = dice.choice(
            (
                f"本协议是双方{original}的补充。",
                f"乙方在{original}的基础上实施二期扩建。",
                f"双方对{original}续签如下。",
            )
        )
        phase = msgspec.structs.replace(p, year=2026, land=p.land // 2, investment=p.investment // 2)
        own = profile_of(agreement(phase, dice, signed=False, lead=lead), "draft.txt")
        reported += any(item.other == number for item in likenesses(own, index))
    print(f"supplements and second phases that name their original: {reported} of {queries} reported")


if __name__ == "__main__":
    main()
