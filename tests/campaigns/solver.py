"""Finds which counts of a puzzle its linear program leaves too few values."""

import highspy
import numpy as np
from numpy.typing import NDArray

from tests.campaigns.attackers import Found, Key, Puzzle

ROUNDS = 6
"""How many times all secrets are pushed up and down together before each is tried alone."""

TOUCHING = 1e-6

OLDEST = 110

Numbers = NDArray[np.float64]


class Solver:
    """A linear program over the counts of a puzzle."""

    def __init__(self, puzzle: Puzzle) -> None:
        self._puzzle = puzzle
        self._keys = list(puzzle.counts)
        self._at = {key: place for place, key in enumerate(self._keys)}
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call] # the library leaves it untyped
        self._highs.silent()
        self._highs.passModel(self._model())
        self.least = np.full(len(self._keys), np.inf)
        self.most = np.full(len(self._keys), -np.inf)

    def found(self) -> list[Found]:
        """Give the secrets that are told; witnesses settle most of them without a search."""
        chance = np.random.default_rng(1)
        secrets = np.array([self._at[key] for key in self._puzzle.secrets], np.intp)
        if not len(secrets):
            return []
        for _ in range(ROUNDS):
            weights = np.zeros(len(self._keys))
            weights[secrets] = chance.uniform(-1, 1, len(secrets))
            self._push(weights)
            self._push(-weights)
        return [each for key in self._puzzle.secrets if (each := self._told(key))]

    def _told(self, key: Key) -> Found | None:
        at, width = self._at[key], self._puzzle.secrets[key]
        for weight in (1.0, -1.0):
            if self._values(at) < width:
                weights = np.zeros(len(self._keys))
                weights[at] = weight
                self._push(weights)
        if self._values(at) >= width:
            return None
        return Found(key, self._puzzle.counts[key], float(self.least[at]), float(self.most[at]))

    def _values(self, at: int) -> int:
        """Count the whole numbers between the least and the most that were seen."""
        low, high = np.ceil(self.least[at] - TOUCHING), np.floor(self.most[at] + TOUCHING)
        return int(high - low + 1)

    def _push(self, weights: Numbers) -> None:
        """Find the solution with the smallest weighted sum, and remember how far it went."""
        everything = np.arange(len(weights), dtype=np.int32)
        self._highs.changeColsCost(len(weights), everything, weights)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"the puzzle has no solution: {status}")
        seen = np.array(self._highs.getSolution().col_value)
        self.least = np.minimum(self.least, seen)
        self.most = np.maximum(self.most, seen)

    def _model(self) -> highspy.HighsLp:
        puzzle, model = self._puzzle, highspy.HighsLp()
        spans = [puzzle.spans.get(key, (0.0, highspy.kHighsInf)) for key in self._keys]
        top = float(sum(n for (_, table, _), n in puzzle.counts.items() if table == "contacts"))
        most = OLDEST * top + 100  # also of ages added together
        model.num_col_, model.num_row_ = len(self._keys), len(puzzle.rows)
        model.col_cost_ = np.zeros(len(self._keys))
        model.col_lower_ = np.array([span[0] for span in spans])
        model.col_upper_ = np.array([min(span[1], most) for span in spans])
        model.row_lower_ = np.array([row[0] for row in puzzle.rows])
        model.row_upper_ = np.array([row[1] for row in puzzle.rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lengths = [len(row[2]) for row in puzzle.rows]
        model.a_matrix_.start_ = np.cumsum([0, *lengths]).astype(np.int32)
        places = [self._at[key] for row in puzzle.rows for key in row[2]]
        model.a_matrix_.index_ = np.array(places, np.int32)
        model.a_matrix_.value_ = np.array([x for row in puzzle.rows for x in row[2].values()])
        return model
