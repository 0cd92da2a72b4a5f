// Who to whom, as a network and as a matrix. A line or a cell leads to the events behind it.
import { useMemo, useState } from "preact/hooks";
import { filtersFor, useAnswer } from "./address.js";
import { ask } from "./api.js";
import { layout, placeNames } from "./layout.js";
import { learnParties } from "./names.js";
import { Answer, QuadBar } from "./parts.jsx";
import { roving } from "./roving.js";
import { SaveFigure } from "./save.jsx";
import { QuadLegend, useWidth } from "./time.jsx";
import { QUADS, count, plural, quadsOf } from "./words.js";

const TOPS = [20, 40, 80, 160];

export function usePairs(filters, top) {
  return useAnswer(() => ask("pairs", { ...filtersFor("events", filters), top }), JSON.stringify([filters, top]));
}

/** The commonest quad. */
const mainQuad = (row) => quadsOf(row).reduce((best, n, i, all) => (n > all[best] ? i : best), 0) + 1;
const told = (row) => quadsOf(row).map((n, i) => (n ? `${count(n)} ${QUADS[i + 1].name}` : "")).filter(Boolean).join(", ");
const describe = (row) => `${row.actor.name} to ${row.recipient.name}: ${plural(row.events, "event")} (${told(row)})`;

/** Parties of the rows by number of events, most first. */
function partiesOf(rows, sides = ["actor", "recipient"]) {
  const sums = new Map();
  for (const row of rows) {
    learnParties([row.actor, row.recipient]);
    for (const side of sides) {
      const sum = sums.get(row[side].id) || { ...row[side], events: 0 };
      sum.events += row.events;
      sums.set(sum.id, sum);
    }
  }
  return [...sums.values()].sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1));
}

/** A line from one circle to another, bowed to its right so that the way back has a line of its own. */
function bow(a, b, gap) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const far = Math.hypot(dx, dy) || 1;
  const [mx, my] = [(a.x + b.x) / 2 - dy * 0.12, (a.y + b.y) / 2 + dx * 0.12];
  const cut = (from, to, room) => {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    return { x: from.x + ((to.x - from.x) / length) * room, y: from.y + ((to.y - from.y) / length) * room };
  };
  const [start, end] = [cut(a, { x: mx, y: my }, Math.min(a.r, far / 3)), cut(b, { x: mx, y: my }, Math.min(b.r + gap, far / 3))];
  return `M${start.x.toFixed(1)} ${start.y.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${end.x.toFixed(1)} ${end.y.toFixed(1)}`;
}

const short = (name, most = 24) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

function Tie({ row, at, most, near, href }) {
  const [a, b] = [at.get(row.actor.id), at.get(row.recipient.id)];
  const quad = mainQuad(row);
  const faint = near && near !== row.actor.id && near !== row.recipient.id;
  return (
    <a href={href} tabindex="-1" aria-hidden="true" class={faint ? "faint" : ""}>
      <path class={`tie s${quad}`} d={bow(a, b, 7)} stroke-width={1.2 + 5 * Math.sqrt(row.events / most)} marker-end={`url(#arrow${quad})`} />
      <path class="hit" d={bow(a, b, 7)}><title>{describe(row)}</title></path>
    </a>
  );
}

function Node({ party, at, first, near, tied, setNear, href }) {
  const { x, y, r, words, name = { x: x + r + 4, y: y + 4, anchor: "start" } } = at.get(party.id);
  const faint = near && near !== party.id && !tied.get(near)?.has(party.id);
  const show = () => setNear(party.id);
  return (
    <a href={href} data-spot tabindex={first ? 0 : -1} class={`node ${faint ? "faint" : ""}`} aria-label={`${party.name}: ${plural(party.events, "event")}`}
      onMouseEnter={show} onFocus={show} onMouseLeave={() => setNear("")} onBlur={() => setNear("")}>
      <circle cx={x} cy={y} r={r} />
      <text class={at.get(party.id).name ? "" : "covered"} x={name.x} y={name.y} text-anchor={name.anchor}>{words}</text>
      <title>{`${party.name}: ${plural(party.events, "event")}`}</title>
    </a>
  );
}

function placed(parties, rows, width, height) {
  const most = parties[0].events;
  const strongest = Math.max(...rows.map((row) => row.events));
  const ties = rows.filter((row) => row.actor.id !== row.recipient.id)
    .map((row) => ({ from: row.actor.id, to: row.recipient.id, weight: row.events / strongest }));
  const spots = layout(parties.map((party) => party.id), ties, width, height, { x: width < 600 ? 70 : 110, y: 26 });
  const circles = parties.map((party) => ({ ...spots.get(party.id), id: party.id, r: 4 + (width < 600 ? 6 : 12) * Math.sqrt(party.events / most), words: short(party.name) }));
  const names = placeNames(circles, width);
  return new Map(circles.map((circle) => [circle.id, { ...circle, name: names.get(circle.id) }]));
}

