import { toHex } from "../../engine/address";
import type { CachePlace } from "../../engine/cache/contract";
import type { BlockState } from "../../engine/heap/blocks";
import { pageFlags } from "../../engine/vm/tableFormats";
import { say, series, type Phrase } from "../../language/phrases";
import type { Words } from "../../language/Words";
import { entryLetters, permissionLetters } from "../problems/flags";
import { faultCodePhrase } from "../problems/pageAccess";
import { byteCount, pageCount } from "../stories/counts";
import { accessPhrases } from "./reasons";
import type { AccessRight, AddressWalk, ProbedEntry, WalkStep } from "./steps";

/** A step for people: what it is about, and what happens there. Code stands between backticks. */
export interface WalkRow {
  readonly name: string;
  readonly text: string;
}

/** The whole walk, one row per step; a walk that stops early ends with where, why, and what would help. */
export function walkRows({ steps, end }: AddressWalk, words: Words): WalkRow[] {
  const rows = steps.map((step) => [nameOf(step), textOf(step)]);
  if (end.kind === "stopped") {
    const why = say("at {0}: {1}. {2}", end.at, end.why, end.fix);
    rows.push([say("Stops"), end.code === undefined ? why : series([why, faultCodePhrase(end.code)])]);
  }
  return rows.map(([name, text]) => ({ name: words.text(name), text: words.text(text) }));
}

/** The rows as lines of plain text, names aligned. */
export function walkText(walk: AddressWalk, words: Words): string[] {
  const rows = walkRows(walk, words);
  const width = rows.reduce((widest, { name }) => Math.max(widest, name.length), 0) + 2;
  return rows.map(({ name, text }) => name.padEnd(width) + text.replaceAll("`", ""));
}

function nameOf(step: WalkStep): Phrase {
  switch (step.kind) {
    case "split":
      return say("Address");
    case "segment":
      return say("Segment");
    case "tlb":
      return "TLB";
    case "entry":
      return step.table.charAt(0).toUpperCase() + step.table.slice(1);
    case "bucket":
      return say("Inverted table");
    case "mode":
      return say("Mode");
    case "frame":
    case "untouched":
      return say("Frame");
    case "memory":
      return say("Memory");
    case "cache":
      return step.name;
    case "swap":
      return say("Swap");
    case "region":
      return say("Area");
    case "block":
      return say("Block");
  }
}

function textOf(step: WalkStep): Phrase {
  switch (step.kind) {
    case "split": {
      const isCut = step.fields.every(({ bits }) => bits !== null);
      const bits = isCut ? ` = \`${step.fields.map((field) => field.bits ?? "").join(" ")}\`` : "";
      const parts = step.fields.map(({ name, value }) => `${name} ${value}`).join(", ");
      return `\`${toHex(step.address)}\`${bits}: ${parts}`;
    }
    case "segment": {
      const { name, base, limit, growsDown, flags } = step.segment;
      const facts = [name, byteCount(limit), toHex(base), permissionLetters(flags), toHex(step.linear)];
      return growsDown
        ? say("`{0}`, {1} down from {2}, `{3}`: gives `{4}`", ...facts)
        : say("`{0}`, {1} from {2}, `{3}`: gives `{4}`", ...facts);
    }
    case "tlb": {
      if (step.hit && step.remembered?.isStale === true) {
        const { frame, flags } = step.remembered;
        return say("stale hit: frame {0}, `{1}`; the page table below is not asked", frame, permissionLetters(flags));
      }
      if (step.sets === 1) return step.hit ? say("hit; no page table is read") : say("miss");
      return step.hit ? say("hit in set {0}; no page table is read", step.set) : say("miss in set {0}", step.set);
    }
    case "entry":
      return entryPhrase(step);
    case "mode":
      return say("{0}: {1}", step.mode, series(step.rights.map(rightPhrase), ", "));
    case "bucket":
      return say("bucket {0}: {1}", step.bucket, chainPhrase(step.probes));
    case "frame":
      return framePhrase(step);
    case "memory":
      return say("physical `{0}` ({1})", toHex(step.physical), step.physical);
    case "cache":
      return cachePhrase(step.place);
    case "swap":
      return step.packed === null
        ? say("slot {0}", step.slot)
        : say("slot {0}, compressed to {1}", step.slot, byteCount(step.packed));
    case "untouched":
      return step.evicted
        ? say("none; the page was evicted unwritten and reads as zeros")
        : say("none yet; the page reads as zeros");
    case "region": {
      const { name, from, to, flags, growth, isGuard } = step.area;
      const what = isGuard ? say("a guard") : `\`${permissionLetters(flags)}\``;
      const growths = { none: "", up: say("grows up"), down: say("grows down") };
      return series([`\`${name}\``, say("pages {0} to {1}", from, to - 1), what, growths[growth]], ", ");
    }
    case "block": {
      const { region, state, start, handle, line } = step;
      const what = series([blockStates[state], handle === null ? "" : `\`${handle}\``]);
      return line === null
        ? say("{0} at `{1}` in `{2}`", what, toHex(start), region)
        : say("{0} at `{1}` in `{2}`, allocated on line {3}", what, toHex(start), region, line + 1);
    }
  }
}

