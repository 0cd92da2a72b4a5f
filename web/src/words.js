// Codes as a reader would say them.

export const QUADS = {
  1: { name: "cooperation in words", colour: "var(--quad1)" },
  2: { name: "cooperation in deeds", colour: "var(--quad2)" },
  3: { name: "conflict in words", colour: "var(--quad3)" },
  4: { name: "conflict in deeds", colour: "var(--quad4)" },
};

export const TYPES = [
  "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
  "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
];
export const STATUSES = [
  "occurred", "ongoing", "planned", "postponed", "cancelled", "threatened", "denied", "hypothetical",
];
/** Those that say: it did not happen, or not yet. */
export const UNREAL = new Set(["planned", "postponed", "cancelled", "threatened", "denied", "hypothetical"]);

export const names = (entities) => (entities || []).map((e) => e.name).join(", ");

/** "24 October 2025" of an ISO date, a month or a year; other TIMEX3 values as they are. */
export function dayInWords(value) {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(value || "");
  if (!match || /W|Q|S[PU]|FA|WI/.test(value)) return value || "";
  const [, year, month, day] = match;
  if (!month) return year;
  const date = new Date(Date.UTC(+year, +month - 1, +(day || 1)));
  const options = { month: "long", year: "numeric", timeZone: "UTC", ...(day ? { day: "numeric" } : {}) };
  return date.toLocaleDateString("en-GB", options);
}

export const count = (number) => Number(number || 0).toLocaleString("en-GB");
