import { SiteNames } from "./SiteNames";

/** Callers that a site names, innermost first: enough to tell apart who called a helper. */
const shownFrames = 3;
const none = "0";

/** A mapped piece of a module, of a raw file. */
interface Mapping {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Where the module begins. */
  readonly base: number;
}

/**
 * The call sites of a file of heaptrack, which describes them by numbers from 1: texts (`s`), instruction pointers (`i`)
 * with their functions, and back traces (`t`), each of a frame and the trace of its caller. A raw file has modules
 * (`m`) and addresses instead, its back traces have no texts.
 */
export class HeaptrackSites {
  private readonly sites = new SiteNames();
  private readonly texts: string[] = [""];
  private readonly frames: string[] = [""];
  /** Of each back trace its frame's name and the back trace of its caller. */
  private readonly traces: { readonly frame: string; readonly caller: number }[] = [{ frame: "", caller: 0 }];
  /** The site of each back trace, once it was asked for. */
  private readonly numbers: number[] = [];
  private mappings: Mapping[] = [];
  private program = "";
  private isRaw = false;

  get names(): readonly string[] {
    return this.sites.names;
  }

  /** Takes a line that describes sites; false for other lines. */
  read(line: string): boolean {
    const rest = line.slice(2);
    switch (line.slice(0, 2)) {
      case "s ":
        this.texts.push(sizedText(rest)?.[0] ?? rest);
        return true;
      case "i ":
        this.frames.push(this.frameOf(rest));
        return true;
      case "t ": {
        const [pointer, caller = none] = rest.split(" ");
        const frame = this.isRaw ? this.placeOf(Number.parseInt(pointer, 16)) : this.textAt(this.frames, pointer);
        this.traces.push({ frame, caller: Number.parseInt(caller, 16) });
        return true;
      }
      case "x ":
        this.isRaw = true;
        this.program = sizedText(rest)?.[0] ?? rest;
        return true;
      case "m ":
        this.map(...(sizedText(rest) ?? firstWord(rest)));
        return true;
      default:
        return false;
    }
  }

  /** The number of the site of a back trace; -1 where the file names none. */
  siteOf(trace: number): number {
    return (this.numbers[trace] ??= this.sites.numberOf(this.nameOf(trace)));
  }

  private nameOf(trace: number): string {
    const names: string[] = [];
    for (let at = this.traces.at(trace); at !== undefined && names.length < shownFrames;) {
      if (at.frame !== "") names.push(at.frame);
      at = at.caller > 0 ? this.traces.at(at.caller) : undefined;
    }
    return names.join(" < ");
  }

  /** `IP MODULE [FUNCTION [FILE LINE …]]`: "add (words.c:7)", or the module and the address. */
  private frameOf(line: string): string {
    const [address, ...numbers] = line.split(" ");
    const [module, fn, file, row] = [0, 1, 2, 3].map((index) => numbers.at(index) ?? none);
    const name = this.textAt(this.texts, fn);
    if (name === "") return `${this.textAt(this.texts, module)}[0x${address}]`;
    const path = this.textAt(this.texts, file);
    return path === "" ? name : `${name} (${path}:${Number.parseInt(row, 16)})`;
  }

  private map(name: string, rest: string): void {
    if (name === "-") {
      this.mappings = [];
      return;
    }
    const [base = Number.NaN, ...parts] = rest.split(" ").map((digits) => Number.parseInt(digits, 16));
    for (let k = 0; k + 1 < parts.length; k += 2) {
      const from = base + parts[k];
      this.mappings.push({ name: name === "x" ? this.program : name, from, to: from + parts[k + 1], base });
    }
  }

  private placeOf(address: number): string {
    const found = this.mappings.find(({ from, to }) => from <= address && address < to);
    return found === undefined
      ? `[0x${address.toString(16)}]`
      : `${found.name}[0x${(address - found.base).toString(16)}]`;
  }

  private textAt(list: readonly string[], digits: string): string {
    return list[Number.parseInt(digits, 16)] ?? "";
  }
}

/** A text with its length in bytes before it, as since file format 3, and what comes after it; null without a length. */
function sizedText(rest: string): [text: string, after: string] | null {
  const match = /^([0-9a-f]+) /.exec(rest);
  if (match === null) return null;
  const from = match[0].length;
  const to = from + Number.parseInt(match[1], 16);
  return rest.length === to || rest[to] === " " ? [rest.slice(from, to), rest.slice(to + 1)] : null;
}

function firstWord(rest: string): [text: string, after: string] {
  const end = rest.indexOf(" ");
  return end === -1 ? [rest, ""] : [rest.slice(0, end), rest.slice(end + 1)];
}
