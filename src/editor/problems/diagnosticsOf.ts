import * as vscode from "vscode";
import type { Severity } from "../../machine/problems/ProblemKind";
import { foldedWords, foldRepeats, type FoldedProblem } from "../../machine/problems/repeats";
import type { DocumentRun } from "../runs/DocumentRun";
import type { RunRefusal } from "../runs/BackgroundRuns";
import { settingKeys, settingsSection } from "../host/ids";
import { words } from "../host/words";
import { lineRange, rangeOf } from "../host/positions";
import { numberText } from "../host/numbers";

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** What is shown at most for one script; more underlines than this help nobody and slow the editor down. */
const shownAtMost = 1000;

/** What running a script found, or why it was not run. */
export function diagnosticsOf(result: DocumentRun | RunRefusal, reference: vscode.Uri): vscode.Diagnostic[] {
  return "unfit" in result ? [refusalDiagnostic(result)] : runDiagnostics(result, reference);
}

function runDiagnostics(run: DocumentRun, reference: vscode.Uri): vscode.Diagnostic[] {
  const { document } = run;
  const diagnostics = foldRepeats(run.problems)
    .slice(0, shownAtMost)
    .map((problem) => problemDiagnostic(document, problem, reference));
  const budget = budgetDiagnostic(run);
  return budget === undefined ? diagnostics : [...diagnostics, budget];
}

function problemDiagnostic(
  document: vscode.TextDocument,
  folded: FoldedProblem,
  reference: vscode.Uri,
): vscode.Diagnostic {
  const { problem } = folded;
  const { message, advice, related } = foldedWords(folded, words);
  const range =
    problem.endColumn <= problem.column
      ? lineRange(document, problem.line)
      : rangeOf(problem.line, problem.column, problem.endColumn);
  const diagnostic = new vscode.Diagnostic(range, `${message}\n${advice}`, severities[problem.severity]);
  diagnostic.source = "MemScript";
  diagnostic.code = { value: problem.id, target: reference.with({ fragment: problem.id }) };
  diagnostic.relatedInformation = related.map(
    ({ line, message: text }) =>
      new vscode.DiagnosticRelatedInformation(new vscode.Location(document.uri, lineRange(document, line)), text),
  );
  // The second free of a block does nothing: it is drawn faded, like other code without effect.
  if (problem.id === "double-free") diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}

/** Past the budget the editor says so, instead of pretending that the rest is fine. */
function budgetDiagnostic(run: DocumentRun): vscode.Diagnostic | undefined {
  if (run.outcome !== "out-of-steps" && run.outcome !== "out-of-time") return undefined;
  const setting = run.outcome === "out-of-steps" ? settingKeys.typingSteps : settingKeys.typingTime;
  const line = run.stoppedLine ?? 0;
  return notice(
    run.document,
    line,
    vscode.l10n.t(
      "Only the first {0} steps are checked while you type; the run was stopped here. Run or debug the script to see the rest, or raise the setting {1}.",
      numberText(run.reached),
      `${settingsSection}.${setting}`,
    ),
  );
}

function refusalDiagnostic(refusal: RunRefusal): vscode.Diagnostic {
  const text =
    refusal.unfit === "binary"
      ? vscode.l10n.t("This file is not text, so it is not run as a script.")
      : vscode.l10n.t(
          "This file is larger than {0} characters, so it is not checked while you type. Run or debug it, or raise the setting {1}.",
          numberText(refusal.limit),
          `${settingsSection}.${settingKeys.fileSize}`,
        );
  return notice(refusal.document, 0, text);
}

function notice(document: vscode.TextDocument, line: number, text: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(lineRange(document, line), text, vscode.DiagnosticSeverity.Information);
  diagnostic.source = "MemScript";
  diagnostic.code = "limit-exceeded";
  return diagnostic;
}
