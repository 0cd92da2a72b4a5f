// Plans: what was announced, and what became of it. A list, and one plan with its whole history.
import { useAnswer } from "./address.js";
import { ask } from "./api.js";
import { Rows, Source } from "./lists.jsx";
import { Answer, Badge, Parties, Party } from "./parts.jsx";
import { codePoints, excerpt } from "./text.jsx";
import { capitalised, dayInWords, plural, statusMark, statusWord } from "./words.js";

/** Where a plan's page is: named by a document that tells of it, for that stays when more are loaded. */
const planOptions = (row) => ({ document: row.document, item: row.id });

/** One of each plan: documents that tell of the same one stand in the list once. */
function onceEach(rows) {
  const seen = new Set();
  return rows.filter((row) => {
    if (!row.dossier) return true;
    if (seen.has(row.dossier)) return false;
    seen.add(row.dossier);
    return true;
  });
}

/** The history as a row of dots, the last one full. */
function Course({ history }) {
  return (
    <span class="course" aria-hidden="true">
      {history.slice(-8).map((step) => <span class={`dot ${step.status}`} title={statusWord(step.status)}>{statusMark(step.status)}</span>)}
    </span>
  );
}

export function PlanRow({ row, link }) {
  const last = row.history?.[row.history.length - 1];
  return (
    <li class={`finding plan-row ${row.status}`}>
      <p class="claim">
        <a class="lead" href={link({ view: "plan", options: planOptions(row) })}>
          <b>{capitalised(row.what) || "Plan"}</b>{row.place?.name ? `, ${row.place.name}` : ""}
        </a>{" "}
        <Badge status={row.status} before="now: " open /> <Course history={row.history || []} />
      </p>
      <p class="note">
        {row.parties?.length ? <><Parties parties={row.parties} link={link} /> · </> : null}
        {dayInWords(row.when) ? `meant for ${dayInWords(row.when)} · ` : ""}
        {plural(row.history?.length || 0, "change")}{row.published ? ` · told on ${dayInWords(row.published)}` : ""}
      </p>
      {last?.words && <blockquote>{excerpt(last.words)}</blockquote>}
    </li>
  );
}

export function PlanList({ filters, link }) {
  return (
    <Rows key={JSON.stringify(filters)} kind="plans" filters={filters} noun="plan" empty="No plan answers to these filters."
      draw={(rows) => <ol class="list">{onceEach(rows).map((row) => <PlanRow row={row} link={link} />)}</ol>} />
  );
}

/** The words of a step: those the list has, or cut from its document. */
function StepWords({ step }) {
  const answer = useAnswer(() => (step.words ? null : ask(`documents/${encodeURIComponent(step.document)}`)), step.document);
  const words = step.words || (answer.value?.text ? codePoints(answer.value.text).slice(...step.evidence) : "");
  return words ? <blockquote>{excerpt(words)}</blockquote> : null;
}

function Step({ step, titles, link }) {
  const speaker = step.said_by?.name ? [namedParty(step.said_by)] : step.speaker || [];
  const evidence = { row: { document: step.document, ...titles.get(step.document) }, at: step.evidence?.join("-") };
  return (
    <li class={`step ${step.status}`}>
      <span class="dot" aria-hidden="true">{statusMark(step.status)}</span>
      <p class="claim">
        <time>{dayInWords(step.time) || "day not known"}</time> <Badge status={step.status} open />
        {speaker.length ? <span class="who"> according to {speaker.map((party) => <Party party={party} link={link} />)}</span> : null}
      </p>
      <StepWords step={step} />
      <Source {...evidence} link={link} />
    </li>
  );
}

/** Parties of joint plans bear codes instead of an id. */
const namedParty = (party) => ({ ...party, filter: party.codes?.wikidata || party.name });

/** A plan of many documents, or of one, in one form: {what, parties, place, when, history, documents}. */
async function readPlan({ document, item }) {
  const { rows } = await ask("plans", { document, limit: 1000 });
  const row = rows.find((one) => one.id === item);
  if (!row) throw new Error("The document tells of no such plan.");
  if (row.dossier) {
    const told = await ask(`dossiers/${encodeURIComponent(row.dossier)}`);
    return { ...told, parties: (told.parties || []).map(namedParty), documents: told.documents || [] };
  }
  return { ...row, history: (row.history || []).map((step) => ({ ...step, document })), documents: [{ id: document, group: document }] };
}

/** Titles and days of the documents that tell of the plan. */
function useTitles(documents) {
  const ids = documents.slice(0, 20).map((one) => one.id);
  const answer = useAnswer(async () => {
    const rows = await Promise.all(ids.map((document) => ask("documents", { document, limit: 1 })));
    return new Map(rows.map((one, i) => [ids[i], one.rows[0] || {}]));
  }, ids.join("\n"));
  return answer.value || new Map();
}

function Told({ plan, link }) {
  const titles = useTitles(plan.documents);
  const last = plan.history[plan.history.length - 1];
  const stories = new Set(plan.documents.map((one) => one.group)).size;
  return (
    <article class="plan-page">
      <h1 tabindex="-1">{capitalised(plan.what)}{plan.place?.name ? `, ${plan.place.name}` : ""}</h1>
      <p class="lede">
        {last && <Badge status={last.status} before="now: " open />} {plan.parties?.length ? <Parties parties={plan.parties} link={link} /> : null}
        {dayInWords(plan.when) ? ` · meant for ${dayInWords(plan.when)}` : ""}
      </p>
      <p class="note">
        {plural(plan.history.length, "change")}, told by {plural(plan.documents.length, "document")}
        {stories < plan.documents.length ? ` (${stories} without reprints)` : ""}. What a later document only repeats is left out; contradictions stay, each with who says so.
      </p>
      <ol class="timeline">{plan.history.map((step) => <Step step={step} titles={titles} link={link} />)}</ol>
      <section aria-label="Documents">
        <h2>Told by</h2>
        <ul class="list">
          {plan.documents.map(({ id }) => (
            <li class="card">
              <a href={link({ view: "document", options: { document: id } })}>{titles.get(id)?.title || id}</a>
              <span class="note"> {[titles.get(id)?.source, dayInWords(titles.get(id)?.published)].filter(Boolean).join(" · ")}</span>
            </li>
          ))}
        </ul>
      </section>
    </article>
  );
}

export function PlanView({ options, link }) {
  const key = [options.document, options.item].join("\n");
  const answer = useAnswer(() => readPlan(options), key);
  return <Answer answer={answer} tall>{(plan) => <Told plan={plan} link={link} />}</Answer>;
}
