"""The counties of Sweden as SVG paths, and the middle of each."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import fmean

from directory.load import load
from directory.outlines import STEPS, Frame, fitted, paths, projected

WIDTH = 200
"""Units of the picture from west to east."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Both by the code of the county; a middle is in units of the picture."""

    frame: Frame
    paths: Mapping[str, str]
    middles: Mapping[str, tuple[float, float]]


@cache
def outlines() -> Outlines:
    """Draw what is shipped, once."""
    path = files("directory") / "data" / "geo" / "counties.topojson"
    topology = json.loads(path.read_text(encoding="utf-8"))
    frame = fitted(topology, width=WIDTH)
    return Outlines(frame, paths(topology, frame), _middles(frame))


def _middles(frame: Frame) -> dict[str, tuple[float, float]]:
    """Stand where the municipalities of a county are on average, which is where people live."""
    points = defaultdict(list)
    for place in load().municipalities.values():
        points[place.county_code].append(frame.place(projected(place.lon, place.lat)))
    return {
        code: (round(fmean(xs) / STEPS, 1), round(fmean(ys) / STEPS, 1))
        for code, found in points.items()
        for xs, ys in [zip(*found, strict=True)]
    }
