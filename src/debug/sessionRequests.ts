import type { DebugProtocol } from "@vscode/debugprotocol";
import type { HistoryContract } from "../machine/contract";
import { checkWholes, objectOrNone } from "./arguments";
import { BreakpointRequests } from "./breakpointRequests";
import { Breakpoints } from "./breakpoints";
import { capabilities } from "./capabilities";
import { evaluate } from "./evaluate";
import { exceptionInfo, ExceptionFilters } from "./exceptionFilters";
import { failures } from "./failures";
import { ValueFormat } from "./format";
import { readLaunch, type Launch } from "./launch";
import { readMemory } from "./memory";
import { ClientPositions, type DebugHost, type LaunchArguments } from "./protocol";
import { stoppedBody, threadId, type Stop } from "./runControl";
import { Script } from "./script";
import type { SessionChange } from "./session";
import { scopesOf } from "./variables/scopes";
import { VariableStore } from "./variables/store";

interface Outlet {
  event(name: string, body?: unknown): void;
  change(change: SessionChange): void;
}

interface Reply {
  succeed(body?: unknown): void;
  fail(error: unknown): void;
}

type Handler = (args: never, reply: Reply) => void;

/** One method a request. A handler replies once, or throws the failure. */
export class SessionRequests {
  /** Public, as is `script`, for the requests served elsewhere. */
  positions = new ClientPositions(1, 1);
  private isInitialized = false;
  private isConfigured = false;
  private isStarted = false;
  private hasEnded = false;
  private hasMemoryEvents = false;
  private launching: Launch | null = null;
  script: Script | null = null;
  private readonly breakpoints = new Breakpoints();
  private readonly filters = new ExceptionFilters();
  private readonly variableStore = new VariableStore();
  /** Memory references whose bytes the client has read, and from where to where; a change is told for each. */
  private readonly readReferences = new Map<string, { readonly start: number; readonly end: number }>();
  private readonly handlers: ReadonlyMap<string, Handler>;

  constructor(
    private readonly host: DebugHost,
    private readonly outlet: Outlet,
  ) {
    const stops = new BreakpointRequests(host, this.breakpoints, this.filters, () => this);
    const table: Readonly<Record<string, Handler>> = {
      initialize: (args: DebugProtocol.InitializeRequestArguments, reply) => this.initialize(args, reply),
      launch: (args: LaunchArguments, reply) => this.launch(args, reply),
      configurationDone: (_, reply) => this.configurationDone(reply),
      restart: (args: DebugProtocol.RestartArguments, reply) => this.restart(args, reply),
      terminate: (_, reply) => this.terminate(reply),
      disconnect: (_, reply) => this.disconnect(reply),
      setBreakpoints: (args: DebugProtocol.SetBreakpointsArguments, reply) => reply.succeed(stops.setLines(args)),
      setFunctionBreakpoints: (args: DebugProtocol.SetFunctionBreakpointsArguments, reply) =>
        reply.succeed(stops.setVerbs(args)),
      setExceptionBreakpoints: (args: DebugProtocol.SetExceptionBreakpointsArguments, reply) =>
        reply.succeed(stops.setExceptions(args)),
      breakpointLocations: (args: DebugProtocol.BreakpointLocationsArguments, reply) =>
        reply.succeed(stops.locations(args)),
      exceptionInfo: (_, reply) => this.exceptionInfo(reply),
      threads: (_, reply) => reply.succeed({ threads: [{ id: threadId, name: this.script?.source.name ?? "script" }] }),
      stackTrace: (args: DebugProtocol.StackTraceArguments, reply) => this.stackTrace(args, reply),
      scopes: (_, reply) => this.scopes(reply),
      variables: (args: DebugProtocol.VariablesArguments, reply) => this.variables(args, reply),
      evaluate: (args: DebugProtocol.EvaluateArguments, reply) => this.evaluate(args, reply),
      readMemory: (args: DebugProtocol.ReadMemoryArguments, reply) => this.readMemory(args, reply),
      continue: (_, reply) => this.continue(reply),
      reverseContinue: (_, reply) => this.reverseContinue(reply),
      next: (_, reply) => this.stepOnce(reply, (script) => script.stepForward()),
      stepIn: (_, reply) => this.stepOnce(reply, (script) => script.stepForward()),
      stepOut: (_, reply) => this.stepOnce(reply, (script) => script.stepForward()),
      stepBack: (_, reply) => this.stepOnce(reply, (script) => script.stepBack()),
      pause: (_, reply) => this.pause(reply),
      "memscript/seek": (args: { step?: unknown }, reply) => this.seek(args, reply),
      "memscript/state": (_, reply) => this.describe(reply),
    };
    this.handlers = new Map(Object.entries(table));
  }

