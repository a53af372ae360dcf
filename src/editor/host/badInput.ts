/** Why a text is not run as a script, or undefined when it is fit to run. */
export type Unfit = "binary" | "too-large";

/** Characters looked at for signs of a binary file, as editors and git do. */
export const sampleLength = 8000;

/** What a text of so many characters that begins with `start` is unfit for; `largest` is how many may be. */
export function unfitness(start: string, length: number, largest: number): Unfit | undefined {
  if (largest < length) return "too-large";
  const sample = start.slice(0, sampleLength);
  if (sample.includes("\0")) return "binary";
  // Bytes that are no UTF-8 arrive as replacement characters; a few are a broken comment, many are another kind of file.
  const broken = sample.split("\uFFFD").length - 1;
  return sample.length / 10 < broken ? "binary" : undefined;
}
