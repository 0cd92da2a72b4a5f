// The filters: words, parties, dates, and the counts that say what is there.
import { ask } from "./api.js";
import { toggled, useAnswer } from "./state.js";
import { QUADS, count } from "./words.js";

const FIELDS = [
  ["text", "Words in the text"], ["entity", "Party (either side)"], ["actor", "Who"], ["recipient", "To whom"],
  ["place", "Where"], ["from", "From (2025-10)"], ["to", "To"],
];
const FACETS = ["type", "status", "quad", "actor", "recipient", "place", "source"];

function Chips({ filters, go }) {
  const chips = Object.entries(filters).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, one]),
  );
  if (!chips.length) return null;
  return (
    <p class="chips">
      {chips.map(([name, value]) => (
        <button type="button" onClick={() => go({ filters: toggled(filters, name, value) })} aria-label={`Remove ${name} ${value}`}>
          {name}: {value} <span aria-hidden="true">×</span>
        </button>
      ))}
      <button type="button" class="plainer" onClick={() => go({ filters: {} })}>clear all</button>
    </p>
  );
}

export function Filters({ filters, go }) {
  const key = JSON.stringify(filters);
  const facets = useAnswer(() => ask("facets", { ...filters, facet: FACETS, top: 8 }), key);
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const next = { ...filters };
    for (const [name] of FIELDS) {
      const value = String(form.get(name) || "").trim();
      if (value) next[name] = value;
      else delete next[name];
    }
    go({ filters: next });
  };
  return (
    <aside class="filters" aria-label="Filters">
      <form onSubmit={submit} key={key}>
        {FIELDS.map(([name, label]) => (
          <label>
            {label}
            <input name={name} defaultValue={filters[name] || ""} autocomplete="off" />
          </label>
        ))}
        <button type="submit" class="primary">Show</button>
      </form>
      <Chips filters={filters} go={go} />
      {(facets.value?.rows || []).filter((facet) => facet.values?.length).map((facet) => (
        <fieldset>
          <legend>{facet.name}</legend>
          {facet.values.map((value) => {
            const chosen = [].concat(filters[facet.name] || []).includes(String(value.value));
            return (
              <button type="button" class={`facet ${chosen ? "on" : ""}`} aria-pressed={chosen}
                onClick={() => go({ filters: toggled(filters, facet.name, String(value.value)) })}>
                <span>{facet.name === "quad" ? QUADS[value.value]?.name : value.label || value.value}</span>
                <span class="count">{count(value.count)}</span>
              </button>
            );
          })}
        </fieldset>
      ))}
      {facets.error && <p class="error" role="alert">{facets.error.message}</p>}
    </aside>
  );
}
