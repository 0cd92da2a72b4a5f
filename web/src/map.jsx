// Where: circles on an outline of the world that the page brings along. A circle leads to the events there.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { filtersFor, useAnswer } from "./address.js";
import { ask } from "./api.js";
import { learnName } from "./names.js";
import { Answer, QuadBar } from "./parts.jsx";
import { roving } from "./roving.js";
import { SaveFigure } from "./save.jsx";
import { QuadLegend, useWidth } from "./time.jsx";
import { QUADS, count, plural, quadsOf } from "./words.js";

const [WIDE, TALL, SCALE] = [1000, 500, 175];
const WHOLE = { x: 0, y: 0, w: WIDE };
const NEAREST = 110;

/** The Natural Earth projection (Patterson, Šavrič), as the outline has it. */
export function project(lon, lat) {
  const [l, p] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
  const [p2, p4] = [p * p, p ** 4];
  const x = l * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)));
  const y = p * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)));
  return [WIDE / 2 + SCALE * x, TALL / 2 - SCALE * y];
}

const placeValue = (place) => String(place.geonames || place.name);

function spotsOf(rows) {
  const most = Math.max(...rows.map((row) => row.events));
  return rows.filter((row) => row.place?.lat !== undefined).map((row) => {
    learnName(placeValue(row.place), row.place.name);
    const [x, y] = project(row.place.lon, row.place.lat);
    const quad = quadsOf(row).reduce((best, n, i, all) => (n > all[best] ? i : best), 0) + 1;
    return { row, x, y, quad, size: 4 + 15 * Math.sqrt(row.events / most) };
  });
}

const within = (box) => {
  const w = Math.min(Math.max(box.w, NEAREST), WIDE);
  return { w, x: Math.min(Math.max(box.x, 0), WIDE - w), y: Math.min(Math.max(box.y, 0), TALL - w / 2) };
};

/** The part of the world in which nearly all spots lie. */
function fitted(spots) {
  if (!spots.length) return WHOLE;
  const range = (values) => [Math.min(...values), Math.max(...values)];
  const [left, right] = range(spots.map((spot) => spot.x));
  const [top, bottom] = range(spots.map((spot) => spot.y));
  const w = Math.min(WIDE, Math.max(right - left, 2 * (bottom - top)) * 1.3 + 60);
  return within({ w: Math.max(w, 260), x: (left + right) / 2 - Math.max(w, 260) / 2, y: (top + bottom) / 2 - Math.max(w, 260) / 4 });
}

/** Which spots get a name: the largest, as long as names do not cover each other. */
function named(spots, unit, most, right) {
  const taken = [];
  return new Set(spots.slice(0, 80).filter((spot) => {
    if (taken.length >= most) return false;
    const w = spot.row.place.name.length * 6.8 * unit;
    const beside = (spot.size + 3) * unit;
    spot.left = spot.x + beside + w > right;
    const box = { x: spot.left ? spot.x - beside - w : spot.x + beside, y: spot.y - 7 * unit, w, h: 15 * unit };
    const clash = taken.some((other) => box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h);
    if (!clash) taken.push(box);
    return !clash;
  }));
}

function useOutline() {
  const [outline, setOutline] = useState(null);
  useEffect(() => {
    import("virtual:world").then((module) => setOutline(module.WORLD));
  }, []);
  return outline;
}

/** Dragging moves the map. */
function usePan(box, setBox, unit) {
  const from = useRef(null);
  const moved = useRef(false);
  return {
    onPointerDown: (event) => {
      if (event.button || event.pointerType === "touch") return;
      from.current = { x: event.clientX, y: event.clientY, box };
      moved.current = false;
    },
    onPointerMove: (event) => {
      if (!from.current) return;
      const [dx, dy] = [event.clientX - from.current.x, event.clientY - from.current.y];
      if (Math.hypot(dx, dy) > 5) moved.current = true;
      if (moved.current) setBox(within({ ...from.current.box, x: from.current.box.x - dx * unit, y: from.current.box.y - dy * unit }));
    },
    onPointerUp: () => { from.current = null; },
    onPointerLeave: () => { from.current = null; },
    onClickCapture: (event) => {
      if (!moved.current) return;
      event.preventDefault();
      event.stopPropagation();
      moved.current = false;
    },
    onDragStart: (event) => event.preventDefault(),
  };
}

