import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { outDir } from "../harness/paths";
import { attack } from "./attack";
import { Isolated } from "./Isolated";
import { targets } from "./targets";

const help = `Usage: npm run fuzz -- [--seconds N] [--only NAME,...] [--seed N]

Gives hostile scripts, edits, traces and debugger streams to MemScript for N seconds (60), a share for each of
${targets.map(({ name }) => name).join(", ")}. What breaks it is made as small as it gets, printed, and left in out/fuzz.
`;

/** One input that takes longer is as good as one without an end. */
const deadline = 60_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      only: { type: "string" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const names = values.only?.split(",");
  const chosen = targets.filter(({ name }) => names?.includes(name) ?? true);
  const milliseconds = (Number(values.seconds) * 1000) / chosen.length;
  if (!(milliseconds > 0)) throw new Error(help);
  const isolated = new Isolated(deadline);
  for (const target of chosen) {
    const seed = Number(values.seed);
    const { inputs, failure } = await attack(target, { seed, milliseconds }, isolated);
    console.log(`${failure === null ? "ok    " : "BROKEN"} ${target.name.padEnd(12)} ${inputs} inputs, seed ${seed}`);
    if (failure === null) continue;
    process.exitCode = 1;
    console.log(failure);
    mkdirSync(join(outDir, "fuzz"), { recursive: true });
    writeFileSync(join(outDir, "fuzz", `${target.name}-${seed}.txt`), failure);
  }
  isolated.close();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
