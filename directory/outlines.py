"""The outlines of municipalities and counties, drawn as SVG paths (pure).

Reads TopoJSON (github.com/topojson/topojson-specification): arcs that neighbours share, in whole
steps from the point before. The projection is a transverse Mercator around 15° E, as on maps of
Sweden.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, atanh, cos, radians, sin, tan
from typing import Any

MERIDIAN = 15.0
"""Degrees east; the middle of Sweden stands upright there."""

STEPS = 10
"""Into how many parts a unit of the picture is divided: one decimal."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where projected points fall on the picture. `width` and `height` are units of the picture."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    def place(self, point: Point) -> tuple[int, int]:
        """Give a projected point in whole steps from the upper left corner."""
        x, y = point
        step = self.scale * STEPS
        return round((x - self.left) * step), round((self.top - y) * step)


def fitted(topology: Mapping[str, Any], *, width: int) -> Frame:
    """Find the frame that just holds everything that a topology draws."""
    points = [point for arc in _arcs(topology) for point in arc]
    xs, ys = zip(*points, strict=True)
    scale = width / (max(xs) - min(xs))
    height = round((max(ys) - min(ys)) * scale)
    return Frame(min(xs), max(ys), scale, width, height)


def paths(topology: Mapping[str, Any], frame: Frame) -> dict[str, str]:
    """Draw each place of a topology, by its code, as the `d` of an SVG path."""
    arcs = [_thinned(map(frame.place, arc)) for arc in _arcs(topology)]
    (collection,) = topology["objects"].values()
    return {
        place["properties"]["code"]: "".join(
            _ring(arcs, ring) for polygon in _polygons(place) for ring in polygon
        )
        for place in collection["geometries"]
    }


def projected(longitude: float, latitude: float) -> Point:
    """Put degrees on a plane; y grows northwards. One unit is the radius of the globe."""
    east, north = radians(longitude - MERIDIAN), radians(latitude)
    return atanh(cos(north) * sin(east)), atan2(tan(north), cos(east))


def _arcs(topology: Mapping[str, Any]) -> Iterator[list[Point]]:
    (x_step, y_step), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for east, north in arc:
            x, y = x + east, y + north
            line.append(projected(left + x * x_step, bottom + y * y_step))
        yield line


def _thinned(points: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out points that fall on the one before."""
    kept: list[tuple[int, int]] = []
    for point in points:
        if not kept or point != kept[-1]:
            kept.append(point)
    return kept


def _polygons(place: Mapping[str, Any]) -> Sequence[Sequence[Sequence[int]]]:
    found: Sequence[Any] = place["arcs"]
    return [found] if place["type"] == "Polygon" else found


def _ring(arcs: Sequence[list[tuple[int, int]]], numbers: Iterable[int]) -> str:
    """Join arcs to a closed line; a negative number is an arc taken backwards."""
    points = _thinned(
        point
        for number in numbers
        for point in (arcs[number] if number >= 0 else reversed(arcs[~number]))
    )
    if len(points) < 3:  # noqa: PLR2004 - fewer points enclose nothing
        return ""
    (x, y), *others = points
    drawn = [f"M{_units(x)} {_units(y)}l"]
    for east, north in others:
        drawn.append(f"{_units(east - x)} {_units(north - y)} ")
        x, y = east, north
    return "".join(drawn).replace(" -", "-").rstrip() + "z"


def _units(steps: int) -> str:
    """Write steps as units of the picture, as short as it can be."""
    return f"{steps / STEPS:g}"
