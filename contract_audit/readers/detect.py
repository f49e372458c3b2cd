"""What a file is, judged by its bytes: names lie (a docx named .pdf, a web page named .doc)."""

import re
import zipfile

from contract_audit.errors import DocumentError
from contract_audit.readers.encoding import decode, is_text
from contract_audit.readers.zips import open_zip, read_entry
from contract_audit.settings import Settings

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (re.compile(rb"\{\\rtf"), "rtf"),
    (re.compile(rb".{0,1019}%PDF-", re.S), "pdf"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "tif"),
    (re.compile(rb"BM.{4}\x00{4}", re.S), "bmp"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.S), "webp"),
    (re.compile(rb"Rar!\x1a\x07"), "rar"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "7z"),
)
_UNSUPPORTED_MAGIC = (
    (re.compile(rb"....ftyp(?:heic|heix|mif1|msf1)", re.S), "HEIC 照片", "请在手机或电脑上另存为 JPG"),
    (re.compile(rb"\x1f\x8b|BZh|\xfd7zXZ"), "gz/bz2/xz 压缩文件", "请解压后再检查"),
    (re.compile(rb"MZ"), "程序文件", "请核实文件来源"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "password"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("MatOST", "works"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table)\b", re.I)
_MHTML = re.compile(r"^(?:from:|mime-version:|subject:|date:).*multipart/related", re.I | re.S)
_WORD_XML = re.compile(r"schemas\.microsoft\.com/office/word/2003/wordml|progid=.Word\.Document")
_HEAD = 4096
_SECOND_BYTE_OF_FLAGS = 0x0B  # of the Word file information block; bit 0 there says that the document is encrypted


def detect(data: bytes, settings: Settings) -> str:
    """The format of `data`: a key of `readers.FORMATS`, or "zip".

    Raises DocumentError: empty, password, damaged, too_large, unsupported, each with what to do.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise DocumentError("empty", "文件是空的（0 字节或只有空白），请向提供方重新索取")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_kind(data, settings)
    if data.startswith(_OLE):
        return _ole_kind(data)
    kind = next((kind for magic, kind in _MAGIC if magic.match(data)), None)
    if kind is not None:
        return kind
    for pattern, what, remedy in _UNSUPPORTED_MAGIC:
        if pattern.match(data):
            raise DocumentError("unsupported", f"不支持{what}，未读取；{remedy}")
    return _text_kind(data)


def _zip_kind(data: bytes, settings: Settings) -> str:
    archive = open_zip(data, settings)
    names = {name.replace("\\", "/").lstrip("/") for name in archive.namelist()}
    lower = {name.lower() for name in names}
    if any(name.startswith("word/") and name.endswith(".xml") for name in lower):
        return "docx"
    if "xl/workbook.xml" in lower:
        return "xlsx"
    if "xl/workbook.bin" in lower:
        return "xlsb"
    if "ofd.xml" in lower:
        return "ofd"
    if any(name.startswith("ppt/") for name in lower):
        raise DocumentError("unsupported", "这是演示文稿（PPT），不是协议文本，未读取；如内容需要检查，请另存为 PDF")
    if "mimetype" in names:
        return _open_document_kind(archive)
    if "[content_types].xml" in lower:
        raise DocumentError("damaged", "文件已损坏（缺少正文部分），请用 Word/WPS 打开并另存后再检查")
    return "zip"


def _open_document_kind(archive: zipfile.ZipFile) -> str:
    kind = read_entry(archive, "mimetype", 1024).strip()
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise DocumentError("unsupported", "不支持这种 OpenDocument 文件（不是文字或表格），请另存为 PDF")
    return "zip"


def _ole_kind(data: bytes) -> str:
    import olefile

    try:
        with olefile.OleFileIO(data) as container:
            names = {"/".join(path) for path in container.listdir()}
            kind = next((kind for stream, kind in _OLE_STREAMS if stream in names), None)
            encrypted = kind == "doc" and _encrypted(container.openstream("WordDocument").read(16))
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise DocumentError("damaged", "文件已损坏（复合文档结构不完整），请用 Word/WPS 打开并另存后再检查") from error
    if kind == "password" or encrypted:
        raise DocumentError("password", "文件设有打开密码，未读取；请用 Word/WPS 打开并去除密码后再检查")
    if kind == "ppt":
        raise DocumentError("unsupported", "这是演示文稿（PPT），不是协议文本，未读取；如内容需要检查，请另存为 PDF")
    if kind is None:
        raise DocumentError("unsupported", "认不出的旧格式文件，未读取；请用 Word/WPS 打开并另存为 docx")
    return kind


def _encrypted(head: bytes) -> bool:
    return len(head) > _SECOND_BYTE_OF_FLAGS and bool(head[_SECOND_BYTE_OF_FLAGS] & 1)


def _text_kind(data: bytes) -> str:
    if not is_text(data):
        raise DocumentError("unsupported", "认不出的文件格式（也可能已损坏），未读取；请另存为 docx 或 PDF 后再检查")
    head = decode(data[:_HEAD], cut=True)[0].lstrip("\ufeff \r\n\t")
    if head.startswith("{\\rtf"):
        return "rtf"
    if _MHTML.match(head):
        return "mhtml"
    if _WORD_XML.search(head):
        return "wordxml"
    if head.startswith("<") and _HTML.search(head):
        return "html"
    return "txt"
