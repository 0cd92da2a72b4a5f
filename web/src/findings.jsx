// The findings of one document: events by whether they happened, plans, statements, parties, and what looked wrong.
import { Badge, Claim, Party } from "./parts.jsx";
import { speakersOf } from "./record.js";
import { Quoted, excerpt } from "./text.jsx";
import { UNREAL, capitalised, dayInWords, statusMark } from "./words.js";

function Section({ title, note, name, children }) {
  return (
    <section class={name} aria-label={title}>
      <h2>{title}</h2>
      {note && <p class="note">{note}</p>}
      {children}
    </section>
  );
}

/** "in the text": lights the words of an item; the one way there for keys and screen readers. */
function To({ item, choose, what }) {
  return (
    <button type="button" class="to" onClick={(event) => { event.stopPropagation(); choose(item); }}>
      in the text<span class="hidden">: {what}</span>
    </button>
  );
}

function EventItem({ event, context }) {
  const { record, points, parties, chosen, choose, link } = context;
  const said = (record.statements || []).find((statement) => statement.id === event.said_by);
  const speakers = speakersOf(said, parties);
  const [begin, end] = record.sentences?.[event.sentence] || [0, 0];
  return (
    <li class={`finding ${event.status} ${UNREAL.has(event.status) ? "unreal" : ""} ${chosen === event.id ? "on" : ""}`} id={`item-${event.id}`}
      onClick={() => choose(event.id)}>
      <p class="claim">
        {UNREAL.has(event.status) || event.status === "ongoing" ? <Badge status={event.status} /> : null}{" "}
        <Claim event={event} actors={parties(event.actor)} recipients={parties(event.recipient)} link={link} />
        {said && <span class="who">, according to {speakers.length ? speakers.map((party) => <Party party={party} link={link} />) : "a speaker not named"}</span>}
        <span class="when">{[dayInWords(event.time?.value), event.place?.name].filter(Boolean).map((words) => ` · ${words}`)}</span>
      </p>
      {record.text && end > begin && <Quoted words={points.slice(begin, end)} offset={begin} spans={event.trigger} />}
      <p class="why">
        <To item={event.id} choose={choose} what={event.type} /> <span class="to">· </span>{event.type}{event.mode ? `/${event.mode}` : ""} · CAMEO {event.cameo} ·{" "}
        {Math.round((event.confidence || 0) * 100)} % sure · {event.why}
      </p>
    </li>
  );
}

function Events({ title, note, name, events, context }) {
  if (!events.length) return null;
  return (
    <Section title={title} note={note} name={name}>
      <ol class="list">{events.map((event) => <EventItem event={event} context={context} />)}</ol>
    </Section>
  );
}

function PlanItem({ plan, context }) {
  const { record, points, parties, chosen, choose, link } = context;
  const last = plan.history[plan.history.length - 1];
  return (
    <li class="plan" id={`item-${plan.id}`}>
      <h3>{capitalised(plan.what)}{plan.place?.name ? `, ${plan.place.name}` : ""} {last && <Badge status={last.status} before="now: " open />}</h3>
      <p class="note">
        {parties(plan.parties).map((party, i) => <>{i ? ", " : ""}<Party party={party} link={link} /></>)}
        {dayInWords(plan.when) ? ` · meant for ${dayInWords(plan.when)}` : ""}
      </p>
      <ol class="timeline">
        {plan.history.map((step, i) => {
          const item = `${plan.id}.${i}`;
          const speakers = speakersOf((record.statements || []).find((one) => one.id === step.said_by), parties);
          return (
            <li class={`step ${step.status} ${chosen === item ? "on" : ""}`} id={`item-${item}`} onClick={() => choose(item)}>
              <span class="dot" aria-hidden="true">{statusMark(step.status)}</span>
              <p class="claim">
                <time>{dayInWords(step.time) || "day not known"}</time> <Badge status={step.status} open />
                {speakers.length ? <span class="who"> according to {speakers[0].name}</span> : null}
              </p>
              {record.text && <blockquote>{excerpt(points.slice(...step.evidence))}</blockquote>}
              <p class="why"><To item={item} choose={choose} what={step.status} /></p>
            </li>
          );
        })}
      </ol>
    </li>
  );
}

