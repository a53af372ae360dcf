import type { Work } from "../../language/coroutines";
import * as vscode from "vscode";
import type { ProgramDocument } from "../../language/parsing/ProgramDocument";
import type { PlacedStatement } from "../../language/parsing/syntax";
import { proofsOf } from "../../machine/run/proofs";
import { configurationFor } from "../debugging/debugConfiguration";
import { languageId } from "../host/ids";
import { log, reasonOf } from "../host/log";
import { nameOf } from "../debugging/programUri";
import { scriptAt } from "../language/programs";
import { rangeOf } from "../host/positions";
import { uriKey } from "../host/uris";
import { runYielding } from "../runs/editorHost";

/** Folders whose scripts are nobody's tests. */
const excluded = "**/node_modules/**";
const mostFiles = 2000;

/**
 * The `expect` lines of scripts as tests: a script is a suite, each of its `expect` lines a test. Running one runs its
 * script, once, whichever of its tests were asked for; debugging one stops before its line.
 */
export function registerTesting(): vscode.Disposable {
  const controller = vscode.tests.createTestController("memscript", vscode.l10n.t("MemScript Expectations"));
  const files = new ScriptTests(controller);
  controller.resolveHandler = (item) => (item === undefined ? files.discover() : files.read(item.uri));
  controller.refreshHandler = () => files.discover();
  const { Run, Debug } = vscode.TestRunProfileKind;
  controller.createRunProfile(
    vscode.l10n.t("Run"),
    Run,
    async (request, token) => {
      const { runTests } = await import("./runTests");
      await runTests(controller, request, token, (item) => files.read(item.uri));
    },
    true,
  );
  controller.createRunProfile(vscode.l10n.t("Debug"), Debug, (request) => debugTest(request), true);
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.memscript");
  return vscode.Disposable.from(
    controller,
    watcher,
    watcher.onDidCreate((uri) => void files.read(uri)),
    watcher.onDidChange((uri) => void files.read(uri)),
    watcher.onDidDelete((uri) => controller.items.delete(uriKey(uri))),
    vscode.workspace.onDidOpenTextDocument((document) => files.readDocument(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => files.readDocument(document)),
  );
}

/** Keeps the tree of tests as the scripts are now. */
class ScriptTests {
  private timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly controller: vscode.TestController) {
    for (const document of vscode.workspace.textDocuments) this.readDocument(document);
  }

  async discover(): Promise<void> {
    const found = await vscode.workspace.findFiles("**/*.memscript", excluded, mostFiles);
    await Promise.all(found.map((uri) => this.read(uri)));
  }

  /** Soon: while somebody types, once for many keys. */
  readDocument(document: vscode.TextDocument): void {
    if (document.languageId !== languageId || document.isUntitled) return;
    const key = uriKey(document.uri);
    clearTimeout(this.timers.get(key));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      void this.read(document.uri);
    }, 300);
    this.timers.set(key, timer);
  }

  async read(uri: vscode.Uri | undefined): Promise<void> {
    if (uri === undefined) return;
    try {
      this.show(uri, await runYielding(proofsIn(await scriptAt(uri))));
    } catch (error) {
      log().warn(`${uri.toString()} has no tests: ${reasonOf(error)}`);
      this.controller.items.delete(uriKey(uri));
    }
  }

  private show(uri: vscode.Uri, proofs: readonly PlacedStatement[]): void {
    const key = uriKey(uri);
    if (proofs.length === 0) {
      this.controller.items.delete(key);
      return;
    }
    let file = this.controller.items.get(key);
    if (file === undefined) {
      file = this.controller.createTestItem(key, nameOf(uri), uri);
      this.controller.items.add(file);
    }
    file.children.replace(
      proofs.map(({ line, statement }) => {
        const test = this.controller.createTestItem(`${key}#${line}`, statement.text, uri);
        test.description = vscode.l10n.t("line {0}", line + 1);
        test.range = rangeOf(line, statement.span.start, statement.span.end);
        test.sortText = String(line).padStart(8, "0");
        return test;
      }),
    );
  }
}

function* proofsIn(script: ProgramDocument): Work<PlacedStatement[]> {
  // A cheap look first: most scripts of a large workspace prove nothing.
  if (!script.hasLine(/^[ \t]*expect\b/)) return [];
  return yield* proofsOf(yield* script.parse());
}

/** Debugs the script of the first test that was chosen, stopping before its line. */
async function debugTest(request: vscode.TestRunRequest): Promise<void> {
  const test = request.include?.at(0);
  if (test?.uri === undefined) return;
  const breakpoint =
    test.range === undefined
      ? undefined
      : new vscode.SourceBreakpoint(new vscode.Location(test.uri, new vscode.Position(test.range.start.line, 0)));
  if (breakpoint !== undefined) vscode.debug.addBreakpoints([breakpoint]);
  try {
    await vscode.debug.startDebugging(
      vscode.workspace.getWorkspaceFolder(test.uri),
      configurationFor(test.uri, breakpoint === undefined),
    );
    if (breakpoint !== undefined) await firstStop();
  } finally {
    if (breakpoint !== undefined) vscode.debug.removeBreakpoints([breakpoint]);
  }
}

/** Until the session stands somewhere or is over. */
function firstStop(): Promise<void> {
  return new Promise((resolve) => {
    const subscriptions = [
      vscode.debug.onDidChangeActiveStackItem((item) => item !== undefined && done()),
      vscode.debug.onDidTerminateDebugSession(() => done()),
    ];
    const done = (): void => {
      for (const subscription of subscriptions) subscription.dispose();
      resolve();
    };
  });
}
