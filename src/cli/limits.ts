import { readNumber } from "../language/parsing/numbers";
import { defaultLimits, type MachineLimits } from "../machine/run/limits";
import { usage } from "./arguments";

/** For `readArguments`. */
export const limitOptions = { limit: { type: "string", multiple: true, default: [] as string[] } } as const;

/** The help on the option; texts begin in a column. */
export function limitsHelp(column: number): string {
  const defaults = Object.entries(defaultLimits).map(([name, value]) => `${name}=${String(value)}`);
  return `${"  --limit".padEnd(column)}a limit of a run, as NAME=NUMBER; may be repeated. By default
${" ".repeat(column)}${defaults.join(" ")}
`;
}

/** `steps=1e8`, `residentMemory=1GiB`: the limits of a run. Throws a usage error. */
export function readLimits(command: string, written: readonly string[]): MachineLimits {
  const limits: Record<keyof MachineLimits, number> = { ...defaultLimits };
  for (const text of written) {
    const [, name = "", value = ""] = /^([A-Za-z]+)=(.+)$/.exec(text) ?? [];
    if (!isLimit(name)) {
      throw usage(command, `--limit takes NAME=NUMBER with ${Object.keys(limits).join(", ")}, not '${text}'`);
    }
    const number = readNumber(value);
    if ("problem" in number || !Number.isSafeInteger(number.value) || number.value < 1) {
      throw usage(command, `--limit ${name} is a whole number from 1, such as 1e8 or 64MiB, not '${value}'`);
    }
    limits[name] = number.value;
  }
  return limits;
}

const isLimit = (name: string): name is keyof MachineLimits => Object.hasOwn(defaultLimits, name);
