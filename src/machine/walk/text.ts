import { toHex } from "../../engine/address";
import type { CachePlace } from "../../engine/cache/contract";
import { pageFlags } from "../../engine/vm/tableFormats";
import { entryLetters, permissionLetters } from "../problems/flags";
import { bytes, plural } from "../problems/wording";
import type { AddressWalk, WalkStep } from "./steps";

/** A step for people: what it is about, and what happens there. Code stands between backticks. */
export interface WalkRow {
  readonly name: string;
  readonly text: string;
}

/** The whole walk, a row a step; a walk that stops early says in its last row where, why, and what would help. */
export function walkRows({ steps, end }: AddressWalk): WalkRow[] {
  const rows = steps.map(rowOf);
  if (end.kind === "reached") return rows;
  return [...rows, { name: "Stops", text: `at ${end.at}: ${end.why}. ${end.fix}` }];
}

/** The rows as lines of plain text, names aligned. */
export function walkText(walk: AddressWalk): string[] {
  const rows = walkRows(walk);
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  return rows.map(({ name, text }) => name.padEnd(width) + text.replaceAll("`", ""));
}

function rowOf(step: WalkStep): WalkRow {
  switch (step.kind) {
    case "split": {
      const isCut = step.fields.every(({ bits }) => bits !== null);
      const bits = isCut ? ` = \`${step.fields.map((field) => field.bits ?? "").join(" ")}\`` : "";
      const parts = step.fields.map(({ name, value }) => `${name} ${value}`).join(", ");
      return { name: "Address", text: `\`${toHex(step.address)}\`${bits}: ${parts}` };
    }
    case "segment": {
      const { name, base, limit, growsDown, flags } = step.segment;
      const place = growsDown ? `down from ${toHex(base)}` : `from ${toHex(base)}`;
      return {
        name: "Segment",
        text: `\`${name}\`, ${bytes(limit)} ${place}, \`${permissionLetters(flags)}\`: gives \`${toHex(step.linear)}\``,
      };
    }
    case "tlb": {
      const place = step.sets === 1 ? "" : ` in set ${step.set}`;
      return { name: "TLB", text: step.hit ? `hit${place}; no table has to be read` : `miss${place}` };
    }
    case "entry":
      return { name: capital(step.table), text: entryText(step) };
    case "bucket": {
      const chain = step.probes.map(({ frame, owner, vpn, found }) =>
        found ? `found in frame ${frame}` : `frame ${frame} is page ${vpn} of \`${owner}\``,
      );
      const end = step.probes.at(-1)?.found === true ? "" : "the chain ends";
      return {
        name: "Inverted table",
        text: `bucket ${step.bucket}: ${[...chain, end].filter((part) => part !== "").join(", then ")}`,
      };
    }
    case "frame": {
      const span = step.order === 0 ? "" : `, a huge page of ${2 ** step.order} pages`;
      const others = step.owners > 1 ? `, shared by ${plural(step.owners, "page")}` : "";
      const copies =
        (step.flags & pageFlags.copyOnWrite) === 0 ? "" : "; a write gives the page a frame of its own first";
      return {
        name: "Frame",
        text: `${step.frame}, \`${entryLetters(step.flags)}\`${span}${others}: physical \`${toHex(step.physical)}\` (${step.physical})${copies}`,
      };
    }
    case "memory":
      return { name: "Memory", text: `physical \`${toHex(step.physical)}\` (${step.physical})` };
    case "cache":
      return { name: step.name, text: cacheText(step.place) };
    case "swap": {
      const pool = step.packed === null ? "" : `, compressed to ${bytes(step.packed)}`;
      return { name: "Swap", text: `slot ${step.slot}${pool}` };
    }
    case "untouched":
      return { name: "Frame", text: "none yet; the page reads as zeros" };
    case "region": {
      const { name, from, to, flags, growth, isGuard } = step.area;
      const grows = growth === "none" ? "" : `, grows ${growth}`;
      const what = isGuard ? "a guard" : `\`${permissionLetters(flags)}\``;
      return { name: "Region", text: `\`${name}\`, pages ${from} to ${to - 1}, ${what}${grows}` };
    }
    case "block": {
      const { region, state, start, handle, line } = step;
      const owner = handle === null ? "" : ` \`${handle}\``;
      const made = line === null ? "" : `, allocated in line ${line + 1}`;
      return { name: "Block", text: `${state}${owner} at \`${toHex(start)}\` in \`${region}\`${made}` };
    }
  }
}

function entryText(step: Extract<WalkStep, { kind: "entry" }>): string {
  const table = step.frame === null ? "" : `frame ${step.frame}, `;
  const place = step.address === null ? "" : ` at \`${toHex(step.address)}\``;
  const bits = step.bits.length === 0 ? "" : ` ${step.bits.join(" ")}`;
  const leads =
    step.leads === "nowhere"
      ? "leads nowhere"
      : `${step.leads === "table" ? "table in" : "page in"} frame ${step.to ?? 0}`;
  return `${table}entry ${step.index}${place}: \`${step.word}\`${bits}, ${leads}`;
}

function cacheText({ set, address, state }: CachePlace): string {
  const answer = { absent: "not there", clean: "hit", dirty: "hit (dirty)" }[state];
  return `set ${set}, line \`${toHex(address)}\`: ${answer}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