/** Statements in the order of the text, those of one speaker in a row together. */
function voicesOf(statements) {
  const voices = [];
  for (const statement of statements) {
    const key = statement.speaker?.entity || "";
    const last = voices[voices.length - 1];
    if (last && last.key === key) last.statements.push(statement);
    else voices.push({ key, statements: [statement] });
  }
  return voices;
}

function Voice({ voice, context }) {
  const { points, parties, chosen, choose, link } = context;
  const speaker = parties([voice.key])[0];
  const words = (spans) => (spans || []).map(([begin, end]) => points.slice(begin, end)).join(" … ");
  return (
    <li class="voice">
      <h3>{speaker ? <Party party={speaker} link={link} /> : <i>Speaker not named</i>} {speaker?.role?.title ? <span>{speaker.role.title}</span> : null}</h3>
      <ol>
        {voice.statements.map((statement) => (
          <li class={`said ${statement.kind} ${chosen === statement.id ? "on" : ""}`} id={`item-${statement.id}`} onClick={() => choose(statement.id)}>
            <p class="claim small">{[words(statement.cue) || statement.kind, dayInWords(statement.time)].filter(Boolean).join(" · ")} <To item={statement.id} choose={choose} what={words(statement.content).slice(0, 40)} /></p>
            <blockquote>{words(statement.content)}</blockquote>
          </li>
        ))}
      </ol>
    </li>
  );
}

function WhoIsWho({ context }) {
  const { record, chosen, choose, parties, link } = context;
  const entities = [...(record.entities || [])].sort((a, b) => b.mentions.length - a.mentions.length);
  return (
    <div class="scroll" tabindex="0" role="region" aria-label="Parties, scrolls sideways">
      <table class="parties">
        <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Codes</th><th scope="col">Mentions</th></tr></thead>
        <tbody>
          {entities.map((entity) => (
            <tr class={chosen === entity.id ? "on" : ""} id={`item-${entity.id}`} onClick={() => choose(entity.id)}>
              <th scope="row"><Party party={parties([entity.id])[0]} link={link} />{entity.role?.title ? <span class="note"> {entity.role.title}</span> : null}</th>
              <td>{entity.kind}</td>
              <td class="codes">{[...(entity.codes?.cameo || []).slice(0, 2), entity.codes?.wikidata].filter(Boolean).join(" ")}</td>
              <td class="count"><button type="button" class="to" onClick={(e) => { e.stopPropagation(); choose(entity.id); }}>{entity.mentions.length}<span class="hidden"> of {entity.name} in the text</span></button></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** All findings; `context` is what each needs to draw itself. */
export function Findings({ groups, ...context }) {
  const { record, points } = context;
  const plans = record.plans || [];
  const statements = record.statements || [];
  const warnings = record.warnings || [];
  const removed = record.removed || [];
  return (
    <div class="findings">
      {!(record.events || []).length && <Section title="What happened"><p class="note">The article tells of no event that Polybius knows.</p></Section>}
      <Events title="What happened" name="happened" events={groups.happened} context={context} />
      <Events title="What others say happened" name="told" note="Told by the persons named, not by the article itself." events={groups.told} context={context} />
      <Events title="What did not happen, or not yet" name="unreal" note="Planned, put off, called off, threatened, denied or only supposed." events={groups.unreal} context={context} />
      {plans.length > 0 && (
        <Section title="Plans and what became of them" name="plans"><ul class="list">{plans.map((plan) => <PlanItem plan={plan} context={context} />)}</ul></Section>
      )}
      {statements.length > 0 && (
        <Section title="Who said what" name="voices" note="Their words, not facts."><ol class="list">{voicesOf(statements).map((voice) => <Voice voice={voice} context={context} />)}</ol></Section>
      )}
      {(record.entities || []).length > 0 && <Section title="Who is who" name="who-is-who"><WhoIsWho context={context} /></Section>}
      {warnings.length + removed.length > 0 && (
        <Section title="What looked wrong, and what was taken out" name="rest">
          <ul class="list">
            {warnings.map((warning) => (
              <li><code>{warning.code}</code> {warning.message}{warning.end > warning.begin && record.text ? <q>{points.slice(warning.begin, warning.end)}</q> : null}</li>
            ))}
            {removed.map((one) => <li><del>{one.text}</del> <span class="note">{one.why}</span></li>)}
          </ul>
        </Section>
      )}
    </div>
  );
}
