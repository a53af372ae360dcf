import { compileAssemblyScript, loadAssemblyScript } from "./assemblyscript";
import { codemix } from "./codemix";
import type { CreateAllocator } from "./contract";
import { compileGlibcDriver } from "./glibc";
import { ourPolicies, ourTimedHeap } from "./ours";
import { loadSqlite } from "./sqlite";
import { loadThing } from "./thing";

/** Peers that JavaScript calls once an operation. */
const loaders: Readonly<Record<string, () => CreateAllocator | Promise<CreateAllocator>>> = {
  "@thi.ng/malloc": loadThing,
  malloc: () => codemix,
  assemblyscript: loadAssemblyScript,
  "sqlite-wasm": loadSqlite,
};

export const scriptedPeers: readonly string[] = Object.keys(loaders);
/** The C library's malloc, called from C. */
export const nativePeer = "glibc";

/** Compiles what has to be compiled. Returns the peers that can be measured on this machine. */
export function preparePeers(): string[] {
  compileAssemblyScript();
  return compileGlibcDriver() ? [...scriptedPeers, nativePeer] : [...scriptedPeers];
}

/** Makes fresh allocators of that name: one of our policies or a peer called from JavaScript. */
export async function loadAllocator(name: string): Promise<CreateAllocator> {
  const policy = ourPolicies.find((candidate) => candidate === name);
  if (policy !== undefined) return () => ourTimedHeap(policy);
  if (!(name in loaders)) throw new Error(`No allocator is named ${name}.`);
  return loaders[name]();
}
