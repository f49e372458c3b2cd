"""A document from lines: `| a | b |` lines are table rows, a line (automatic number, text) has a number outside its text."""

from contract_audit.model import Block, BlockKind, Document, Party, Side, Span

Line = str | tuple[str, str]


def document(*lines: Line, kinds: dict[int, BlockKind] | None = None) -> Document:
    blocks: list[Block] = []
    texts: list[str] = []
    tables: list[list[tuple[str, ...]]] = []
    position = 0
    for index, line in enumerate(lines):
        label, text = line if isinstance(line, tuple) else (None, line)
        kind: BlockKind = (kinds or {}).get(index, "paragraph")
        cells: list[Span] = []
        if text.startswith("|"):
            kind, words = "table_row", [cell.strip() for cell in text.strip("|").split("|")]
            if not (blocks and blocks[-1].kind == "table_row"):
                tables.append([])
            tables[-1].append(tuple(words))
            text = "\t".join(words)
            start = position
            for word in words:
                cells.append(Span(start, start + len(word)))
                start += len(word) + 1
        table = len(tables) - 1 if cells else None
        end = position + len(text)
        blocks.append(Block(kind=kind, start=position, end=end, label=label, cells=tuple(cells), table=table))
        texts.append(text)
        position = end + 1
    return Document(
        name="x", sha256="", format="txt", status="read", text="\n".join(texts), blocks=tuple(blocks),
        tables=tuple(tuple(rows) for rows in tables),
    )  # fmt: skip


def party(role: str, name: str, side: Side, *aliases: str) -> Party:
    return Party(role=role, name=name, aliases=aliases, kind="unknown", level="none", side=side, start=0, end=0)


GOVERNMENT = party("甲方", "云岭县人民政府", "government", "县政府", "我县")
ENTERPRISE = party("乙方", "恒远制造有限公司", "investor", "贵公司", "恒远公司")
PARTIES = (GOVERNMENT, ENTERPRISE)
