"""Zip packages (docx, xlsx) without a clock: the same parts give the same bytes."""

import re
import struct
import zlib
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from contract_audit.model import Struct

_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8_NAME, _DEFLATED = 20, 0x800, 8
_DAY = 1 << 5 | 1  # 1980-01-01, the first day that a zip knows
_RIGHTS = 0o600 << 16


class Member(Struct, frozen=True):
    """A part of a package, compressed: parts that are the same in many packages are compressed once."""

    name: str
    checksum: int
    size: int
    deflated: bytes


def deflated(name: str, content: bytes) -> Member:
    """The part `name` with its content compressed."""
    compressor = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, zlib.crc32(content), len(content), compressor.compress(content) + compressor.flush())


def joined(members: Iterable[Member]) -> bytes:
    """The package of these parts in this order, at one fixed time, the same on every system (APPNOTE 4.3).

    For parts below 4 GB, as all of an office paper are.
    """
    buffer, directory, count = BytesIO(), BytesIO(), 0
    for member in members:
        name = member.name.encode()
        flags = 0 if member.name.isascii() else _UTF8_NAME
        sizes = (member.checksum, len(member.deflated), member.size, len(name), 0)
        place = buffer.tell()
        buffer.write(_LOCAL.pack(b"PK\3\4", _VERSION, flags, _DEFLATED, 0, _DAY, *sizes) + name + member.deflated)
        directory.write(
            _CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, flags, _DEFLATED, 0, _DAY, *sizes, 0, 0, 0, _RIGHTS, place)
            + name
        )
        count += 1
    listed, start = directory.getvalue(), buffer.tell()
    buffer.write(listed + _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), start, 0))
    return buffer.getvalue()


def same_bytes(package: bytes, modified: datetime | None = None) -> bytes:
    """The package with its entries in their order, at one fixed time; `modified` replaces the time in its properties."""
    members = []
    with ZipFile(BytesIO(package)) as source:
        for entry in source.infolist():
            content = source.read(entry)
            if modified is not None and entry.filename == _PROPERTIES:
                content = _MODIFIED.sub(rb"\g<1>" + modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            members.append(deflated(entry.filename, content))
    return joined(members)
