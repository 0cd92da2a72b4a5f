// Figures: events over time, who to whom, where. Each bar, cell and circle leads to the events behind it.
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import { useState } from "preact/hooks";
import land from "world-atlas/land-110m.json";
import { ask } from "./api.js";
import { useAnswer } from "./state.js";
import { QUADS, TYPES, count } from "./words.js";

const PERIODS = ["day", "week", "month", "year"];

function Answer({ answer, children }) {
  if (answer.error) return <p class="error" role="alert">{answer.error.message}</p>;
  if (!answer.value) return <p class="muted" role="status">Asking…</p>;
  const rows = answer.value.rows || [];
  return rows.length ? children(rows) : <p class="muted">Nothing answers to these filters.</p>;
}

/** First and last day of "2025", "2025-10", "2025-W43", "2025-10-24". */
function daysOf(period) {
  const week = /^(\d{4})-W(\d{2})$/.exec(period);
  if (!week) return { from: period, to: period };
  const fourth = new Date(Date.UTC(+week[1], 0, 4));
  const monday = new Date(fourth);
  monday.setUTCDate(4 - ((fourth.getUTCDay() + 6) % 7) + (+week[2] - 1) * 7);
  const sunday = new Date(monday);
  sunday.setUTCDate(monday.getUTCDate() + 6);
  return { from: monday.toISOString().slice(0, 10), to: sunday.toISOString().slice(0, 10) };
}

export function OverTime({ filters, link }) {
  const [period, setPeriod] = useState("month");
  const [by, setBy] = useState("quad");
  const answer = useAnswer(() => ask("timeline", { ...filters, period }), period + JSON.stringify(filters));
  return (
    <section aria-label="Events over time">
      <p class="tools">
        <label>Per <select value={period} onChange={(e) => setPeriod(e.currentTarget.value)}>{PERIODS.map((p) => <option>{p}</option>)}</select></label>
        <label>by <select value={by} onChange={(e) => setBy(e.currentTarget.value)}><option value="quad">quad</option><option value="type">type</option></select></label>
      </p>
      <Answer answer={answer}>{(rows) => <Bars rows={rows} by={by} link={link} filters={filters} />}</Answer>
    </section>
  );
}

function partsOf(row, by) {
  if (by === "quad") {
    return (row.quads || []).map((n, i) => ({ n, colour: QUADS[i + 1].colour, name: QUADS[i + 1].name, change: { quad: [String(i + 1)] } }));
  }
  return (row.types || []).map((n, i) => ({ n, colour: `hsl(${(i * 47) % 360} 45% 50%)`, name: TYPES[i], change: { type: [TYPES[i]] } }));
}

function Bars({ rows, by, link, filters }) {
  const shown = rows.slice(-120);
  const most = Math.max(...shown.map((row) => row.events));
  const [width, height, bottom] = [Math.max(640, shown.length * 14), 260, 24];
  const step = width / shown.length;
  return (
    <>
      <div class="scroll" tabindex="0" role="region" aria-label="Chart, scrolls sideways">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`Events per period, most ${most}`}>
          {shown.map((row, i) => {
            let y = height - bottom;
            return partsOf(row, by).map((part) => {
              if (!part.n) return null;
              const tall = (part.n / most) * (height - bottom - 10);
              y -= tall;
              return (
                <a href={link({ view: "events", filters: { ...filters, ...daysOf(row.period), ...part.change } })}>
                  <rect x={i * step + 1} y={y} width={Math.max(step - 2, 1)} height={tall} style={{ fill: part.colour }}>
                    <title>{`${row.period}: ${part.n} ${part.name}`}</title>
                  </rect>
                </a>
              );
            });
          })}
          {shown.map((row, i) =>
            i % Math.ceil(shown.length / 10) === 0 ? <text x={i * step + 2} y={height - 6}>{row.period}</text> : null,
          )}
        </svg>
      </div>
      {by === "quad" && (
        <p class="legend">{Object.values(QUADS).map((q) => <span><i style={{ background: q.colour }} /> {q.name}</span>)}</p>
      )}
      <details>
        <summary>The numbers as a table</summary>
        <table>
          <thead><tr><th scope="col">period</th><th scope="col">events</th></tr></thead>
          <tbody>{shown.map((row) => <tr><th scope="row">{row.period}</th><td>{count(row.events)}</td></tr>)}</tbody>
        </table>
      </details>
    </>
  );
}

export function WhoToWhom({ filters, link }) {
  const [form, setForm] = useState("matrix");
  const answer = useAnswer(() => ask("pairs", { ...filters, top: 60 }), JSON.stringify(filters));
  return (
    <section aria-label="Who to whom">
      <p class="tools">
        <label>As <select value={form} onChange={(e) => setForm(e.currentTarget.value)}><option>matrix</option><option>network</option></select></label>
      </p>
      <Answer answer={answer}>
        {(rows) => (form === "matrix" ? <Matrix rows={rows} link={link} filters={filters} /> : <Network rows={rows} link={link} filters={filters} />)}
      </Answer>
    </section>
  );
}

/** Parties by number of events, most first, at most `most`. */
function partiesOf(rows, most, sides = ["actor", "recipient"]) {
  const sums = new Map();
  for (const row of rows) {
    for (const side of sides) {
      const party = row[side];
      const sum = sums.get(party.id) || { ...party, events: 0 };
      sum.events += row.events;
      sums.set(party.id, sum);
    }
  }
  return [...sums.values()].sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1)).slice(0, most);
}

const mainQuad = (quads) => quads.indexOf(Math.max(...quads)) + 1;

