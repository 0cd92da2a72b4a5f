"""Records whose every text is an attempt to run as script: 300 different ones, ten to a document."""

import json

CODE = "window.ran=(window.ran||0)+1"
# {c} is the code; the rest is how it tries to be run.
WAYS = [
    "<script>{c}</script>", "<ScRiPt>{c}</sCrIpT>", "<script src=data:text/javascript,{c}></script>", "<script src=//example.org/x.js></script>",
    "<img src=x onerror={c}>", "<img src=x onerror=\"{c}\">", "<svg onload={c}>", "<svg><script>{c}</script></svg>", "<body onload={c}>", "<iframe src=javascript:{c}>",
    "<iframe srcdoc='<script>parent.{c}</script>'>", "<a href=javascript:{c}>x</a>", "<math><a xlink:href=javascript:{c}>x</a></math>", "<video><source onerror={c}></video>",
    "<audio src=x onerror={c}>", "<details open ontoggle={c}>", "<input autofocus onfocus={c}>", "<select autofocus onfocus={c}>", "<marquee onstart={c}>",
    "<object data=javascript:{c}>", "<embed src=javascript:{c}>", "<link rel=stylesheet href=//example.org/x.css>", "<style>@import '//example.org/x.css'</style>",
    "<style onload={c}></style>", "<base href=//example.org/>", "<meta http-equiv=refresh content='0;url=javascript:{c}'>", "<form action=javascript:{c}><button autofocus>x</button></form>",
    "<template><script>{c}</script></template>", "<noscript><p title=\"</noscript><img src=x onerror={c}>\">", "<p style=\"background:url(javascript:{c})\">x</p>",
]
# {w} is a way; what stands around it tries to leave an attribute, a script, a comment or a string.
BREAKS = ["{w}", "\"'>{w}", "</script>{w}", "--><!-- -->{w}", "</textarea></title>{w}", "]]>{w}", "{{{{{w}}}}}", "\\u003c{w}", "javascript:{c}//{w}", "&lt;{w}&#60;img src=x onerror={c}&#62;"]


def payloads():
    return [around.format(w=way.format(c=CODE), c=CODE) for way in WAYS for around in BREAKS]


def record(number, attacks):
    """A sound record with one event, statement, plan and party for each attack."""
    text, sentences, entities, events, statements, plans, times, warnings = "", [], [], [], [], [], [], []
    for i, attack in enumerate(attacks):
        begin = len(text)
        text += f"{attack} met {attack} here.\n"
        words = [begin, begin + len(attack)]
        met = [words[1] + 1, words[1] + 4]
        sentences.append([begin, len(text) - 1])
        entities.append({"id": f"e{i}", "kind": "person", "name": attack, "codes": {"cameo": ["USAGOV"]}, "role": {"title": attack},
                         "mentions": [{"begin": words[0], "end": words[1], "form": "name"}]})
        statements.append({"id": f"s{i}", "kind": "direct", "speaker": {"entity": f"e{i}", "begin": words[0], "end": words[1]}, "cue": [met], "content": [words]})
        events.append({"id": f"v{i}", "type": "CONSULT", "quad": 1, "cameo": "040", "actor": [f"e{i}"], "recipient": [f"e{(i + 1) % len(attacks)}"], "trigger": [met],
                       "sentence": i, "status": "occurred", "said_by": f"s{i}", "confidence": 0.9, "why": attack,
                       "place": {"name": attack, "geonames": str(1000 + 10 * number + i), "iso3": "BEL", "lat": 50.0 + i / 10, "lon": 4.0 + number / 10}})
        plans.append({"id": f"p{i}", "what": attack, "parties": [f"e{i}"], "history": [{"status": "announced", "time": "2020-01-01", "evidence": words, "said_by": f"s{i}"}]})
        times.append({"begin": met[0], "end": met[1], "type": "DATE", "value": "2020-01-01"})
        warnings.append({"code": "garbled_name", "begin": words[0], "end": words[1], "message": attack})
    attack = attacks[0]
    return {"schema": "polybius/1", "id": f"{number} {attack}", "origin": {"url": f"https://example.org/{attack}", "site": attack}, "title": attack, "authors": attacks[:2],
            "language": "en", "published": "2020-01-01", "published_by": "given", "text": text.rstrip("\n"), "removed": [{"text": attack, "why": attack, "at": 0}],
            "sentences": sentences, "entities": entities, "times": times, "statements": statements, "events": events, "plans": plans, "warnings": warnings,
            "coder": {"version": "0", "model": "", "lexicon": ""}}


def write_records(path):
    attacks = payloads()
    with open(path, "w", encoding="utf-8") as file:
        for number in range(0, len(attacks), 10):
            file.write(json.dumps(record(number // 10, attacks[number:number + 10]), ensure_ascii=False) + "\n")
    return len(attacks)
