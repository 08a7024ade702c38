"""The file in which an evaluation set leaves the house: a ZIP that says itself what is in it."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping

from flows.anonymity import Anonymity, as_json, as_text
from flows.codebook import codebook
from flows.evaluation import EvaluationSet
from flows.record_export import DELIMITER, cells, package

RECORDS = "records.csv"


def packed(found: EvaluationSet, measured: tuple[Anonymity, ...], *, heading: str) -> bytes:
    """Pack the records with their codebook and the report on how anonymous they are."""
    described = package(found.form, RECORDS) | {"name": "evaluation-set"}
    files: Mapping[str, str] = {
        RECORDS: _table(found),
        "datapackage.json": _written(described),
        "codebook.md": codebook(found.form, "sv"),
        "k-anonymity.txt": as_text(measured, heading=heading),
        "k-anonymity.json": _written(as_json(measured)),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, text in files.items():
            folder.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _table(found: EvaluationSet) -> str:
    text = io.StringIO()
    records = (dict(zip(found.names, row, strict=True)) for row in found.rows)
    csv.writer(text, delimiter=DELIMITER).writerows(cells(found.form, records))
    return text.getvalue()


def _written(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
