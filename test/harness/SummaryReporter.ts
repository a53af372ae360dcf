import * as fs from "node:fs";
import * as path from "node:path";
import Mocha from "mocha";

/** What one mocha run leaves for the runner of all suites. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  /** Number of tests that ran in each test file, by path. */
  readonly files: Record<string, number>;
}

/** Mocha's dot reporter, which also writes a Summary to the file that `MEMSCRIPT_SUMMARY` names. */
export class SummaryReporter extends Mocha.reporters.Dot {
  private readonly files: Record<string, number> = {};

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on("test end", (test) => {
      const file = path.relative(process.cwd(), test.file ?? "?");
      this.files[file] = (this.files[file] ?? 0) + 1;
    });
    runner.once("end", () => this.write());
  }

  private write(): void {
    const target = process.env["MEMSCRIPT_SUMMARY"];
    if (target === undefined) return;
    const summary: Summary = { passed: this.stats.passes, failed: this.stats.failures, files: this.files };
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, JSON.stringify(summary));
  }
}