  get history(): HistoryContract | undefined {
    return this.script?.history;
  }

  get programPath(): string | undefined {
    return this.script?.source.path;
  }

  get isRunning(): boolean {
    return this.script?.control.isRunning ?? false;
  }

  get stoppedLine(): number | undefined {
    const { script } = this;
    return script === null || script.stop === null ? undefined : script.currentLine;
  }

  serve(command: string, args: unknown, reply: Reply): void {
    const handler = this.handlers.get(command);
    if (handler === undefined) throw failures.unknownRequest(command);
    const isLeaving = command === "disconnect" || command === "terminate";
    if (!this.isInitialized && command !== "initialize" && !isLeaving) throw failures.notInitialized();
    if (this.hasEnded && !isLeaving) throw failures.ended();
    if (args !== undefined && (typeof args !== "object" || args === null)) {
      throw failures.badArguments(command, "an object of arguments");
    }
    handler((args ?? {}) as never, reply);
  }

  dispose(): void {
    this.hasEnded = true;
    this.script?.control.cancel();
  }

  private initialize(args: DebugProtocol.InitializeRequestArguments, reply: Reply): void {
    if (this.isInitialized) throw failures.alreadyInitialized();
    this.isInitialized = true;
    this.positions = ClientPositions.of(args);
    this.hasMemoryEvents = args.supportsMemoryEvent === true;
    reply.succeed(capabilities());
  }

  private launch(args: LaunchArguments, reply: Reply): void {
    if (this.launching !== null) throw failures.alreadyLaunched();
    const launching = readLaunch(args);
    this.launching = launching;
    this.load(
      launching,
      () => {
        reply.succeed();
        // Only now: the breakpoints that the client answers with are verified against the script.
        this.outlet.event("initialized");
        this.startWhenReady();
      },
      (error) => {
        this.launching = null;
        reply.fail(error);
      },
    );
  }

  private restart(args: DebugProtocol.RestartArguments, reply: Reply): void {
    if (this.launching === null || this.script === null) throw failures.noScript();
    const again = objectOrNone("restart", "arguments", args.arguments);
    const launching = again === undefined ? this.launching : readLaunch(again);
    this.script.control.cancel();
    this.load(
      launching,
      () => {
        this.launching = launching;
        this.isStarted = false;
        reply.succeed();
        this.startWhenReady();
      },
      (error) => reply.fail(error),
    );
  }

  private load(launching: Launch, done: () => void, failed: (error: unknown) => void): void {
    this.host.readProgram(launching.program).then(
      (source) => {
        if (this.hasEnded) {
          failed(failures.ended());
          return;
        }
        try {
          this.script = new Script(
            source,
            launching.settings,
            this.host,
            this.breakpoints,
            this.filters,
            (output) =>
              this.outlet.event("output", { ...output, ...(output.line === undefined ? {} : { source: this.source }) }),
            (line) => this.positions.lineToClient(line),
            launching.noDebug,
          );
          this.variableStore.clear();
          for (const breakpoint of this.breakpoints.resolveLines(this.script.lines, this.positions)) {
            this.outlet.event("breakpoint", { reason: "changed", breakpoint });
          }
          this.outlet.change({ kind: "loaded", reason: null });
          done();
        } catch (error) {
          failed(error);
        }
      },
      (error: unknown) =>
        failed(failures.unreadable(launching.program, error instanceof Error ? error.message : String(error))),
    );
  }

  private configurationDone(reply: Reply): void {
    this.isConfigured = true;
    reply.succeed();
    this.startWhenReady();
  }

