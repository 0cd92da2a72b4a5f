"""Float weights to int8, a scale a row; matrices so that the engine's 16-bit sums cannot overflow.

The AVX2 kernel adds four products of a weight and an activation (0 to 255) in 16 bits. A matrix is *bounded* if of the
four weights that meet in such a sum neither the positive ones nor the negative ones add up to more than 128, since
255 * 128 < 2 ** 15. A matrix that is not is read rightly all the same, but at half the speed.
"""

from __future__ import annotations

import numpy as np
import torch

STEP = 8  # inputs of a step of the kernel; inputs 0, 1, 4, 5 meet in one sum, 2, 3, 6, 7 in the other
LIMIT = 128
SHRINKS = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72, 0.68)


def quantize_rows(weight: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 for each row, with the scale that brings its largest value to 127."""
    scale = weight.abs().amax(1).clamp(min=1e-12) / 127.0
    return (
        torch.clamp(torch.round(weight / scale[:, None]), -127, 127).to(torch.int8).numpy(),
        scale.to(torch.float32).numpy(),
    )


def quads_of(weight: torch.Tensor) -> torch.Tensor:
    """The weights that meet in one sum, four a row; `joined` is the way back."""
    rows, inputs = weight.shape
    return weight.reshape(rows, inputs // STEP, 2, 2, 2).transpose(2, 3).reshape(-1, 4)


def joined(quads: torch.Tensor, rows: int) -> torch.Tensor:
    return quads.reshape(rows, -1, 2, 2, 2).transpose(2, 3).reshape(rows, -1)


def bring_within(quads: torch.Tensor) -> torch.Tensor:
    """Lowers the largest weight of each sum that is too large, one by one."""
    for sign in (1, -1):
        signed = quads * sign
        while (wide := signed.clamp(min=0).sum(1) > LIMIT).any():
            some = signed[wide]
            some[torch.arange(len(some)), some.argmax(1)] -= 1
            signed[wide] = some
        quads = signed * sign
    return quads


def quantize_bounded(weight: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """As `quantize_rows`, but bounded; of several scales a row takes the one with the least square error."""
    rows = weight.shape[0]
    quads = quads_of(weight)
    most = torch.maximum(quads.clamp(min=0).sum(1), (-quads).clamp(min=0).sum(1)).reshape(rows, -1).amax(1)
    whole = torch.maximum(most / LIMIT, weight.abs().amax(1) / 127.0).clamp(min=1e-12)
    best, scale, least = torch.zeros_like(weight), whole.clone(), torch.full((rows,), torch.inf)
    for shrink in SHRINKS:
        tried = whole * shrink
        values = torch.clamp(torch.round(weight / tried[:, None]), -127, 127)
        values = joined(bring_within(quads_of(values)), rows)
        error = (weight - values * tried[:, None]).square().sum(1)
        better = error < least
        best[better], scale[better], least[better] = values[better], tried[better], error[better]
    return best.to(torch.int8).numpy(), scale.to(torch.float32).numpy()
