// The SHA-256 of everything that the page is built from; tests/web/check_built.py computes the same.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const FILES = ["src/brief/phrases.cc", "web/index.html", "web/package-lock.json", "web/package.json", "web/vite.config.js"];
const FOLDERS = ["web/plugins", "web/public", "web/src"];

export function sourceHash() {
  const inside = (folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`);
  const hash = createHash("sha256");
  for (const name of [...FILES, ...FOLDERS.flatMap(inside)].sort()) {
    hash.update(`${name}\0`).update(readFileSync(join(ROOT, name))).update("\0");
  }
  return hash.digest("hex");
}
