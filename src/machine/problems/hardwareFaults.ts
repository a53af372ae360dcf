import { toHex } from "../../engine/address";
import type { Denial } from "../../engine/vm/processor";
import type { EntryFault } from "../../engine/vm/tableWalk";
import { number, placeOf, says, string } from "../../language/says";
import { tellVariant, type FactsOfVariants } from "../../language/variants";
import type { Words } from "../../language/Words";
import { pageAccessText, withCode, type PageAccess } from "./pageAccess";
import { accessAt } from "./phrases";
import { problemKind } from "./ProblemKind";

/** Letters of permissions as page-table entries show them: `r--u`. */
export interface Forbidden extends PageAccess {
  readonly permits: string;
  readonly needs: string;
  /** The rule that refuses the access; absent where the permission for this kind of access is missing. */
  readonly rule?: Exclude<Denial, "permission">;
}

const forbiddenBy: Readonly<Record<Denial, (facts: Forbidden, words: Words) => string>> = {
  permission: says(
    "{0}: page {1} permits `{2}`, and this needs `{3}`.",
    pageAccessText,
    number("page"),
    string("permits"),
    string("needs"),
  ),
  "supervisor-page": says(
    "{0}: page {1} is a supervisor page (`{2}`), and the processor is in user mode.",
    pageAccessText,
    number("page"),
    string("permits"),
  ),
  smep: says(
    "{0}: page {1} is a user page, which a supervisor does not execute under SMEP.",
    pageAccessText,
    number("page"),
  ),
  smap: says(
    "{0}: page {1} is a user page, which a supervisor does not access under SMAP while AC is clear.",
    pageAccessText,
    number("page"),
  ),
  "user-code": says(
    "{0}: page {1} is a user page, which a supervisor never executes on RISC-V.",
    pageAccessText,
    number("page"),
  ),
  sum: says(
    "{0}: page {1} is a user page, which a supervisor does not access while SUM is clear.",
    pageAccessText,
    number("page"),
  ),
};

/** Which rule refuses an access to a page that is there. */
export const tellForbidden = withCode((facts: Forbidden, words) =>
  forbiddenBy[facts.rule ?? "permission"](facts, words),
);

const tellRefusal = tellVariant({
  "not-present": says("its entry is not valid"),
  "write-only": says("its entry has W without R, which is reserved"),
  reserved: says("its entry has reserved bits set: {0}", placeOf((bits: readonly string[]) => bits.join(", "))("bits")),
  "no-leaf": says("its entry has none of R, W and X"),
  misaligned: says("its entry maps a superpage to frame {0}, not a multiple of {1}", number("frame"), number("unit")),
  "beyond-memory": says("its entry leads to frame {0}, which does not exist", number("frame")),
});

/** Why an entry of a table leads nowhere, as a part of a sentence. */
export const entryRefusal = placeOf((refusal: EntryFault["refusal"], words) => tellRefusal(refusal, words).message);

const next = placeOf((bit: number) => bit + 1)("signBit");

const tellNonCanonical = withCode(
  says(
    "{0}: the address is not canonical, since bits {1} to 63 do not equal bit {2}.",
    ({ access, address }: PageAccess, words) => accessAt(access, toHex(address), words),
    next,
    number("signBit"),
  ),
);

/** RISC-V: the bits above the sign bit do not repeat it. */
export const tellUnsigned = withCode(
  says(
    "{0}: bits {1} to 63 of an address must equal bit {2}, its sign; here they do not.",
    pageAccessText,
    next,
    number("signBit"),
  ),
);

/** What the page table has instead of what the lookaside buffer remembers: a frame, and letters of permissions. */
const stale = {
  unmapped: says(
    "{0}: the lookaside buffer still has frame {1}, but the page table has no valid entry for page {2}; `flush {2}` is missing.",
    pageAccessText,
    number("frame"),
    number("page"),
  ),
  moved: says(
    "{0}: the lookaside buffer still has frame {1}, but page {2} is in frame {3}; `flush {2}` is missing.",
    pageAccessText,
    number("frame"),
    number("page"),
    number("newFrame"),
  ),
  forbidden: says(
    "{0}: the lookaside buffer still permits `{1}`, but page {2} permits `{3}`; `flush {2}` is missing.",
    pageAccessText,
    string("permits"),
    number("page"),
    string("newPermits"),
  ),
};

/** What a processor refuses before it walks, and what it has wrong. */
export const hardwareFaults = {
  "general-protection-fault": problemKind<PageAccess & { readonly signBit: number }>(
    {
      title: "General-protection fault",
      explanation:
        "The address is not canonical: bit 47 (with 5 levels, bit 56) is repeated up to bit 63, so that there are two halves with a hole between them. x86-64 does not even begin to translate an address in the hole: it raises a general-protection fault (vector 13), not a page fault.",
      advice: "Use an address of the lower half; an address in the hole is often a damaged pointer.",
      example: "vm table=x86-64\nload 0x800000000000",
    },
    (facts, words) => ({ message: tellNonCanonical(facts, words) }),
  ),

  "stale-translation": problemKind<FactsOfVariants<typeof stale>>(
    {
      title: "Stale translation",
      explanation:
        "The lookaside buffer still has a translation of this page, and the processor went by it, although the page table says something else now. Processors do not watch page tables: after a change the operating system must flush the translation (INVLPG on x86, SFENCE.VMA on RISC-V). Until then a program can read and write a frame that belongs to a different page, or write to a page that is read-only.",
      advice: "Add `flush` of the page after the line that changed its entry.",
      example: "vm frames=16\ntlb 4 coherent=off\nmap 0 -> 1\nstore 0 7\nunmap 0\nload 0",
    },
    tellVariant(stale),
  ),
};
