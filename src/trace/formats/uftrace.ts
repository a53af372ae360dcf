import { textOf } from "../bytes";
import { CallRecorder } from "../calls/CallRecorder";
import { CallStacks } from "../calls/CallStacks";
import { parseCall } from "../calls/callText";
import { SiteNames } from "../calls/SiteNames";
import { TimeOrder } from "../calls/TimeOrder";
import { shareOf, type AllocationFormat, type LineParser } from "../format";
import type { OperationBatch } from "../operations";
import type { TraceProblems } from "../problems";

/** A line of `uftrace replay`: columns such as the duration and the thread's id, then the call, as deep as it is indented. */
const replayed = /^(?:[\da-fx.]+(?: [mun]?s)?\s+)*\[ *(\d+)\](?:\s+[\w.]+)*\s*\|(.*)$/;
/** A line of `uftrace dump`: time, thread, what happened. */
const dumped = /^(\d+\.\d+) +(\d+): \[(entry|exit |args |retval|event|lost )\] (.*)$/;
const value = /^(?:args\[\d+\]|(retval)) (\w[\w: ]*?):(?: (.*))?$/;

export const uftrace: AllocationFormat = {
  kind: "allocations",
  id: "uftrace",
  name: "uftrace",
  source: "`uftrace replay` and `uftrace dump` of a program recorded with `uftrace record --auto-args`",
  lines:
    "`[THREAD] | malloc(32) = 0x55a0;`, `[THREAD] | function() {` and `[THREAD] | } = 0x55a0; /* malloc */`, or `[entry] malloc(…)`, `args[0] …: 0x20`, `[exit ] malloc(…)` and `retval p: 0x55a0` of a dump; the calling function is the site. A dump has one thread after the other and is put into the order of time",
  expected: "`[THREAD] | malloc(32) = 0x55a0;`",
  endings: ["uftrace"],
  score: (lines) =>
    shareOf(
      lines,
      (line) => replayed.test(line) || dumped.test(line),
      (line) => isHeading(line),
    ),
  open: (problems) => new UftraceParser(problems),
};

/** A call of a dump whose arguments or result the next lines show. */
interface ShownCall {
  readonly name: string;
  readonly isExit: boolean;
  /** In seconds. */
  readonly time: number;
  readonly thread: number;
  readonly line: number;
  readonly values: string[];
}

class UftraceParser implements LineParser<OperationBatch> {
  private readonly sitesByName = new SiteNames();
  private readonly recorder: CallRecorder;
  private readonly stacks = new CallStacks();
  private shown: ShownCall | null = null;
  /** Of a dump. */
  private readonly order = new TimeOrder();
  private batch: OperationBatch | null = null;

  constructor(private readonly problems: TraceProblems) {
    this.recorder = new CallRecorder(problems);
  }

  get sites(): readonly string[] {
    return this.sitesByName.names;
  }

  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: OperationBatch): void {
    const text = textOf(bytes, start, end);
    const graph = replayed.exec(text);
    if (graph !== null) this.replayedLine(graph[2].trim(), Number(graph[1]), line, batch);
    else this.dumpedLine(text, line);
    this.batch = batch;
  }

  finish(): void {
    this.complete();
    if (this.batch !== null) this.order.release(this.batch);
    this.recorder.finish();
  }

  private replayedLine(text: string, thread: number, line: number, batch: OperationBatch): void {
    const exit = /^\}(?: = (.*?);)?(?: \/\* (.*?)(?:@[^ ]*)?(?: at .*)? \*\/)?$/.exec(text);
    if (exit !== null) {
      const name = this.stacks.leave(thread, exit.at(2) ?? "");
      this.recorder.end(nameOf(name), exit.at(1) ?? "", thread, line, batch);
      return;
    }
    if (text.startsWith("/*")) return;
    const call = parseCall(text);
    if (call === null) return;
    const place = { thread, site: this.siteIn(thread), line };
    if (call.after.startsWith("{")) {
      this.recorder.begin(call.name, call.arguments, place, batch);
      this.stacks.enter(thread, call.name);
    } else {
      const result = /^= ("(?:[^"\\]|\\.)*"|[^\s;]+)/.exec(call.after)?.[1] ?? "";
      this.recorder.call(call.name, call.arguments, result, place, batch);
    }
  }

  private dumpedLine(text: string, line: number): void {
    const shownValue = value.exec(text);
    if (shownValue !== null) {
      const [, , type, written = ""] = shownValue;
      this.shown?.values.push(type === "str" ? `"${written}"` : written);
      return;
    }
    const match = dumped.exec(text);
    const what = match?.[3];
    if (what === "args " || what === "retval") return;
    this.complete();
    if (match === null) {
      if (!isHeading(text)) this.problems.stray(line);
      return;
    }
    const [, time, id, , rest] = match;
    if (what === "event" || what === "lost ") return;
    const name = rest.replace(/\([0-9a-f]+\) depth: \d+$/, "");
    this.shown = { name, isExit: what === "exit ", time: Number(time), thread: Number(id), line, values: [] };
  }

  /** Takes the call of a dump when all of its lines are read. */
  private complete(): void {
    const { shown, order } = this;
    this.shown = null;
    if (shown === null) return;
    const { name, isExit, time, thread, line, values } = shown;
    if (isExit) {
      this.stacks.leave(thread, name);
      this.recorder.end(nameOf(name), values[0] ?? "", thread, line, order.held);
    } else {
      this.recorder.begin(nameOf(name), values, { thread, site: this.siteIn(thread), line }, order.held);
      this.stacks.enter(thread, name);
    }
    order.note(time);
  }

  private siteIn(thread: number): number {
    return this.sitesByName.numberOf(this.stacks.innermost(thread));
  }
}

/** What a dump says of its file, and the values of its calls. */
function isHeading(line: string): boolean {
  return /^(?:uftrace |reading |=+$|task: \d|\[\d+\] )/.test(line) || value.test(line);
}

/** Without the parameter types of C++. */
function nameOf(name: string): string {
  return name.replace(/\((?:unsigned|void|std::).*$/, "");
}
