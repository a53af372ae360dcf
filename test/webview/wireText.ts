/** Typed arrays in a text, as VS Code carries them beside the JSON of a message. */
interface PackedArray {
  readonly typedArray: string;
  readonly base64: string;
}

/**
 * A message as text, which the browser's driver carries as a whole while it would look at each value of an object, and the
 * bytes that it has on the wire: its JSON with typed arrays as they are.
 */
export function packed(message: unknown): { readonly text: string; readonly bytes: number } {
  let arrayBytes = 0;
  let base64Bytes = 0;
  const text = JSON.stringify(message, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
    arrayBytes += value.byteLength;
    base64Bytes += base64.length;
    return { typedArray: value.constructor.name, base64 } satisfies PackedArray;
  });
  return { text, bytes: Buffer.byteLength(text) - base64Bytes + arrayBytes };
}

/** Source of the page's function that makes the message of such a text again. */
export const unpackedSource = `(text) => JSON.parse(text, (_, value) => {
  if (value === null || typeof value !== "object" || typeof value.typedArray !== "string") return value;
  const bytes = Uint8Array.fromBase64?.(value.base64) ?? Uint8Array.from(atob(value.base64), (letter) => letter.charCodeAt(0));
  return new globalThis[value.typedArray](bytes.buffer);
})`;
