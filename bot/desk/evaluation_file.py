"""The file in which an evaluation set leaves the house: a ZIP that says itself what is in it.

It has the files that an export of all records has, of coarse ones.
"""

import io
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.record_files import write_all, write_json, write_statistical
from bot.workbook import write_text
from flows.anonymity import Anonymity, as_json, as_text
from flows.codebook import codebook
from flows.evaluation import EvaluationSet

MEMORY = Path("/dev/shm")  # noqa: S108 - a tmpfs on purpose, and the folder in it is ours alone
"""Where the files lie until they are packed: nothing of them is left on a disk."""


def packed(
    found: EvaluationSet,
    measured: tuple[Anonymity, ...],
    *,
    heading: str,
) -> bytes:
    """Pack the records with their codebook and the report on how anonymous they are."""
    with TemporaryDirectory(prefix="helpline-", dir=MEMORY) as name:
        folder = Path(name)
        _write_records(folder, found)
        write_text(folder / "codebook.md", codebook(found.form, "sv"))
        write_text(folder / "k-anonymity.txt", as_text(measured, heading=heading))
        write_json(folder / "k-anonymity.json", as_json(measured))
        return _zipped(sorted(folder.iterdir()))


def _write_records(folder: Path, found: EvaluationSet) -> None:
    records = [dict(zip(found.names, row, strict=True)) for row in found.rows]
    list(write_all(folder, found.form, records, name="evaluation-set"))
    with suppress(ImportError):
        list(write_statistical(folder, found.form, records))


def _zipped(paths: Iterable[Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for path in paths:
            file.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
