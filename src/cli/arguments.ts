import { parseArgs, type ParseArgsConfig } from "node:util";
import { describeOption, describeVerb } from "../language/vocabulary/vocabulary";
import { readOverride } from "../machine/run/overrides";
import { CliError, oneLine } from "./errors";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Arguments<Shape extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Shape; allowPositionals: true; strict: true }>
>;

/** Parses a command's arguments; a mistake is told with how to get help. */
export function readArguments<Shape extends Options>(
  command: string,
  args: readonly string[],
  options: Shape,
): Arguments<Shape> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usage(command, error instanceof Error ? error.message : String(error));
  }
}

export function usage(command: string, message: string): CliError {
  // Node's own message goes on with advice about `--`; its first sentence says what is wrong.
  return new CliError(`${oneLine(message).replace(/\. To specify .*$/, "")} (see memscript ${command} --help)`);
}

/** The only file of a command that takes one. */
export function onlyFile(command: string, positionals: readonly string[]): string {
  const [file, ...others] = positionals;
  if (file === undefined) throw usage(command, "which file? None is given");
  if (0 < others.length) throw usage(command, `one file at a time, not ${positionals.length}`);
  return file;
}

/** One of the values that an option may have. */
export function choice<Value extends string>(
  command: string,
  option: string,
  value: string | undefined,
  choices: readonly Value[],
): Value {
  const found = choices.find((candidate) => candidate === value);
  if (found === undefined) throw usage(command, `--${option} is one of ${choices.join(", ")}, not '${value ?? ""}'`);
  return found;
}

/** `--set heap.policy=best-fit …` as the machine takes it: statement and option to the written value. */
export function readOverrides(command: string, settings: readonly string[]): Map<string, string> {
  const overrides = new Map<string, string>();
  for (const setting of settings) {
    const [, statement, option, value] = /^([a-z]+)\.([a-z]+)=(.+)$/.exec(setting) ?? [];
    if (statement === undefined || option === undefined || value === undefined) {
      throw usage(command, `--set wants heap.policy=best-fit, not '${setting}'`);
    }
    addOverride(command, overrides, statement, option, value);
  }
  return overrides;
}

function addOverride(
  command: string,
  overrides: Map<string, string>,
  verb: string,
  option: string,
  value: string,
): void {
  const description = describeVerb(verb);
  if (description === undefined) throw usage(command, `there is no statement '${verb}' to set options of`);
  const isOperand = description.patterns
    .flat()
    .some((element) => element.kind === "operand" && element.name === option);
  const known = describeOption(description, option);
  if (known === undefined && !isOperand) throw usage(command, `'${verb}' has no option '${option}'`);
  if (known?.choices !== undefined && !known.choices.includes(value)) {
    throw usage(command, `${verb}.${option} is one of ${known.choices.join(", ")}, not '${value}'`);
  }
  const reading = readOverride(`${verb}.${option}`, value);
  if ("message" in reading) throw usage(command, reading.message);
  overrides.set(`${verb}.${option}`, value);
}
