import type { DebugProtocol } from "@vscode/debugprotocol";
import { choiceFacts, completionAt, type CompletionContext } from "../../language/services/completion";
import type { MachineState } from "../../machine/run/MachineState";
import { statisticNames } from "../../machine/inspect/statisticTable";

/** Completions offered at most: a script may have a million handles. */
const mostItems = 500;

type Item = DebugProtocol.CompletionItem & { readonly start: number };

/** What is offered first: the words that must come here, then what exists now, and statistics last. */
const order: readonly DebugProtocol.CompletionItemType[] = [
  "enum",
  "variable",
  "module",
  "keyword",
  "property",
  "field",
];

/** What may be typed into the console at a 0-based column: the language's words and the names that exist now. */
export function completions(state: MachineState, text: string, column: number): Item[] {
  const context = completionAt(text, column);
  const { start, end } = context.replace;
  const typed = text.slice(start, column).toLowerCase();
  const isStart = text.slice(0, start).trim() === "";
  const items: Item[] = [];
  const add = (label: string, type: DebugProtocol.CompletionItemType, detail?: string): void => {
    if (items.length < mostItems && label.toLowerCase().startsWith(typed)) {
      const told = detail === undefined ? {} : { detail };
      items.push({ label, type, sortText: `${order.indexOf(type)}${label}`, ...told, start, length: end - start });
    }
  };
  for (const word of context.words) add(word, "enum", choiceDetail(context, word));
  // A line of the console may be an expression, too.
  if (context.handles || isStart) {
    for (const name of state.loopVariables().keys()) add(name, "variable");
    for (const { name } of state.handles()) add(name, "variable");
  }
  if (context.regions || context.names !== null || isStart) {
    for (const name of [...state.heaps.keys(), ...state.pools.keys()]) add(name, "module");
  }
  for (const { verb } of context.verbs) add(verb, "keyword");
  for (const { name } of context.options) add(`${name}=`, "property");
  if (context.statistics || context.handles || isStart) for (const name of statisticNames) add(name, "field");
  return items;
}

/** One line, as the protocol has no longer text for an item. */
function choiceDetail(context: CompletionContext, word: string): string | undefined {
  const facts = choiceFacts(context, word);
  if (facts === undefined) return undefined;
  const parts = [...(facts.isDefault ? ["(default)"] : []), ...(facts.doc === null ? [] : [facts.doc])];
  return parts.length === 0 ? undefined : parts.join(" ").replaceAll("`", "");
}