function Matrix({ rows, link, filters }) {
  const actors = partiesOf(rows, 14, ["actor"]);
  const recipients = partiesOf(rows, 14, ["recipient"]);
  const cells = new Map(rows.map((row) => [`${row.actor.id}\n${row.recipient.id}`, row]));
  const most = Math.max(...rows.map((row) => row.events));
  return (
    <div class="scroll" tabindex="0" role="region" aria-label="Matrix, scrolls sideways">
      <table class="matrix">
        <caption>Rows act, columns are acted upon; the colour is the commonest quad, its strength the number.</caption>
        <thead><tr><td />{recipients.map((r) => <th scope="col"><span>{r.name}</span></th>)}</tr></thead>
        <tbody>
          {actors.map((a) => (
            <tr>
              <th scope="row">{a.name}</th>
              {recipients.map((r) => {
                const cell = cells.get(`${a.id}\n${r.id}`);
                if (!cell) return <td />;
                return (
                  <td style={{ "--tint": QUADS[mainQuad(cell.quads)].colour, "--strength": `${15 + (60 * cell.events) / most}%` }}>
                    <a href={link({ view: "events", filters: { ...filters, actor: a.id, recipient: r.id } })}
                      aria-label={`${cell.events} events by ${a.name} to ${r.name}`}>{cell.events}</a>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Places of parties on a ring, those with much to do with each other near: a fixed number of steps, no chance in it. */
function ringOrder(parties, rows) {
  const order = parties.map((party) => party.id);
  const weight = new Map();
  for (const row of rows) {
    const key = [row.actor.id, row.recipient.id].sort().join("\n");
    weight.set(key, (weight.get(key) || 0) + row.events);
  }
  const pull = (a, b) => weight.get([a, b].sort().join("\n")) || 0;
  for (let i = 1; i < order.length; ++i) {
    let best = i;
    for (let j = i; j < order.length; ++j) if (pull(order[i - 1], order[j]) > pull(order[i - 1], order[best])) best = j;
    [order[i], order[best]] = [order[best], order[i]];
  }
  return order;
}

function Network({ rows, link, filters }) {
  const parties = partiesOf(rows, 24);
  const order = ringOrder(parties, rows);
  const most = Math.max(...rows.map((row) => row.events));
  const [size, radius] = [640, 230];
  const at = new Map(order.map((id, i) => {
    const angle = (2 * Math.PI * i) / order.length - Math.PI / 2;
    return [id, { x: size / 2 + radius * Math.cos(angle), y: size / 2 + radius * Math.sin(angle), angle }];
  }));
  return (
    <svg class="network" viewBox={`-90 -10 ${size + 180} ${size + 20}`} role="img" aria-label="Network of who acted towards whom">
      {rows.filter((row) => at.has(row.actor.id) && at.has(row.recipient.id)).map((row) => {
        const [a, b] = [at.get(row.actor.id), at.get(row.recipient.id)];
        return (
          <a href={link({ view: "events", filters: { ...filters, actor: row.actor.id, recipient: row.recipient.id } })}>
            <path d={`M${a.x} ${a.y} Q${size / 2} ${size / 2} ${b.x} ${b.y}`} fill="none" stroke-width={1 + (7 * row.events) / most}
              style={{ stroke: QUADS[mainQuad(row.quads)].colour }} stroke-opacity="0.55">
              <title>{`${row.actor.name} → ${row.recipient.name}: ${row.events} events`}</title>
            </path>
          </a>
        );
      })}
      {parties.map((party) => {
        const { x, y, angle } = at.get(party.id);
        const left = Math.cos(angle) < -0.05;
        return (
          <a href={link({ view: "events", filters: { ...filters, entity: party.id } })}>
            <circle cx={x} cy={y} r="6" />
            <text x={x + (left ? -10 : 10)} y={y + 4 + 10 * Math.sin(angle)} text-anchor={left ? "end" : "start"}>{party.name}</text>
          </a>
        );
      })}
    </svg>
  );
}

export function Where({ filters, link }) {
  const answer = useAnswer(() => ask("places", { ...filters, top: 300 }), JSON.stringify(filters));
  const projection = geoNaturalEarth1().fitSize([960, 480], { type: "Sphere" });
  const path = geoPath(projection);
  const coast = path(feature(land, land.objects.land));
  return (
    <section aria-label="Where">
      <Answer answer={answer}>
        {(rows) => {
          const most = Math.max(...rows.map((row) => row.events));
          return (
            <>
              <svg class="map" viewBox="0 0 960 480" role="img" aria-label={`Map of ${rows.length} places`}>
                <path class="sea" d={path({ type: "Sphere" })} />
                <path class="land" d={coast} />
                {rows.map((row) => {
                  const spot = projection([row.place.lon, row.place.lat]);
                  if (!spot) return null;
                  return (
                    <a href={link({ view: "events", filters: { ...filters, place: String(row.place.geonames || row.place.name) } })}>
                      <circle cx={spot[0]} cy={spot[1]} r={3 + 17 * Math.sqrt(row.events / most)} style={{ fill: QUADS[mainQuad(row.quads)].colour }}>
                        <title>{`${row.place.name}: ${row.events} events`}</title>
                      </circle>
                    </a>
                  );
                })}
              </svg>
              <ol class="places">
                {rows.slice(0, 20).map((row) => (
                  <li><a href={link({ view: "events", filters: { ...filters, place: String(row.place.geonames || row.place.name) } })}>{row.place.name}</a> {count(row.events)}</li>
                ))}
              </ol>
            </>
          );
        }}
      </Answer>
    </section>
  );
}
