import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Program } from "../../language/parsing/syntax";
import type { MachineState } from "../../machine/run/MachineState";
import type { StepRecord } from "../../machine/records/records";
import { compileTerms, termsHold, type Terms } from "./breakpointTerms";
import { accessOf, type DataAccess } from "./dataBreakpointMatch";
import { describeTarget, targetOfDataId, type DataTarget } from "./dataTargets";

type AccessType = DebugProtocol.DataBreakpointAccessType;

interface DataBreakpoint {
  readonly id: number;
  readonly target: DataTarget;
  readonly access: AccessType;
  readonly terms: Terms;
}

export interface DataHit {
  readonly ids: readonly number[];
  /** What was accessed, for people. */
  readonly text: string;
}

const isWanted: Readonly<Record<AccessType, (access: DataAccess) => boolean>> = {
  read: ({ read }) => read,
  write: ({ write }) => write,
  readWrite: ({ read, write }) => read || write,
};

/** The data breakpoints of a session: a run stands still after the step that accessed what is watched. */
export class DataBreakpoints {
  private requests: readonly { readonly id: number; readonly source: DebugProtocol.DataBreakpoint }[] = [];
  private active: DataBreakpoint[] = [];
  /** Above those of the other breakpoints, because events name breakpoints by number alone. */
  private nextId = 1_000_001;

  get isEmpty(): boolean {
    return this.active.length === 0;
  }

  set(wanted: readonly DebugProtocol.DataBreakpoint[], program: Program | null): DebugProtocol.Breakpoint[] {
    this.requests = wanted.map((source) => ({ id: this.nextId++, source }));
    return this.resolve(program);
  }

  /** Verifies the breakpoints anew, as their conditions may name what another script binds. */
  resolve(program: Program | null): DebugProtocol.Breakpoint[] {
    this.active = [];
    return this.requests.map(({ id, source }): DebugProtocol.Breakpoint => {
      const target = targetOfDataId(source.dataId);
      if (target === undefined) return { id, verified: false, message: `'${source.dataId}' names nothing to watch.` };
      const terms = compileTerms(source, program);
      if ("error" in terms) return { id, verified: false, message: terms.error };
      this.active.push({ id, target, access: source.accessType ?? "write", terms });
      return { id, verified: true };
    });
  }

  /** What the step just executed hit. */
  hit(record: StepRecord, state: MachineState): DataHit | undefined {
    const hits = this.active.flatMap(({ id, target, access, terms }) => {
      const done = accessOf(target, record, state);
      return isWanted[access](done) && termsHold(terms, state) ? [{ id, target, done }] : [];
    });
    if (hits.length === 0) return undefined;
    const what = hits.map(({ target, done }) => `${done.write ? "changed" : "read"} ${describeTarget(target, state)}`);
    return { ids: hits.map(({ id }) => id), text: `Line ${record.line + 1} ${[...new Set(what)].join(" and ")}.` };
  }
}
