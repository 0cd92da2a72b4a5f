// What there is, at a glance: plans, time, ties, places and the newest events, all held to the filters.
import { filtersFor, useAnswer } from "./address.js";
import { ask } from "./api.js";
import { DocumentRow, EventRow } from "./lists.jsx";
import { PlaceMap, usePlaces } from "./map.jsx";
import { PairList, usePairs } from "./pairs.jsx";
import { Answer, Party } from "./parts.jsx";
import { PlanRow } from "./plans.jsx";
import { QuadLegend, TimeChart, useTimeline } from "./time.jsx";
import { count } from "./words.js";

const KINDS = [["documents", "documents"], ["events", "events"], ["plans", "plans"], ["statements", "statements"]];

function useRows(kind, filters, limit) {
  return useAnswer(() => ask(kind, { ...filtersFor(kind, filters), limit, count: "true" }), JSON.stringify([kind, filters]));
}

function Part({ title, more, href, children, name }) {
  return (
    <section class={`part ${name}`} aria-label={title}>
      <header><h2>{title}</h2>{href && <a href={href}>{more}</a>}</header>
      {children}
    </section>
  );
}

/** Parties whose name has the words that are searched for. */
function Namesakes({ filters, link }) {
  const answer = useAnswer(() => (filters.text ? ask("entities", { text: filters.text, limit: 8 }) : null), filters.text);
  const rows = answer.value?.rows || [];
  if (!filters.text || !rows.length) return null;
  return (
    <p class="namesakes">
      Parties of that name: {rows.map((row, i) => <>{i ? ", " : ""}<Party party={row} link={link} /></>)}
    </p>
  );
}

function Totals({ answers, link }) {
  return (
    <ul class="totals">
      {KINDS.map(([kind, words]) => (
        <li><a href={link({ view: kind })}><b>{answers[kind].value ? count(answers[kind].value.total) : "…"}</b> {words}</a></li>
      ))}
    </ul>
  );
}

export function Overview({ filters, link, go }) {
  const answers = {
    documents: useRows("documents", filters, 4), events: useRows("events", filters, 5), plans: useRows("plans", filters, 8),
    statements: useRows("statements", filters, 1),
  };
  const time = useTimeline(filters);
  const pairs = usePairs(filters, 10);
  const places = usePlaces(filters, 120);
  return (
    <>
      <Totals answers={answers} link={link} />
      <Namesakes filters={filters} link={link} />
      <Part title="Over time" name="over-time" more="the whole chart" href={link({ view: "time" })}>
        <QuadLegend />
        <TimeChart answer={time} height={210} filters={filters} link={link} go={go} />
      </Part>
      <div class="halves">
        <Part title="Plans and what became of them" name="plans" more="all plans" href={link({ view: "plans" })}>
          <Answer answer={answers.plans} empty="No plan here.">{(rows) => <ol class="list">{rows.slice(0, 5).map((row) => <PlanRow row={row} link={link} />)}</ol>}</Answer>
        </Part>
        <div>
          <Part title="Who to whom" name="pairs" more="network and matrix" href={link({ view: "network" })}><PairList answer={pairs} filters={filters} link={link} /></Part>
          <Part title="Where" name="where" more="the whole map" href={link({ view: "map" })}><PlaceMap answer={places} compact filters={filters} link={link} /></Part>
        </div>
      </div>
      <Part title="Newest events" name="newest" more="all events" href={link({ view: "events" })}>
        <Answer answer={answers.events} empty="No event here.">{(rows) => <ol class="list">{rows.map((row) => <EventRow row={row} link={link} />)}</ol>}</Answer>
      </Part>
      <Part title="Newest documents" name="documents" more="all documents" href={link({ view: "documents" })}>
        <Answer answer={answers.documents} empty="No document here.">{(rows) => <ol class="list">{rows.map((row) => <DocumentRow row={row} link={link} />)}</ol>}</Answer>
      </Part>
    </>
  );
}
