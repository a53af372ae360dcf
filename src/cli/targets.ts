import { stat } from "node:fs/promises";
import { visibleName } from "../language/visible";
import { filesMatching, filesWithin, isPattern } from "./glob";
import { openInput, type Input } from "./inputs";
import type { CliIo } from "./io";

const ending = ".memscript";

/** What a command that takes several scripts works on. */
export interface Targets {
  /** Each once, in the order in which they are named. */
  readonly inputs: readonly Input[];
  /** Sentences about folders and patterns with nothing in them. */
  readonly failures: readonly string[];
  /** Whether a result is said of each: several are named, or may be. */
  readonly areSeveral: boolean;
}

/** The help on what may be named. */
export const targetsHelp = `a script, a folder (all its ${ending} files, and those of the folders in it), a pattern such as 'sub*/**/*${ending}', or -
for standard input`;

/** The scripts that files, folders and patterns name. A file that is not there is found out when it is read. */
export async function openTargets(named: readonly string[], io: CliIo): Promise<Targets> {
  const paths = new Set<string>();
  const failures: string[] = [];
  let areSeveral = named.length > 1;
  for (const path of named) {
    const kind = await stat(path).catch(() => null);
    const isFolder = kind?.isDirectory() === true;
    if (!isFolder && (kind !== null || !isPattern(path))) {
      paths.add(path);
      continue;
    }
    areSeveral = true;
    const found = isFolder ? await filesWithin(path, ending) : await filesMatching(path);
    for (const each of found) paths.add(each);
    const why = isFolder ? `there is no ${ending} file in this folder` : "no file matches";
    if (found.length === 0) failures.push(`${visibleName(path)}: ${why}`);
  }
  const inputs = await Promise.all(Array.from(paths, (path) => openInput(path, io)));
  return { inputs, failures, areSeveral };
}
