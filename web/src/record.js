// A document record as the brief asks it: names of ids, spans of findings, and which findings stand where.
import { UNREAL } from "./words.js";

/** Entities by id, as parties that sentences can name. */
export function partiesOf(record) {
  const byId = new Map();
  for (const entity of record.entities || []) {
    byId.set(entity.id, { ...entity, id: undefined, local: entity.id, filter: entity.codes?.wikidata || entity.name });
  }
  return (ids) => (ids || []).map((id) => byId.get(id)).filter(Boolean);
}

/** Who says a statement, as parties. */
export function speakersOf(statement, parties) {
  const speaker = statement?.speaker;
  return speaker ? parties([speaker.entity, ...(speaker.also || [])].filter(Boolean)) : [];
}

/** Events by how far they can be taken as done: {happened, told, unreal}. */
export function sorted(record) {
  const events = record.events || [];
  return {
    happened: events.filter((event) => !UNREAL.has(event.status) && !event.said_by),
    told: events.filter((event) => !UNREAL.has(event.status) && event.said_by),
    unreal: events.filter((event) => UNREAL.has(event.status)),
  };
}

/** What is lit for an item: {on: spans, near: spans}. Items: ids of events, statements, entities, plans; `p1.0` is a plan's first step. */
export function spansOf(record, item, at) {
  if (/^\d+-\d+$/.test(at || "")) return { on: [at.split("-").map(Number)], near: [] };
  const find = (list, id) => (list || []).find((one) => one.id === id);
  const event = find(record.events, item);
  if (event) return { on: event.trigger || [], near: [record.sentences?.[event.sentence]].filter(Boolean) };
  const statement = find(record.statements, item);
  if (statement) return { on: statement.content || [], near: statement.cue || [] };
  const [id, step] = String(item || "").split(".");
  const plan = find(record.plans, id);
  if (plan) return { on: plan.history.filter((_, i) => step === undefined || i === +step).map((one) => one.evidence), near: [] };
  const entity = find(record.entities, item);
  return { on: (entity?.mentions || []).map((mention) => [mention.begin, mention.end]), near: [] };
}

const RANK = { near: 0, st: 1, pl: 2, en: 3, ti: 3, wa: 4, ev: 5, on: 6 };

/** All marks of a record's text, what lies on top last: [{begin, end, kind, item, status, title}]. */
export function marksOf(record, lit) {
  const marks = [];
  const add = (kind, [begin, end], more) => end > begin && marks.push({ begin, end, kind, ...more });
  for (const one of record.statements || []) for (const span of one.content || []) add("st", span, { item: one.id });
  for (const plan of record.plans || []) {
    plan.history.forEach((step, i) => add("pl", step.evidence, { item: `${plan.id}.${i}` }));
  }
  for (const entity of record.entities || []) {
    for (const mention of entity.mentions) add("en", [mention.begin, mention.end], { title: entity.name });
  }
  for (const time of record.times || []) add("ti", [time.begin, time.end], { title: time.value });
  for (const warning of record.warnings || []) {
    if (warning.end !== undefined) add("wa", [warning.begin, warning.end], { title: warning.message });
  }
  for (const event of record.events || []) for (const span of event.trigger || []) add("ev", span, { item: event.id, status: event.status });
  for (const span of lit.near) add("near", span);
  for (const span of lit.on) add("on", span);
  return marks.sort((a, b) => RANK[a.kind] - RANK[b.kind]);
}

/** Paragraphs as spans of code points. */
export function paragraphsOf(text) {
  const spans = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const length = Array.from(line).length;
    if (length) spans.push([at, at + length]);
    at += length + 1;
  }
  return spans;
}
