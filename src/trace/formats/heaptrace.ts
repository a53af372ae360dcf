import { textOf } from "../bytes";
import { CallRecorder } from "../calls/CallRecorder";
import { parseCall } from "../calls/callText";
import { parsePointer } from "../calls/values";
import { sureScore, shareOf, type AllocationFormat, type LineParser } from "../format";
import type { OperationBatch } from "../operations";
import type { TraceProblems } from "../problems";

/** `... #12: malloc(0x20)`: the number is that of the operation. */
const operation = /^\.\.\. #(\d+): /;
/** Lines that explain the operation above: its caller, what is wrong with it. */
const remark = /^(?:\^--|\|--|\|\s+\*|heaptrace |=+)/;
const colours = /\u001b\[[\d;]*m/g;

export const heaptrace: AllocationFormat = {
  kind: "allocations",
  id: "heaptrace",
  name: "heaptrace",
  source: "the debugger `heaptrace` for the heap of the GNU C library",
  lines:
    "`... #1: malloc(0x20) = 0x55a0`, `... #2: free(#1)` with the number of the operation that made the block; colours, warnings and the lines of `--verbose` are passed over",
  expected: "`... #1: malloc(0x20) = 0x55a0`",
  endings: ["heaptrace"],
  score: (lines) => {
    const plain = lines.map((line) => line.replace(colours, "").trim());
    const share = shareOf(
      plain,
      (line) => operation.test(line),
      (line) => line === "" || remark.test(line),
    );
    return share > 0 ? Math.max(share, sureScore) : 0;
  },
  open: (problems) => new HeaptraceParser(problems),
};

class HeaptraceParser implements LineParser<OperationBatch> {
  /** The address that each operation gave, by its number as the log writes it. */
  private readonly results = new Map<string, number>();
  private readonly recorder: CallRecorder;

  constructor(private readonly problems: TraceProblems) {
    this.recorder = new CallRecorder(problems, (text) => this.pointerOf(text));
  }

  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: OperationBatch): void {
    const text = textOf(bytes, start, end).replace(colours, "");
    const number = operation.exec(text)?.[1];
    const call = number === undefined ? null : parseCall(text);
    if (number === undefined || call === null) {
      const rest = text.trim();
      if (rest !== "" && !remark.test(rest)) this.problems.stray(line);
      return;
    }
    const result = /^=\s*(\S+)/.exec(call.after)?.[1] ?? "";
    const place = { thread: -1, site: -1, line };
    this.recorder.call(call.name, call.arguments, result, place, batch);
    if (result !== "") this.results.set(`#${number}`, parsePointer(result));
  }

  private pointerOf(text: string): number {
    return text.startsWith("#") ? (this.results.get(text) ?? Number.NaN) : parsePointer(text);
  }
}
