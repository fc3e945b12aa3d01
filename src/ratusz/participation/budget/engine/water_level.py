"""The level at which supporters pay for a project together, in floating point."""

from __future__ import annotations

import numpy as np

add = np.add.reduce
"""Without the detour of ndarray.sum(), which costs as much as the sum itself on a thousand numbers."""


def water_level(cost: int, reach: np.ndarray, weight: np.ndarray | None, price: float) -> float:
    """λ where some can't pay a full part: who is under the level pays all, the rest share what is left; rises to a fixed point.

    `reach` is purse per point, `weight` points times multiplicity (None: all 1), `price` a level not above the one sought.
    """
    paid = 0.0
    while True:
        over = reach >= price
        rest = reach[over]
        if len(rest) == len(reach):
            return price
        if weight is None:
            paid += float(add(reach) - add(rest))
            total = float(len(rest))
        else:
            rest_weight = weight[over]
            paid += float(reach @ weight - rest @ rest_weight)
            weight, total = rest_weight, float(add(rest_weight))
        if not total:
            # Only when the supporters have just the cost between them, up to rounding: the last to pay sets the level.
            return price
        reach, price = rest, max(price, (cost - paid) / total)
