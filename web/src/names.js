// Names of ids that answers have told so far: an address says "Q22686", a reader wants "Donald Trump".
import { ask } from "./api.js";
import { useAnswer } from "./address.js";

const known = new Map();

export function learnName(id, name) {
  if (id && name) known.set(String(id), name);
}

export function learnParties(parties) {
  for (const party of parties || []) learnName(party.id, party.name);
}

/** Whether a value of a filter is an id, not words that somebody typed. */
const isId = (value) => /^(Q\d+|(person|organization|group|country|place|geonames):.*)$/.test(value);

/** The name of an entity's id; asks the server for one that no answer has told. */
export function useName(value) {
  const wanted = isId(value) && !known.has(value);
  const answer = useAnswer(() => (wanted ? ask("entities", { entity: value, limit: 1 }) : null), value);
  const row = answer.value?.rows?.find((one) => one.id === value);
  if (row) learnName(row.id, row.name);
  return known.get(value) || value.replace(/^[a-z]+:([^:]+).*$/, "$1");
}

export const nameOf = (value) => known.get(String(value)) || value;
