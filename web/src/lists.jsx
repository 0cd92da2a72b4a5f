// Lists of events, statements, parties and documents; every row leads to its words in the article.
import { useState } from "preact/hooks";
import { filtersFor, useAnswer } from "./address.js";
import { ask } from "./api.js";
import { Answer, Badge, Claim, Parties } from "./parts.jsx";
import { Quoted } from "./text.jsx";
import { UNREAL, count, dayInWords, plural } from "./words.js";

const AT_ONCE = 30;

/** Rows of `kind`, more by cursor; `draw` draws the rows of one page. */
export function Rows({ kind, filters, order, noun, empty, draw }) {
  const [cursors, setCursors] = useState([""]);
  const fitting = filtersFor(kind, filters);
  return cursors.map((cursor, i) => (
    <PageOfRows key={cursor} kind={kind} empty={empty} draw={draw} noun={noun}
      parameters={{ ...fitting, order, limit: AT_ONCE, cursor, count: i === 0 ? "true" : "" }}
      next={i === cursors.length - 1 ? (token) => setCursors([...cursors, token]) : null} />
  ));
}

function PageOfRows({ kind, parameters, empty, draw, next, noun }) {
  const answer = useAnswer(() => ask(kind, parameters), kind + JSON.stringify(parameters));
  return (
    <Answer answer={answer} empty={empty} tall>
      {(rows, value) => (
        <>
          {value.total !== undefined && <p class="found" role="status">{plural(value.total, noun)}</p>}
          {draw(rows)}
          {next && value.next && <p><button type="button" class="further" onClick={() => next(value.next)}>Show more</button></p>}
        </>
      )}
    </Answer>
  );
}

/** The document that a row comes from; leads to the words there. */
export function Source({ row, link, item, at }) {
  return (
    <p class="source">
      <a href={link({ view: "document", options: { document: row.document, item, at } })}>
        <span class="to">in the text</span> {row.title || row.document}
      </a>
      {row.source ? ` · ${row.source}` : ""}{row.published ? ` · ${dayInWords(row.published)}` : ""}
    </p>
  );
}

export function EventRow({ row, link }) {
  const place = row.place?.name;
  return (
    <li class={`finding ${row.status} ${UNREAL.has(row.status) ? "unreal" : ""} q${row.quad}`}>
      <p class="claim">
        {row.status !== "occurred" && <><Badge status={row.status} />{" "}</>}
        <Claim event={row} actors={row.actor} recipients={row.recipient} link={link} />
        {row.speaker?.length ? <span class="who">, according to <Parties parties={row.speaker} link={link} /></span> : null}
        <span class="when">{[dayInWords(row.time || row.day), place].filter(Boolean).map((words) => ` · ${words}`)}</span>
        {row.wrong && <span class="badge open cancelled">called wrong by a person</span>}
      </p>
      {row.sentence && <Quoted words={row.sentence} offset={row.sentence_begin || 0} spans={row.trigger} />}
      <div class="foot">
        <Source row={row} link={link} item={row.id} />
        <details class="why">
          <summary>{row.type}{row.mode ? `/${row.mode}` : ""} · {Math.round(row.confidence * 100)} % sure<span class="hidden">; why?</span></summary>
          <p>CAMEO {row.cameo}{row.contexts?.length ? ` · ${row.contexts.join(", ")}` : ""} · {row.why}</p>
        </details>
      </div>
    </li>
  );
}

export function EventList({ filters, options, link, turn }) {
  const order = options.order === "oldest" ? "oldest" : "";
  return (
    <div class="ordered">
      <p class="tools">
        <label>
          Order{" "}
          <select value={order} onChange={(e) => turn({ options: { order: e.currentTarget.value } })}>
            <option value="">newest first</option>
            <option value="oldest">oldest first</option>
          </select>
        </label>
      </p>
      <Rows key={order + JSON.stringify(filters)} kind="events" filters={filters} order={order} noun="event" empty="No event answers to these filters."
        draw={(rows) => <ol class="list">{rows.map((row) => <EventRow row={row} link={link} />)}</ol>} />
    </div>
  );
}

export function StatementRow({ row, link }) {
  const uttered = row.kind === "direct";
  return (
    <li class={`voice ${row.kind}`}>
      <p class="claim">
        {row.speaker?.length ? <Parties parties={row.speaker} link={link} /> : <i>Speaker not named</i>}
        <span class="when">
          {row.addressee?.length ? <> to <Parties parties={row.addressee} link={link} /></> : null}
          {[row.kind, dayInWords(row.time || row.day)].filter(Boolean).map((words) => ` · ${words}`)}
        </span>
      </p>
      {row.words && <blockquote>{uttered ? row.words : <i>{row.words}</i>}</blockquote>}
      <Source row={row} link={link} item={row.id} />
    </li>
  );
}

export function StatementList({ filters, link }) {
  return (
    <Rows key={JSON.stringify(filters)} kind="statements" filters={filters} noun="statement" empty="Nobody said anything that answers to these filters."
      draw={(rows) => <ol class="list">{rows.map((row) => <StatementRow row={row} link={link} />)}</ol>} />
  );
}

export function DocumentRow({ row, link }) {
  return (
    <li class="card">
      <p class="claim"><a href={link({ view: "document", options: { document: row.id } })}>{row.title || row.id}</a></p>
      <p class="note">
        {[row.source, dayInWords(row.published), plural(row.events, "event"), plural(row.statements, "statement"), plural(row.plans, "plan")]
          .filter(Boolean).join(" · ")}
      </p>
    </li>
  );
}

export function DocumentList({ filters, link }) {
  return (
    <Rows key={JSON.stringify(filters)} kind="documents" filters={filters} noun="document" empty="No document answers to these filters."
      draw={(rows) => <ol class="list">{rows.map((row) => <DocumentRow row={row} link={link} />)}</ol>} />
  );
}

export function PartyList({ filters, link }) {
  return (
    <Rows key={JSON.stringify(filters)} kind="entities" filters={filters} noun="party" empty="Nobody answers to these filters."
      draw={(rows) => (
        <div class="scroll" tabindex="0" role="region" aria-label="Parties, scrolls sideways">
          <table class="parties">
            <thead>
              <tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Codes</th><th scope="col" class="count">Events</th><th scope="col" class="count">Documents</th></tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  <th scope="row">
                    <a class="party" href={link({ view: "overview", filters: { ...filters, entity: row.id } })}>{row.name}</a>
                    {row.titles?.length ? <span class="note"> {row.titles[0]}</span> : null}
                  </th>
                  <td>{row.kind}</td>
                  <td class="codes">{[...(row.codes?.cameo || []).slice(0, 2), row.codes?.wikidata].filter(Boolean).join(" ")}</td>
                  <td class="count">{count(row.events)}</td>
                  <td class="count">{count(row.documents)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )} />
  );
}
