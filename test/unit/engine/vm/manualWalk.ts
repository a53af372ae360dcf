import type { ByteStoreContract } from "../../../../src/engine/bytes/contract";
import type { AccessKind } from "../../../../src/engine/vm/contract";
import type { Processor } from "../../../../src/engine/vm/processor";

/** Address translation restated from the manuals' own pseudo-code, over one big integer of memory words. Slow and plain. */
export interface Machine {
  readonly memory: ByteStoreContract;
  /** Frame of the root table. */
  readonly root: number;
  readonly frames: number;
  readonly maxphyaddr: number;
  readonly cpu: Processor;
}

export type Translated =
  /** `stores`: the words that the processor writes back, by physical address. */
  | { readonly pa: bigint; readonly stores: ReadonlyMap<bigint, bigint> }
  /** Null: the manual does not say what happens. */
  | { readonly fault: "page" | "general-protection" | "access"; readonly code: number | null };

const load64 = ({ memory }: Machine, pa: bigint): bigint =>
  BigInt(memory.getInteger(Number(pa), 4)) + (BigInt(memory.getInteger(Number(pa) + 4, 4)) << 32n);

const exists = ({ frames }: Machine, pa: bigint): boolean => pa >> 12n < BigInt(frames);

/** Bits high:low, both included, as the manuals write them. */
const mask = (high: number, low: number): bigint =>
  high < low ? 0n : ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low);

/**
 * Intel SDM vol. 3A: 3.3.7.1 canonical addresses; figure 4-8 and tables 4-14 to 4-20; 4.6.1 access rights; 4.7 error code; 4.8
 * accessed and dirty flags. CR4.PAE, EFER.NXE and CR0.PG are set; protection keys and shadow stacks are off.
 */
export function translateX86(machine: Machine, la: bigint, levels: number, kind: AccessKind | null): Translated {
  const { cpu, maxphyaddr } = machine;
  if (la >> BigInt(12 + 9 * levels - 1) !== 0n) return { fault: "general-protection", code: 0 };
  const error = (present: boolean, reserved: boolean): Translated => ({
    fault: "page",
    code:
      Number(present) +
      (kind === "write" ? 2 : 0) +
      (cpu.mode === "user" ? 4 : 0) +
      (reserved ? 8 : 0) +
      (kind === "execute" ? 16 : 0),
  });
  const names = ["PTE", "PDE", "PDPTE", "PML4E", "PML5E"].slice(0, levels).reverse();
  const used: (readonly [pa: bigint, entry: bigint])[] = [];
  let table = BigInt(machine.root) << 12n;
  for (const name of names) {
    const low = { PTE: 12n, PDE: 21n, PDPTE: 30n, PML4E: 39n, PML5E: 48n }[name]!;
    const pa = table | (((la >> low) & 511n) << 3n);
    const entry = load64(machine, pa);
    used.push([pa, entry]);
    if ((entry & 1n) === 0n) return error(false, false);
    const ps = (entry & mask(7, 7)) !== 0n;
    const reserved = {
      PML5E: mask(51, maxphyaddr) | mask(7, 7),
      PML4E: mask(51, maxphyaddr) | mask(7, 7),
      PDPTE: mask(51, maxphyaddr) | (ps ? mask(29, 13) : 0n),
      PDE: mask(51, maxphyaddr) | (ps ? mask(20, 13) : 0n),
      PTE: mask(51, maxphyaddr),
    }[name]!;
    if ((entry & reserved) !== 0n) return error(true, true);
    if (name === "PTE" || (ps && (name === "PDE" || name === "PDPTE"))) {
      const base = entry & mask(51, Number(low));
      const final = base | (la & mask(Number(low) - 1, 0));
      if (
        kind !== null &&
        !rightsX86(
          used.map(([, word]) => word),
          cpu,
          kind,
        )
      )
        return error(true, false);
      if (!exists(machine, final)) return { fault: "page", code: null };
      const stores = new Map<bigint, bigint>();
      if (kind !== null) {
        for (const [at, word] of used) stores.set(at, word | mask(5, 5));
        if (kind === "write") stores.set(pa, entry | mask(6, 5));
      }
      return { pa: final, stores };
    }
    table = entry & mask(51, 12);
    if (!exists(machine, table)) return { fault: "page", code: null };
  }
  throw new Error("a PTE maps a page");
}

