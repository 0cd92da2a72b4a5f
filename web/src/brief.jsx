// A record as a person reads it: the article with its evidence, what happened and what did not, who said what, plans.
import { useEffect, useMemo, useState } from "preact/hooks";
import { MarkedText, codePoints } from "./text.jsx";
import { UNREAL, dayInWords } from "./words.js";

const entityNames = (record, ids) =>
  (ids || []).map((id) => (record.entities || []).find((e) => e.id === id)?.name || id).join(" and ");

function sentenceOf(event) {
  return event.status && event.status !== "occurred" ? `${event.type} · ${event.status}` : event.type;
}

function EventItem({ record, event, chosen, choose }) {
  const time = (record.times || []).find((t) => t.id === event.time);
  const said = (record.statements || []).find((s) => s.id === event.said_by);
  return (
    <li class={chosen === event.id ? "chosen" : ""} id={`item-${event.id}`}>
      <button type="button" class="item" onClick={() => choose(event.id)} aria-pressed={chosen === event.id}>
        <span class={`status ${UNREAL.has(event.status) ? "unreal" : ""}`}>{event.status}</span>
        <strong>{event.type}{event.mode ? `/${event.mode}` : ""}</strong>{" "}
        {entityNames(record, event.actor) || "somebody"}
        {event.recipient?.length ? <> → {entityNames(record, event.recipient)}</> : null}
        {time?.value ? <> · {dayInWords(time.value)}</> : null}
        {said ? <> · says {entityNames(record, said.speaker ? [said.speaker.entity] : []) || "a speaker not named"}</> : null}
      </button>
      <p class="why">{Math.round((event.confidence || 0) * 100)} % sure · {event.why}</p>
    </li>
  );
}

function PlanItem({ record, plan, choose }) {
  return (
    <li>
      <strong>{plan.what}</strong> {entityNames(record, plan.parties)}
      <ol class="history">
        {(plan.history || []).map((step) => {
          const [begin, end] = step.evidence?.[0] || step.evidence || [];
          return (
            <li class={`step ${step.status}`}>
              <button type="button" class="item" onClick={() => choose({ begin, end })}>
                <span class="dot" aria-hidden="true" /> {String(step.status).replaceAll("_", " ")}
                {step.time ? ` · ${dayInWords(step.time)}` : ""}
              </button>
            </li>
          );
        })}
      </ol>
    </li>
  );
}

function marksOf(record, chosen) {
  const marks = [];
  for (const statement of record.statements || []) {
    for (const [begin, end] of statement.content || []) {
      marks.push({ begin, end, className: "said", title: "what somebody said", id: statement.id });
    }
  }
  for (const event of record.events || []) {
    const unreal = UNREAL.has(event.status);
    for (const [begin, end] of event.trigger || []) {
      marks.push({ begin, end, className: unreal ? "trigger unreal" : "trigger", title: sentenceOf(event), id: event.id });
    }
  }
  if (chosen?.end) marks.push({ ...chosen, className: "evidence", title: "evidence", id: "evidence" });
  return marks;
}

/** `item`: the event to begin with. */
export function Brief({ record, item }) {
  const [chosen, setChosen] = useState(item || null);
  const points = useMemo(() => codePoints(record.text), [record]);
  const marks = useMemo(() => marksOf(record, chosen), [record, chosen]);
  useEffect(() => {
    const id = typeof chosen === "string" ? chosen : chosen ? "evidence" : null;
    const place = id && document.querySelector(`.article [data-item="${CSS.escape(id)}"]`);
    if (place) {
      document.querySelectorAll(".article .now").forEach((e) => e.classList.remove("now"));
      place.classList.add("now");
      place.scrollIntoView({ block: "center", behavior: "smooth" });
    }
  }, [chosen, record]);
  const events = record.events || [];
  const happened = events.filter((e) => !UNREAL.has(e.status));
  const others = events.filter((e) => UNREAL.has(e.status));
  const paragraphs = [];
  let at = 0;
  for (const line of (record.text || "").split("\n")) {
    const length = Array.from(line).length;
    paragraphs.push([at, at + length]);
    at += length + 1;
  }
  return (
    <article class="brief">
      <header>
        <h2>{record.title || (record.text ? `${points.slice(0, 90)}…` : record.id)}</h2>
        <p class="muted">
          {record.published ? dayInWords(record.published) : "no date"} · {record.id}
          {record.origin?.url ? <> · <a href={record.origin.url} rel="noreferrer noopener">source</a></> : null}
        </p>
      </header>
      <div class="columns">
        <section class="article" aria-label="The article, with its evidence">
          {record.text ? (
            paragraphs.map(([begin, end]) => (
              <p><MarkedText points={points} begin={begin} end={end} marks={marks} onMark={setChosen} /></p>
            ))
          ) : (
            <p class="muted">The text was left out of the store; offsets and codes remain.</p>
          )}
        </section>
        <section aria-label="Findings">
          <h3>What happened</h3>
          <ul class="plain">{happened.map((e) => <EventItem record={record} event={e} chosen={chosen} choose={setChosen} />)}</ul>
          {!happened.length && <p class="muted">Nothing that the text tells as done.</p>}
          <h3>What did not, or not yet</h3>
          <ul class="plain">{others.map((e) => <EventItem record={record} event={e} chosen={chosen} choose={setChosen} />)}</ul>
          {(record.plans || []).length > 0 && <h3>Plans and what became of them</h3>}
          <ul class="plain">{(record.plans || []).map((p) => <PlanItem record={record} plan={p} choose={setChosen} />)}</ul>
          <h3>Who said what</h3>
          <ul class="plain">
            {(record.statements || []).map((s) => (
              <li>
                <button type="button" class="item" onClick={() => setChosen(s.id)}>
                  <strong>{s.speaker?.entity ? entityNames(record, [s.speaker.entity]) : "speaker not named"}</strong>{" "}
                  {(s.cue || []).map(([b, e]) => points.slice(b, e)).join(" ")}:{" "}
                  <q>{(s.content || []).map(([b, e]) => points.slice(b, e)).join(" … ")}</q>
                </button>
              </li>
            ))}
          </ul>
          {(record.warnings || []).length > 0 && <h3>What looked wrong</h3>}
          <ul class="plain muted">{(record.warnings || []).map((w) => <li>{w.code}: {w.message || w.what || ""}</li>)}</ul>
        </section>
      </div>
    </article>
  );
}
