// Questions to the server. Every answer is kept by its address, so that going back costs nothing.

const answers = new Map();
const KEPT = 60;

/** What the server says of an error (RFC 9457), or what the connection says. */
export class ApiError extends Error {
  constructor(title, detail) {
    super(detail ? `${title}: ${detail}` : title);
  }
}

async function read(response) {
  const type = response.headers.get("content-type") || "";
  const body = type.includes("json") ? await response.json() : await response.text();
  if (!response.ok) throw new ApiError(body.title || `The server answered ${response.status}`, body.detail);
  return body;
}

/** GET /api/`path` with the parameters that have a value. */
export function ask(path, parameters = {}, signal) {
  const address = `/api/${path}${queryOf(parameters)}`;
  if (!answers.has(address)) {
    const answer = fetch(address, { signal }).then(read);
    answer.catch(() => answers.delete(address));
    answers.set(address, answer);
    if (answers.size > KEPT) answers.delete(answers.keys().next().value);
  }
  return answers.get(address);
}

/** POST /api/code: the record of a text. */
export async function code(text, published) {
  const response = await fetch(`/api/code${queryOf({ published })}`, {
    method: "POST",
    headers: { "content-type": "text/plain; charset=utf-8" },
    body: text,
  });
  return read(response);
}

/** "?a=b&c=d", lists as repeated parameters, nothing for nothing. */
export function queryOf(parameters) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(key, one);
    }
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}
