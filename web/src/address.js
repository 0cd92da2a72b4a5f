// What is seen lives in the address: view, filters and how a figure is drawn, so that a link shows the same.
import { useEffect, useRef, useState } from "preact/hooks";

export const FILTERS = [
  "text", "entity", "actor", "recipient", "type", "mode", "status", "quad", "from", "to", "place", "speaker", "source", "confidence",
  "outcome", "kind",
];
const LISTS = new Set(["type", "status", "quad", "mode", "outcome", "kind"]);
/** Which filters rows of a kind know, and the name the server has for them where it is another. */
const SHARED = ["text", "entity", "actor", "recipient", "from", "to", "source"];
const OF_EVENTS = [...SHARED, "type", "mode", "status", "quad", "place", "speaker", "confidence"];
const KNOWN = {
  events: OF_EVENTS, documents: OF_EVENTS, entities: OF_EVENTS, plans: [...SHARED, "place", "outcome"], statements: [...SHARED, "kind"],
};
const RENAMED = { outcome: "status", kind: "type" };
/** What else a view keeps in the address: the document, what is lit in it, the plan, how a figure is drawn. */
const OPTIONS = ["document", "item", "at", "period", "by", "as", "top", "order"];

/** The state that a query string says. */
export function stateOf(search) {
  const query = new URLSearchParams(search);
  const filters = {};
  for (const name of FILTERS) {
    const values = query.getAll(name).filter(Boolean);
    if (values.length) filters[name] = LISTS.has(name) ? values : values[0];
  }
  const options = {};
  for (const name of OPTIONS) if (query.get(name)) options[name] = query.get(name);
  return { view: query.get("view") || "overview", filters, options };
}

export function searchOf({ view, filters = {}, options = {} }) {
  const query = new URLSearchParams();
  if (view && view !== "overview") query.set("view", view);
  for (const [name, value] of [...Object.entries(filters), ...Object.entries(options)]) {
    for (const one of Array.isArray(value) ? value : [value]) if (one) query.append(name, one);
  }
  return `?${query}`;
}

/** The address's state; `go` changes parts of it as a step in the history, `turn` without one; `link` is the address of a change. */
export function useAddress() {
  const [state, setState] = useState(() => stateOf(location.search));
  const now = useRef(state);
  now.current = state;
  useEffect(() => {
    const back = () => setState(stateOf(location.search));
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, []);
  const changed = (change) => ({ ...now.current, options: {}, ...change });
  const move = (how) => (change) => {
    const next = changed(change);
    history[how](null, "", searchOf(next));
    setState(next);
  };
  return { ...state, go: move("pushState"), turn: move("replaceState"), link: (change) => searchOf(changed(change)) };
}

/** The filters that rows of `kind` (events, plans, statements, documents, entities) know, as the server names them. */
export function filtersFor(kind, filters) {
  const out = {};
  for (const name of KNOWN[kind]) if (filters[name]) out[RENAMED[name] || name] = filters[name];
  return out;
}

/** Adds or takes away one value of a filter. */
export function toggled(filters, name, value) {
  const next = { ...filters };
  if (!LISTS.has(name)) {
    if (next[name] === value) delete next[name];
    else next[name] = value;
    return next;
  }
  const values = next[name] || [];
  next[name] = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  if (!next[name].length) delete next[name];
  return next;
}

/** The answer to a question that is asked again when `key` changes; the old one stays until the new one is there. */
export function useAnswer(question, key) {
  const [answer, setAnswer] = useState({ loading: true });
  useEffect(() => {
    let wanted = true;
    setAnswer((old) => ({ ...old, loading: true }));
    Promise.resolve()
      .then(question)
      .then((value) => wanted && setAnswer({ value }))
      .catch((error) => wanted && setAnswer({ error }));
    return () => {
      wanted = false;
    };
  }, [key]);
  return answer;
}
