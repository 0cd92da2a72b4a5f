#!/usr/bin/env python3
"""Makes N short articles out of the sentences of the examples, by a fixed seed: for speed and memory, not for scores.

Usage: make_articles.py N FILE.jsonl
"""
import json
import random
import re
import sys

COUNT = int(sys.argv[1])
SENTENCES = [sentence for line in open(sys.argv[2], encoding="utf-8")
             for sentence in re.split(r"(?<=[.”]) (?=[A-Z“])", json.loads(line)["text"].replace("\n", " "))]
DICE = random.Random(7)

for number in range(COUNT):
    text = " ".join(DICE.sample(SENTENCES, DICE.randint(2, 4)))
    day = DICE.randint(1, 28)
    print(json.dumps({"id": f"a{number}", "published": f"2025-{DICE.randint(1, 12):02}-{day:02}", "text": text}))
