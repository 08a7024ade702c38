import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from directory.load import load
from directory.outlines import MERIDIAN, Frame, fitted, paths, projected

WIDTH = 400


@cache
def topology(name: str) -> Any:
    path = files("directory") / "data" / "geo" / f"{name}.topojson"
    return json.loads(path.read_text(encoding="utf-8"))


def frame() -> Frame:
    return fitted(topology("municipalities"), width=WIDTH)


def corners(d: str) -> list[list[tuple[float, float]]]:
    """The points of each ring of a path that `paths` has written."""
    rings = []
    for ring in re.findall(r"M(.*?)z", d):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", ring)]
        x = y = 0.0
        points = []
        for east, north in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + east, y + north
            points.append((x, y))
        rings.append(points)
    return rings


def square(arcs: list[list[list[int]]], polygons: list[list[list[int]]]) -> dict[str, Any]:
    """A topology of one place on the equator, one degree a step."""
    place = {"type": "MultiPolygon", "arcs": polygons, "properties": {"code": "0001"}}
    return {
        "transform": {"scale": [1, 1], "translate": [MERIDIAN, 0]},
        "objects": {"places": {"geometries": [place]}},
        "arcs": arcs,
    }


def test_every_municipality_and_county_has_an_outline() -> None:
    municipalities = paths(topology("municipalities"), frame())
    counties = paths(topology("counties"), frame())
    assert municipalities.keys() == load().municipalities.keys()
    assert counties.keys() == load().counties.keys()
    for d in (*municipalities.values(), *counties.values()):
        assert re.fullmatch(r"(M[\d.]+ ?-?[\d.]+l[-\d. ]+z)+", d)


def test_everything_lies_within_the_frame_and_touches_its_edges() -> None:
    fit = frame()
    drawn = paths(topology("municipalities"), fit).values()
    points = [point for d in drawn for ring in corners(d) for point in ring]
    xs, ys = zip(*points, strict=True)
    assert (round(min(xs), 1), round(min(ys), 1)) == (0, 0)
    assert abs(max(xs) - fit.width) < 0.1
    assert abs(max(ys) - fit.height) < 1


def test_outlines_lie_where_the_places_are() -> None:
    fit = frame()
    drawn = paths(topology("municipalities"), fit)
    for code, place in load().municipalities.items():
        points = [point for ring in corners(drawn[code]) for point in ring]
        xs, ys = zip(*points, strict=True)
        x, y = (steps / 10 for steps in fit.place(projected(place.lon, place.lat)))
        assert min(xs) - 2 <= x <= max(xs) + 2, place.name
        assert min(ys) - 2 <= y <= max(ys) + 2, place.name


def test_counties_and_municipalities_fall_on_each_other() -> None:
    fit = frame()
    gotland = ("0980", "09")
    pair = (paths(topology("municipalities"), fit)[gotland[0]],
            paths(topology("counties"), fit)[gotland[1]])  # fmt: skip
    (xs, ys), (others, their_ys) = (
        zip(*(point for ring in corners(d) for point in ring), strict=True) for d in pair
    )
    assert abs(min(xs) - min(others)) < 1
    assert abs(max(ys) - max(their_ys)) < 1


def test_north_is_up_and_distances_are_nearly_true() -> None:
    assert projected(MERIDIAN, 60)[0] == 0
    assert projected(MERIDIAN, 61)[1] > projected(MERIDIAN, 60)[1]
    kiruna, ystad = projected(20.23, 67.86), projected(13.82, 55.43)
    kilometres = 6371 * ((kiruna[0] - ystad[0]) ** 2 + (kiruna[1] - ystad[1]) ** 2) ** 0.5
    assert abs(kilometres - 1423) < 10


def test_an_arc_can_be_taken_backwards_and_points_that_coincide_are_left_out() -> None:
    there = [[0, 0], [2, 0], [0, 0], [0, 2]]
    back = [[0, 0], [0, 2], [2, 0]]
    (d,) = paths(
        square([there, back], [[[0, ~1]]]), fitted(square([there, back], []), width=20)
    ).values()
    assert d == "M0 20l20 0 0-20-20 0 0 20z"


def test_a_ring_that_shrinks_to_a_line_is_not_drawn() -> None:
    arcs = [[[0, 0], [20, 0], [0, 20]], [[0, 0], [0, 0], [1, 0]]]
    fit = fitted(square(arcs, []), width=1)
    assert paths(square(arcs, [[[1]]]), fit) == {"0001": ""}
