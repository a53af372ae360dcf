import { textOf } from "../bytes";
import { allocatorFunction } from "../calls/allocatorFunctions";
import { CallRecorder, type CallPlace } from "../calls/CallRecorder";
import { parseCall, parseResumed, type CallText } from "../calls/callText";
import { SiteNames } from "../calls/SiteNames";
import { shareOf, sureScore, type AllocationFormat, type LineParser } from "../format";
import type { OperationBatch } from "../operations";
import type { TraceProblems } from "../problems";

export const ltrace: AllocationFormat = {
  kind: "allocations",
  id: "ltrace",
  name: "ltrace",
  source:
    "`ltrace` with any of `-f`, `-i`, `-t` and `-S`, the input of villoc, Valgrind's `--trace-malloc=yes`, scripts of `bpftrace`, wrappers that print what they are called with",
  lines:
    "`malloc(32) = 0x55a0`, `calloc(4, 16) = …`, `realloc(0x55a0, 64) = …`, `free(0x55a0)` and the other functions of the C library and of C++; a process id, a time, the address or the module of the caller may come before; `<unfinished ...>` and `<... malloc resumed>` belong together; calls of other functions are passed over",
  expected: "a call such as `malloc(32) = 0x55a0` or `free(0x55a0)`",
  endings: ["ltrace"],
  score: ltraceScore,
  open: (problems) => new LtraceParser(problems),
};

/** `--PID-- ` before what Valgrind traces, `==PID==` before all else that it says. */
const valgrindLine = /^(?:--|==)(\d+)(?:--|==)/;

/** What a program prints itself stands among the calls of wrappers, so that one call of the allocator is enough. */
function ltraceScore(lines: readonly string[]): number {
  const share = shareOf(lines, isCall, isEvent);
  const hasRequest = lines.some((line) => isCall(line) && allocatorFunction(nameOf(line)) !== undefined);
  return hasRequest ? Math.max(share, sureScore) : share;
}

/** A call with its result, or of a function that gives none, as a line has it and a statement of a script has not. */
function isCall(line: string): boolean {
  if (parseResumed(line) !== null) return true;
  const call = parseCall(line);
  if (call === null || /[|{}]|^#\d|^\.\.\. #/.test(call.before)) return false;
  if (call.end !== "returned") return true;
  return /^(?:=|->|:)\s*\S/.test(call.after) || (call.after === "" && call.name === "free");
}

function nameOf(line: string): string {
  return parseResumed(line)?.name ?? parseCall(line)?.name ?? "";
}

/** Texts before calls that are kept: with times, each is another one. */
const mostCallers = 1000;

class LtraceParser implements LineParser<OperationBatch> {
  private readonly sitesByName = new SiteNames();
  private readonly callers = new Map<string, Omit<CallPlace, "line">>();
  private readonly recorder: CallRecorder;

  constructor(private readonly problems: TraceProblems) {
    this.recorder = new CallRecorder(problems);
  }

  get sites(): readonly string[] {
    return this.sitesByName.names;
  }

  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: OperationBatch): void {
    const text = textOf(bytes, start, end);
    const resumed = parseResumed(text);
    if (resumed !== null) {
      this.recorder.end(resumed.name, resultOf(resumed.after), threadOf(resumed.before), line, batch);
      return;
    }
    const call = parseCall(text);
    if (call === null) {
      const late = /^--(\d+)--\s+= (\S+)$/.exec(text);
      if (late !== null) this.recorder.end("", late[2], Number(late[1]), line, batch);
      else if (!isEvent(text)) this.problems.stray(line);
      return;
    }
    const place: CallPlace = { ...this.callerOf(call.before), line };
    const { name } = call;
    if (call.end === "returned") this.returned(call, place, batch);
    // A call that does not return may come back all the same when another thread has ended.
    else if (call.end === "no-return" && allocatorFunction(name)?.does === "free")
      this.recorder.call(name, call.arguments, "", place, batch);
    else this.recorder.begin(name, call.arguments, place, batch);
  }

  /** What stands before a call is often the same. */
  private callerOf(before: string): Omit<CallPlace, "line"> {
    let caller = this.callers.get(before);
    if (caller === undefined) {
      if (this.callers.size === mostCallers) this.callers.clear();
      caller = { thread: threadOf(before), site: this.sitesByName.numberOf(siteOf(before)) };
      this.callers.set(before, caller);
    }
    return caller;
  }

  private returned({ before, name, arguments: args, after }: CallText, place: CallPlace, batch: OperationBatch): void {
    const result = resultOf(after);
    if (result === "" && after !== "" && valgrindLine.test(before)) {
      // `realloc(0x0,8)malloc(8) = 0x4a40`, or a message, after which the result has a line of its own.
      const inner = parseCall(after);
      const isInner = inner !== null && allocatorFunction(inner.name) !== undefined;
      if (isInner) this.recorder.call(inner.name, inner.arguments, resultOf(inner.after), place, batch);
      else this.recorder.begin(name, args, place, batch);
    } else this.recorder.call(name, args, result, place, batch);
  }

  finish(): void {
    this.recorder.finish();
  }
}

/** The end of a process, signals, what `bpftrace` says when it begins, and what Valgrind says besides. */
function isEvent(text: string): boolean {
  return valgrindLine.test(text) || /(?:^|\s|\])(?:\+\+\+|---) |^Attaching \d+ probe/.test(text);
}

function resultOf(after: string): string {
  return /^(?:=|->|:)\s*("(?:[^"\\]|\\.)*"|\S+)/.exec(after)?.[1] ?? "";
}

/**
 * Of `[pid 7] `, `7 `, `7: `, `[7] `, `--7-- `, `words[7] `, `words-7 `, `words 7 ` and `tid=7 ` before a call. A time such
 * as `12:30:01` or `0.5` is none.
 */
const threadForms = [
  /^(?:\[(?:pid )?\s*|--)(\d+)(?:\]|--)/,
  /^(\d+):?(?=\s)/,
  /\b(?:tid|pid)[ =:]\s*(\d+)/,
  /^[A-Za-z_][\w.]*(?:[[/-](\d+)\]?|\s+(\d+)):?\s/,
];

function threadOf(before: string): number {
  for (const form of threadForms) {
    const match = form.exec(before);
    const id = match === null ? Number.NaN : Number(match.at(1) ?? match.at(2));
    if (id <= 0x7fff_ffff) return id;
  }
  return -1;
}

/** Of `[0x4011e0] words->`: the module and the address of the caller; "" when the line has neither. */
function siteOf(before: string): string {
  const module = /([^\s\]]+)->$/.exec(before)?.[1] ?? "";
  const address = /\[(0x[0-9a-f]+)\]/.exec(before)?.[1];
  return address === undefined ? module : `${module}[${address}]`;
}
