// Events over time: cooperation above the line, conflict below; or type by type. A column leads to its events, a drag to a stretch of time.
import { useEffect, useRef, useState } from "preact/hooks";
import { filtersFor, useAnswer } from "./address.js";
import { ask } from "./api.js";
import { Answer } from "./parts.jsx";
import { UNITS, daysOf, fittingUnit, indexOf, mainStretch, periodInWords, stepsTo, ticksOf } from "./periods.js";
import { roving } from "./roving.js";
import { SaveFigure } from "./save.jsx";
import { QUADS, TYPES, count, quadsOf } from "./words.js";

const LEFT = 44;
const BOTTOM = 24;

/** The width of an element, as it changes. */
export function useWidth() {
  const ref = useRef();
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  return [ref, width];
}

/** Rows of the timeline with the unit that they are in; without one, that which fits. */
async function readTimeline(filters, unit) {
  const fitting = filtersFor("events", filters);
  const read = async (period) => (await ask("timeline", { ...fitting, period })).rows.map((row) => ({ ...row, index: indexOf(row.period, period) }));
  if (unit) return { unit, rows: await read(unit) };
  const months = await read("month");
  if (!months.length) return { unit: "month", rows: months };
  const [first, last] = mainStretch(months);
  const found = fittingUnit(last - first + 1);
  return { unit: found, rows: found === "month" ? months : await read(found) };
}

/** A drag over the columns as a stretch of indices. */
function useBrush(indexAt, done) {
  const [stretch, setStretch] = useState(null);
  const start = useRef(null);
  const dragged = useRef(false);
  const down = (event) => {
    if (event.button || event.pointerType === "touch") return;
    start.current = { x: event.clientX, index: indexAt(event) };
    dragged.current = false;
  };
  const move = (event) => {
    if (!start.current || Math.abs(event.clientX - start.current.x) < 6) return;
    dragged.current = true;
    const ends = [start.current.index, indexAt(event)];
    setStretch([Math.min(...ends), Math.max(...ends)]);
  };
  const up = () => {
    if (dragged.current && stretch) done(stretch);
    start.current = null;
    setStretch(null);
  };
  const click = (event) => {
    if (!dragged.current) return;
    event.preventDefault();
    event.stopPropagation();
    dragged.current = false;
  };
  return [stretch, { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerLeave: up, onClickCapture: click, onDragStart: (e) => e.preventDefault() }];
}

function describe(row, unit) {
  const parts = quadsOf(row).map((n, i) => (n ? `${count(n)} ${QUADS[i + 1].name}` : "")).filter(Boolean);
  return `${periodInWords(row.index, unit)}: ${count(row.events)} events (${parts.join(", ")})`;
}

/** The rectangles of one period, from the line outwards: deeds first, for they weigh more. */
function columnOf(row, y) {
  const [q1, q2, q3, q4] = quadsOf(row);
  return [
    { quad: 2, from: y(q2), to: y(0) }, { quad: 1, from: y(q1 + q2), to: y(q2) },
    { quad: 4, from: y(0), to: y(-q4) }, { quad: 3, from: y(-q4), to: y(-q3 - q4) },
  ].filter((part) => part.to - part.from > 0.01);
}

function Axis({ width, height, y, top, low, ticks, middle }) {
  const [step] = stepsTo(Math.max(top, low));
  const upTo = (most) => Array.from({ length: Math.floor(most / step) }, (_, i) => (i + 1) * step);
  const steps = [...upTo(top).map((n) => [n, n]), ...upTo(low).map((n) => [-n, n])];
  return (
    <g class="axis" aria-hidden="true">
      {steps.map(([at, words]) => (
        <>
          <line x1={LEFT} x2={width} y1={y(at)} y2={y(at)} />
          <text x={LEFT - 6} y={y(at) + 4} text-anchor="end">{words >= 10000 ? `${words / 1000}k` : words}</text>
        </>
      ))}
      <line class="zero" x1={LEFT} x2={width} y1={y(0)} y2={y(0)} />
      {ticks.map((tick) => <text x={middle(tick.index)} y={height - 6} text-anchor={middle(tick.index) > width - 40 ? "end" : "middle"}>{tick.words}</text>)}
    </g>
  );
}

