"""The best tree of an arc matrix with one root: greedy heads, Chu-Liu and Edmonds where they make no tree."""

from __future__ import annotations

ROOT_PENALTY = 1e6


def _cycle_in(heads: list[int]) -> list[int]:
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path, at = [], start
        while at != 0 and seen[at] == 0:
            seen[at] = start
            path.append(at)
            at = heads[at]
        if at != 0 and seen[at] == start:
            return path[path.index(at) :]
    return []


def _contracted(scores: list[list[float]], heads: list[int]) -> list[int]:
    """Heads of the best arborescence from node 0, `heads` being each node's best; scores[dependent][head]."""
    cycle = _cycle_in(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [i for i in range(len(heads)) if i not in inside]
    place = {node: i for i, node in enumerate(outside)}
    new = len(outside)
    small = [[-1e18] * (new + 1) for _ in range(new + 1)]
    enter, leave = [0] * (new + 1), [0] * (new + 1)
    for d in outside:
        for h in outside:
            small[place[d]][place[h]] = scores[d][h]
        best = max(cycle, key=lambda h, d=d: (scores[d][h], -h))
        small[place[d]][new], leave[place[d]] = scores[d][best], best
    for h in outside:
        best = max(cycle, key=lambda d, h=h: (scores[d][h] - scores[d][heads[d]], -d))
        small[new][place[h]], enter[place[h]] = scores[best][h] - scores[best][heads[best]], best
    found = _contracted(small, _greedy(small))
    result = list(heads)
    for d in outside:
        if d != 0:
            h = found[place[d]]
            result[d] = leave[place[d]] if h == new else outside[h]
    came = found[new]
    result[enter[came]] = outside[came]
    return result


def _greedy(scores: list[list[float]]) -> list[int]:
    size = len(scores)
    return [0] + [
        max((h for h in range(size) if h != d), key=lambda h, d=d: (scores[d][h], -h)) for d in range(1, size)
    ]


def decode_tree(scores: list[list[float]]) -> list[int]:
    """`scores[dependent][head]` with the root as 0; the head of each node, 0 for node 0."""
    heads = _greedy(scores)
    if heads[1:].count(0) == 1 and not _cycle_in(heads):
        return heads
    one_root = [[s - ROOT_PENALTY if h == 0 else s for h, s in enumerate(row)] for row in scores]
    return _contracted(one_root, _greedy(one_root))
