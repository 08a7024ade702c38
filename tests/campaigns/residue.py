"""Looks for words where none may be: every file below a folder, in many encodings."""

import base64
import html
import json
import quopri
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

Encoding = Callable[[str], bytes]


def _base64(shift: int) -> Encoding:
    """Base64 depends on where in a run of bytes the word begins; its ends mix with neighbours."""

    def encode(word: str) -> bytes:
        whole = base64.b64encode(b"\0" * shift + word.encode())
        return whole[4 if shift else 0 : -4]

    return encode


ENCODINGS: Mapping[str, Encoding] = {
    "utf-8": str.encode,
    "utf-8, decomposed": lambda word: unicodedata.normalize("NFD", word).encode(),
    "utf-16-le": lambda word: word.encode("utf-16-le"),
    "utf-16-be": lambda word: word.encode("utf-16-be"),
    "utf-32-le": lambda word: word.encode("utf-32-le"),
    "latin-1": lambda word: word.encode("latin-1", "replace"),
    "json": lambda word: json.dumps(word)[1:-1].encode(),
    "percent": lambda word: quote(word).encode(),
    "html": lambda word: html.escape(word).encode("ascii", "xmlcharrefreplace"),
    "quoted-printable": lambda word: quopri.encodestring(word.encode()),
    "hex": lambda word: word.encode().hex().encode(),
    "HEX": lambda word: word.encode().hex().upper().encode(),
    "base64, first": _base64(0),
    "base64, second": _base64(1),
    "base64, third": _base64(2),
    "reversed": lambda word: word[::-1].encode(),
}


def hits(folder: Path, words: Mapping[str, str]) -> Iterator[str]:
    """Name every place where a word stands, in any encoding, plain or deflated."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for data in (content, *_inflated(content)):
            for name, word in words.items():
                for encoding, encode in ENCODINGS.items():
                    if encode(word) in data:
                        yield f"{name} as {encoding} in {path.name}"


def _inflated(content: bytes) -> Iterator[bytes]:
    """What a compressed stream in the file holds, if there is one."""
    for start in (content.find(b"\x78\x9c"), content.find(b"\x1f\x8b")):
        if start >= 0:
            try:
                yield zlib.decompressobj(wbits=47).decompress(content[start:])
            except zlib.error:
                continue
