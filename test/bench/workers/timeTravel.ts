/**
 * `timeTravel.js SCRIPT STEPS SEEKS`: a long script run by a machine, then by a history; then seeks to random steps, as
 * many steps back, and one run back to a breakpoint at the first line. Times are those that the processor worked, so
 * that what else the computer does stays out.
 */
import { RunControl } from "../../../src/debug/session/runControl";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";
import { defaultMachineOptions } from "../../../src/machine/run/options";
import { Machine } from "../../../src/machine/run/Machine";
import { quantile } from "../statistics";
import { tell } from "../workerProcess";
import { longScripts } from "../workloads/longScripts";
import { seededRandom } from "../workloads/Workload";

async function measure(body: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await body();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

function heldBytes(): number {
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function main(): Promise<void> {
  const [name, steps, seeks] = process.argv.slice(2);
  const program = parse(longScripts[name](Number(steps)));
  const options = { ...defaultMachineOptions, limits: { ...defaultMachineOptions.limits, steps: 1e9 } };
  const plainMilliseconds = await measure(() => new Machine(program, options).run(Infinity));
  const before = heldBytes();
  const history = new History(program, options);
  const runMilliseconds = await measure(() => history.run(Infinity));
  const held = heldBytes() - before;
  const random = seededRandom(3);
  const seekTimes: number[] = [];
  const backTimes: number[] = [];
  for (let count = 0; count < Number(seeks); count++) {
    const target = Math.floor(random() * history.reached);
    seekTimes.push(await measure(() => history.seek(target)));
  }
  for (let count = 0; count < Number(seeks); count++) backTimes.push(await measure(() => history.stepBack()));
  history.seek(history.reached);
  const first = program.lineOf[program.instructions.findIndex(({ kind }) => kind === "statement")];
  const stop = { reason: "breakpoint", problem: null, breakpointIds: [1] } as const;
  const control = new RunControl(
    history,
    { yield: () => Promise.resolve(), now: () => performance.now() },
    {
      mayStop: (line) => line === first,
      stopHere: () => (history.nextLine === first ? stop : undefined),
      onStep: () => undefined,
    },
  );
  const reverseMilliseconds = await measure(() => control.backward());
  if (history.nextLine !== first) throw new Error("The run back missed its breakpoint.");
  tell({
    steps: history.reached,
    slowdown: runMilliseconds / plainMilliseconds,
    checkpoints: history.checkpointCount,
    checkpointBytes: history.checkpointBytes,
    held,
    seek: [quantile(seekTimes, 0.5), quantile(seekTimes, 0.99)],
    back: [quantile(backTimes, 0.5), quantile(backTimes, 0.99)],
    reverseMilliseconds,
  });
}

void main();
