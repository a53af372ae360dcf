import * as vscode from "vscode";
import { registerComparePolicies } from "./commands/comparePolicies";
import { registerComparePools } from "./commands/comparePools";
import { followEdits } from "./language/programs";
import { registerConvertTrace } from "./traces/convertTrace";
import { registerTraceEditor } from "./traces/registerTraceEditor";
import { registerReplayTrace } from "./traces/replayTrace";
import { registerDescribeMemory } from "./commands/describeMemory";
import { registerExplainLine } from "./commands/explainLine";
import { registerExportReport } from "./commands/exportReport";
import { registerNewFile, registerOpenExample } from "./commands/openExample";
import { registerDebugCommands } from "./commands/debugCommands";
import { registerToggleHexadecimal } from "./commands/toggleHexadecimal";
import { registerTextPages } from "./commands/textPage";
import { registerWhyFree } from "./commands/whyFree";
import { ConfigurationProvider, DynamicConfigurations } from "./debugging/debugConfiguration";
import { AdapterFactory } from "./debugging/debugAdapter";
import { registerDiagnostics } from "./problems/diagnostics";
import { BackgroundRuns } from "./runs/BackgroundRuns";
import { EvaluatableProvider } from "./debugging/evaluatable";
import { debugType, languageId } from "./host/ids";
import { loadedOnce } from "./host/loadedOnce";
import { InlineValuesProvider } from "./debugging/inlineValues";
import { LensProvider } from "./language/codeLens";
import { TraceDropProvider } from "./language/drop";
import { FoldingProvider } from "./language/folding";
import { FormattingProvider } from "./language/formatting";
import { InlayHintsProvider } from "./language/inlayHints";
import { ProblemLinkProvider } from "./language/links";
import { DefinitionProvider, HighlightProvider, ReferenceProvider, RenameProvider } from "./language/navigation";
import { SelectionProvider } from "./language/selection";
import { semanticLegend, SemanticTokensProvider } from "./language/semanticTokens";
import { SignatureHelpProvider } from "./language/signatureHelp";
import { SymbolProvider } from "./language/symbols";
import { CurrentMoment } from "./runs/CurrentMoment";
import { SessionRuns } from "./runs/SessionRuns";
import { registerLockStep } from "./debugging/lockStep/register";
import { registerInspector } from "./panel/register";
import { fixAllKind, QuickFixProvider } from "./problems/quickFixes";
import { registerStatusBar } from "./host/statusBar";
import { registerTasks } from "./host/tasks";
import { registerTesting } from "./testing/controller";
import { registerTime } from "./timeTravel/register";
import { registerTools } from "./tools";
import { WhyFreeProvider } from "./problems/whyFree";

/** Scripts of any file system: no scheme is asked for. */
const selector: vscode.DocumentSelector = { language: languageId };

/** Registers everything and computes nothing: scripts run when they are open, in slices, after activation. */
export function activateEditor(context: vscode.ExtensionContext): void {
  const { extensionUri, subscriptions } = context;
  // Before everything that listens to edits and asks for the program then.
  const edits = followEdits();
  const runs = new BackgroundRuns();
  const live = new SessionRuns();
  const current = new CurrentMoment(runs, live);
  const inspector = registerInspector(context, runs, live);
  const problemsPage = vscode.Uri.joinPath(extensionUri, "media", "problems.md");
  const parts = [
    edits,
    runs,
    live,
    registerDiagnostics(runs, problemsPage),
    registerStatusBar(runs, live),
    inspector,
    ...registerLanguage(runs, live, current, extensionUri),
    ...registerDebugger(live),
    registerDebugCommands(live),
    registerToggleHexadecimal(),
    registerLockStep(live),
    registerDescribeMemory(current),
    registerExportReport(live),
    registerTextPages(),
    registerWhyFree(current),
    registerExplainLine(runs),
    registerTime(context, runs, live, inspector),
    registerNewFile(),
    registerOpenExample(extensionUri),
    registerTesting(),
    registerTasks(),
    registerTools(),
    registerConvertTrace(),
    registerReplayTrace(),
    registerTraceEditor(extensionUri),
    registerComparePolicies((compared) => inspector.showComparison(compared)),
    registerComparePools((compared) => inspector.showComparison(compared)),
  ];
  for (const part of parts) subscriptions.push(part);
}

function registerLanguage(
  runs: BackgroundRuns,
  live: SessionRuns,
  current: CurrentMoment,
  extensionUri: vscode.Uri,
): vscode.Disposable[] {
  const { languages } = vscode;
  const formatting = new FormattingProvider();
  const media = vscode.Uri.joinPath(extensionUri, "media");
  const loadCompletion = loadedOnce(async () => {
    const { CompletionProvider } = await import("./language/completion");
    return new CompletionProvider(runs, vscode.Uri.joinPath(media, "snippets", "memscript.json"));
  });
  const loadHovers = loadedOnce(async () => {
    const { HoverProvider } = await import("./language/hover");
    return new HoverProvider(current);
  });
  return [
    languages.registerHoverProvider(selector, {
      provideHover: async (...place) => (await loadHovers()).provideHover(...place),
    }),
    languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems: async (document, position, token) =>
          (await loadCompletion()).provideCompletionItems(document, position, token),
        resolveCompletionItem: async (item) => (await loadCompletion()).resolveCompletionItem(item),
      },
      "=",
      " ",
    ),
    languages.registerSignatureHelpProvider(selector, new SignatureHelpProvider(), " ", "="),
    languages.registerDocumentSymbolProvider(selector, new SymbolProvider(), { label: "MemScript" }),
    languages.registerDefinitionProvider(selector, new DefinitionProvider()),
    languages.registerReferenceProvider(selector, new ReferenceProvider()),
    languages.registerDocumentHighlightProvider(selector, new HighlightProvider()),
    languages.registerRenameProvider(selector, new RenameProvider()),
    languages.registerFoldingRangeProvider(selector, new FoldingProvider()),
    languages.registerSelectionRangeProvider(selector, new SelectionProvider()),
    languages.registerDocumentFormattingEditProvider(selector, formatting),
    languages.registerDocumentRangeFormattingEditProvider(selector, formatting),
    languages.registerOnTypeFormattingEditProvider(selector, formatting, "\n", "d"),
    languages.registerDocumentSemanticTokensProvider(selector, new SemanticTokensProvider(runs), semanticLegend),
    languages.registerInlayHintsProvider(selector, new InlayHintsProvider(runs)),
    languages.registerCodeLensProvider(selector, new LensProvider(runs)),
    languages.registerDocumentDropEditProvider(selector, new TraceDropProvider()),
    languages.registerDocumentLinkProvider(
      selector,
      new ProblemLinkProvider(vscode.Uri.joinPath(media, "problems.md")),
    ),
    languages.registerCodeActionsProvider(selector, new QuickFixProvider(runs), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
    }),
    languages.registerCodeActionsProvider(selector, new WhyFreeProvider(), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    languages.registerEvaluatableExpressionProvider(selector, new EvaluatableProvider()),
    languages.registerInlineValuesProvider(selector, new InlineValuesProvider(live)),
  ];
}

function registerDebugger(live: SessionRuns): vscode.Disposable[] {
  const { debug } = vscode;
  const onRequest = vscode.DebugConfigurationProviderTriggerKind.Dynamic;
  return [
    debug.registerDebugConfigurationProvider(debugType, new ConfigurationProvider()),
    debug.registerDebugConfigurationProvider(debugType, new DynamicConfigurations(), onRequest),
    debug.registerDebugAdapterDescriptorFactory(debugType, new AdapterFactory(live)),
  ];
}
