import * as vscode from "vscode";
import { parse } from "../../language/parsing/parser";
import { visible, visibleName } from "../../language/visible";
import { leakSummaryText } from "../../machine/leaks/kinds";
import { problemsOfParsing } from "../../machine/problems/ofParsing";
import { foldedLines, listedProblems, problemLines } from "../../machine/problems/problemLines";
import { describeMemory } from "../../machine/step/describe";
import { stepLines } from "../../machine/stories/stepLines";
import { readScript } from "../debugging/programUri";
import type { Run } from "../runs/Run";
import { runScript } from "../runs/runScript";
import { reasonOf } from "./log";
import type { TaskCommand } from "./tasks";
import { words } from "./words";

/** Steps printed of a run: a terminal takes no more text than it can show. */
const mostSteps = 10_000;

/** The terminal of a task: runs a script as `memscript check` or `memscript run` does, and ends with its exit code. */
export class ScriptTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly closed = new vscode.EventEmitter<number>();
  private readonly cancel = new vscode.CancellationTokenSource();
  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;

  constructor(
    private readonly command: TaskCommand,
    private readonly script: vscode.Uri,
  ) {}

  open(): void {
    this.execute().then(
      (code) => this.closed.fire(code),
      (error: unknown) => {
        this.print([`memscript: ${this.name}: ${reasonOf(error)}`]);
        this.closed.fire(2);
      },
    );
  }

  close(): void {
    this.cancel.cancel();
  }

  private get name(): string {
    return visibleName(vscode.workspace.asRelativePath(this.script, false));
  }

  private async execute(): Promise<number> {
    const program = parse(await readScript(this.script));
    const { name } = this;
    if (this.command === "check") {
      const checked = await runScript(program, this.script, this.cancel.token);
      return checked === undefined ? 2 : this.conclude(checked);
    }
    for (const problem of problemsOfParsing(program)) this.print(problemLines(name, problem, words));
    const run = await runScript(program, this.script, this.cancel.token, {
      onRecord: (record) => {
        if (record.step <= mostSteps) this.print(stepLines(name, record, words));
      },
    });
    return run === undefined ? 2 : this.conclude(run);
  }

  /** The problems of a check, or what a run left; the exit code of the command line. */
  private conclude(run: Run): number {
    const { name, command } = this;
    return run.at(run.reached, ({ state, problems }) => {
      if (command === "check") {
        for (const folded of listedProblems(problems)) this.print(foldedLines(name, folded, words));
      } else {
        const more = run.reached - mostSteps;
        if (more > 0) this.print([words.count(more, "… and {0} more step.", "… and {0} more steps.")]);
        this.print(["", describeMemory(state), ...leakSummaryText(state.leaks())]);
      }
      return problems.some(({ severity }) => severity === "error") ? 1 : 0;
    });
  }

  private print(lines: readonly string[]): void {
    this.written.fire(lines.map((line) => `${visible(line).replaceAll("\n", "\r\n")}\r\n`).join(""));
  }
}
