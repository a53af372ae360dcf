/** Bytes of one value that a record, a console or a comparison shows; of more it says how many there are. */
export const shownBytes = 64 * 1024;

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
/** UTF-8 is not guessed: ASCII as it is, every other byte as a dot. */
const characters = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".",
);

/** Two hexadecimal digits a byte, of at most {@link shownBytes}. */
export function hexText(bytes: Uint8Array, separator = ""): string {
  return Array.from(bytes.subarray(0, shownBytes), (byte) => hexPairs[byte]).join(separator);
}

/** A character a byte, of at most {@link shownBytes}. */
export function plainText(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, shownBytes), (byte) => characters[byte]).join("");
}

/** How many bytes the texts leave out; 0 when they show them all. */
export function omittedBytes(bytes: Uint8Array): number {
  return Math.max(0, bytes.length - shownBytes);
}

/** A number that stands for all bytes, so that long values are compared without a text of them (FNV-1a, 32 bits). */
export function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
