import type { Children, ShownValue } from "../../debug/variables/store";
import type { MachineState } from "../../machine/contract";
import { subjectAt, type LifeSubject } from "../../machine/life/lifeSubject";

/** Items of a large group that are shown under one node. */
const groupSize = 100;

/** One node of the Memory tree: a value as the debugger shows it, or a range of a large group. Children are made when asked for. */
export class MemoryNode {
  constructor(
    readonly shown: ShownValue,
    readonly parent: MemoryNode | null = null,
  ) {}

  get address(): string | undefined {
    return this.shown.memoryReference;
  }

  get isBlock(): boolean {
    return this.shown.type?.endsWith(" block") ?? false;
  }

  get isPage(): boolean {
    return this.shown.type === "page";
  }

  /** Whether there is anything to ask about. */
  get hasHistory(): boolean {
    return this.isPage || this.address !== undefined;
  }

  subject(state: MachineState): LifeSubject | undefined {
    if (this.isPage) {
      const process = this.parents().find(({ shown }) => shown.type === "process")?.shown.name;
      return { kind: "page", vpn: Number(this.shown.name.slice(1, -1)), process: process ?? state.vm?.current.name ?? null };
    }
    return this.address === undefined ? undefined : subjectAt(state, Number(this.address));
  }

  children(): MemoryNode[] {
    const { children } = this.shown;
    if (children === undefined) return [];
    const named = (children.named?.() ?? []).map((shown) => new MemoryNode(shown, this));
    return [...named, ...this.indexed(children)];
  }

  private indexed({ indexed }: Children): MemoryNode[] {
    if (indexed === undefined) return [];
    const { count } = indexed;
    if (count <= groupSize) return indexed.page(0, count).map((shown) => new MemoryNode(shown, this));
    // With very many, groups of groups: nobody opens a list of ten thousand ranges.
    const size = groupSize ** Math.ceil(Math.log(count) / Math.log(groupSize) - 1);
    return Array.from({ length: Math.ceil(count / size) }, (_, group) => {
      const from = group * size;
      const length = Math.min(size, count - from);
      const page = (start: number, wanted: number): readonly ShownValue[] => indexed.page(from + start, wanted);
      return new MemoryNode(
        { name: `[${from}..${from + length}]`, value: "", type: "range", children: { indexed: { count: length, page } } },
        this,
      );
    });
  }

  private parents(): MemoryNode[] {
    return this.parent === null ? [] : [this.parent, ...this.parent.parents()];
  }
}
