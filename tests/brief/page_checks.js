// What every page must keep, found by looking at the loaded page: returns a list of faults.
const faults = [];
const ids = new Set();
for (const element of document.querySelectorAll("[id]")) {
  if (ids.has(element.id)) faults.push("id twice: " + element.id);
  ids.add(element.id);
}
for (const link of document.querySelectorAll('a[href^="#"]')) {
  if (!document.getElementById(link.getAttribute("href").slice(1))) faults.push("link to nowhere: " + link.getAttribute("href"));
}
for (const element of document.querySelectorAll("[aria-labelledby]")) {
  if (!document.getElementById(element.getAttribute("aria-labelledby"))) faults.push("label to nowhere: " + element.outerHTML.slice(0, 90));
}
for (const element of document.querySelectorAll("a, button")) {
  const name = (element.getAttribute("aria-label") || element.textContent).trim();
  if (!name && !element.matches(".m")) faults.push("without a name: " + element.outerHTML.slice(0, 90));
}
for (const input of document.querySelectorAll("input")) {
  if (!input.closest("label")) faults.push("input without a label");
}
if (document.querySelectorAll("main").length !== 1 || document.querySelectorAll("h1").length !== 1) faults.push("not one main and one h1");
if (document.documentElement.lang !== "en" || !document.title) faults.push("no language or no title");
let level = 0;
for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
  const here = Number(heading.tagName[1]);
  if (here > level + 1) faults.push("heading skips a level: " + heading.textContent.slice(0, 60));
  level = here;
}
if (performance.getEntriesByType("resource").length) faults.push("something was loaded");
if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push("wider than the window: " + document.documentElement.scrollWidth);

// Contrast of text with what lies behind it, by WCAG 2.
const parts = (colour) => (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
const light = (colour) => {
  const [r, g, b] = parts(colour).slice(0, 3).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    const alpha = parts(colour)[3];
    if (alpha === undefined || alpha > 0) return colour;
  }
  return "rgb(255, 255, 255)";
};
const told = new Set();
for (const element of document.body.querySelectorAll("*")) {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  if (!own || element.matches("script, style, .hidden, .hidden *, .skip") || !element.getClientRects().length) continue;
  const one = light(getComputedStyle(element).color);
  const other = light(behind(element));
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const name = element.tagName + "." + element.className;
  if (ratio < 4.5 && !told.has(name)) {
    told.add(name);
    faults.push(`contrast ${ratio.toFixed(2)}: ${name} "${element.textContent.slice(0, 40)}"`);
  }
}
return faults;
