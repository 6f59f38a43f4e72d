"""The text of a file as other people's systems write it: measured first, then decoded."""

import codecs
import re

from core.checks import is_storable, without_unseen
from core.errors import Invalid

LARGEST = 1024 * 1024  # bytes
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 400  # bytes
_LINE_END = re.compile(r"\r\n|\r|\n")


def decoded(content: bytes, *, field: str = "file") -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a byte-order mark, or in Windows-1252.

    Raises Invalid at `field` for more than 1 MB, or for what is no text.
    """
    if len(content) > LARGEST:
        raise Invalid.field(field, "too_large", "The file may have at most 1 MB")
    text = _text(content)
    if text is None:
        raise Invalid.field(
            field, "not_text", "The file is not text that can be read: save it in UTF-8"
        )
    if not is_storable(_LINE_END.sub("\n", text), lines=True):
        raise Invalid.field(
            field, "control_characters", "The file contains characters that cannot be stored"
        )
    return text


def lines_of(text: str) -> list[str]:
    """Its lines, however they end; nothing else, such as a form feed, ends one."""
    return _LINE_END.split(text)


def plain(text: str) -> str:
    """What is read of a cell: each run of spaces of any kind as one, nothing invisible."""
    return " ".join(without_unseen(text).split())


def _text(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _in(encoding, content.removeprefix(mark))
    start = content[:_LOOKED_AT]
    if b"\0" in start:
        # Without a mark, the zero half of every Latin letter says which half comes first.
        return _in("utf-16-le" if start[1::2].count(0) else "utf-16-be", content)
    text = _in("utf-8", content)
    return _in("cp1252", content) if text is None else text


def _in(encoding: str, content: bytes) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
