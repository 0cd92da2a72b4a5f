// Small pieces that several views share.
import { Component } from "preact";
import { learnParties } from "./names.js";
import { UNREAL, capitalised, sentenceOf, statusMark, statusWord } from "./words.js";

export function Badge({ status, before = "", open = UNREAL.has(status) }) {
  return (
    <span class={`badge ${status} ${open ? "open" : "fact"}`}>
      <span aria-hidden="true">{statusMark(status)}</span> {before}{statusWord(status)}
    </span>
  );
}

/** The sentence that an event makes; names lead to all that the party has to do with. */
export function Claim({ event, actors = [], recipients = [], link }) {
  learnParties(actors);
  learnParties(recipients);
  return (
    <>
      {event.confidence < 0.5 && <span class="perhaps">Perhaps: </span>}
      {sentenceOf(event, actors, recipients).map(({ words, party, between }) =>
        party ? <Party party={party} words={words} link={link} /> : <span class={between ? "" : "act"}>{words}</span>,
      )}
    </>
  );
}

export function Party({ party, words = party.name, link }) {
  if (!link) return <b>{words}</b>;
  return <a class="party" href={link({ view: "overview", filters: { entity: party.filter || party.id || party.name } })}>{words}</a>;
}

export function Parties({ parties = [], link }) {
  learnParties(parties);
  return parties.map((party, i) => (
    <>
      {i ? (i + 1 === parties.length ? " and " : ", ") : ""}
      <Party party={party} words={i ? party.name : capitalised(party.name)} link={link} />
    </>
  ));
}

/** What a question answers, or that it is on its way, or why not. `empty`: what to say of an answer without rows. */
export function Answer({ answer, empty = "Nothing answers to these filters.", children, tall = false }) {
  if (answer.error) return <p class="fault" role="alert">{answer.error.message}</p>;
  if (!answer.value) return <p class={`waiting ${tall ? "tall" : ""}`} role="status">Asking…</p>;
  const rows = answer.value.rows;
  if (rows && !rows.length) return <p class="note">{empty}</p>;
  return <div class={answer.loading ? "stale" : ""}>{children(rows || answer.value, answer.value)}</div>;
}

/** Keeps a fault in one view from taking the page away. */
export class Guard extends Component {
  state = {};
  static getDerivedStateFromError(fault) {
    return { fault };
  }
  componentDidUpdate(before) {
    if (before.name !== this.props.name && this.state.fault) this.setState({ fault: undefined });
  }
  render({ children }, { fault }) {
    return fault ? <p class="fault" role="alert">This view could not be drawn: {fault.message}</p> : children;
  }
}

/** How many of each quad, as one thin bar. */
export function QuadBar({ quads, most }) {
  const sum = quads.reduce((a, b) => a + b, 0);
  return (
    <span class="quadbar" aria-hidden="true" style={{ width: `${Math.max(2, (100 * sum) / most)}%` }}>
      {quads.map((n, i) => (n ? <i class={`q${i + 1}`} style={{ flexGrow: n }} /> : null))}
    </span>
  );
}