function Network({ rows, width, filters, link }) {
  const [near, setNear] = useState("");
  const parties = useMemo(() => partiesOf(rows).slice(0, 60), [rows]);
  const height = width < 600 ? 640 : Math.round(Math.min(width * 0.62, 720));
  const at = useMemo(() => placed(parties, rows.filter((row) => parties.some((p) => p.id === row.actor.id) && parties.some((p) => p.id === row.recipient.id)), width, height), [parties, width, height]);
  const shown = rows.filter((row) => at.has(row.actor.id) && at.has(row.recipient.id) && row.actor.id !== row.recipient.id);
  const tied = new Map();
  for (const row of shown) {
    for (const [a, b] of [[row.actor.id, row.recipient.id], [row.recipient.id, row.actor.id]]) tied.set(a, (tied.get(a) || new Set()).add(b));
  }
  const most = Math.max(...shown.map((row) => row.events), 1);
  return (
    <svg class="network" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" onKeyDown={roving(true)}
      aria-label="Network of who acted towards whom; arrow keys go from party to party; the matrix has the same as a table">
      <defs>
        {[1, 2, 3, 4].map((quad) => (
          <marker id={`arrow${quad}`} viewBox="0 0 8 8" refX="3" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">
            <path class={`q${quad}`} d="M0 0L8 4L0 8Z" />
          </marker>
        ))}
      </defs>
      {[...shown].reverse().map((row) => (
        <Tie row={row} at={at} most={most} near={near} href={link({ view: "events", filters: { ...filters, actor: row.actor.id, recipient: row.recipient.id } })} />
      ))}
      {parties.map((party, i) => (
        <Node party={party} at={at} first={i === 0} near={near} tied={tied} setNear={setNear} href={link({ view: "overview", filters: { ...filters, entity: party.id } })} />
      ))}
    </svg>
  );
}

function Cell({ row, most, filters, link, first }) {
  if (!row) return <td />;
  const quads = quadsOf(row);
  return (
    <td class={`s${mainQuad(row)}`} style={{ "--strength": `${Math.round(8 + 34 * Math.sqrt(row.events / most))}%` }}>
      <a href={link({ view: "events", filters: { ...filters, actor: row.actor.id, recipient: row.recipient.id } })} data-spot tabindex={first ? 0 : -1}
        aria-label={describe(row)} title={describe(row)}>
        {count(row.events)}
        <QuadBar quads={quads} most={row.events} />
      </a>
    </td>
  );
}

function Matrix({ rows, filters, link }) {
  const actors = partiesOf(rows, ["actor"]).slice(0, 25);
  const recipients = partiesOf(rows, ["recipient"]).slice(0, 25);
  const cells = new Map(rows.map((row) => [`${row.actor.id}\n${row.recipient.id}`, row]));
  const most = Math.max(...rows.map((row) => row.events));
  let spots = 0;
  return (
    <div class="scroll" role="region" aria-label="Matrix, scrolls sideways" onKeyDown={roving(true)} tabindex="0">
      <table class="matrix">
        <caption>Rows act, columns are acted upon. The tint is the commonest kind, the bar shows all four.</caption>
        <thead><tr><td />{recipients.map((party) => <th scope="col"><span title={party.name}>{short(party.name)}</span></th>)}</tr></thead>
        <tbody>
          {actors.map((actor) => (
            <tr>
              <th scope="row" title={actor.name}>{short(actor.name, 30)}</th>
              {recipients.map((recipient) => {
                const row = cells.get(`${actor.id}\n${recipient.id}`);
                return <Cell row={row} most={most} filters={filters} link={link} first={row && !spots++} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The whole view. */
export function WhoToWhom({ filters, options, link, turn }) {
  const form = options.as || "network";
  const top = TOPS.includes(+options.top) ? +options.top : 40;
  const [ref, width] = useWidth();
  const answer = usePairs(filters, top);
  const set = (name) => (event) => turn({ options: { ...options, [name]: event.currentTarget.value } });
  return (
    <>
      <div class="tools">
        <label>As a <select value={form} onChange={set("as")}><option>network</option><option>matrix</option></select></label>
        <label>of the <select value={top} onChange={set("top")}>{TOPS.map((n) => <option>{n}</option>)}</select> strongest ties</label>
        {form === "network" && <SaveFigure name="who-to-whom" />}
      </div>
      <QuadLegend />
      <div ref={ref} class="figure">
        {width > 0 && (
          <Answer answer={answer} empty="Nobody did anything to anybody that answers to these filters." tall>
            {(rows) => (form === "matrix" ? <Matrix rows={rows} filters={filters} link={link} /> : <Network rows={rows} width={width} filters={filters} link={link} />)}
          </Answer>
        )}
      </div>
    </>
  );
}

/** The strongest ties as lines with a bar each. */
export function PairList({ answer, filters, link }) {
  return (
    <Answer answer={answer} empty="Nobody did anything to anybody here.">
      {(rows) => (
        <ol class="bars">
          {rows.map((row) => (
            <li>
              <a href={link({ view: "events", filters: { ...filters, actor: row.actor.id, recipient: row.recipient.id } })} aria-label={describe(row)} title={describe(row)}>
                <span class="word">{row.actor.name} <span class="soft">→</span> {row.recipient.name}</span>
                <span class="number">{count(row.events)}</span>
                <QuadBar quads={quadsOf(row)} most={rows[0].events} />
              </a>
            </li>
          ))}
        </ol>
      )}
    </Answer>
  );
}
