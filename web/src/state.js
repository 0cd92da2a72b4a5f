// What is seen lives in the address: view and filters, so that a link shows the same.
import { useEffect, useState } from "preact/hooks";

export const FILTERS = [
  "text", "entity", "actor", "recipient", "type", "status", "quad", "from", "to", "place", "speaker", "source",
];
const LISTS = new Set(["type", "status", "quad"]);

function parse() {
  const query = new URLSearchParams(location.search);
  const filters = {};
  for (const name of FILTERS) {
    const values = query.getAll(name).filter(Boolean);
    if (values.length) filters[name] = LISTS.has(name) ? values : values[0];
  }
  return { view: query.get("view") || "events", document: query.get("document"), item: query.get("item"), filters };
}

function addressOf({ view, document, item, filters }) {
  const query = new URLSearchParams();
  query.set("view", view);
  for (const [name, value] of Object.entries(filters)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one) query.append(name, one);
  }
  if (document) query.set("document", document);
  if (item) query.set("item", item);
  return `?${query}`;
}

/** The state of the address, and `go`, which changes parts of it and makes a step in the history. */
export function useAddress() {
  const [state, setState] = useState(parse);
  useEffect(() => {
    const back = () => setState(parse());
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, []);
  const go = (change) => {
    const next = { ...parse(), document: null, item: null, ...change };
    history.pushState(null, "", addressOf(next));
    setState(next);
    if (change.view || change.document) scrollTo(0, 0);
  };
  const link = (change) => addressOf({ ...state, document: null, item: null, ...change });
  return { ...state, go, link };
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
  next[name] = values.includes(value) ? values.filter((v) => v !== value) : [...values, value];
  if (!next[name].length) delete next[name];
  return next;
}

/** The answer to a question that is asked again when `key` changes. */
export function useAnswer(question, key) {
  const [answer, setAnswer] = useState({ loading: true });
  useEffect(() => {
    let wanted = true;
    setAnswer((old) => ({ ...old, loading: true }));
    question()
      .then((value) => wanted && setAnswer({ value }))
      .catch((error) => wanted && setAnswer({ error }));
    return () => {
      wanted = false;
    };
  }, [key]);
  return answer;
}
