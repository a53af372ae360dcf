import type { TestClient } from "../harness";

/** One capability: its transcript is the golden of the same name. */
export interface Scenario {
  readonly name: string;
  readonly text: string;
  run(client: TestClient): Promise<void>;
}

export const founding = `heap main 1MiB
a = alloc 100
b = alloc 200
write a "Hello, World!"
write b "Memory Management Test"
read a 13
stats
free a
free b
`;
export const doubleFree = "a = alloc 100\nfree a\nfree a\nb = alloc 8\n";
export const loop = "repeat 6 as i\n  a[i] = alloc 16\nend\nb = alloc 8\nrepeat 6 as i\n  free a[i]\nend\nfree b\n";
