import { asPageNumber, type PageNumber } from "../address";
import type { AddressSpace, Area } from "./AddressSpace";
import type { AccessKind, Fault, VirtualMemoryOptions } from "./contract";
import { failureOf, type Mapper } from "./Mapper";
import type { Pager } from "./Pager";
import type { PageTables } from "./PageTables";
import { denialOf, neededFlag, type Denial, type Processor } from "./processor";
import { pageFlags } from "./tableFormats";

/** What a page gets that is touched outside every region: the same as `map` gives without letters. */
const defaultPermissions = pageFlags.read | pageFlags.write | pageFlags.user;

/** Whether permissions forbid a kind of access; null asks for nothing. */
export function isForbidden(flags: number, kind: AccessKind | null): boolean {
  return kind !== null && (flags & neededFlag(kind)) === 0;
}

/** Whether an access changes nothing in the entry of a present page: permitted, its bits set, and no copy to be made. */
export function isPlainHit(flags: number, kind: AccessKind): boolean {
  const { accessed, dirty, copyOnWrite } = pageFlags;
  const wanted = neededFlag(kind) | accessed;
  return kind === "write" ? (flags & (wanted | dirty | copyOnWrite)) === (wanted | dirty) : (flags & wanted) === wanted;
}

export function forbidden(vpn: PageNumber, flags: number, rule: Denial): Fault {
  const fault = { reason: "protection-fault", vpn, flags } as const;
  return rule === "permission" ? fault : { ...fault, rule };
}

/** What an operating system does at a page fault: finds out whether the access is allowed, and brings the page in. */
export class FaultHandler {
  constructor(
    private readonly options: VirtualMemoryOptions,
    private readonly pager: Pager,
    private readonly mapper: Mapper,
    private readonly tables: PageTables,
    private readonly processor: () => Processor,
  ) {}

  /** Makes a page present that is not; `id` is its mapping or -1. Returns why it cannot be, or null. */
  bringIn(space: AddressSpace, page: number, id: number, kind: AccessKind | null): Fault | null {
    const refused = this.refusal(space, page, id, kind);
    if (refused !== null) return refused;
    const vpn = asPageNumber(page);
    if (id >= 0) return this.fetch(space, id, vpn);
    const area = this.areaFor(space, page);
    if (area !== undefined && page < area.from) area.from = page;
    const { pager } = this;
    const entered = this.mapper.enter(space, page, this.flagsIn(area), -1, 0);
    if (entered.reason !== "none") return { reason: failureOf(pager.lastFailure), vpn };
    const fault = this.fetch(space, space.mappingOf(page), vpn);
    if (fault !== null) this.mapper.unmap(space, page);
    return fault;
  }

  /** Why a page that is not present may not be brought in for an access, or null. Has no effect. */
  refusal(space: AddressSpace, page: number, id: number, kind: AccessKind | null): Fault | null {
    const vpn = asPageNumber(page);
    if (id >= 0) {
      const { flags, order } = this.pager.mappings;
      return this.forbids(vpn, flags[id] & ~pageFlags.evicted, order[id], kind);
    }
    const area = this.areaFor(space, page);
    if (area === undefined && space.areas.length > 0) return { reason: "no-region", vpn };
    if (area?.isGuard === true) return { reason: "guard-page", vpn, region: area.name };
    if (!this.options.demand) return { reason: "page-fault", vpn };
    return this.forbids(vpn, this.flagsIn(area), 0, kind);
  }

  private forbids(vpn: PageNumber, flags: number, order: number, kind: AccessKind | null): Fault | null {
    if (kind !== null) {
      const rule = denialOf(flags, kind, this.processor(), this.options.format.name);
      return rule === null ? null : forbidden(vpn, flags, rule);
    }
    const invalid = this.tables.invalidLeaf(flags, order);
    return invalid === null ? null : { reason: "bad-entry", vpn, ...invalid };
  }

  /** The permissions of a page that a region gets. */
  private flagsIn(area: Area | undefined): number {
    return this.options.format.expressible(area?.flags ?? defaultPermissions);
  }

  private fetch(space: AddressSpace, id: number, vpn: PageNumber): Fault | null {
    const { pager } = this;
    if (!pager.bringIn(space, id)) return { reason: failureOf(pager.lastFailure), vpn };
    this.mapper.noteFrame(space, id);
    return null;
  }

  /** The region of a page; a stack may grow down to a touched page within its limit, as Linux lets it. */
  private areaFor(space: AddressSpace, page: number): Area | undefined {
    const area = space.areaOf(page);
    if (area !== undefined) return area;
    const stack = space.areas.find((other) => other.growth === "down" && other.lowest <= page && page < other.from);
    return stack === undefined || !space.isClear(page, stack.from) ? undefined : stack;
  }
}
