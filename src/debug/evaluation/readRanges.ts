import type { DebugProtocol } from "@vscode/debugprotocol";

/** Memory whose bytes the client has read, by reference and from where to where: after each stop it may be others. */
export class ReadRanges {
  private readonly ranges = new Map<string, { readonly start: number; readonly end: number }>();

  note(reference: string, start: number, end: number): void {
    if (end <= start) return;
    const known = this.ranges.get(reference) ?? { start, end };
    this.ranges.set(reference, { start: Math.min(known.start, start), end: Math.max(known.end, end) });
  }

  /** The bodies of the `memory` events that tell the client to read again. */
  *changes(): IterableIterator<DebugProtocol.MemoryEvent["body"]> {
    for (const [memoryReference, { start, end }] of this.ranges) {
      yield { memoryReference, offset: start, count: end - start };
    }
  }
}
