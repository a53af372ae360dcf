import { toHex } from "../../engine/address";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { Allocation } from "../state/allocation";
import { glibcCheck } from "../damage/glibcChecks";
import { readByFree, type FieldPlace, type ReadDamage } from "../damage/reads";
import type { ProblemId } from "../problems/catalogue";
import { damagedBlock, fieldName } from "../problems/heapCorruption";
import { messageOf } from "../problems/Problem";
import { shown as problemShown } from "../problems/phrases";
import { fieldFacts } from "../damage/damageFacts";
import { englishWords as w } from "../../language/Words";
import { blockOrigin, bytes, fate, lineName, plural, sentence, shown } from "../problems/wording";
import type { Value } from "../state/HandleTable";
import { isHeap, type Region } from "../state/regions";
import type { World } from "../state/World";
import { blockToFree, refusalOf, whereIs } from "./refusal";

/** One question that `free` has, and its answer with the numbers; null: earlier answers leave nothing to ask. */
export interface FreeCheck {
  readonly question: string;
  readonly passed: boolean | null;
  readonly detail: string;
}

/** A `free` tried without doing it. */
export interface FreeReport {
  /** The problems that it would raise now, for headers also those reported before. */
  readonly problems: readonly ProblemId[];
  /** What would happen, one sentence. */
  readonly verdict: string;
  readonly checks: readonly FreeCheck[];
}

/** Asks everything that `free` of a pointer asks, and changes nothing. */
export function checkFree(world: World, place: Value): FreeReport {
  const address = place.value;
  const block = blockToFree(world, place);
  if (address === 0 && block === undefined) {
    const detail = "0x0 is null, which C allows to free";
    return {
      problems: [],
      verdict: "`free` would do nothing: the pointer is null.",
      checks: [{ question: "Is it null?", passed: true, detail }],
    };
  }
  const refusal = refusalOf(world, place);
  const region = world.regionAt(address);
  const pointer = pointerChecks(world, region, address, block);
  const damage = refusal === null && region !== undefined && isHeap(region) ? damageRead(region, address) : [];
  const fields = refusal === null ? fieldChecks(world, region, damage) : [];
  return { problems: problemsOf(refusal?.id, damage), verdict: verdictOf(), checks: [...pointer, ...fields] };

  function verdictOf(): string {
    if (refusal !== null) return `\`free\` would fail: ${messageOf(refusal, w)} [${refusal.id}]`;
    const what = block === undefined ? "the block" : blockOrigin(block);
    if (damage.length === 0) return `\`free\` would succeed: it gives back ${what}.`;
    const count = plural(damage.length, "damaged field");
    return `\`free\` would give back ${what}, but trip over ${count}; a real allocator would abort. [heap-corruption]`;
  }
}

function problemsOf(refusal: ProblemId | undefined, damage: readonly ReadDamage[]): ProblemId[] {
  if (refusal !== undefined) return [refusal];
  return damage.length === 0 ? [] : ["heap-corruption"];
}

function pointerChecks(
  world: World,
  region: Region | undefined,
  address: number,
  block: Allocation | undefined,
): FreeCheck[] {
  const hex = Number.isSafeInteger(address) && address >= 0 ? toHex(address) : String(address);
  const owner = world.ownerAt(address);
  const known = block ?? owner ?? world.ledger.lastFreedAt(address);
  const checks: FreeCheck[] = [
    { question: "Is it null?", passed: true, detail: `no, it is ${hex}` },
    {
      question: "Does it lie in a heap or pool?",
      passed: region !== undefined,
      detail: `${hex} lies ${whereIs(world, address)}`,
    },
  ];
  if (region !== undefined) checks.push(alignmentCheck(region, address));
  if (known === undefined) {
    return [...checks, { question: "Was it ever allocated?", passed: false, detail: "no block of the run covered it" }];
  }
  const distance = address - known.address;
  const taken =
    known.freed !== null && owner !== undefined && owner.id !== known.id
      ? `; ${blockOrigin(owner)} has the memory now`
      : "";
  checks.push(
    { question: "Was it ever allocated?", passed: true, detail: `it comes from ${blockOrigin(known)}` },
    {
      question: "Is it the block's first byte?",
      passed: distance === 0,
      detail:
        distance === 0
          ? "yes"
          : `the block begins at ${toHex(known.address)}, ${bytes(Math.abs(distance))} ${distance > 0 ? "before" : "after"} it`,
    },
    {
      question: "Is the block live?",
      passed: known.freed === null,
      detail: known.freed === null ? "yes, nobody has freed it" : `no, it was ${fate(known) ?? "freed"}${taken}`,
    },
  );
  return checks;
}

