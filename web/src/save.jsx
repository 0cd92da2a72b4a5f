// Handing on what is seen: rows as files that the server makes, figures as SVG, the page on paper.
import { filtersFor } from "./address.js";
import { addressOf } from "./api.js";

const ROW_FORMATS = [["csv", "CSV"], ["jsonl", "JSON Lines"]];
const EVENT_FORMATS = [["plover", "PLOVER (JSON)"], ["polecat", "POLECAT"], ["icews", "ICEWS"], ["gdelt", "GDELT 2.0"], ["cameo", "PETRARCH lines (CAMEO)"], ["records", "Whole records"]];
const COPIED = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "font-family", "font-size", "font-weight", "paint-order", "opacity"];

/** A menu of files with all that the filters find. */
export function SaveRows({ what, filters }) {
  const formats = what === "events" ? [...ROW_FORMATS, ...EVENT_FORMATS] : ROW_FORMATS;
  const close = (event) => event.key === "Escape" && event.currentTarget.removeAttribute("open");
  return (
    <details class="menu" onKeyDown={close}>
      <summary>Save</summary>
      <ul>
        {formats.map(([format, label]) => (
          <li><a href={addressOf("export", { ...filtersFor(what, filters), what: format in { csv: 1, jsonl: 1 } ? what : "", format })} download>{label}</a></li>
        ))}
        <li><button type="button" onClick={() => print()}>Print</button></li>
      </ul>
    </details>
  );
}

/** A copy of an SVG that keeps its looks without the page's style sheet. */
function standalone(svg) {
  const copy = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of COPIED) to[i].setAttribute(name, style.getPropertyValue(name));
  });
  copy.querySelectorAll("a").forEach((anchor) => anchor.removeAttribute("href"));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.style.background = getComputedStyle(document.body).backgroundColor;
  return new XMLSerializer().serializeToString(copy);
}

/** Saves the figure of the view as an SVG file. */
export function SaveFigure({ name }) {
  const save = () => {
    const svg = document.querySelector("main .figure svg");
    if (!svg) return;
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([standalone(svg)], { type: "image/svg+xml" }));
    anchor.download = `${name}.svg`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
  };
  return <button type="button" class="plain" onClick={save}>Save the figure (SVG)</button>;
}