function Columns({ rows, unit, all, width, height, filters, link, go }) {
  const [first, last] = mainStretch(rows, all);
  const shown = rows.filter((row) => row.index >= first && row.index <= last);
  const most = (a, b) => Math.max(...shown.map((row) => quadsOf(row)[a] + quadsOf(row)[b]), 1);
  const [top, low] = [most(0, 1), most(2, 3)];
  const room = height - BOTTOM - 14;
  const y = (n) => 10 + (room * (top - n)) / (top + low);
  const wide = (width - LEFT) / (last - first + 1);
  const x = (index) => LEFT + (index - first) * wide;
  const change = (from, to, more) => ({ view: "events", filters: { ...filters, from: daysOf(from, unit).from, to: daysOf(to, unit).to, ...more } });
  const svg = useRef();
  const indexAt = (event) => {
    const at = first + Math.floor((event.clientX - svg.current.getBoundingClientRect().left - LEFT) / wide);
    return Math.min(last, Math.max(first, at));
  };
  const [stretch, brush] = useBrush(indexAt, ([from, to]) => go({ filters: change(from, to).filters }));
  const pick = (event) => {
    const quad = event.target.dataset?.quad;
    if (!quad || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(change(+event.currentTarget.dataset.index, +event.currentTarget.dataset.index, { quad: [quad] }));
  };
  const bar = Math.max(0.6, Math.min(wide - Math.min(3, wide * 0.18), 36));
  return (
    <svg class="time" ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" onKeyDown={roving()} {...brush}
      aria-label="Events over time, cooperation above the line, conflict below; arrow keys go from column to column">
      <Axis width={width} height={height} y={y} top={top} low={low} middle={(index) => x(index) + Math.min(wide, 40) / 2} ticks={ticksOf(first, last, unit, Math.max(2, Math.floor(width / 110)))} />
      {shown.map((row, i) => (
        <a href={link(change(row.index, row.index))} data-spot data-index={row.index} tabindex={i ? -1 : 0} aria-label={describe(row, unit)} onClick={pick}>
          <rect class="hit" x={x(row.index)} y={0} width={Math.max(wide, 1)} height={height - BOTTOM} />
          {columnOf(row, y).map((part) => (
            <rect class={`q${part.quad}`} data-quad={part.quad} x={x(row.index) + (wide - bar) / 2} width={bar} y={part.from} height={part.to - part.from} />
          ))}
          <title>{describe(row, unit)}</title>
        </a>
      ))}
      {stretch && <rect class="brush" x={x(stretch[0])} y={0} width={x(stretch[1] + 1) - x(stretch[0])} height={height - BOTTOM} />}
    </svg>
  );
}

/** The chart with cooperation above and conflict below the line. */
export function TimeChart({ answer, all, height = 300, ...more }) {
  const [ref, width] = useWidth();
  return (
    <div ref={ref} class="figure" style={{ minHeight: `${height}px` }}>
      {width > 0 && (
        <Answer answer={answer}>
          {({ told, unit }) => (told.length ? <Columns rows={told} unit={unit} all={all} width={width} height={height} {...more} /> : <p class="note">Nothing answers to these filters.</p>)}
        </Answer>
      )}
    </div>
  );
}

export function QuadLegend() {
  return (
    <ul class="legend quads">
      {Object.entries(QUADS).map(([quad, { name, short }]) => <li title={short}><i class={`q${quad}`} /> {name}</li>)}
    </ul>
  );
}

export function useTimeline(filters, unit) {
  const answer = useAnswer(() => readTimeline(filters, unit), JSON.stringify([filters, unit]));
  return answer.value ? { ...answer, value: { unit: answer.value.unit, told: answer.value.rows } } : answer;
}

function TypeGrid({ rows, unit, all, filters, link, width }) {
  const [first, last] = mainStretch(rows, all);
  const shown = rows.filter((row) => row.index >= first && row.index <= last);
  const names = Object.keys(TYPES).filter((type) => shown.some((row) => row.types?.[type]));
  const most = Math.max(...shown.flatMap((row) => Object.values(row.types || {})), 1);
  const [left, tall] = [104, 24];
  const wide = (width - left) / (last - first + 1);
  const height = names.length * tall + BOTTOM;
  const href = (row, type) => link({ view: "events", filters: { ...filters, from: daysOf(row.index, unit).from, to: daysOf(row.index, unit).to, type: [type] } });
  let spots = 0;
  return (
    <svg class="time types" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" onKeyDown={roving(true)}
      aria-label="Events by type over time; arrow keys go from cell to cell">
      {names.map((type, i) => (
        <g>
          <text x={left - 8} y={i * tall + 16} text-anchor="end">{type}</text>
          <line class="row" x1={left} x2={width} y1={i * tall + tall - 0.5} y2={i * tall + tall - 0.5} />
          {shown.filter((row) => row.types?.[type]).map((row) => (
            <a href={href(row, type)} data-spot tabindex={spots++ ? -1 : 0} aria-label={`${periodInWords(row.index, unit)}: ${count(row.types[type])} ${type}`}>
              <rect class={`q${TYPES[type]}`} x={left + (row.index - first) * wide + 0.5} y={i * tall + 2} width={Math.max(wide - 1, 1.5)} height={tall - 4}
                fill-opacity={0.25 + 0.75 * Math.sqrt(row.types[type] / most)} />
              <title>{`${periodInWords(row.index, unit)}: ${row.types[type]} ${type}`}</title>
            </a>
          ))}
        </g>
      ))}
      <g class="axis" aria-hidden="true">
        {ticksOf(first, last, unit, Math.max(2, Math.floor((width - left) / 110))).map((tick) => (
          <text x={left + (tick.index - first) * wide + Math.min(wide, 40) / 2} y={height - 6} text-anchor={(tick.index - first) * wide > width - left - 40 ? "end" : "middle"}>{tick.words}</text>
        ))}
      </g>
    </svg>
  );
}

function TypeChart({ answer, all, ...more }) {
  const [ref, width] = useWidth();
  return (
    <div ref={ref} class="figure">
      {width > 0 && <Answer answer={answer}>{({ told, unit }) => (told.length ? <TypeGrid rows={told} unit={unit} all={all} width={Math.max(width, 520)} {...more} /> : <p class="note">Nothing answers to these filters.</p>)}</Answer>}
    </div>
  );
}

function NumbersTable({ told, unit }) {
  return (
    <details class="numbers">
      <summary>The numbers as a table</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Numbers, scrolls">
        <table>
          <thead><tr><th scope="col">Period</th>{Object.values(QUADS).map((quad) => <th scope="col" class="count">{quad.name}</th>)}<th scope="col" class="count">all</th></tr></thead>
          <tbody>
            {told.slice(-400).map((row) => (
              <tr><th scope="row">{periodInWords(row.index, unit)}</th>{quadsOf(row).map((n) => <td class="count">{count(n)}</td>)}<td class="count">{count(row.events)}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** The whole view. */
export function OverTime({ filters, options, link, go, turn }) {
  const [all, setAll] = useState(false);
  const by = options.by || "quad";
  const answer = useTimeline(filters, options.period);
  const told = answer.value?.told || [];
  const [first, last] = told.length ? mainStretch(told, false) : [0, 0];
  const outside = told.filter((row) => row.index < first || row.index > last).reduce((sum, row) => sum + row.events, 0);
  const set = (name) => (event) => turn({ options: { ...options, [name]: event.currentTarget.value } });
  return (
    <>
      <div class="tools">
        <label>Show <select value={by} onChange={set("by")}><option value="quad">cooperation and conflict</option><option value="type">type by type</option></select></label>
        <label>per <select value={options.period || ""} onChange={set("period")}><option value="">period that fits</option>{UNITS.map((unit) => <option>{unit}</option>)}</select></label>
        <SaveFigure name="events-over-time" />
      </div>
      <QuadLegend />
      {by === "type" ? <TypeChart answer={answer} all={all} filters={filters} link={link} /> : <TimeChart answer={answer} all={all} height={380} filters={filters} link={link} go={go} />}
      {outside > 0 && (
        <p class="note">
          {count(outside)} events lie far outside of this stretch. <button type="button" class="plain" onClick={() => setAll(!all)}>{all ? "Leave them out" : "Show all"}</button>
        </p>
      )}
      <p class="note">A column leads to its events; drag over columns to look at a stretch of time.</p>
      {answer.value && <NumbersTable told={told} unit={answer.value.unit} />}
    </>
  );
}
