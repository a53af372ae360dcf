import { tellBadValue } from "../language/parsing/syntaxProblems";
import { englishWords } from "../language/Words";
import { growthModes, heapPolicies, reallocModes, type HeapOptions } from "../engine/heap/options";
import { coalesceModes, listOrders } from "../engine/heap/placementOptions";
import { readNumber } from "../language/parsing/numbers";
import { choice, usage } from "./arguments";

const listed = {
  policy: heapPolicies,
  order: listOrders,
  coalesce: coalesceModes,
  growth: growthModes,
  realloc: reallocModes,
} as const;

/** The options of the replay's heap from their written values. */
export function heapOptions(written: ReadonlyMap<string, string>): Partial<HeapOptions> {
  const options: Record<string, string | number> = {};
  for (const [key, value] of written) {
    const name = key.slice(key.indexOf(".") + 1);
    if (name in listed) {
      const choices: readonly string[] = listed[name as keyof typeof listed];
      options[name] = choice("replay", `heap ${name}`, value, choices);
      continue;
    }
    const number = readNumber(value);
    if ("problem" in number) {
      const reason = tellBadValue(number.problem, englishWords).message;
      throw usage("replay", `--heap ${name}=${value}: ${reason}`);
    }
    options[name] = number.value;
  }
  checkSizes(options);
  return options;
}

/** What a script's `heap` line would refuse is refused here too, before an engine meets it. */
function checkSizes(options: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== "number") continue;
    const least = name === "size" || name === "align" || name === "min" || name === "max" ? 1 : 0;
    if (!Number.isSafeInteger(value) || value < least) {
      throw usage("replay", `--heap ${name} is a whole number from ${least}, not ${value}`);
    }
  }
  for (const name of ["header", "footer", "align", "min", "redzone"]) {
    if (4096 < Number(options[name] ?? 0)) throw usage("replay", `--heap ${name} is at most 4096`);
  }
}
