// A text with stretches of it marked. Offsets of the record are code points; JavaScript counts UTF-16.

/** Cuts a text into code points once; `slice` works on their offsets. */
export function codePoints(text) {
  // Texts without characters beyond the basic plane, nearly all, need no cutting.
  if (!/[\ud800-\udfff]/.test(text || "")) {
    return { length: (text || "").length, slice: (begin, end) => (text || "").slice(begin, end) };
  }
  const points = Array.from(text);
  return { length: points.length, slice: (begin, end) => points.slice(begin, end).join("") };
}

/** Pieces of [begin, end) between the ends of marks, each with the marks over it: [{from, to, over}]. */
export function pieces(begin, end, marks) {
  const fitting = marks.filter((mark) => mark.begin < end && mark.end > begin);
  const cuts = new Set([begin, end]);
  for (const mark of fitting) cuts.add(Math.max(mark.begin, begin)).add(Math.min(mark.end, end));
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, i) => ({
    from,
    to: places[i + 1],
    over: fitting.filter((mark) => mark.begin <= from && mark.end >= places[i + 1]),
  }));
}

/** Words cut out of a sentence, with a sign where they do not begin it. */
export function excerpt(words) {
  const bare = words.replace(/^[\s,;:.–—-]+/, "");
  return bare === words && !/^\p{Ll}/u.test(bare) ? words : `… ${bare}`;
}

/** A sentence of an article with some of its words marked; `offset` is where it begins in the text. */
export function Quoted({ words, offset = 0, spans = [] }) {
  const points = codePoints(words);
  const marks = spans.map(([begin, end]) => ({ begin: begin - offset, end: end - offset }));
  return (
    <blockquote>
      {pieces(0, points.length, marks).map(({ from, to, over }) => (over.length ? <mark>{points.slice(from, to)}</mark> : points.slice(from, to)))}
    </blockquote>
  );
}
