// What the page takes from elsewhere when it is built: the brief's phrases, the outline of the world, and the hash of its sources.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { sourceHash } from "./source_hash.js";

const PHRASES = resolve(import.meta.dirname, "../../src/brief/phrases.cc");
const FIELDS = ["mode", "base", "past", "gerund", "rest"];

/** A module `virtual:NAME` that `make` writes. */
function virtualModule(name, make) {
  const id = `virtual:${name}`;
  return {
    name: `polybius-${name}`,
    resolveId: (asked) => (asked === id ? `\0${id}` : undefined),
    load: (asked) => (asked === `\0${id}` ? make() : undefined),
  };
}

/** The verbs of the brief, read from the one table that has them: {general: [...], coded: {CAMEO: ...}}. */
export function phrases() {
  return virtualModule("phrases", () => {
    const text = readFileSync(PHRASES, "utf-8");
    const cells = '(\\w+), "([^"]*)", "([^"]*)", "([^"]*)", "([^"]*)", "([^"]*)"';
    const row = ([type, ...rest]) => ({ type, ...Object.fromEntries(FIELDS.map((field, i) => [field, rest[i]])) });
    const general = [...text.matchAll(new RegExp(`^ *Phrase\\{${cells}\\}`, "gm"))].map((match) => row(match.slice(1)));
    const coded = [...text.matchAll(new RegExp(`CodedPhrase\\{"(\\d+)", \\{${cells}\\}\\}`, "g"))];
    if (general.length < 60 || coded.length < 20) throw new Error(`${PHRASES}: the table of phrases is not what it was`);
    const byCode = Object.fromEntries(coded.map((match) => [match[1], row(match.slice(2))]));
    return `export const GENERAL = ${JSON.stringify(general)};\nexport const CODED = ${JSON.stringify(byCode)};\n`;
  });
}

export const WORLD_SIZE = [1000, 500];

/** Land and the lines between countries as paths in the projection that src/map.jsx has for points. */
export function world() {
  return virtualModule("world", () => {
    const read = (name) => JSON.parse(readFileSync(resolve(import.meta.dirname, `../node_modules/world-atlas/${name}`), "utf-8"));
    const [land, countries] = [read("land-110m.json"), read("countries-110m.json")];
    const path = geoPath(geoNaturalEarth1().scale(175).translate([WORLD_SIZE[0] / 2, WORLD_SIZE[1] / 2])).digits(1);
    const lines = mesh(countries, countries.objects.countries, (a, b) => a !== b);
    const out = { sphere: path({ type: "Sphere" }), land: path(feature(land, land.objects.land)), lines: path(lines) };
    return `export const WORLD = ${JSON.stringify(out)};\n`;
  });
}

/** Writes the hash of all sources into the page, so that a test sees when they are newer than what is built. */
export function sources() {
  return {
    name: "polybius-sources",
    transformIndexHtml: () => [{ tag: "meta", attrs: { name: "sources", content: sourceHash() }, injectTo: "head" }],
  };
}
