// The filters: who, whom, where, when, and the counts that say what is there.
import { useState } from "preact/hooks";
import { toggled, useAnswer } from "./address.js";
import { ask } from "./api.js";
import { learnName, nameOf, useName } from "./names.js";
import { QUADS, count, statusWord } from "./words.js";

const FIELDS = [
  ["entity", "Party, on either side", "Name, Wikidata id or code"],
  ["actor", "Who", ""],
  ["recipient", "To whom", ""],
  ["place", "Where", "Place or country"],
];
const DATES = [["from", "From"], ["to", "Until"]];
const LABELS = {
  quad: "Kind", type: "Type", status: "Did it happen?", actor: "Who", recipient: "To whom", place: "Where", source: "Source", speaker: "Told by",
  entity: "Party", text: "Words", from: "From", to: "Until", mode: "Mode", outcome: "What became of it", kind: "Kind of statement", confidence: "At least sure",
};
export const FACETS = ["quad", "type", "status", "actor", "recipient", "place", "source"];
const SHARED_FACETS = new Set(["actor", "recipient", "place", "source"]);
const FIXED = {
  plans: ["outcome", ["announced", "confirmed", "postponed", "cancelled", "not_ruled_out", "under_way", "held", "proposed"]],
  statements: ["kind", ["direct", "indirect", "mixed", "attitude"]],
};
const SHOWN = 6;

/** What a value of a filter is called. */
export function wordOf(name, value) {
  if (name === "quad") return QUADS[value]?.name || value;
  if (name === "status" || name === "outcome") return statusWord(value);
  if (name === "type") return value;
  if (name === "confidence") return `${Math.round(value * 100)} %`;
  return nameOf(value);
}

function Chip({ name, value, go, filters }) {
  const told = useName(value);
  const word = ["entity", "actor", "recipient", "speaker"].includes(name) ? told : wordOf(name, value);
  return (
    <li>
      <button type="button" onClick={() => go({ filters: toggled(filters, name, value) })}>
        <span class="hidden">Remove filter </span>
        <span class="soft">{LABELS[name]}</span> {word} <span aria-hidden="true">×</span>
      </button>
    </li>
  );
}

/** What the view is held to, each to be taken away by a click. */
export function Chips({ filters, go }) {
  const chips = Object.entries(filters).flatMap(([name, value]) => [].concat(value).map((one) => [name, one]));
  if (!chips.length) return null;
  return (
    <ul class="chips" aria-label="Filters in force">
      {chips.map(([name, value]) => <Chip key={name + value} name={name} value={value} filters={filters} go={go} />)}
      {chips.length > 1 && <li><button type="button" class="plain" onClick={() => go({ filters: {} })}>Clear all</button></li>}
    </ul>
  );
}

/** A field for a party; offers the commonest names of the store, and those that have the words typed. */
function PartyField({ name, label, hint, value }) {
  const [words, setWords] = useState(null);
  const told = useName(value || "");
  const party = name !== "place";
  const offers = useAnswer(() => (party && words !== null ? ask("entities", { text: words, limit: 40 }) : null), words);
  return (
    <label>
      {label}
      <input name={name} defaultValue={party ? told : nameOf(value || "")} placeholder={hint} autocomplete="off" key={told}
        list={party ? `offers-${name}` : undefined} onFocus={() => setWords(words || "")} onInput={(e) => setWords(e.currentTarget.value.trim())} />
      {party && <datalist id={`offers-${name}`}>{(offers.value?.rows || []).map((row) => <option value={row.name} />)}</datalist>}
    </label>
  );
}

function Facet({ name, values, filters, go }) {
  const [all, setAll] = useState(false);
  const chosen = new Set([].concat(filters[name] || []));
  const most = Math.max(...values.map((value) => value.count), 1);
  const shown = values.filter((value, i) => all || i < SHOWN || chosen.has(String(value.value)));
  return (
    <fieldset>
      <legend>{LABELS[name]}</legend>
      {shown.map(({ value, label, count: n }) => (
        <button type="button" class={`facet ${name === "quad" ? `q${value}` : ""}`} aria-pressed={chosen.has(String(value))}
          onClick={() => go({ filters: toggled(filters, name, String(value)) })}>
          <span class="bar" style={{ width: `${(100 * (n || 0)) / most}%` }} />
          <span class="word">{["quad", "status", "outcome"].includes(name) ? wordOf(name, String(value)) : label || value}</span>
          {n !== undefined && <span class="number">{count(n)}</span>}
        </button>
      ))}
      {values.length > SHOWN && (
        <button type="button" class="plain more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `${values.length - SHOWN} more`}<span class="hidden"> of {LABELS[name]}</span>
        </button>
      )}
    </fieldset>
  );
}

/** The new filters that the form says; a field left as it was keeps its id. */
function filtersOf(form, filters) {
  const next = { ...filters };
  for (const name of [...FIELDS, ...DATES].map(([field]) => field).concat(form.has("confidence") ? "confidence" : [])) {
    const value = String(form.get(name) || "").trim();
    if (!value) delete next[name];
    else if (value !== nameOf(filters[name])) next[name] = value;
  }
  return next;
}

/** The column of filters. `kind`: of the rows that the view shows. */
export function Filters({ kind, filters, facets, go }) {
  const [open, setOpen] = useState(false);
  const rows = facets.value?.rows || [];
  for (const facet of rows) for (const value of facet.values) if (value.label) learnName(value.value, value.label);
  const fixed = FIXED[kind];
  const submit = (event) => {
    event.preventDefault();
    setOpen(false);
    go({ filters: filtersOf(new FormData(event.currentTarget), filters) });
  };
  return (
    <aside class={`rail ${open ? "open" : ""}`} aria-label="Filters">
      <button type="button" class="toggle" aria-expanded={open} onClick={() => setOpen(!open)}>Filters</button>
      <div class="inside">
        <form onSubmit={submit} key={JSON.stringify(filters)}>
          {FIELDS.map(([name, label, hint]) => <PartyField name={name} label={label} hint={hint} value={filters[name]} />)}
          <div class="two">
            {DATES.map(([name, label]) => (
              <label>
                {label}
                <input name={name} defaultValue={filters[name] || ""} placeholder="2018-05" pattern="\d{4}(-\d{2}(-\d{2})?)?" autocomplete="off"
                  title="A day, a month or a year: 2018-05-24, 2018-05, 2018" />
              </label>
            ))}
          </div>
          {kind === "events" && (
            <label>
              At least so sure
              <select name="confidence">
                <option value="">any</option>
                {["0.5", "0.7", "0.9"].map((share) => <option value={share} selected={filters.confidence === share}>{share * 100} %</option>)}
              </select>
            </label>
          )}
          <button type="submit">Apply</button>
        </form>
        {fixed && <Facet name={fixed[0]} values={fixed[1].map((value) => ({ value }))} filters={filters} go={go} />}
        {rows.filter(({ name, values }) => values.length && (kind === "events" || SHARED_FACETS.has(name))).map(({ name, values }) => (
          <Facet key={name} name={name} values={kind === "events" ? values : values.map(({ value, label }) => ({ value, label }))} filters={filters} go={go} />
        ))}
        {facets.error && <p class="fault" role="alert">{facets.error.message}</p>}
      </div>
    </aside>
  );
}
