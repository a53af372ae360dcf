import { visible } from "../../language/visible";

/** What clients show of a message, some of them in a console that obeys control characters. */
const shown: ReadonlySet<string> = new Set(["output", "result", "value", "name", "description", "message", "label"]);

/** A message's body in which texts for people have no control characters. Paths, references and data stay as they are. */
export function withVisibleTexts(body: unknown, isShown = false): unknown {
  if (typeof body === "string") return isShown ? visible(body) : body;
  if (typeof body !== "object" || body === null) return body;
  if (Array.isArray(body)) return body.map((entry) => withVisibleTexts(entry));
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, withVisibleTexts(value, shown.has(key))]));
}
