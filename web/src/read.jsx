// Paste or drop an article and see its brief; nothing is stored.
import { useState } from "preact/hooks";
import { code } from "./api.js";
import { Brief } from "./brief.jsx";

export function Read() {
  const [text, setText] = useState("");
  const [published, setPublished] = useState("");
  const [answer, setAnswer] = useState({});
  const submit = async (event) => {
    event.preventDefault();
    setAnswer({ loading: true });
    try {
      setAnswer({ record: await code(text, published) });
    } catch (error) {
      setAnswer({ error });
    }
  };
  const drop = async (event) => {
    const file = event.dataTransfer?.files?.[0];
    if (!file) return;
    event.preventDefault();
    setText(await file.text());
  };
  return (
    <section aria-label="Read an article">
      <form class="read" onSubmit={submit} onDragOver={(e) => e.preventDefault()} onDrop={drop}>
        <label>
          The article: paste it, or drop a text file here
          <textarea rows="10" required value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        <label>
          Published on
          <input type="date" value={published} onInput={(e) => setPublished(e.currentTarget.value)} />
        </label>
        <button type="submit" class="primary" disabled={answer.loading}>{answer.loading ? "Reading…" : "Read it"}</button>
      </form>
      {answer.error && <p class="error" role="alert">{answer.error.message}</p>}
      {answer.record && <Brief record={answer.record} />}
    </section>
  );
}