function Spot({ spot, unit, first, name, href }) {
  const { row, x, y, quad, size } = spot;
  const words = quadsOf(row).map((n, i) => (n ? `${count(n)} ${QUADS[i + 1].name}` : "")).filter(Boolean).join(", ");
  return (
    <a href={href} data-spot tabindex={first ? 0 : -1} aria-label={`${row.place.name}: ${plural(row.events, "event")} (${words})`}>
      <circle class={`q${quad}`} cx={x} cy={y} r={size * unit} stroke-width={1.2 * unit} />
      {name && <text x={spot.left ? x - (size + 3) * unit : x + (size + 3) * unit} text-anchor={spot.left ? "end" : "start"} y={y + 4 * unit} style={{ fontSize: `${12 * unit}px`, strokeWidth: `${3 * unit}px` }}>{row.place.name}</text>}
      <title>{`${row.place.name}: ${words}`}</title>
    </a>
  );
}

function World({ rows, width, filters, link, compact }) {
  const outline = useOutline();
  const spots = useMemo(() => spotsOf(rows), [rows]);
  const [box, setBox] = useState(() => fitted(spots));
  useEffect(() => setBox(fitted(spots)), [spots]);
  const unit = box.w / width;
  const names = named(spots, unit, compact ? 6 : 24, box.x + box.w);
  const pan = usePan(box, setBox, unit);
  const zoom = (times) => setBox(within({ w: box.w * times, x: box.x + (box.w * (1 - times)) / 2, y: box.y + (box.w * (1 - times)) / 4 }));
  return (
    <div class="world">
      <svg class="map" width={width} height={width / 2} viewBox={`${box.x} ${box.y} ${box.w} ${box.w / 2}`} role="group" onKeyDown={roving(true)} {...(compact ? {} : pan)}
        aria-label={`Map of ${plural(rows.length, "place")}; arrow keys go from place to place`}>
        {outline && (
          <g aria-hidden="true">
            <path class="sea" d={outline.sphere} />
            <path class="land" d={outline.land} />
            <path class="lines" d={outline.lines} stroke-width={0.7 * unit} />
          </g>
        )}
        {[...spots].map((spot, i) => (
          <Spot spot={spot} unit={unit} first={i === 0} name={names.has(spot)} href={link({ view: "events", filters: { ...filters, place: placeValue(spot.row.place) } })} />
        ))}
      </svg>
      {!compact && (
        <div class="zoom">
          <button type="button" aria-label="Nearer" onClick={() => zoom(0.6)}>+</button>
          <button type="button" aria-label="Farther" onClick={() => zoom(1 / 0.6)}>−</button>
          <button type="button" onClick={() => setBox(fitted(spots))}>All places</button>
          <button type="button" onClick={() => setBox(WHOLE)}>World</button>
        </div>
      )}
    </div>
  );
}

export function usePlaces(filters, top) {
  return useAnswer(() => ask("places", { ...filtersFor("events", filters), top }), JSON.stringify([filters, top]));
}

export function PlaceMap({ answer, compact, filters, link }) {
  const [ref, width] = useWidth();
  return (
    <div ref={ref} class="figure">
      {width > 0 && (
        <Answer answer={answer} empty="No event here has a place on the map.">
          {(rows) => <World rows={rows} width={width} compact={compact} filters={filters} link={link} />}
        </Answer>
      )}
    </div>
  );
}

/** The whole view. */
export function Where({ filters, link }) {
  const answer = usePlaces(filters, 500);
  const rows = answer.value?.rows || [];
  return (
    <>
      <div class="tools"><SaveFigure name="where" /></div>
      <QuadLegend />
      <PlaceMap answer={answer} filters={filters} link={link} />
      {rows.length > 0 && (
        <ol class="bars columned">
          {rows.slice(0, 60).map((row) => (
            <li>
              <a href={link({ view: "events", filters: { ...filters, place: placeValue(row.place) } })}>
                <span class="word">{row.place.name}{row.place.iso3 ? <span class="soft"> {row.place.iso3}</span> : null}</span>
                <span class="number">{count(row.events)}</span>
                <QuadBar quads={quadsOf(row)} most={rows[0].events} />
              </a>
            </li>
          ))}
        </ol>
      )}
      <p class="note">The commonest kind of event colours a place. The outline is Natural Earth’s (public domain); its lines take no side in any dispute.</p>
    </>
  );
}
