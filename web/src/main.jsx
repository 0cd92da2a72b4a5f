// The page: views over one address.
import { render } from "preact";
import { ask, queryOf } from "./api.js";
import { Brief } from "./brief.jsx";
import { OverTime, Where, WhoToWhom } from "./figures.jsx";
import { Filters } from "./filters.jsx";
import { DocumentList, EventList, PlanList, StatementList } from "./lists.jsx";
import { Read } from "./read.jsx";
import { useAddress, useAnswer } from "./state.js";
import "./page.css";

const VIEWS = [
  ["events", "Events", EventList], ["plans", "Plans", PlanList], ["statements", "Statements", StatementList], ["time", "Over time", OverTime],
  ["pairs", "Who to whom", WhoToWhom], ["map", "Map", Where], ["documents", "Documents", DocumentList],
];
/** What `export` calls what a view shows; the figures show events. */
const EXPORTED = { plans: "plans", statements: "statements", documents: "documents" };

function DocumentView({ id, item }) {
  const { value, error } = useAnswer(() => ask(`documents/${encodeURIComponent(id)}`), id);
  if (error) return <p class="error" role="alert">{error.message}</p>;
  return value ? <Brief key={id} record={value} item={item} /> : <p class="muted" role="status">Asking…</p>;
}

function Page() {
  const address = useAddress();
  const { view, document: id, item, filters, go, link } = address;
  const follow = (event) => {
    const anchor = event.target.closest?.("a[href^='?']");
    if (!anchor || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", anchor.getAttribute("href"));
    dispatchEvent(new PopStateEvent("popstate"));
    scrollTo(0, 0);
  };
  const found = VIEWS.find(([name]) => name === view);
  const View = found?.[2];
  return (
    <div onClick={follow}>
      <a class="skip" href="#content">Skip to the content</a>
      <header class="top">
        <h1><a href="?view=events">Polybius</a></h1>
        <nav aria-label="Views">
          {VIEWS.map(([name, label]) => (
            <a href={link({ view: name })} aria-current={name === view ? "page" : undefined}>{label}</a>
          ))}
          <a href={link({ view: "read" })} aria-current={view === "read" ? "page" : undefined}>Read an article</a>
        </nav>
      </header>
      <div class={View ? "with-filters" : "whole"}>
        {View && <Filters filters={filters} go={go} />}
        <main id="content">
          {View && (
            <>
              <p class="tools end">
                <a href={`/api/export${queryOf({ ...filters, what: EXPORTED[view] || "events", format: "csv" })}`} download>Save as CSV</a>
                <a href={`/api/export${queryOf({ ...filters, what: EXPORTED[view] || "events", format: "jsonl" })}`} download>JSON Lines</a>
              </p>
              <View filters={filters} link={link} go={go} />
            </>
          )}
          {view === "document" && id && <DocumentView id={id} item={item} />}
          {view === "read" && <Read />}
        </main>
      </div>
    </div>
  );
}

render(<Page />, document.getElementById("page"));
