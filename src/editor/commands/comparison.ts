import * as vscode from "vscode";
import type { CompareView } from "../../inspector/compareView";
import { wholeCompareView } from "../../inspector/wholeCompareView";
import type { ComparedPart, PolicyChoice } from "../../machine/compare/parts/parts";
import { nameOf, openDocument } from "../debugging/programUri";
import { languageId } from "../host/ids";
import { readSettings } from "../host/settings";
import { words } from "../host/words";
import { programAt } from "../language/programs";
import {
  compareSubject,
  givenChoice,
  memoryOf,
  presentParts,
  scriptSubject,
  traceSubject,
  whyNoMemory,
  type Subject,
} from "./comparedSubject";
import { partItems } from "./policyItems";
import { withProgress } from "./progress";

/** Undefined when cancelled, or when nothing is chosen. Rejects with a message for people when the file cannot be read. */
export async function compareFile(uri: vscode.Uri, options: unknown): Promise<CompareView | undefined> {
  const title = vscode.l10n.t("Comparing policies on {0}", nameOf(uri));
  const subject = await subjectOf(uri, title);
  if (subject === undefined) return undefined;
  const described = subject.kind === "references" ? await memoryTexts(options) : { vm: "", cache: "" };
  if (described === undefined) return undefined;
  const memory = subject.kind === "references" ? memoryOf(described.vm, described.cache) : null;
  if (memory !== null && "message" in memory) throw new Error(memory.message);
  const present = presentParts(subject, memory);
  if (present.size === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} has nothing to compare: no heap, paging on demand, lookaside buffer or cache.", nameOf(uri)),
    );
    return undefined;
  }
  const choice = givenChoice(options, present) ?? (await choosePolicies(present));
  if (choice === undefined || Object.keys(choice).length === 0) return undefined;
  const whole = await withProgress(title, (host) => compareSubject(uri, subject, memory, choice, host));
  if (whole === undefined) return undefined;
  const hasLines = !uri.path.endsWith(".gz");
  const again = { choice, ...(subject.kind === "references" ? described : {}) };
  return wholeCompareView(nameOf(uri), whole, hasLines, again, words, (text) => vscode.l10n.t(text));
}

async function subjectOf(uri: vscode.Uri, title: string): Promise<Subject | undefined> {
  if (!isScript(uri)) return traceSubject(uri);
  const options = { limits: readSettings(uri).limits, overrides: new Map<string, string>() };
  const program = await programAt(uri);
  return withProgress(title, (host) => scriptSubject(program, options, host));
}

interface MemoryTexts {
  readonly vm: string;
  readonly cache: string;
}

const usualVm = "frames=64 tlb=16";

/**
 * The page table and the caches that a trace goes through: those of the caller, who need not say any when he says
 * policies, or those that the user types; undefined when cancelled.
 */
async function memoryTexts(options: unknown): Promise<MemoryTexts | undefined> {
  const given = (options ?? {}) as Readonly<Record<string, unknown>>;
  const { vm, cache, policies, choice } = given;
  if (typeof vm === "string" || typeof cache === "string" || policies !== undefined || choice !== undefined) {
    const usual = typeof cache === "string" && cache !== "" ? "" : usualVm;
    return { vm: typeof vm === "string" ? vm : usual, cache: typeof cache === "string" ? cache : "" };
  }
  const table = await vscode.window.showInputBox({
    title: vscode.l10n.t("Compare Policies"),
    prompt: vscode.l10n.t(
      "Page table and lookaside buffer: options of the vm statement. Empty: addresses are physical",
    ),
    value: usualVm,
    validateInput: (text) => whyNoMemory(text.trim(), ""),
  });
  if (table === undefined) return undefined;
  const caches = await vscode.window.showInputBox({
    title: vscode.l10n.t("Compare Policies"),
    prompt: vscode.l10n.t("Caches: cache statements without their verb, separated by semicolons. Empty: none"),
    placeHolder: "L1 32KiB ways=8; L2 256KiB",
    validateInput: (text) => whyNoMemory(table.trim(), text.trim()),
  });
  return caches === undefined ? undefined : { vm: table.trim(), cache: caches.trim() };
}

/** Asks which policies of the parts to run; all are picked beforehand. */
async function choosePolicies(present: ReadonlySet<ComparedPart>): Promise<PolicyChoice | undefined> {
  const headings: Readonly<Record<ComparedPart, string>> = {
    heap: vscode.l10n.t("Heap"),
    replacement: vscode.l10n.t("Page replacement"),
    tlb: vscode.l10n.t("Lookaside buffer"),
    cache: vscode.l10n.t("Caches"),
  };
  const items = [...present].flatMap((part) => [
    { label: headings[part], kind: vscode.QuickPickItemKind.Separator, part },
    ...partItems(part).map((item) => ({ ...item, picked: true })),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Compare Policies"),
    placeHolder: vscode.l10n.t("Policies to run side by side; the first is the baseline"),
    canPickMany: true,
  });
  if (picked === undefined) return undefined;
  const choice = Object.fromEntries(
    [...present].map((part) => [part, picked.filter((item) => item.part === part).map(({ label }) => label)]),
  );
  return givenChoice({ choice }, present) ?? undefined;
}

function isScript(uri: vscode.Uri): boolean {
  return openDocument(uri)?.languageId === languageId || uri.path.endsWith(".memscript");
}
