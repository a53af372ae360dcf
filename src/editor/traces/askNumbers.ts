import * as vscode from "vscode";
import type { TraceRequest } from "../../trace/request";
import { nameOf } from "../debugging/programUri";
import { readTraceBytes } from "./traceBytes";

/** What is said of a trace: the value of `--format`, and the rest of a request. */
export interface SaidOfTrace {
  readonly format?: string | undefined;
  readonly base?: TraceRequest["base"];
  readonly modify?: TraceRequest["modify"];
}

interface NumbersItem extends vscode.QuickPickItem {
  readonly format: "addresses" | "pages";
  readonly base: 10 | 16;
}

/** Asks what a trace's numbers are, where nothing in it says it: the answer that would be assumed comes first. Null: cancelled. */
export async function askNumbers(uri: vscode.Uri): Promise<SaidOfTrace | null> {
  const [{ openNumbers }, { Head }] = await Promise.all([
    import("../../trace/openNumbers"),
    import("../../trace/head"),
  ]);
  const head = new Head();
  for await (const { bytes } of readTraceBytes(uri, Infinity)) if (head.add(bytes)) break;
  const assumed = openNumbers(head.take(), { name: nameOf(uri) });
  if (assumed === null) return {};
  const isAssumed = ({ format, base }: NumbersItem): boolean =>
    (format === "addresses") === (assumed.unit === "addresses") && base === assumed.base;
  const items = numbersItems();
  const first = items.filter(isAssumed).map((item) => ({ ...item, description: vscode.l10n.t("assumed") }));
  const picked = await vscode.window.showQuickPick([...first, ...items.filter((item) => !isAssumed(item))], {
    title: vscode.l10n.t("Numbers in {0}", nameOf(uri)),
    placeHolder: vscode.l10n.t("What the numbers of the trace are"),
  });
  return picked === undefined ? null : { format: picked.format, base: picked.base };
}

function numbersItems(): NumbersItem[] {
  return [
    { label: vscode.l10n.t("Byte addresses, decimal"), format: "addresses", base: 10 },
    { label: vscode.l10n.t("Byte addresses, hexadecimal"), format: "addresses", base: 16 },
    { label: vscode.l10n.t("Page numbers, decimal"), format: "pages", base: 10 },
    { label: vscode.l10n.t("Page numbers, hexadecimal"), format: "pages", base: 16 },
  ];
}

/** `{ format: "addresses", base: 16, modify: "twice" }`, from another command or a key binding; null when nothing is said. */
export function saidOfTrace(options: unknown): SaidOfTrace | null {
  // A menu of the explorer gives an array of all selected files.
  if (typeof options !== "object" || options === null || Array.isArray(options)) return null;
  const { format, base, modify } = options as Readonly<Record<string, unknown>>;
  return {
    format: typeof format === "string" ? format : undefined,
    base: base === 10 || base === 16 ? base : undefined,
    modify: modify === "once" || modify === "twice" ? modify : undefined,
  };
}
