/** Every identifier that the code shares with package.json, once; a test compares the two. */

export const languageId = "memscript";
/** Of recorded traces, whatever their format. */
export const traceLanguageId = "memscript-trace";
export const debugType = "memscript";
export const inspectorPanelType = "memscript.inspector";
/** The editor of recorded traces: for names that traces have, and for names that they may have, where a user chooses it. */
export const traceEditorTypes = ["memscript.trace", "memscript.possibleTrace"] as const;
/** Views in Run and Debug. */
export const viewIds = {
  memory: "memscript.memory",
  history: "memscript.history",
  inspector: "memscript.inspectorView",
} as const;
/** Context key: whether the extension is active in this window. */
export const inUseContext = "memscript.inUse";

export const commandIds = {
  runFile: "memscript.runFile",
  debugFile: "memscript.debugFile",
  stepLine: "memscript.stepLine",
  stepBack: "memscript.stepBack",
  openInspector: "memscript.openInspector",
  showInspectorView: "memscript.showInspectorView",
  toggleHexadecimal: "memscript.toggleHexadecimal",
  describeMemory: "memscript.describeMemory",
  exportReport: "memscript.exportReport",
  whyFree: "memscript.whyFree",
  explainLine: "memscript.explainLine",
  backToWrite: "memscript.backToWrite",
  backToAllocation: "memscript.backToAllocation",
  backToMove: "memscript.backToMove",
  forwardToFree: "memscript.forwardToFree",
  runToNextEvent: "memscript.runToNextEvent",
  backToPreviousEvent: "memscript.backToPreviousEvent",
  runToEnd: "memscript.runToEnd",
  backToStart: "memscript.backToStart",
  goToStep: "memscript.goToStep",
  showHistory: "memscript.showHistory",
  askHistory: "memscript.askHistory",
  refreshHistory: "memscript.refreshHistory",
  clearHistory: "memscript.clearHistory",
  copyHistory: "memscript.copyHistory",
  travelToEvent: "memscript.travelToEvent",
  showInInspector: "memscript.showInInspector",
  goToAllocation: "memscript.goToAllocation",
  copyAddress: "memscript.copyAddress",
  openExample: "memscript.openExample",
  newFile: "memscript.newFile",
  convertTrace: "memscript.convertTrace",
  replayTrace: "memscript.replayTrace",
  comparePolicies: "memscript.comparePolicies",
  comparePools: "memscript.comparePools",
  debugTwoPolicies: "memscript.debugTwoPolicies",
  debugTwoScripts: "memscript.debugTwoScripts",
  stepBoth: "memscript.stepBoth",
  runBoth: "memscript.runBoth",
} as const;

/** Keys of `when` clauses. */
export const contextKeys = {
  /** There are exactly two debug sessions of ours in the window. */
  twoSessions: "memscript.twoSessions",
} as const;

/** Section and full keys of the settings, by the names that the code uses. */
export const settingsSection = "memscript";
export const settingKeys = {
  diagnosticsEnabled: "diagnostics.enabled",
  inlineValuesEnabled: "inlineValues.enabled",
  inspectorOpenOnDebug: "inspector.openOnDebug",
  inlayAddresses: "inlayHints.addresses",
  inlaySizes: "inlayHints.sizes",
  inlayFreeBlocks: "inlayHints.freeBlocks",
  codeLensEnabled: "codeLens.enabled",
  alignColumns: "format.alignColumns",
  statusBarEnabled: "statusBar.enabled",
  steps: "limits.steps",
  memory: "limits.memory",
  residentMemory: "limits.residentMemory",
  blocks: "limits.blocks",
  problems: "limits.problems",
  typingSteps: "limits.typingSteps",
  typingTime: "limits.typingTime",
  fileSize: "limits.fileSize",
} as const;
export type SettingName = keyof typeof settingKeys;

/** Names of the language-model tools. */
export const toolNames = {
  run: "memscript_run",
  explainProblem: "memscript_explain_problem",
  translate: "memscript_translate",
} as const;
