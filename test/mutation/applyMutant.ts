import * as fc from "fast-check";
import fs from "node:fs";
import * as path from "node:path";
import type { Mutant } from "./mutants";

/**
 * What mocha requires before the tests: the source file of the mutant in the environment is read with its change, so
 * that no file is written and a run that is broken off leaves nothing. Random tests repeat with one seed.
 */
const mutant = JSON.parse(process.env["MEMSCRIPT_MUTANT"]!) as Mutant;
const file = path.resolve(mutant.file);
const read = fs.readFileSync;

fs.readFileSync = ((...args: Parameters<typeof read>) => {
  const content = read(...args);
  if (typeof content !== "string" || args[0] !== file) return content;
  return content.slice(0, mutant.start) + mutant.replacement + content.slice(mutant.end);
}) as typeof read;

fc.configureGlobal({ seed: 1 });
