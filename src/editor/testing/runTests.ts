import * as vscode from "vscode";
import { messageOf } from "../../machine/problems/Problem";
import { words } from "../host/words";
import { ProofJudge, type ProofOutcome } from "../../machine/run/proofs";
import { reasonOf } from "../host/log";
import { programAt } from "../language/programs";
import { runScript } from "../runs/runScript";

/** Runs the scripts of the tests that were asked for and tells what became of each test. */
export async function runTests(
  controller: vscode.TestController,
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
  read: (item: vscode.TestItem) => Promise<void>,
): Promise<void> {
  const run = controller.createTestRun(request);
  const chosen = request.include ?? [...controller.items].map(([, item]) => item);
  const excluded = new Set(request.exclude ?? []);
  const files = new Set(chosen.map((item) => item.parent ?? item));
  for (const file of files) {
    if (token.isCancellationRequested) break;
    await read(file);
    const wanted = [...file.children].map(([, test]) => test).filter((test) => !excluded.has(test));
    const isAsked = (test: vscode.TestItem): boolean => chosen.some((item) => item === file || item.id === test.id);
    await runFile(run, file, wanted.filter(isAsked), token);
  }
  run.end();
}

async function runFile(
  run: vscode.TestRun,
  file: vscode.TestItem,
  tests: readonly vscode.TestItem[],
  token: vscode.CancellationToken,
): Promise<void> {
  for (const test of tests) run.started(test);
  const started = performance.now();
  try {
    const program = await programAt(file.uri!);
    const judge = new ProofJudge(program);
    const result = await runScript(program, file.uri, token, { onRecord: (record) => judge.feed(record) });
    if (result === undefined) {
      for (const test of tests) run.skipped(test);
      return;
    }
    const outcomes = new Map(judge.outcomes().map(({ line, outcome: judged }) => [line, judged]));
    const share = (performance.now() - started) / Math.max(1, tests.length);
    for (const test of tests) report(run, test, outcomes.get(test.range!.start.line), share);
  } catch (error) {
    for (const test of tests) run.errored(test, new vscode.TestMessage(reasonOf(error)));
  }
}

function report(
  run: vscode.TestRun,
  test: vscode.TestItem,
  outcome: ProofOutcome | undefined,
  milliseconds: number,
): void {
  const message = (text: string): vscode.TestMessage => {
    const made = new vscode.TestMessage(text);
    made.location = new vscode.Location(test.uri!, test.range!);
    return made;
  };
  switch (outcome?.kind) {
    case "held":
      run.passed(test, milliseconds);
      return;
    case "failed":
      run.failed(test, message(messageOf(outcome.problem, words)), milliseconds);
      return;
    case "not-reached":
    case undefined:
      run.errored(test, message(vscode.l10n.t("The run never came to this line.")));
  }
}
