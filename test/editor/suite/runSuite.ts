import Mocha from "mocha";
import { TEST_MS } from "../../harness/deadlines";

/** A test file: its path relative to the suite, and what defines its tests when called. */
export type TestFile = readonly [file: string, load: () => void];

/** Runs the bundled tests inside the extension host. VS Code takes a rejection as exit code 1. */
export async function runSuite(files: readonly TestFile[], reporter: Mocha.ReporterConstructor): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: TEST_MS, forbidOnly: true, forbidPending: true, color: false });
  mocha.reporter(reporter);
  for (const [file, load] of files) {
    // Mocha's own loader does the same around requiring a file; a bundle has no files left to require.
    mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, file, mocha);
    load();
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed in the extension host.`);
}
