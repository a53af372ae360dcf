import type Mocha from "mocha";
import type { Summary } from "../../harness/SummaryReporter";

/** Stands before the summary of a run in the console of a worker, which has no files to write to. */
export const summaryMark = "MEMSCRIPT_SUMMARY ";

/** Says on the console what failed, and at the end the Summary. */
export class ConsoleReporter {
  private readonly files: Record<string, number> = {};

  constructor(runner: Mocha.Runner) {
    runner.on("test end", (test) => {
      const file = test.file ?? "?";
      this.files[file] = (this.files[file] ?? 0) + 1;
    });
    runner.on("fail", (test, error: Error) => console.error(`${test.fullTitle()}\n${error.stack ?? error.message}`));
    runner.once("end", () => {
      const { passes, failures } = runner.stats!;
      const summary: Summary = { passed: passes, failed: failures, files: this.files };
      console.log(summaryMark + JSON.stringify(summary));
    });
  }
}