  /** The run starts when the script is loaded and the client has sent its breakpoints, in whichever order. */
  private startWhenReady(): void {
    const { script, launching } = this;
    if (script === null || launching === null || !this.isConfigured || this.isStarted) return;
    this.isStarted = true;
    script.printStart();
    if (script.history.finished) this.stopped(script, { reason: "end", problem: null, breakpointIds: [] });
    else if (launching.stopOnEntry && !launching.noDebug) {
      this.stopped(script, { reason: "entry", problem: null, breakpointIds: [] });
    } else {
      const first = launching.noDebug ? undefined : script.stopHere(true);
      if (first === undefined) this.run(script, () => script.control.forward());
      else this.stopped(script, first);
    }
  }

  private terminate(reply: Reply): void {
    reply.succeed();
    this.end();
  }

  private disconnect(reply: Reply): void {
    reply.succeed();
    this.end();
  }

  private end(): void {
    if (this.hasEnded) return;
    const { script } = this;
    this.dispose();
    if (script?.history.finished) {
      const isClean = !script.history.problems.some((problem) => problem.severity === "error");
      this.outlet.event("exited", { exitCode: isClean ? 0 : 1 });
    }
    this.outlet.event("terminated");
    this.outlet.change({ kind: "ended", reason: null });
  }

  private exceptionInfo(reply: Reply): void {
    const problem = this.stoppedScript().stop?.problem;
    if (!problem) throw failures.noException();
    reply.succeed(exceptionInfo(problem, (line) => this.positions.lineToClient(line)));
  }

  private stackTrace(args: DebugProtocol.StackTraceArguments, reply: Reply): void {
    const script = this.stoppedScript();
    const line = script.currentLine;
    const statement = script.lines.between(line, line).at(0);
    const name = script.history.finished && !script.stop?.problem ? "end of script" : (statement?.verb ?? "script");
    const frame = {
      id: threadId,
      name,
      source: this.source,
      line: this.positions.lineToClient(line),
      // Without an end column: a client would select the whole statement.
      column: this.positions.columnToClient(statement?.span.start ?? 0),
    };
    reply.succeed({ stackFrames: 0 < (args.startFrame ?? 0) ? [] : [frame], totalFrames: 1 });
  }

  private scopes(reply: Reply): void {
    const script = this.stoppedScript();
    const scopes = scopesOf(script.history.state, new ValueFormat(false)).map((scope, index) => ({
      name: scope.name,
      ...(scope.hint === undefined ? {} : { presentationHint: scope.hint }),
      // The children are made again for each request, so that a hexadecimal one is answered in hexadecimal.
      variablesReference: this.variableStore.reference(
        (isHex) => scopesOf(script.history.state, new ValueFormat(isHex))[index].children,
      ),
      ...(scope.children.indexed === undefined ? {} : { indexedVariables: scope.children.indexed.count }),
      ...(scope.children.indexed === undefined ? {} : { namedVariables: scope.children.named?.().length ?? 0 }),
      expensive: scope.expensive,
    }));
    reply.succeed({ scopes });
  }

  private variables(args: DebugProtocol.VariablesArguments, reply: Reply): void {
    this.stoppedScript();
    checkWholes("variables", args, true, "start", "count");
    reply.succeed({ variables: this.variableStore.variables(args) });
  }

  private evaluate(args: DebugProtocol.EvaluateArguments, reply: Reply): void {
    const script = this.stoppedScript();
    if (typeof args.expression !== "string") throw failures.badArguments("evaluate", "an expression");
    const shown = evaluate(
      script.history.state,
      args.expression,
      args.context ?? "repl",
      new ValueFormat(args.format?.hex === true),
    );
    // A result is a variable whose value is called so; the client has the name already.
    const variable: Partial<DebugProtocol.Variable> = this.variableStore.toVariable(shown);
    delete variable.name;
    delete variable.evaluateName;
    const { value, ...rest } = variable;
    reply.succeed({ result: value, ...rest });
  }

  private readMemory(args: DebugProtocol.ReadMemoryArguments, reply: Reply): void {
    const script = this.stoppedScript();
    checkWholes("readMemory", args, true, "offset");
    checkWholes("readMemory", args, false, "count");
    const offset = args.offset ?? 0;
    const body = readMemory(script.history.state, args.memoryReference, offset, args.count);
    this.rememberRead(args.memoryReference, offset, offset + Math.max(0, args.count));
    reply.succeed(body);
  }

