// Lists of events, statements, plans and documents; every row leads to its words in the article.
import { useState } from "preact/hooks";
import { ask } from "./api.js";
import { useAnswer } from "./state.js";
import { QUADS, UNREAL, count, dayInWords, names } from "./words.js";

/** Rows of `path`, more by cursor; `children` draws one row. */
function Rows({ path, filters, empty, children, ...more }) {
  const [cursors, setCursors] = useState([""]);
  return (
    <>
      {cursors.map((cursor, i) => (
        <PageOfRows path={path} parameters={{ ...filters, ...more, limit: 50, cursor, count: i === 0 ? "true" : "" }} empty={empty}
          draw={children} next={i === cursors.length - 1 ? (token) => setCursors([...cursors, token]) : null} />
      ))}
    </>
  );
}

function PageOfRows({ path, parameters, empty, draw, next }) {
  const { value, error, loading } = useAnswer(() => ask(path, parameters), path + JSON.stringify(parameters));
  if (error) return <p class="error" role="alert">{error.message}</p>;
  if (!value) return <p class="muted" role="status">{loading ? "Asking…" : ""}</p>;
  return (
    <>
      {value.total !== undefined && <p class="muted" role="status">{count(value.total)} found</p>}
      <ol class="rows">{value.rows.map(draw)}</ol>
      {!value.rows.length && <p class="muted">{empty}</p>}
      {next && value.next && <button type="button" onClick={() => next(value.next)}>More</button>}
    </>
  );
}

function Source({ row, link, item }) {
  return (
    <p class="source">
      <a href={link({ view: "document", document: row.document, item })}>{row.title || row.document}</a>
      {row.source ? ` · ${row.source}` : ""} {row.published ? `· ${dayInWords(row.published)}` : ""}
    </p>
  );
}

export function EventList({ filters, link }) {
  return (
    <Rows key={JSON.stringify(filters)} path="events" filters={filters} empty="No event answers to these filters.">
      {(row) => (
        <li style={{ borderColor: QUADS[row.quad]?.colour }}>
          <p class="what">
            <span class={`status ${UNREAL.has(row.status) ? "unreal" : ""}`}>{row.status}</span>
            <strong>{row.type}{row.mode ? `/${row.mode}` : ""}</strong>{" "}
            {names(row.actor) || "somebody"}{row.recipient?.length ? ` → ${names(row.recipient)}` : ""}
            <span class="muted"> · {dayInWords(row.time || row.day)}{row.place?.name ? ` · ${row.place.name}` : ""}</span>
          </p>
          {row.sentence && <blockquote>{row.sentence}</blockquote>}
          {row.speaker?.length ? <p class="muted">So says {names(row.speaker)}.</p> : null}
          <p class="why">{Math.round(row.confidence * 100)} % sure · {row.why}</p>
          <Source row={row} link={link} item={row.id} />
        </li>
      )}
    </Rows>
  );
}

export function StatementList({ filters, link }) {
  const { type, status, quad, ...fitting } = filters;
  return (
    <Rows key={JSON.stringify(fitting)} path="statements" filters={fitting} empty="Nobody said anything that answers to these filters.">
      {(row) => (
        <li>
          <p class="what"><strong>{names(row.speaker) || "Speaker not named"}</strong> <span class="muted">{row.kind}</span></p>
          {row.words && <blockquote>{row.words}</blockquote>}
          <Source row={row} link={link} item={row.id} />
        </li>
      )}
    </Rows>
  );
}

export function PlanList({ filters, link }) {
  const { type, quad, ...fitting } = filters;
  return (
    <Rows key={JSON.stringify(fitting)} path="plans" filters={fitting} empty="No plan answers to these filters.">
      {(row) => (
        <li>
          <p class="what">
            <strong>{row.what}</strong> {names(row.parties)}{row.place?.name ? ` · ${row.place.name}` : ""}
            {row.when ? ` · expected ${dayInWords(row.when)}` : ""} <span class="status">{String(row.status).replaceAll("_", " ")}</span>
          </p>
          <ol class="history wide">
            {(row.history || []).map((step) => (
              <li class={`step ${step.status}`}>
                <span class="dot" aria-hidden="true" />
                <strong>{String(step.status).replaceAll("_", " ")}</strong> {dayInWords(step.time)}
                {step.speaker?.length ? <span class="muted"> · {names(step.speaker)}</span> : null}
                {step.words && <blockquote>{step.words}</blockquote>}
              </li>
            ))}
          </ol>
          <Source row={row} link={link} />
        </li>
      )}
    </Rows>
  );
}

export function DocumentList({ filters, link }) {
  return (
    <Rows key={JSON.stringify(filters)} path="documents" filters={filters} empty="No document answers to these filters.">
      {(row) => (
        <li>
          <p class="what"><a href={link({ view: "document", document: row.id })}>{row.title || row.id}</a></p>
          <p class="muted">
            {row.source ? `${row.source} · ` : ""}{dayInWords(row.published)} · {count(row.events)} events · {count(row.statements)} statements ·{" "}
            {count(row.plans)} plans
          </p>
        </li>
      )}
    </Rows>
  );
}
