/**
 * `npm run mutation -- engine/heap [engine/pool ...] [--sample N] [--seed N] [--limit SECONDS]`: how many small changes
 * of an engine do its tests notice? Each mutant runs in a process of its own; those that no test notices are listed.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { repoRoot } from "../harness/paths";
import { type Mutant, mutantsOf } from "./mutants";

type Verdict = "killed" | "timed out" | "survived";

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    limit: { type: "string", default: "300" },
  },
});

for (const folder of folders) {
  const all = filesOf(`src/${folder}`).flatMap((file) =>
    mutantsOf(file, fs.readFileSync(path.join(repoRoot, file), "utf8")),
  );
  const mutants = sample(all, Number(values.sample), Number(values.seed));
  const survivors: Mutant[] = [];
  for (const [at, mutant] of mutants.entries()) {
    const verdict = judge(mutant, `test/unit/${folder}/**/*.test.ts`);
    if (verdict === "survived") survivors.push(mutant);
    console.log(`${at + 1}/${mutants.length} ${verdict.padEnd(9)} ${mutant.file}:${mutant.line}  ${mutant.what}`);
  }
  const killed = mutants.length - survivors.length;
  console.log(`\n${folder}: ${killed} of ${mutants.length} noticed (${all.length} mutants in all)\nNot noticed:`);
  for (const { file, line, what } of survivors) console.log(`  ${file}:${line}  ${what}`);
}

/** Source files of a folder, in order; invariants are checks that only tests call. */
function filesOf(folder: string): string[] {
  return fs
    .readdirSync(path.join(repoRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/invariants/i.test(name))
    .map((name) => `${folder}/${name.replaceAll(path.sep, "/")}`)
    .sort();
}

/** `count` of the items, the same for the same seed, in their order. */
function sample<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  let state = seed;
  const keyed = items.map((item, at) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return { item, at, key: state >>> 8 };
  });
  const chosen = keyed.sort((x, y) => x.key - y.key).slice(0, count);
  return chosen.sort((x, y) => x.at - y.at).map(({ item }) => item);
}

/** Runs the tests until the first that fails. A change that keeps them from ending counts as noticed. */
function judge(mutant: Mutant, tests: string): Verdict {
  const mocha = path.join(repoRoot, "node_modules/mocha/bin/mocha.js");
  const requires = ["tsx/cjs", "./test/mutation/applyMutant.ts"].flatMap((module) => ["--require", module]);
  const { status, signal } = spawnSync(
    process.execPath,
    [mocha, "--no-config", "--bail", "--timeout", "60000", "--reporter", "dot", ...requires, "--spec", tests],
    {
      cwd: repoRoot,
      env: { ...process.env, MEMSCRIPT_MUTANT: JSON.stringify(mutant) },
      stdio: "ignore",
      timeout: 1000 * Number(values.limit),
      killSignal: "SIGKILL",
    },
  );
  if (signal !== null) return "timed out";
  return status === 0 ? "survived" : "killed";
}
