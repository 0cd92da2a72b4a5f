"""Writes the mean of several checkpoints of one run: python training/average.py OUT.pt IN.pt IN.pt ..."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    args = parser.parse_args()
    states = [torch.load(path, map_location="cpu", weights_only=False) for path in args.checkpoints]
    mean = {k: v for k, v in states[-1].items() if k != "optimizer"}
    for name, value in mean["model"].items():
        if value.dtype.is_floating_point:
            mean["model"][name] = sum(state["model"][name] for state in states) / len(states)
    torch.save(mean, args.out)


if __name__ == "__main__":
    main()
