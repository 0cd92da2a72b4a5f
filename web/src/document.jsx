// A document as a person reads it: the article with its evidence, what happened and what did not, plans, who said what, who is who.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useAnswer } from "./address.js";
import { addressOf, ask } from "./api.js";
import { Findings } from "./findings.jsx";
import { Answer } from "./parts.jsx";
import { marksOf, paragraphsOf, partiesOf, sorted, spansOf } from "./record.js";
import { codePoints, pieces } from "./text.jsx";
import { UNREAL, dayInWords, plural } from "./words.js";

const LEGEND = [["ev", "events"], ["st", "statements"], ["pl", "plans"], ["en", "names"], ["ti", "times"]];
const NARROW = "(max-width: 61.99rem)";

function classOf(over) {
  const kinds = new Set(over.flatMap((mark) => (mark.kind === "ev" ? ["ev", mark.status, UNREAL.has(mark.status) ? "unreal" : ""] : [mark.kind])));
  return ["m", ...kinds].filter(Boolean).join(" ");
}

/** One paragraph; of the pieces of an item only the first is a stop of the Tab key. */
function Paragraph({ points, span, marks, seen, hrefOf, onMark }) {
  return (
    <p>
      {pieces(span[0], span[1], marks).map(({ from, to, over }) => {
        const words = points.slice(from, to);
        if (!over.length) return words;
        const top = over.filter((mark) => mark.item).pop();
        const title = over.filter((mark) => mark.title).pop()?.title;
        if (!top || !words.trim()) return <span class={classOf(over)} title={title}>{words}</span>;
        const first = !seen.has(top.item);
        seen.add(top.item);
        return (
          <a class={classOf(over)} title={title} href={hrefOf(top.item)} data-item={top.item} tabindex={first ? undefined : -1}
            onClick={(event) => { event.preventDefault(); onMark(top.item); }}>{words}</a>
        );
      })}
    </p>
  );
}

function Article({ record, points, lit, hidden, hide, hrefOf, onMark, panel }) {
  const marks = useMemo(() => marksOf(record, lit), [record, lit]).filter((mark) => !hidden.has(mark.kind));
  const seen = new Set();
  return (
    <section class="text" ref={panel} aria-label="The article" tabindex="0">
      <fieldset class="legend">
        <legend class="hidden">Show in the text</legend>
        {LEGEND.map(([kind, label]) => (
          <label><input type="checkbox" checked={!hidden.has(kind)} onChange={() => hide(kind)} /> <span class={`m ${kind} occurred`}>{label}</span></label>
        ))}
      </fieldset>
      {record.text ? (
        <div class="prose">
          {paragraphsOf(record.text).map((span) => (
            <Paragraph points={points} span={span} marks={marks} seen={seen} hrefOf={hrefOf} onMark={onMark} />
          ))}
        </div>
      ) : (
        <p class="note">The text was left out of the store; offsets and codes remain.</p>
      )}
    </section>
  );
}

/** Brings what is lit into sight: within the article's own panel on wide screens, on the page on narrow ones. */
function showLit(panel) {
  const on = panel?.querySelector(".prose .on, .prose .near");
  if (!on) return;
  if (matchMedia(NARROW).matches || panel.scrollHeight <= panel.clientHeight + 4) {
    on.scrollIntoView({ block: "center" });
    return;
  }
  panel.scrollTop += on.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
}

/** On narrow screens: the finding that was tapped in the text, at the lower edge. */
function Sheet({ item, close }) {
  const [words, setWords] = useState("");
  useEffect(() => {
    setWords(item ? document.getElementById(`item-${item}`)?.querySelector(".claim")?.textContent || "" : "");
  }, [item]);
  if (!words) return null;
  return (
    <div class="sheet" role="status">
      <p><a href={`#item-${item}`} onClick={(event) => { event.preventDefault(); close(); goTo(item); }}>{words}</a></p>
      <button type="button" aria-label="Close" onClick={close}>×</button>
    </div>
  );
}

function goTo(item) {
  const finding = document.getElementById(`item-${item}`);
  finding?.scrollIntoView({ block: "center" });
  finding?.querySelector("a,button")?.focus({ preventScroll: true });
}

/** `item`, `at`: what is lit at first. `onItem` is told of what is lit later. */
export function Brief({ record, item, at, link, onItem }) {
  const [chosen, setChosen] = useState({ item, at });
  const [tapped, setTapped] = useState("");
  const [hidden, setHidden] = useState(() => new Set(["en", "ti"]));
  const panel = useRef();
  const points = useMemo(() => codePoints(record.text), [record]);
  const parties = useMemo(() => partiesOf(record), [record]);
  const lit = useMemo(() => spansOf(record, chosen.item, chosen.at), [record, chosen]);
  const groups = useMemo(() => sorted(record), [record]);
  useEffect(() => showLit(panel.current), [lit]);
  const choose = (next) => {
    setChosen({ item: next });
    setTapped("");
    onItem?.(next);
  };
  const mark = (next) => {
    choose(next);
    if (matchMedia(NARROW).matches) setTapped(next);
    else document.getElementById(`item-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const hide = (kind) => {
    const next = new Set(hidden);
    if (!next.delete(kind)) next.add(kind);
    setHidden(next);
  };
  const hrefOf = (one) => (!onItem ? `#item-${one}` : link({ view: "document", options: { document: record.id, item: one } }));
  return (
    <article class="story" onKeyDown={(event) => event.key === "Escape" && choose("")}>
      <Heading record={record} points={points} groups={groups} />
      <div class="columns">
        <Article record={record} points={points} lit={lit} hidden={hidden} hide={hide} hrefOf={hrefOf} onMark={mark} panel={panel} />
        <Findings record={record} groups={groups} points={points} parties={parties} chosen={chosen.item} choose={choose} link={link} />
      </div>
      <Sheet item={tapped} close={() => setTapped("")} />
    </article>
  );
}

function Heading({ record, points, groups }) {
  const title = record.title || (record.text ? `${points.slice(0, 90).split("\n")[0]}` : record.id);
  const glance = [
    [groups.happened.length, "happened"], [groups.told.length, "reported by others"], [groups.unreal.length, "not, or not yet"],
  ].filter(([n]) => n);
  return (
    <header>
      <h1 tabindex="-1">{title}</h1>
      <p class="lede">
        {[record.published ? dayInWords(record.published) : "no date", record.origin?.site, (record.authors || []).join(", "), /^sha256:/.test(record.id) ? "" : record.id].filter(Boolean).join(" · ")}
        {/^https?:/.test(record.origin?.url || "") && <> · <a href={record.origin.url} rel="noreferrer noopener">the page it came from</a></>}
      </p>
      <ul class="glance">
        {glance.map(([n, words]) => <li>{n} {words}</li>)}
        <li>{plural((record.statements || []).length, "statement")}</li>
        <li>{plural((record.plans || []).length, "plan")}</li>
      </ul>
    </header>
  );
}

/** A stored document by its id. */
export function DocumentView({ options, link, turn }) {
  const id = options.document || "";
  const path = `documents/${encodeURIComponent(id)}`;
  const answer = useAnswer(() => ask(path), id);
  return (
    <Answer answer={answer} tall>
      {(record) => (
        <>
          <Brief key={[id, options.at].join()} record={record} item={options.item} at={options.at} link={link}
            onItem={(item) => turn({ options: { document: id, item } })} />
          <p class="tools end"><a href={addressOf(path)} download={`${id}.json`}>Save the record (JSON)</a></p>
        </>
      )}
    </Answer>
  );
}
