import type { ReplacementPolicy } from "../replacement/contract";
import { AddressSpace } from "./AddressSpace";
import type { TableFormat } from "./tableFormats";

export type AddressSpacesSnapshot = ReturnType<AddressSpaces["save"]>;

/** The processes' address spaces, the current one, and which replacement policy decides about whose frames. */
export class AddressSpaces {
  current: AddressSpace;
  private list: AddressSpace[] = [];
  private next = 0;
  /** With global allocation one policy decides about all frames, with local allocation each space has its own. */
  private readonly common: ReplacementPolicy | null;
  private readonly own: Map<number, ReplacementPolicy> | null;

  constructor(
    private readonly format: TableFormat,
    private readonly allocation: "global" | "local",
    private readonly makePolicy: (() => ReplacementPolicy) | null,
  ) {
    this.own = allocation === "local" && makePolicy !== null ? new Map() : null;
    this.common = allocation === "global" && makePolicy !== null ? makePolicy() : null;
    this.current = this.add("main", Infinity);
  }

  get all(): readonly AddressSpace[] {
    return this.list;
  }

  named(name: string): AddressSpace | undefined {
    return this.list.find((space) => space.name === name);
  }

  byId(id: number): AddressSpace {
    return id === this.current.id ? this.current : this.list.find((space) => space.id === id)!;
  }

  /** The policy that decides about a space's frames; null when nothing is ever evicted. */
  policyOf(space: AddressSpace): ReplacementPolicy | null {
    return this.common ?? this.own?.get(space.id) ?? null;
  }

  /** `quota`: frames that it may hold with local allocation. */
  add(name: string, quota: number): AddressSpace {
    const space = new AddressSpace(this.next++, name, this.format, this.allocation === "local" ? quota : Infinity);
    this.list.push(space);
    this.makeOwnPolicy(space);
    return space;
  }

  remove(space: AddressSpace): void {
    this.own?.delete(space.id);
    this.list = this.list.filter((other) => other !== space);
  }

  save() {
    return {
      spaces: this.list.map((space) => ({ space, saved: space.save(), policy: this.own?.get(space.id)?.save() })),
      common: this.common?.save(),
      current: this.current.id,
      next: this.next,
    };
  }

  /** Everything but the spaces' pages, which follow from the mappings. */
  load(saved: AddressSpacesSnapshot): void {
    this.common?.load(saved.common);
    this.own?.clear();
    this.list = saved.spaces.map(({ space, saved: state, policy }) => {
      space.load(state);
      this.makeOwnPolicy(space)?.load(policy);
      return space;
    });
    this.current = this.list.find(({ id }) => id === saved.current)!;
    this.next = saved.next;
  }

  private makeOwnPolicy(space: AddressSpace): ReplacementPolicy | undefined {
    if (this.own === null || this.makePolicy === null) return undefined;
    const policy = this.makePolicy();
    this.own.set(space.id, policy);
    return policy;
  }
}