/** 4.6.1, sentence by sentence. */
function rightsX86(entries: readonly bigint[], cpu: Processor, kind: AccessKind): boolean {
  const inEvery = (position: number): boolean => entries.every((entry) => (entry & mask(position, position)) !== 0n);
  const inSome = (position: number): boolean => entries.some((entry) => (entry & mask(position, position)) !== 0n);
  const userAddress = inEvery(2);
  if (cpu.mode === "any") return kind === "read" || (kind === "write" ? inEvery(1) : !inSome(63));
  if (cpu.mode === "user") {
    if (!userAddress) return false;
    return kind === "read" || (kind === "write" ? inEvery(1) : !inSome(63));
  }
  if (kind === "execute") return userAddress && cpu.smep ? false : !inSome(63);
  if (userAddress && cpu.smap && !cpu.ac) return false;
  return kind === "read" || !cpu.wp || inEvery(1);
}

/**
 * The RISC-V Instruction Set Manual vol. II, "Virtual Address Translation Process", with LEVELS = 3 and PTESIZE = 8: the steps
 * keep their numbers.
 */
export function translateSv39(machine: Machine, va: bigint, kind: AccessKind | null): Translated {
  const { cpu } = machine;
  const pageFault: Translated = { fault: "page", code: kind && { execute: 12, read: 13, write: 15 }[kind] };
  const accessFault: Translated = { fault: "access", code: kind && { execute: 1, read: 5, write: 7 }[kind] };
  const sign = (va >> 38n) & 1n;
  if (va >> 39n !== (sign === 1n ? mask(63, 39) >> 39n : 0n)) return pageFault;
  const vpn = [(va >> 12n) & 511n, (va >> 21n) & 511n, (va >> 30n) & 511n] as const;
  // 1.
  let a = BigInt(machine.root) * 4096n;
  let i: 0 | 1 | 2 = 2;
  for (;;) {
    // 2.
    const at = a + vpn[i] * 8n;
    if (!exists(machine, at)) return accessFault;
    const pte = load64(machine, at);
    const [v, r, w, x, u, , accessed, dirty] = Array.from({ length: 8 }, (_, k) => ((pte >> BigInt(k)) & 1n) === 1n);
    // 3.
    if (!v || (!r && w) || (pte & mask(63, 54)) !== 0n) return pageFault;
    // 4.
    if (!r && !x) {
      if (u || accessed || dirty || i === 0) return pageFault;
      i = i === 2 ? 1 : 0;
      a = ((pte >> 10n) & mask(43, 0)) * 4096n;
      continue;
    }
    // 5.
    const ppn = (pte >> 10n) & mask(43, 0);
    if ((ppn & mask(9 * i - 1, 0)) !== 0n) return pageFault;
    const pa = ((ppn | ((va >> 12n) & mask(9 * i - 1, 0))) << 12n) | (va & 4095n);
    if (kind === null) return exists(machine, pa) ? { pa, stores: new Map() } : accessFault;
    // 6.
    if (cpu.mode === "user" && !u) return pageFault;
    if (cpu.mode === "supervisor" && u && (kind === "execute" || !cpu.sum)) return pageFault;
    const permitted = { read: r || (cpu.mxr && x), write: w, execute: x }[kind];
    if (!permitted) return pageFault;
    // 9.
    const wanted = kind === "write" ? mask(7, 6) : mask(6, 6);
    if ((pte & wanted) !== wanted && cpu.svade) return pageFault;
    // 10. The access itself meets what the address map says.
    if (!exists(machine, pa)) return accessFault;
    return { pa, stores: new Map([[at, pte | wanted]]) };
  }
}
