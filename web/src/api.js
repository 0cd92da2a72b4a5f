// Questions to the server. An answer is kept by its address, so that going back costs nothing.

const answers = new Map();
const KEPT = 80;

/** What the server says of an error (RFC 9457), or what the connection says. */
export class ApiError extends Error {
  constructor(title, detail, status) {
    super(detail && detail !== title ? `${title}: ${detail}` : title);
    this.status = status;
  }
}

async function read(response) {
  const type = response.headers.get("content-type") || "";
  const body = type.includes("json") ? await response.json() : await response.text();
  if (!response.ok) throw new ApiError(body.title || `The server answered ${response.status}`, body.detail, response.status);
  return body;
}

async function reach(address, options) {
  try {
    return await fetch(address, options);
  } catch {
    throw new ApiError("The server does not answer", "is `polybius serve` still running?");
  }
}

/** GET /api/`path` with the parameters that have a value. */
export function ask(path, parameters = {}) {
  const address = addressOf(path, parameters);
  if (!answers.has(address)) {
    const answer = reach(address).then(read);
    answer.catch(() => answers.delete(address));
    answers.set(address, answer);
    if (answers.size > KEPT) answers.delete(answers.keys().next().value);
  }
  return answers.get(address);
}

/** Forgets all answers: the store has changed. */
export function forgetAnswers() {
  answers.clear();
}

export function addressOf(path, parameters = {}) {
  return `/api/${path}${queryOf(parameters)}`;
}

/** POST /api/code: the record of a text, which nobody keeps. */
export async function code(text, published, type = "text/plain") {
  const response = await reach(addressOf("code", { published }), {
    method: "POST",
    headers: { "content-type": `${type}; charset=utf-8` },
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
