#!/usr/bin/env python3
"""Scores `polybius dedupe` against the truth of make_reprints: F1 over pairs of documents of one story, and originals found.

Near copies: pairs of documents none of which is a rewrite. Light rewrites: pairs with at least one.
Usage: score_reprints.py TRUTH.tsv GROUPS.jsonl
"""
import collections
import json
import sys


def pairs(counts):
    return sum(count * (count - 1) // 2 for count in counts.values())


def counted(documents):
    """Pairs of one story, pairs of one group, pairs of both."""
    return [pairs(collections.Counter(key(document) for document in documents))
            for key in (lambda d: d[0], lambda d: d[2], lambda d: (d[0], d[2]))]


def show(name, story, group, both):
    precision = both / group if group else 1.0
    recall = both / story if story else 1.0
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    print(f"{name}: {story} pairs, precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")


truth = {}
for line in open(sys.argv[1], encoding="utf-8"):
    name, story, kind = line.split()
    truth[name] = (int(story), kind)
found = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
documents = [(*truth[item["id"]], item["group"]) for item in found]
everything = counted(documents)
near = counted([document for document in documents if document[1] != "rewrite"])
show("near copies", *near)
show("light rewrites", *(whole - part for whole, part in zip(everything, near)))
groups = collections.defaultdict(list)
for item in found:
    groups[item["group"]].append(item)
several = [members for members in groups.values() if len(members) > 1
           and any(truth[member["id"]][1] == "original" for member in members)]
right = sum(truth[members[0]["original"]][1] == "original" for members in several)
print(f"originals: {right} of {len(several)} groups, {right / max(1, len(several)):.4f}")
