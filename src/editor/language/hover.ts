import * as vscode from "vscode";
import { accessOf } from "../../language/services/effects";
import { tokenAt, type SourceToken } from "../../language/services/queries";
import { renderOptionMarkdown, renderVerbMarkdown } from "../../language/services/signature";
import { describeOption, describeVerb, writtenVerb } from "../../language/vocabulary/vocabulary";
import { toHex } from "../../engine/address";
import type { NameExpression } from "../../language/parsing/syntax";
import { Words } from "../../language/Words";
import { stateTree } from "../../machine/inspect/stateTree";
import { headlineOf } from "../../machine/inspect/summary";
import type { MachineState } from "../../machine/run/MachineState";
import type { CurrentMoment } from "../runs/CurrentMoment";
import { DocumentRun } from "../runs/DocumentRun";
import type { Moment } from "../runs/Run";
import { explainAddress, explainAllocation, explainWalk } from "./explain";
import { storyText } from "../../machine/stories/storyText";
import { words } from "../host/words";
import { nameAt } from "../../language/services/statementNames";
import { rangeOf } from "../host/positions";
import { namedProgram } from "./programs";
import { whyFree } from "../problems/whyFree";

/**
 * Explains verbs and options from the vocabulary, and handles and addresses from the real machine: after the line's
 * last execution, or at the stopped step while debugging.
 */
export class HoverProvider implements vscode.HoverProvider {
  constructor(private readonly current: CurrentMoment) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    cancellation: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { line, character } = position;
    const program = await namedProgram(document, cancellation);
    const token = program && tokenAt(program, line, character);
    if (token === undefined) return undefined;
    const range = rangeOf(line, token.span.start, token.span.end);
    switch (token.kind) {
      case "verb":
      case "option":
      case "word": {
        const vocabulary = vocabularyText(token);
        const sections = [
          await this.freeSection(document, line, token, cancellation),
          await this.reportSection(document, line, token, cancellation),
        ];
        const text = vocabulary === undefined ? undefined : vocabulary + sections.join("");
        return text === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString(text), range);
      }
      case "handle":
      case "variable":
      case "number":
      case "region":
      case "process":
      case "area":
      case "name": {
        const moment = await this.current.of(document, { kind: "after", line }, cancellation);
        return moment === undefined ? undefined : memoryHover(document, moment, token, position);
      }
      case "string":
      case "operator":
      case "comment":
        return undefined;
    }
  }

  /** For `defrag` and `coalesce`: what the line did when it ran last, or where the debugger stands behind it. */
  private async reportSection(
    document: vscode.TextDocument,
    line: number,
    { kind, statement }: SourceToken,
    cancellation: vscode.CancellationToken,
  ): Promise<string> {
    if (kind !== "verb" || statement === null || describeVerb(statement.verb)?.reports !== true) return "";
    const moment = await this.current.of(document, { kind: "after", line }, cancellation);
    const record = moment?.run.at(moment.position, (reader) => reader.record);
    if (moment === undefined || record?.line !== line) return "";
    return `\n\n---\n\n${storyText(record, words)}\n\n*${momentText(moment)}*`;
  }

  /** For the verb `free`: what it would do on this line, check by check. */
  private async freeSection(
    document: vscode.TextDocument,
    line: number,
    { kind, statement }: SourceToken,
    cancellation: vscode.CancellationToken,
  ): Promise<string> {
    if (kind !== "verb" || statement?.verb !== "free") return "";
    const lines = await whyFree(document, line, this.current, cancellation);
    return lines === undefined
      ? ""
      : `\n\n---\n\n${lines[0]}\n\n${lines
          .slice(1)
          .map((line) => `- ${line}`)
          .join("\n")}`;
  }
}

function vocabularyText(token: SourceToken): string | undefined {
  const { statement, text } = token;
  if (token.kind === "verb") {
    const description = writtenVerb(text);
    return description === undefined ? undefined : renderVerbMarkdown(description);
  }
  const verb = statement === null ? undefined : describeVerb(statement.verb);
  if (verb === undefined || statement === null) return undefined;
  // A choice such as `best-fit` is explained by the option that it is the value of.
  const option =
    token.kind === "option"
      ? describeOption(verb, text.replace(/=$/, ""))
      : Object.values(statement.options)
          .filter(({ value }) => value.span.start <= token.span.start && token.span.end <= value.span.end)
          .map(({ name }) => describeOption(verb, name))[0];
  return option === undefined ? undefined : renderOptionMarkdown(verb, option);
}

