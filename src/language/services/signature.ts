import type { OptionDescription, PatternElement, VerbDescription } from "../vocabulary/vocabularyTypes";

export interface SignatureParameter {
  /** Name of the operand or option in the vocabulary. */
  readonly name: string;
  /** Columns of the parameter within the label, half-open. */
  readonly start: number;
  readonly end: number;
  readonly doc: string;
}

export interface Signature {
  readonly label: string;
  readonly parameters: readonly SignatureParameter[];
}

/** The syntax line of one pattern of a verb, `[h =] alloc SIZE [align=N] [from=NAME]`, and where its parameters stand. */
export function renderSignature(description: VerbDescription, pattern = 0): Signature {
  const parts: { text: string; parameter: { name: string; doc: string } | null }[] = [];
  if (description.silent) parts.push({ text: "h =", parameter: null });
  else {
    if (description.binds === "required") parts.push({ text: "h =", parameter: null });
    if (description.binds === "optional") parts.push({ text: "[h =]", parameter: null });
    parts.push({ text: description.verb, parameter: null });
  }
  const elements = description.patterns[pattern] ?? [];
  elements.forEach((element, index) => {
    // An optional word is shown together with its operand: `[as VARIABLE]`.
    const before = elements.slice(0, index).at(-1);
    if (element.kind === "word") {
      if (!element.optional) parts.push({ text: element.text, parameter: null });
      return;
    }
    const prefix = before?.kind === "word" && before.optional ? `${before.text} ` : "";
    const text = `${prefix}${placeholder(element)}`;
    parts.push({ text: element.optional ? `[${text}]` : text, parameter: { name: element.name, doc: element.doc } });
  });
  for (const option of description.options) {
    parts.push({
      text: `[${option.name}=${optionPlaceholder(option)}]`,
      parameter: { name: option.name, doc: option.doc },
    });
  }
  return assemble(parts);
}

/** The same in short, for a line that is being written: of the options only the one that comes next, by its name. */
export function renderHint(description: VerbDescription, pattern: number, active: string | null): Signature {
  const options = description.options.filter(({ name }) => name === active);
  const { label, parameters } = renderSignature({ ...description, options }, pattern);
  return { label: options.length < description.options.length ? `${label} …` : label, parameters };
}

/** All patterns of a verb as code, joined by "or", as messages and hovers show them. */
export function renderUsage(description: VerbDescription): string {
  return description.patterns.map((_, index) => `\`${renderSignature(description, index).label}\``).join(" or ");
}

/**
 * The syntax of a verb, what it does, its operands and options, an example: a hover over the verb, and with what each
 * choice means, which makes it long, its entry in the reference.
 */
export function renderVerbMarkdown(description: VerbDescription, withChoices = false): string {
  const lines = [
    "```memscript",
    ...description.patterns.map((_, index) => renderSignature(description, index).label),
    "```",
  ];
  lines.push("", description.doc);
  const operands = operandLines(description);
  if (operands.length > 0) lines.push("");
  for (const line of operands) lines.push(line);
  const { options } = description;
  if (options.length > 0) lines.push("");
  for (const option of options) {
    lines.push(`- ${optionText(option)}`);
    if (withChoices) for (const line of choiceLines(option)) lines.push(`  ${line}`);
  }
  lines.push("", "```memscript", description.example, "```");
  return lines.join("\n");
}

/** What a hover over an option shows. */
export function renderOptionMarkdown(description: VerbDescription, option: OptionDescription): string {
  const choices = choiceLines(option);
  const list = choices.length === 0 ? "" : `${choices.join("\n")}\n\n`;
  return `${optionText(option)}\n\n${list}Option of \`${description.verb}\`.`;
}

function choiceLines({ choiceDocs = {} }: OptionDescription): string[] {
  return Object.entries(choiceDocs).map(([choice, doc]) => `- \`${choice}\`: ${doc}`);
}

function operandLines(description: VerbDescription): string[] {
  const lines = new Set<string>();
  for (const element of description.patterns.flat()) {
    if (element.kind === "operand") lines.add(`- \`${placeholder(element)}\`: ${element.doc}`);
  }
  return [...lines];
}

function optionText(option: OptionDescription): string {
  const choices =
    option.choices === undefined ? "" : ` One of ${option.choices.map((choice) => `\`${choice}\``).join(" ")}.`;
  const unit = option.unit === undefined ? "" : ` In ${option.unit}.`;
  const fallback = option.default === undefined ? "" : ` Default: \`${option.default}\`.`;
  return `\`${option.name}=\`: ${option.doc}${choices}${unit}${fallback}`;
}

/** An operand as signatures show it: its name in capitals, or its choices when they are few and short. */
export function placeholder(element: Extract<PatternElement, { kind: "operand" }>): string {
  if (element.choices !== undefined && element.choices.length <= 3) return element.choices.join("|");
  return element.name.toUpperCase();
}

function optionPlaceholder(option: OptionDescription): string {
  if (option.choices !== undefined && option.choices.join("|").length <= 10) return option.choices.join("|");
  if (option.type === "choice") return option.name.toUpperCase();
  if (option.type === "name") return "NAME";
  return option.type === "address" ? "ADDRESS" : "N";
}

function assemble(parts: readonly { text: string; parameter: { name: string; doc: string } | null }[]): Signature {
  const parameters: SignatureParameter[] = [];
  let label = "";
  for (const part of parts) {
    if (label !== "") label += " ";
    const start = label.length;
    label += part.text;
    if (part.parameter !== null) parameters.push({ ...part.parameter, start, end: label.length });
  }
  return { label, parameters };
}
