"""The description that goes with a table, as a Frictionless Data Package (version 2)."""

from collections.abc import Mapping
from typing import Any

DELIMITER = ";"
"""Parts the cells of every table: Swedish spreadsheets expect it."""


def data_package(
    about: Mapping[str, str], *, resource: str, path: str, schema: Mapping[str, Any]
) -> dict[str, Any]:
    """Describe the one table in `path`, which the package calls `resource`.

    `about` names the package and says what it holds; `schema` describes the columns.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "tabular-data-package",
        **about,
        "resources": [
            {
                "name": resource,
                "path": path,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": DELIMITER, "header": True},
                "schema": dict(schema),
            }
        ],
    }