function rightPhrase({ access, permitted, code }: AccessRight): Phrase {
  const what = accessPhrases[access];
  if (permitted) return say("{0} permitted", what);
  if (code === null) return say("{0} refused", what);
  return code.kind === "x86"
    ? say("{0} refused (error code {1})", what, toHex(code.errorCode))
    : say("{0} refused (cause {1})", what, code.cause);
}

const blockStates: Readonly<Record<BlockState, Phrase>> = {
  used: say("used"),
  free: say("free"),
  quarantined: say("quarantined"),
};

function entryPhrase({ frame, index, address, word, bits, leads, to }: Extract<WalkStep, { kind: "entry" }>): Phrase {
  const entry = address === null ? say("entry {0}", index) : say("entry {0} at `{1}`", index, toHex(address));
  const place = frame === null ? entry : say("frame {0}, {1}", frame, entry);
  const goal =
    leads === "nowhere"
      ? say("leads nowhere")
      : leads === "table"
        ? say("table in frame {0}", to ?? 0)
        : say("page in frame {0}", to ?? 0);
  return say("{0}: {1}, {2}", place, [`\`${word}\``, ...bits].join(" "), goal);
}

function chainPhrase(probes: readonly ProbedEntry[]): Phrase {
  const chain: Phrase[] = probes.map(({ frame, owner, vpn, found }) =>
    found ? say("found in frame {0}", frame) : say("frame {0} is page {1} of `{2}`", frame, vpn, owner),
  );
  if (probes.at(-1)?.found !== true) chain.push(say("the chain ends"));
  return chain.reduce((before, next) => say("{0}, then {1}", before, next));
}

function framePhrase({ frame, flags, order, owners, physical }: Extract<WalkStep, { kind: "frame" }>): Phrase {
  const span = order === 0 ? "" : say("a huge page of {0} pages", 2 ** order);
  const others = owners > 1 ? say("shared by {0}", pageCount(owners)) : "";
  const what = series([String(frame), `\`${entryLetters(flags)}\``, span, others], ", ");
  return (flags & pageFlags.copyOnWrite) === 0
    ? say("{0}: physical `{1}` ({2})", what, toHex(physical), physical)
    : say(
        "{0}: physical `{1}` ({2}); a write copies the page to a separate frame first",
        what,
        toHex(physical),
        physical,
      );
}

function cachePhrase({ set, address, state }: CachePlace): Phrase {
  const answer = { absent: say("not there"), clean: say("hit"), dirty: say("hit (dirty)") }[state];
  return say("set {0}, line `{1}`: {2}", set, toHex(address), answer);
}
