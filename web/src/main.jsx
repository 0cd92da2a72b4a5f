// The page: views over one address.
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { filtersFor, useAddress, useAnswer } from "./address.js";
import { ask, forgetAnswers } from "./api.js";
import { DocumentView } from "./document.jsx";
import { Chips, FACETS, Filters } from "./filters.jsx";
import { DocumentList, EventList, PartyList, StatementList } from "./lists.jsx";
import { Where } from "./map.jsx";
import { Overview } from "./overview.jsx";
import { WhoToWhom } from "./pairs.jsx";
import { Guard } from "./parts.jsx";
import { PlanList, PlanView } from "./plans.jsx";
import { Read, contentOf } from "./read.jsx";
import { SaveRows } from "./save.jsx";
import { OverTime } from "./time.jsx";
import { count } from "./words.js";
import "./page.css";

/** Views over many documents: name, title, component, and the kind of rows that filters and `Save` are about. */
const VIEWS = [
  ["overview", "Overview", Overview, "events"],
  ["plans", "Plans", PlanList, "plans"],
  ["events", "Events", EventList, "events"],
  ["statements", "Statements", StatementList, "statements"],
  ["time", "Over time", OverTime, "events"],
  ["network", "Who to whom", WhoToWhom, "events"],
  ["map", "Map", Where, "events"],
  ["parties", "Parties", PartyList, "entities"],
  ["documents", "Documents", DocumentList, "documents"],
];
const SINGLE = { plan: PlanView, document: DocumentView };

/** Links within the page change the address without loading it anew. */
function follow(event) {
  const anchor = event.target.closest?.("a[href^='?']");
  if (!anchor || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (anchor.getAttribute("href") === location.search) return;
  history.pushState(null, "", anchor.getAttribute("href"));
  dispatchEvent(new PopStateEvent("popstate"));
  scrollTo(0, 0);
}

function Search({ address }) {
  const { filters, view, go } = address;
  const submit = (event) => {
    event.preventDefault();
    const { text: _, ...others } = filters;
    const words = String(new FormData(event.currentTarget).get("text")).trim();
    const next = SINGLE[view] || view === "read" ? "overview" : view;
    go({ view: next, filters: words ? { ...others, text: words } : others });
  };
  return (
    <form class="search" role="search" onSubmit={submit}>
      <input type="search" name="text" aria-label="Words in the articles" placeholder="Search all articles: summit, “maximum pressure”, sanction*" defaultValue={filters.text || ""} key={filters.text} />
      <button type="submit">Search</button>
    </form>
  );
}

/** Tells that the store has changed since the page asked it. */
function Changes({ onNew }) {
  const [news, setNews] = useState(null);
  const seen = useRef(null);
  useEffect(() => {
    let stream;
    const told = (event) => {
      const state = JSON.parse(event.data);
      if (seen.current !== null && state.revision !== seen.current) setNews(state);
      else seen.current = state.revision;
    };
    // A browser has six connections to a host: pages that nobody looks at do not hold one.
    const listen = () => {
      stream?.close();
      stream = document.hidden ? undefined : new EventSource("/api/changes");
      stream?.addEventListener("store", told);
    };
    listen();
    document.addEventListener("visibilitychange", listen);
    return () => {
      document.removeEventListener("visibilitychange", listen);
      stream?.close();
    };
  }, []);
  const show = () => {
    seen.current = news.revision;
    setNews(null);
    onNew();
  };
  return (
    <div role="status">
      {news && <p class="changed">The store has grown: {count(news.documents)} documents, {count(news.events)} events. <button type="button" onClick={show}>Show them</button></p>}
    </div>
  );
}

function Header({ address }) {
  const { view, link } = address;
  return (
    <header class="masthead">
      <p class="name"><a href="?">Polybius</a></p>
      <Search address={address} />
      <a class="button read-link" href={link({ view: "read", filters: {} })} aria-current={view === "read" ? "page" : undefined}>Read an article</a>
      <nav aria-label="Views">
        {VIEWS.map(([name, title]) => <a href={link({ view: name })} aria-current={name === view ? "page" : undefined}>{title}</a>)}
      </nav>
    </header>
  );
}

/** Files dropped anywhere are read as articles. */
function useDrop(address) {
  const [dropped, setDropped] = useState(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const has = (event) => event.dataTransfer?.types?.includes("Files");
    const drag = (event) => {
      if (!has(event)) return;
      event.preventDefault();
      setOver(event.type === "dragover");
    };
    const drop = async (event) => {
      if (!has(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer.files[0];
      if (!file) return;
      address.go({ view: "read", filters: {} });
      setDropped(await contentOf(file).catch((error) => ({ error })));
    };
    const handlers = { dragover: drag, dragleave: drag, drop };
    for (const [name, handler] of Object.entries(handlers)) addEventListener(name, handler);
    return () => Object.entries(handlers).forEach(([name, handler]) => removeEventListener(name, handler));
  }, []);
  return [dropped, over];
}

/** After a step to another view the reader, by eye or by ear, begins at its title. */
function useTitle(view, title) {
  const before = useRef(view);
  useEffect(() => {
    document.title = title === "Overview" ? "Polybius" : `${title} · Polybius`;
    if (before.current === view) return;
    before.current = view;
    document.querySelector("main")?.focus({ preventScroll: true });
  }, [view, title]);
}

function ManyDocuments({ address, entry }) {
  const [name, title, View, kind] = entry;
  const { filters, go } = address;
  const facets = useAnswer(() => ask("facets", { ...filtersFor("events", filters), facet: FACETS, top: 16 }), JSON.stringify(filters));
  return (
    <div class="with-rail">
      <Filters kind={kind} filters={filters} facets={facets} go={go} />
      <main id="content" tabindex="-1">
        <div class="title"><h1>{title}</h1><SaveRows what={kind} filters={filters} /></div>
        <Chips filters={filters} go={go} />
        <Guard name={name + JSON.stringify(filters)}><View {...address} /></Guard>
      </main>
    </div>
  );
}

function Page() {
  const address = useAddress();
  const [age, setAge] = useState(0);
  const [dropped, over] = useDrop(address);
  const { view } = address;
  const entry = VIEWS.find(([name]) => name === view);
  const Single = SINGLE[view];
  useTitle(view, entry?.[1] || { read: "Read an article", plan: "A plan", document: "A document" }[view] || "Nothing here");
  const renew = () => {
    forgetAnswers();
    setAge(age + 1);
  };
  return (
    <div onClick={follow} class={over ? "over" : ""}>
      <a class="skip" href="#content">Skip to the content</a>
      <Header address={address} />
      <Changes onNew={renew} />
      {entry ? <ManyDocuments key={age} address={address} entry={entry} /> : (
        <main id="content" tabindex="-1" class="whole" key={age}>
          <Guard name={location.search}>
            {Single && <Single {...address} />}
            {view === "read" && <Read dropped={dropped} link={address.link} />}
            {!Single && view !== "read" && <p class="note">There is no such view. <a href="?">Begin at the overview.</a></p>}
          </Guard>
        </main>
      )}
    </div>
  );
}

render(<Page />, document.getElementById("page"));
