import { toHex } from "../../engine/address";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { Allocation } from "../state/allocation";
import { glibcCheck } from "../damage/glibcChecks";
import { readByFree, type FieldPlace, type ReadDamage } from "../damage/reads";
import type { ProblemId } from "../problems/catalogue";
import { damagedBlock, fieldName } from "../problems/heapCorruption";
import { messageOf } from "../problems/Problem";
import { blockText, fate, lineName, regionName, shown } from "../problems/phrases";
import { blockFacts, regionFacts } from "../problems/facts";
import { fieldFacts } from "../damage/damageFacts";
import type { Words } from "../../language/Words";
import type { Value } from "../state/HandleTable";
import { isHeap, type Region } from "../state/regions";
import type { World } from "../state/World";
import { blockToFree, refusalOf } from "./refusal";

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
export function checkFree(world: World, place: Value, words: Words): FreeReport {
  const address = place.value;
  const block = blockToFree(world, place);
  if (address === 0 && block === undefined) {
    const detail = words.say("0x0 is null, which C allows to free.");
    return {
      problems: [],
      verdict: words.say("`free` would do nothing: the pointer is null."),
      checks: [{ question: words.say("Is it null?"), passed: true, detail }],
    };
  }
  const refusal = refusalOf(world, place);
  const region = world.regionAt(address);
  const pointer = pointerChecks(world, region, address, block, words);
  const damage = refusal === null && region !== undefined && isHeap(region) ? damageRead(region, address) : [];
  const fields = refusal === null ? fieldChecks(world, region, damage, words) : [];
  return { problems: problemsOf(refusal?.id, damage), verdict: verdictOf(), checks: [...pointer, ...fields] };

  function verdictOf(): string {
    if (refusal !== null) return words.say("`free` would fail: {0} [{1}]", messageOf(refusal, words), refusal.id);
    const what = block === undefined ? words.say("the block") : blockText(blockFacts(block), words);
    if (damage.length === 0) return words.say("`free` would succeed and give back {0}.", what);
    const fields = words.count(damage.length, "{0} damaged field", "{0} damaged fields");
    return words.say(
      "`free` would give back {0}, but read {1}; a real allocator would abort. [{2}]",
      what,
      fields,
      "heap-corruption",
    );
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
  words: Words,
): FreeCheck[] {
  const hex = Number.isSafeInteger(address) && address >= 0 ? toHex(address) : String(address);
  const owner = world.ownerAt(address);
  const known = block ?? owner ?? world.ledger.lastFreedAt(address);
  const inRegion =
    region === undefined
      ? words.say("{0} is outside every heap and pool.", hex)
      : words.say("{0} is in {1}.", hex, regionName(regionFacts(region), words));
  const checks: FreeCheck[] = [
    { question: words.say("Is it null?"), passed: true, detail: words.say("No, it is {0}.", hex) },
    { question: words.say("Is it in a heap or pool?"), passed: region !== undefined, detail: inRegion },
  ];
  if (region !== undefined) checks.push(alignmentCheck(region, address, words));
  const wasAllocated = words.say("Was it ever allocated?");
  if (known === undefined) {
    return [
      ...checks,
      { question: wasAllocated, passed: false, detail: words.say("No block of the run contained it.") },
    ];
  }
  const facts = blockFacts(known);
  checks.push(
    { question: wasAllocated, passed: true, detail: words.say("It comes from {0}.", blockText(facts, words)) },
    startCheck(address - known.address, known.address, words),
  );
  const question = words.say("Is the block live?");
  if (known.freed === null) return [...checks, { question, passed: true, detail: words.say("Yes, it was not freed.") }];
  const gone = fate(facts, words);
  const detail =
    owner === undefined || owner.id === known.id
      ? words.say("No, it was {0}.", gone)
      : words.say("No, it was {0}; {1} has the memory now.", gone, blockText(blockFacts(owner), words));
  return [...checks, { question, passed: false, detail }];
}

function startCheck(distance: number, start: number, words: Words): FreeCheck {
  const question = words.say("Is it the block's first byte?");
  if (distance === 0) return { question, passed: true, detail: words.say("Yes.") };
  const values = [toHex(start), words.bytes(Math.abs(distance))];
  const detail =
    distance > 0
      ? words.say("The block begins at {0}, {1} before it.", ...values)
      : words.say("The block begins at {0}, {1} after it.", ...values);
  return { question, passed: false, detail };
}

function alignmentCheck(region: Region, address: number, words: Words): FreeCheck {
  const question = words.say("Is it aligned?");
  const unit = isHeap(region) ? region.options.align : region.options.blockSize;
  const start = isHeap(region) ? address - (address % unit) : (region.blockAt(address)?.address ?? region.base);
  const rest = address - start;
  const what = isHeap(region)
    ? words.say("a multiple of {0}", unit)
    : words.say("the start of a {0}-byte block of {1}", unit, regionName(regionFacts(region), words));
  const detail =
    rest === 0 ? words.say("Yes, it is {0}.", what) : words.say("It is {0} after {1}.", words.bytes(rest), what);
  return { question, passed: rest === 0, detail };
}

function damageRead(heap: HeapReader, address: number): ReadDamage[] {
  const block = heap.blockAt(address);
  return block === undefined ? [] : readByFree(heap, block);
}

const questions: readonly {
  readonly places: readonly FieldPlace[];
  readonly links: boolean;
  readonly question: (words: Words) => string;
}[] = [
  { places: ["own"], links: false, question: (words) => words.say("Are its own size and mark intact?") },
  { places: ["next"], links: false, question: (words) => words.say("Are those of the block after it intact?") },
  { places: ["previous"], links: false, question: (words) => words.say("Are those of the block before it intact?") },
  {
    places: ["next", "previous"],
    links: true,
    question: (words) => words.say("Are the links of free neighbours intact?"),
  },
];

function fieldChecks(
  world: World,
  region: Region | undefined,
  damage: readonly ReadDamage[],
  words: Words,
): FreeCheck[] {
  if (region === undefined) return [];
  const isLink = ({ damage: { field } }: ReadDamage): boolean => field === "next" || field === "prev";
  return questions.map(({ places, links, question }) => {
    const unasked = whyUnasked(region, places, links, words);
    if (unasked !== null) return { question: question(words), passed: null, detail: unasked };
    const found = damage.filter((entry) => places.includes(entry.place) && isLink(entry) === links);
    if (found.length === 0) return { question: question(words), passed: true, detail: words.say("Yes.") };
    const detail = found.map((entry) => damageText(world, region, entry, words)).join(" ");
    return { question: question(words), passed: false, detail };
  });
}

/** What makes a question about headers pointless here. */
function whyUnasked(region: Region, places: readonly FieldPlace[], links: boolean, words: Words): string | null {
  if (!isHeap(region)) return words.say("Blocks of a pool have no headers.");
  const { header, footer, coalesce, name } = region.options;
  if (header < 4 && footer < 4) return words.say("`{0}` keeps no headers.", name);
  if (links && header < 24) return words.say("Headers of {0} hold no links.", words.bytes(header));
  const asksNeighbours = places.includes("previous");
  return asksNeighbours && coalesce !== "immediate"
    ? words.say("`{0}` does not merge neighbours at once.", name)
    : null;
}

function damageText(world: World, region: Region, { damage, place }: ReadDamage, words: Words): string {
  if (!isHeap(region)) return "";
  const facts = fieldFacts(world, region, damage);
  const culprit = world.damage.get(damage.address);
  const values = [
    fieldName(facts, words),
    damagedBlock(facts, words),
    shown(facts.expected, words),
    shown(facts.found, words),
    glibcCheck("free", place, damage.field).abort,
  ];
  return culprit === undefined
    ? words.say('The {0} of {1} should be {2} and is {3}; glibc: "{4}".', ...values)
    : words.say(
        'The {0} of {1} should be {2} and is {3} since {5}; glibc: "{4}".',
        ...values,
        lineName(culprit.line, words),
      );
}

const marks = { pass: "✓", fail: "✗", none: "–" };

/** The report as plain lines, the verdict first. */
export function freeReportLines({ verdict, checks }: FreeReport): string[] {
  const lines = checks.map(({ question, passed, detail }) => {
    const mark = passed === null ? marks.none : passed ? marks.pass : marks.fail;
    return `${mark} ${question} ${detail}`;
  });
  return [verdict, ...lines];
}
