// A text with stretches of it marked. Offsets of the record are code points; JavaScript counts UTF-16.

/** Cuts a text into code points once; `slice` works on their offsets. */
export function codePoints(text) {
  const points = Array.from(text || "");
  return { length: points.length, slice: (begin, end) => points.slice(begin, end).join("") };
}

/** `marks`: [{begin, end, className, title, id}], may overlap: later ones lie on top. */
export function MarkedText({ points, begin = 0, end = points.length, marks, onMark }) {
  const cuts = new Set([begin, end]);
  for (const mark of marks) {
    if (mark.begin < end && mark.end > begin) {
      cuts.add(Math.max(mark.begin, begin));
      cuts.add(Math.min(mark.end, end));
    }
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, i) => {
    const to = places[i + 1];
    const over = marks.filter((mark) => mark.begin <= from && mark.end >= to);
    const words = points.slice(from, to);
    if (!over.length) return words;
    const top = over[over.length - 1];
    return (
      <mark class={over.map((m) => m.className).join(" ")} title={top.title} data-item={top.id}
        onClick={() => onMark && onMark(top.id)}>
        {words}
      </mark>
    );
  });
}
