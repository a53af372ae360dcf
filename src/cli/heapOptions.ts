import type { HeapOptions } from "../engine/heap/options";
import { readHeapText } from "../machine/replay/declarations";
import { usage } from "./arguments";

/** "4KiB policy=tlsf header=8": what a `heap` statement takes, its verb left out. Throws a usage error. */
export function heapOptions(command: string, option: string, text: string): Partial<HeapOptions> {
  const read = readHeapText(text);
  if ("message" in read) {
    throw usage(command, `${option} wants a size and name=value, as in "4KiB policy=tlsf": ${read.message}`);
  }
  return read;
}
