"""Writes the mean of checkpoints: python training/average.py OUT.pt FIRST.pt[=WEIGHT] OTHER.pt[=WEIGHT] ...

All that is no weight (labels, names, scores) is the first one's; what others lack is the mean of those that have it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", nargs="+")
    args = parser.parse_args()
    states = []
    for path, _, weight in (given.partition("=") for given in args.checkpoints):
        states.append((float(weight or 1), torch.load(path, map_location="cpu", weights_only=False)))
    mean = {k: v for k, v in states[0][1].items() if k not in ("optimizer", "last")}
    for name, value in mean["model"].items():
        if value.dtype.is_floating_point:
            having = [(weight, state["model"][name]) for weight, state in states if name in state["model"]]
            mean["model"][name] = sum(weight * part for weight, part in having) / sum(weight for weight, _ in having)
    torch.save(mean, args.out)


if __name__ == "__main__":
    main()