  private rememberRead(reference: string, start: number, end: number): void {
    if (end <= start) return;
    const known = this.readReferences.get(reference) ?? { start, end };
    this.readReferences.set(reference, { start: Math.min(known.start, start), end: Math.max(known.end, end) });
  }

  private stepOnce(reply: Reply, move: (script: Script) => Stop): void {
    const script = this.stoppedScript();
    const wasFinished = script.history.finished;
    this.leave(script);
    const stop = move(script);
    reply.succeed();
    // A step ahead at the end ends the session, as a continue does; a step back is still possible.
    if (wasFinished && stop.reason === "end") this.end();
    else this.stopped(script, stop);
  }

  private continue(reply: Reply): void {
    const script = this.stoppedScript();
    reply.succeed({ allThreadsContinued: true });
    if (script.history.finished) this.end();
    else this.run(script, () => script.control.forward());
  }

  private reverseContinue(reply: Reply): void {
    const script = this.stoppedScript();
    reply.succeed();
    this.run(script, () => script.control.backward());
  }

  private run(script: Script, start: () => Promise<Stop | undefined>): void {
    this.leave(script);
    this.outlet.change({ kind: "continued", reason: null });
    start().then(
      (stop) => {
        if (stop !== undefined && this.script === script && !this.hasEnded) this.stopped(script, stop);
      },
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.outlet.event("output", {
          category: "important",
          output: `The run failed by a mistake in MemScript: ${reason}\n`,
        });
        this.end();
      },
    );
  }

  private pause(reply: Reply): void {
    const { script } = this;
    if (script === null) throw failures.noScript();
    if (!script.control.isRunning) throw failures.notRunning();
    script.control.cancel();
    reply.succeed();
    this.stopped(script, { reason: "pause", problem: null, breakpointIds: [] });
  }

  private seek(args: { step?: unknown }, reply: Reply): void {
    const { script } = this;
    if (script === null) throw failures.noScript();
    if (!this.isStarted) throw failures.notReady();
    if (typeof args.step !== "number" || !Number.isSafeInteger(args.step) || args.step < 0) {
      throw failures.badArguments("memscript/seek", "a step, a whole number from 0");
    }
    script.control.cancel();
    this.leave(script);
    const stop = script.seek(args.step);
    reply.succeed({ step: script.history.position });
    this.stopped(script, stop);
  }

  private describe(reply: Reply): void {
    const { script } = this;
    if (script === null) throw failures.noScript();
    const { history } = script;
    reply.succeed({
      step: history.position,
      reached: history.reached,
      finished: history.finished,
      running: script.control.isRunning,
      line: this.positions.lineToClient(script.currentLine),
      problems: history.problems.length,
    });
  }

  /** What holds only at the stop that is being left. */
  private leave(script: Script): void {
    script.stop = null;
    this.variableStore.clear();
  }

  private stopped(script: Script, stop: Stop): void {
    this.leave(script);
    script.stop = stop;
    if (stop.reason === "end" || script.history.finished) script.printEnd();
    if (stop.reason === "end" && (this.launching?.noDebug === true || this.launching?.stopAtEnd === false)) {
      this.end();
      return;
    }
    this.outlet.event("stopped", stoppedBody(stop));
    if (this.hasMemoryEvents) {
      for (const [memoryReference, { start, end }] of this.readReferences) {
        this.outlet.event("memory", { memoryReference, offset: start, count: end - start });
      }
    }
    this.outlet.change({ kind: "stopped", reason: stop.reason });
  }

  /** The script when it stands still; fails the request otherwise. */
  private stoppedScript(): Script {
    const { script } = this;
    if (script === null) throw failures.noScript();
    if (!this.isStarted) throw failures.notReady();
    if (script.control.isRunning || script.stop === null) throw failures.running();
    return script;
  }

  private get source(): DebugProtocol.Source {
    return { name: this.script?.source.name ?? "", path: this.script?.source.path ?? "" };
  }
}
