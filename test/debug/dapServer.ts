import { runCli } from "../../src/cli/cli";
import { processIo } from "../../src/cli/io";

/** `memscript dap` as a program of its own: the test client starts a file without arguments. */
void runCli(["dap"], processIo()).then((code) => {
  process.exitCode = code;
});