function memoryHover(
  document: vscode.TextDocument,
  moment: Moment,
  token: SourceToken,
  position: vscode.Position,
): vscode.Hover | undefined {
  const { statement } = token;
  const name =
    statement === null || token.kind === "number" || token.kind === "region"
      ? undefined
      : nameAt(statement, position.character);
  const span = name?.span ?? token.span;
  const range = rangeOf(position.line, span.start, span.end);
  const expression = document.lineAt(position.line).text.slice(span.start, span.end);
  const text = moment.run.at(moment.position, ({ state }) => explainExpression(state, token, name, expression));
  if (text === undefined) return undefined;
  const markdown = new vscode.MarkdownString(text);
  markdown.appendMarkdown(`\n\n*${momentText(moment)}*`);
  return new vscode.Hover(markdown, range);
}

function momentText({ run, position }: Moment): string {
  return run instanceof DocumentRun
    ? vscode.l10n.t("After step {0}, the last one on this line or above.", position)
    : vscode.l10n.t("At the debugger's step {0}.", position);
}

/** A heading with the value, then the facts about the address that it is. */
function explainExpression(
  state: MachineState,
  token: SourceToken,
  name: NameExpression | undefined,
  expression: string,
): string | undefined {
  if (token.kind === "number") {
    if (token.value !== null && isAmount(token))
      return `\`${expression}\` = ${token.value} (\`${toHex(token.value)}\`)`;
    return token.value === null ? undefined : addressText(state, token, `\`${toHex(token.value)}\``, token.value, []);
  }
  const { kind } = token;
  if (kind === "region" || kind === "process" || kind === "area") return nodeText(state, kind, expression);
  if (name === undefined) return undefined;
  const evaluated = state.evaluate(name);
  if ("error" in evaluated) return evaluated.error;
  const { value } = evaluated;
  if (token.kind !== "handle" || typeof value !== "number") return `\`${expression}\` = ${value}`;
  const index = name.index === null ? undefined : state.evaluate(name.index);
  const key = index === undefined ? name.name : "value" in index ? `${name.name}[${index.value}]` : expression;
  const allocation = state.handle(key)?.allocation ?? null;
  const facts = allocation === null ? [] : [explainAllocation(allocation)];
  return addressText(state, token, `\`${expression}\` = \`${toHex(Math.max(0, value))}\``, value, facts);
}

function addressText(
  state: MachineState,
  { statement }: SourceToken,
  heading: string,
  address: number,
  facts: readonly string[],
): string {
  const isAddress = Number.isSafeInteger(address) && 0 <= address;
  const lines = isAddress ? explainAddress(state, address) : [];
  const walk = isAddress ? explainWalk(state, address, statement === null ? null : accessOf(statement), words) : "";
  const list = [...facts, ...lines].map((line) => `- ${line}`);
  return [heading, "", ...list, ...(walk === "" ? [] : ["", walk])].join("\n");
}

/** What a heap, pool, process, or area of the process that runs is and holds. */
function nodeText(state: MachineState, kind: "region" | "process" | "area", name: string): string | undefined {
  const { heaps, pools, vm } = stateTree(state);
  const processes = [...(vm?.facts.processes.items() ?? [])];
  const areas = [...(processes.find(({ runs }) => runs)?.facts.regions.items() ?? [])];
  const node =
    kind === "region"
      ? (heaps.get(name) ?? pools.get(name))
      : (kind === "process" ? processes : areas).find((candidate) => candidate.name === name);
  return node && headlineOf(node, new Words(vscode.l10n.t));
}

/** Whether a number is a size or a count by the vocabulary; every other number may be an address. */
function isAmount({ statement, span, value }: SourceToken): boolean {
  if (statement === null) return false;
  if (value !== null && !Number.isSafeInteger(value)) return true;
  const description = describeVerb(statement.verb);
  const covers = (place: { readonly start: number; readonly end: number }): boolean =>
    place.start <= span.start && span.end <= place.end;
  const operand = Object.entries(statement.operands).find(([, node]) => covers(node.span))?.[0];
  const option = Object.values(statement.options).find((node) => covers(node.span))?.name;
  const type =
    option === undefined
      ? description?.patterns.flat().find((element) => element.kind === "operand" && element.name === operand)
      : description?.options.find(({ name }) => name === option);
  return type !== undefined && "type" in type && (type.type === "size" || type.type === "count");
}
