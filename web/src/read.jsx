// Paste or drop an article and see its brief; nothing is stored.
import { useEffect, useState } from "preact/hooks";
import { code } from "./api.js";
import { Brief } from "./document.jsx";

const EXAMPLE = {
  published: "2018-05-26",
  text: `A summit that was already cancelled may still be held.
The meeting in Singapore between US President Donald Trump and North Korean leader Kim Jong Un could even take place on June 12, the American president told reporters on Friday. Trump had called off the summit a day earlier in a letter to Kim, two weeks after he announced it.
North Korean Vice Foreign Minister Kim Kye Gwan answered that Pyongyang remains “willing to sit down at any time”. On Saturday Kim met South Korean President Moon Jae-in for two hours at Panmunjom. Moon’s office did not say what the two leaders agreed on.`,
};
const LARGEST = 8 << 20;

/** One record of what the server read: an article, or the first of several. */
function firstRecord(answer) {
  if (typeof answer !== "string") return { record: answer, more: 0 };
  const lines = answer.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const records = lines.filter((line) => line.schema);
  if (!records.length) throw new Error(lines[0]?.detail || lines[0]?.title || "Nothing in it can be read as news.");
  return { record: records[0], more: records.length - 1 };
}

/** `dropped`: {name, text, type}, or {error}, of a file that was dropped anywhere on the page. */
export function Read({ dropped, link }) {
  const [text, setText] = useState("");
  const [published, setPublished] = useState("");
  const [answer, setAnswer] = useState({});
  const read = async (words, day, type) => {
    if (!words.trim()) return;
    setAnswer({ loading: true });
    try {
      setAnswer(firstRecord(await code(words, day, type)));
    } catch (error) {
      setAnswer({ error });
    }
  };
  const take = (file) => {
    if (file.error) return setAnswer({ error: file.error });
    setText(file.text);
    return read(file.text, published, file.type);
  };
  useEffect(() => {
    if (dropped) take(dropped);
  }, [dropped]);
  const submit = (event) => {
    event.preventDefault();
    read(text, published, /^\s*<(!doctype|html)/i.test(text) ? "text/html" : "text/plain");
  };
  return (
    <section aria-labelledby="read-title">
      <h1 tabindex="-1" id="read-title">Read an article</h1>
      <p class="note">Who did what to whom, who said what, what was planned and what became of it. Nothing is stored, nothing leaves this machine.</p>
      <form class="read" onSubmit={submit}>
        <label class="grow">
          The article: paste it, or drop a file anywhere on this page
          <textarea rows={answer.record ? 4 : 12} required value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        <div class="row">
          <label>Published on <input type="date" value={published} onInput={(e) => setPublished(e.currentTarget.value)} /></label>
          <label class="button">Choose a file <input type="file" class="hidden" onChange={async (e) => take(await contentOf(e.currentTarget.files[0]).catch((error) => ({ error })))} /></label>
          <button type="button" onClick={() => { setText(EXAMPLE.text); setPublished(EXAMPLE.published); }}>Put in an example</button>
          <button type="submit" class="primary" disabled={answer.loading}>{answer.loading ? "Reading…" : "Read it"}</button>
        </div>
      </form>
      <div role="status" class={answer.loading ? "waiting" : ""}>{answer.loading ? "Reading the article…" : ""}</div>
      {answer.error && <p class="fault" role="alert">{answer.error.message}</p>}
      {answer.more > 0 && <p class="note">There are {answer.more} more articles in it; `polybius load` reads them all.</p>}
      {answer.record && <Brief key={answer.record.id + answer.record.text} record={answer.record} link={link} />}
    </section>
  );
}

/** What a file holds, for `Read`. */
export async function contentOf(file) {
  if (file.size > LARGEST) throw new Error(`${file.name} is larger than this page reads at once; use polybius load.`);
  return { name: file.name, text: await file.text(), type: /html/.test(file.type) ? "text/html" : /json/.test(file.name) ? "application/x-ndjson" : "text/plain" };
}
