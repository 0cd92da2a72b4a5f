// Codes, days and events as a reader would say them.
import { CODED, GENERAL } from "virtual:phrases";

export const QUADS = {
  1: { name: "cooperation in words", short: "agree, meet, support" },
  2: { name: "cooperation in deeds", short: "cooperate, aid, yield" },
  3: { name: "conflict in words", short: "demand, accuse, reject, threaten" },
  4: { name: "conflict in deeds", short: "protest, sanction, coerce, attack" },
};

/** PLOVER's types with their quad, from the friendliest to the fiercest. */
export const TYPES = {
  AGREE: 1, CONSULT: 1, SUPPORT: 1, CONCEDE: 1, COOPERATE: 2, AID: 2, RETREAT: 2, REQUEST: 3, ACCUSE: 3, REJECT: 3, THREATEN: 3,
  PROTEST: 4, SANCTION: 4, MOBILIZE: 4, COERCE: 4, ASSAULT: 4,
};

export const STATUS_WORDS = {
  occurred: "happened", ongoing: "under way", cancelled: "called off", under_way: "under way", not_ruled_out: "not ruled out",
};
const MARKS = {
  occurred: "●", ongoing: "◐", planned: "○", postponed: "◷", cancelled: "✕", threatened: "!", denied: "⊘", hypothetical: "?",
  proposed: "◌", announced: "○", confirmed: "◎", not_ruled_out: "?", under_way: "◐", held: "●",
};
/** Those that say: it did not happen, or not yet. */
export const UNREAL = new Set(["planned", "postponed", "cancelled", "threatened", "denied", "hypothetical"]);

export const statusWord = (status) => STATUS_WORDS[status] || String(status || "").replaceAll("_", " ");
export const statusMark = (status) => MARKS[status] || "·";
export const quadsOf = (row) => [1, 2, 3, 4].map((quad) => row.quads?.[quad] || 0);
export const count = (number) => Number(number || 0).toLocaleString("en-GB");
export const capitalised = (words) => (words ? words[0].toUpperCase() + words.slice(1) : "");

export const plural = (number, word) => `${count(number)} ${number === 1 ? word : word.replace(/y$/, "ie")}${number === 1 ? "" : "s"}`;

/** "A, B and C". */
export function listed(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

function phraseOf(event) {
  if (CODED[event.cameo]) return CODED[event.cameo];
  const fitting = GENERAL.filter((phrase) => phrase.type === event.type);
  return fitting.find((phrase) => phrase.mode === (event.mode || "")) || fitting.find((phrase) => !phrase.mode) || GENERAL[0];
}

const BENDS = {
  ongoing: ["is ", "are ", "gerund"], planned: ["is to ", "are to ", "base"], postponed: ["was to ", "were to ", "base"],
  cancelled: ["was to ", "were to ", "base"], threatened: ["threatens to ", "threaten to ", "base"], denied: ["did not ", "did not ", "base"],
  hypothetical: ["might ", "might ", "base"],
};

/**
 * "A and B were to meet": pieces [{words, party}] of a sentence, `party` where the words name one.
 * `actors`, `recipients`: [{name, id}].
 */
export function sentenceOf(event, actors, recipients) {
  const phrase = phraseOf(event);
  const [one, many, form] = BENDS[event.status] || ["", "", "past"];
  const several = actors.length > 1 || (actors[0]?.kind === "group" || /^group:/.test(actors[0]?.id || ""));
  const named = (parties, capital) =>
    parties.flatMap((party, i) => [
      ...(i ? [{ words: i + 1 === parties.length ? " and " : ", ", between: true }] : []),
      { words: capital && !i ? capitalised(party.name) : party.name, party },
    ]);
  const [, before, inner, after] = /^([^[]*)(?:\[([^\]]*)\])?(.*)$/.exec(phrase.rest);
  const [withThem, without = ""] = (inner || "").split("|");
  const [left, right = ""] = withThem.split("%");
  const middle = recipients.length ? [{ words: left }, ...named(recipients), { words: right }] : [{ words: without }];
  return [
    ...(actors.length ? named(actors, true) : [{ words: "Someone unnamed" }]),
    { words: ` ${several ? many : one}${phrase[form]}${before}` },
    ...middle,
    { words: after },
  ].filter((piece) => piece.words);
}

const MONTHS = "January February March April May June July August September October November December".split(" ");
const WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const SEASONS = { SP: "spring", SU: "summer", FA: "autumn", AU: "autumn", WI: "winter" };
const UNITS = { Y: "year", M: "month", W: "week", D: "day" };

/** The Monday of an ISO week as a Date in UTC. */
export function mondayOf(year, week) {
  const fourth = new Date(Date.UTC(year, 0, 4));
  fourth.setUTCDate(4 - ((fourth.getUTCDay() + 6) % 7) + (week - 1) * 7);
  return fourth;
}

const dayWords = (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

function weekWords(year, week, rest) {
  if (year === "XXXX") return WEEKDAYS[rest - 1] ? `a ${WEEKDAYS[rest - 1]}, date not known` : "a week not known";
  const monday = mondayOf(+year, +week);
  if (/^[1-7]$/.test(rest || "")) monday.setUTCDate(monday.getUTCDate() + +rest - 1);
  else return `${rest === "WE" ? "weekend" : "week"} of ${dayWords(monday)}`;
  return dayWords(monday);
}

/** "24 October 2025" of a TIMEX3 value or an ISO date. */
export function dayInWords(value) {
  if (!value) return "";
  const week = /^(\d{4}|XXXX)-W(\d\d|XX)(?:-(\d|WE))?/.exec(value);
  if (week) return weekWords(week[1], week[2], week[3]);
  const season = /^(\d{4})-(SP|SU|FA|AU|WI)$/.exec(value);
  if (season) return `${SEASONS[season[2]]} ${season[1]}`;
  const part = /^(\d{4})-([QH])([1-4])$/.exec(value);
  if (part) return `${part[2] === "Q" ? "quarter" : "half"} ${part[3]} of ${part[1]}`;
  const date = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(value);
  if (date) return [date[3] && +date[3], date[2] && MONTHS[date[2] - 1], date[1]].filter(Boolean).join(" ");
  const decade = /^(\d{3})X?$/.exec(value);
  if (decade) return `the ${decade[1]}0s`;
  const span = /^P(\d+)([YMWD])$/.exec(value);
  if (span) return plural(+span[1], UNITS[span[2]]);
  return { PRESENT_REF: "now", PAST_REF: "earlier", FUTURE_REF: "later" }[value] || "";
}
