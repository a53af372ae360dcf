import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { coverageDir, repoRoot } from "./paths";
import { buildStep, coverageStep, type Step, steps } from "./steps";
import type { Summary } from "./SummaryReporter";

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly note: string;
}

/**
 * `npm test`: builds, checks and runs every suite, then prints one line `N passed, N failed`. A check counts as one.
 * A suite without a single test fails, as does one that died before it wrote its result.
 * Names as arguments (`npm test -- unit debug`) run only these steps. The floors of coverage hold when all suites that
 * count for it run.
 */
async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const chosen = steps.filter(({ name }) => names.length === 0 || names.includes(name));
  fs.rmSync(coverageDir, { recursive: true, force: true });
  const outcomes = [await runStep(buildStep), ...(await runInTwoLanes(chosen))];
  if (steps.every((step) => step.isCovered !== true || chosen.includes(step))) {
    outcomes.push(await runStep(coverageStep));
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Runs two steps at a time, of which one at most has windows of VS Code: these follow one another in one lane. */
async function runInTwoLanes(chosen: readonly Step[]): Promise<Outcome[]> {
  const queue = [...chosen];
  const outcomes: Outcome[] = [];
  const running = new Set<Step>();
  const next = (): Step | undefined => {
    const isOpen = [...running].some(({ opensVsCode }) => opensVsCode);
    const at = queue.findIndex(({ opensVsCode }) => opensVsCode !== true || !isOpen);
    return at < 0 ? undefined : queue.splice(at, 1)[0];
  };
  const lane = async (): Promise<void> => {
    for (let step = next(); step !== undefined; step = next()) {
      running.add(step);
      outcomes.push(await runStep(step));
      running.delete(step);
    }
  };
  await Promise.all([lane(), lane()]);
  return outcomes;
}

/** Runs a step with its output held back, so that steps side by side do not mix theirs; a failed one shows it all. */
async function runStep(step: Step): Promise<Outcome> {
  if (step.summary !== undefined) fs.rmSync(step.summary, { force: true });
  const started = Date.now();
  const { code, output } = await execute(step);
  const outcome = judge(step, code);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (outcome.failed > 0) console.log(`\n${output}`);
  console.log(
    `${outcome.failed > 0 ? "FAILED" : "ok    "} ${step.name.padEnd(10)} ${seconds.padStart(6)} s  ${outcome.note}`,
  );
  return outcome;
}

function execute(step: Step): Promise<{ code: number; output: string }> {
  const env = {
    ...process.env,
    PATH: `${path.join(repoRoot, "node_modules/.bin")}${path.delimiter}${process.env["PATH"] ?? ""}`,
    ...(step.summary === undefined ? {} : { MEMSCRIPT_SUMMARY: step.summary }),
    ...(step.isCovered === true && { NODE_V8_COVERAGE: path.join(coverageDir, "raw") }),
  };
  return new Promise((resolve) => {
    const shell = process.platform === "win32";
    const child = spawn(step.command, step.args, { cwd: repoRoot, env, shell, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function judge(step: Step, code: number): Outcome {
  if (step.summary === undefined) {
    return code === 0 ? { passed: 1, failed: 0, note: "" } : { passed: 0, failed: 1, note: `exit code ${code}` };
  }
  if (!fs.existsSync(step.summary)) return { passed: 0, failed: 1, note: "ended without a result" };
  const { passed, failed } = JSON.parse(fs.readFileSync(step.summary, "utf8")) as Summary;
  if (passed + failed === 0) return { passed: 0, failed: 1, note: "not one test ran" };
  // A run may fail outside its tests, for example by an error after the last one.
  const beyond = code !== 0 && failed === 0 ? 1 : 0;
  return {
    passed,
    failed: failed + beyond,
    note: `${passed} passed, ${failed} failed${beyond ? `, exit code ${code}` : ""}`,
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
