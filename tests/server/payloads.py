"""Texts that would do harm where texts become statements, patterns, paths or markup. Written for these tests."""

_SQL = ["' OR 1=1 --", "'; DROP TABLE events; --", "\" OR \"\"=\"", "') UNION SELECT sql FROM sqlite_master --", "1; DELETE FROM documents", "'||(SELECT 1)||'",
        "$1", ":x", "?", "%' AND 1=0 --", "_%", "\\'; SELECT pg_sleep(9); --", "/* */ OR true", "; ATTACH 'x.db' AS x; --", "') OR EXISTS(SELECT 1) --",
        "' AND randomblob(999999999) --", "1 UNION ALL SELECT NULL,NULL", "x'41'", "'; VACUUM; --", "') RETURNING *; --"]
_WORDS = ["\"", "\"\"", "* OR *", "NEAR(a b)", "a AND NOT b", "title:x", "^a", "-official", "\"a\" * \"b\"", "(((", "a OR", "{words}: x", "'a':*", "!a | b", "a <-> b", "&", "a:*&b", "\"unclosed",
          "*", "+a +b"]
_PATHS = ["../../etc/passwd", "..%2f..%2f", "/dev/zero", "file:///etc/passwd", "C:\\x", "~root", "$(id)", "`id`", "| id", "; id", "&& id", "${HOME}", "#{7*7}", "{{7*7}}", "<%= 7 %>", "%s%s%s%n", "%x" * 8,
          "\\..\\..", "nul\\con", "http://127.0.0.1:1/"]
_BYTES = ["\x01\x02\x1f", "\x00", "a\x00b", "\r\nSet-Cookie: a=b", "\n\n<html>", "\t", "\u202eabc", "\ufeff", "\ufffd", "\U0001f4a3", "e\u0301" * 20, "\u00df", "İI", "ﬁ", "\u2028", "A" * 190, "0" * 60, "-1", "9" * 30, "1e999"]
_JSON = ["{\"$gt\":\"\"}", "[1,2", "null", "true", "{}", "\\u0000", "\"}],\"next\":\"x", "[[[[[[[[", "NaN", "undefined"]

_STEMS = _SQL + _WORDS + _PATHS + _BYTES + _JSON


def attacks(count):
    """`count` texts for parameters: the stems, then stems behind and before other words."""
    out = list(_STEMS)
    for around in ("Holt{}", "{}Holt", "official {}", "'{}'", "\"{}\""):
        out += [around.format(stem)[:200] for stem in _STEMS]
    step = max(1, len(out) // count)
    return (out[::step] if count < len(_STEMS) * 6 else out)[:count]


_TAGS = ["<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "<a href=\"javascript:{}\">x</a>", "\"><script>{}</script>", "'><img src=x onerror={}>", "</textarea><script>{}</script>",
         "</title><script>{}</script>", "<iframe srcdoc=\"<script>{}</script>\">", "<body onload={}>", "<math><mtext></table><img src=x onerror={}>", "<details open ontoggle={}>", "<input autofocus onfocus={}>",
         "<video><source onerror={}>", "<style>@import 'javascript:{}'</style>", "<link rel=stylesheet href=\"javascript:{}\">", "<meta http-equiv=refresh content=\"0;url=javascript:{}\">", "<object data=\"javascript:{}\">",
         "<embed src=\"javascript:{}\">", "<form action=\"javascript:{}\"><button>x</button></form>", "javascript:{}", "data:text/html,<script>{}</script>", "<!--><script>{}</script>-->", "<![CDATA[<script>{}</script>]]>",
         "{{{{constructor.constructor('{}')()}}}}", "${{{}}}", "<scr<script>ipt>{}</script>", "&lt;script&gt;{}&lt;/script&gt;", "\u003cscript\u003e{}\u003c/script\u003e", "<template><script>{}</script></template>"]
_CALLS = ["alert(1)", "window.ran=1", "fetch('/ran')", "document.title='ran'", "eval('window.ran=1')", "(()=>{window.ran=1})()", "location='/ran'", "open('/ran')", "import('/ran')", "navigator.sendBeacon('/ran')"]


def scripts(count):
    """`count` texts that are markup and would run something."""
    out = [tag.format(call) for call in _CALLS for tag in _TAGS]
    return out[:count]