function alignmentCheck(region: Region, address: number): FreeCheck {
  const question = "Is it aligned?";
  const unit = isHeap(region) ? region.options.align : region.options.blockSize;
  const start = isHeap(region) ? address - (address % unit) : (region.blockAt(address)?.address ?? region.base);
  const rest = address - start;
  const what = isHeap(region) ? `a multiple of ${unit}` : `the start of a ${unit}-byte block of the ${region.kind}`;
  return {
    question,
    passed: rest === 0,
    detail: rest === 0 ? `yes, it is ${what}` : `it is ${bytes(rest)} past ${what}`,
  };
}

function damageRead(heap: HeapReader, address: number): ReadDamage[] {
  const block = heap.blockAt(address);
  return block === undefined ? [] : readByFree(heap, block);
}

const questions: readonly {
  readonly places: readonly FieldPlace[];
  readonly links: boolean;
  readonly question: string;
}[] = [
  { places: ["own"], links: false, question: "Are its own size and mark intact?" },
  { places: ["next"], links: false, question: "Are those of the block behind intact?" },
  { places: ["previous"], links: false, question: "Are those of the block before intact?" },
  { places: ["next", "previous"], links: true, question: "Are the links of free neighbours intact?" },
];

function fieldChecks(world: World, region: Region | undefined, damage: readonly ReadDamage[]): FreeCheck[] {
  if (region === undefined) return [];
  const isLink = ({ damage: { field } }: ReadDamage): boolean => field === "next" || field === "prev";
  return questions.map(({ places, links, question }) => {
    const unasked = whyUnasked(region, places, links);
    if (unasked !== null) return { question, passed: null, detail: unasked };
    const found = damage.filter((entry) => places.includes(entry.place) && isLink(entry) === links);
    if (found.length === 0) return { question, passed: true, detail: "yes" };
    return { question, passed: false, detail: found.map((entry) => damageText(world, region, entry)).join("; ") };
  });
}

/** What makes a question about headers pointless here. */
function whyUnasked(region: Region, places: readonly FieldPlace[], links: boolean): string | null {
  if (!isHeap(region)) return "blocks of a pool have no headers";
  const { header, footer, coalesce, name } = region.options;
  if (header < 4 && footer < 4) return `\`${name}\` keeps no headers`;
  if (links && header < 24) return `headers of ${bytes(header)} hold no links`;
  const asksNeighbours = places.includes("previous");
  return asksNeighbours && coalesce !== "immediate" ? `\`${name}\` does not merge neighbours at once` : null;
}

function damageText(world: World, region: Region, { damage, place }: ReadDamage): string {
  if (!isHeap(region)) return "";
  const { abort } = glibcCheck("free", place, damage.field);
  const culprit = world.damage.get(damage.address);
  const since = culprit === undefined ? "" : ` since ${lineName(culprit.line)}`;
  const facts = fieldFacts(world, region, damage);
  return `the ${fieldName(facts, w)} of ${damagedBlock(facts, w)} must be ${shown(facts.expected)} and is ${problemShown(facts.found, w)}${since}; glibc: "${abort}"`;
}

const marks = { pass: "✓", fail: "✗", none: "–" };

/** The report as plain lines, the verdict first. */
export function freeReportLines({ verdict, checks }: FreeReport): string[] {
  const lines = checks.map(({ question, passed, detail }) => {
    const mark = passed === null ? marks.none : passed ? marks.pass : marks.fail;
    return `${mark} ${question} ${sentence(detail)}.`;
  });
  return [verdict, ...lines];
}
