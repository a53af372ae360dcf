import { runCli } from "./cli";
import { processIo } from "./io";

void runCli(process.argv.slice(2), processIo()).then((code) => {
  // Standard input may have more than was wanted of it, and would be waited for.
  process.stderr.write("", () => process.exit(code));
});
