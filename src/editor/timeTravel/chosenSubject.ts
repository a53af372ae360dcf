import * as vscode from "vscode";
import { parseExpression } from "../../language/parsing/expressions";
import { tokenAt } from "../../language/services/queries";
import type { MachineState } from "../../machine/run/MachineState";
import { subjectAt, subjectOfHandle, subjectTitle, type LifeSubject } from "../../machine/events/lifeSubject";
import { isScript } from "../host/scripts";
import { nameAt } from "../../language/services/statementNames";
import { programOf } from "../language/programs";
import type { Moment } from "../runs/Run";
import { MemoryNode } from "./MemoryNode";

/** What a context menu of the Variables view hands to a command. */
interface VariableContext {
  readonly variable?: { readonly name?: unknown; readonly evaluateName?: unknown; readonly memoryReference?: unknown };
}

/** A subject as it is called at the moment when it was chosen. */
export interface ChosenSubject {
  readonly subject: LifeSubject;
  readonly title: string;
}

/** The subject that a command means: the item of a menu, an address, else the handle or number at the cursor. */
export function chosenSubject(argument: unknown, { run, position }: Moment): ChosenSubject | undefined {
  return run.at(position, ({ state }) => {
    const subject = subjectOf(argument, state);
    return subject && { subject, title: subjectTitle(subject, state) };
  });
}

function subjectOf(argument: unknown, state: MachineState): LifeSubject | undefined {
  if (argument instanceof MemoryNode) return argument.subject(state);
  if (typeof argument === "string") return ofText(argument, state);
  const variable = (argument as VariableContext | null | undefined)?.variable;
  if (variable !== undefined) {
    for (const text of [variable.evaluateName, variable.name, variable.memoryReference]) {
      const subject = typeof text === "string" ? ofText(text, state) : undefined;
      if (subject !== undefined) return subject;
    }
    return undefined;
  }
  const text = textAtCursor();
  return text === undefined ? undefined : ofText(text, state);
}

/** A handle, or any expression that gives an address. */
function ofText(text: string, state: MachineState): LifeSubject | undefined {
  const subject = subjectOfHandle(state, text);
  if (subject !== undefined) return subject;
  const parsed = parseExpression(text);
  const result = parsed.kind === "expression" ? state.evaluate(parsed.expression) : undefined;
  if (result === undefined || "error" in result || typeof result.value !== "number") return undefined;
  return Number.isSafeInteger(result.value) && result.value >= 0 ? subjectAt(state, result.value) : undefined;
}

function textAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isScript(editor.document)) return undefined;
  const { line, character } = editor.selection.active;
  const token = tokenAt(programOf(editor.document), line, character);
  if (token === undefined) return undefined;
  const name = token.statement === null ? undefined : nameAt(token.statement, character);
  return name === undefined ? token.text : editor.document.lineAt(line).text.slice(name.span.start, name.span.end);
}
