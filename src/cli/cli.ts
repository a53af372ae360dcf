import { version } from "../../package.json";
import { checkCommand, checkHelp } from "./commands/check";
import { compareCommand, compareHelp } from "./commands/compare";
import { convertCommand, convertHelp } from "./commands/convert";
import { dapCommand, dapHelp } from "./commands/dap";
import { formatCommand, formatHelp } from "./commands/format";
import { gradeCommand, gradeHelp } from "./commands/grade";
import { queryCommand, queryHelp } from "./commands/query";
import { replayCommand, replayHelp } from "./commands/replay";
import { reportCommand, reportHelp } from "./commands/report";
import { runCommand, runHelp } from "./commands/run";
import { CliError, errorText, ReaderGone } from "./errors";
import type { CliIo } from "./io";
import { visible } from "../language/visible";

interface Command {
  readonly summary: string;
  readonly help: string;
  run(args: readonly string[], io: CliIo): Promise<number>;
}

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["run", { summary: "run a script and print its steps", help: runHelp, run: runCommand }],
  ["check", { summary: "print the problems of scripts", help: checkHelp, run: checkCommand }],
  ["grade", { summary: "judge submissions by hidden expectations", help: gradeHelp, run: gradeCommand }],
  ["query", { summary: "ask what happened in a run", help: queryHelp, run: queryCommand }],
  ["replay", { summary: "replay a recorded trace", help: replayHelp, run: replayCommand }],
  ["compare", { summary: "run a script or trace under several policies", help: compareHelp, run: compareCommand }],
  ["convert", { summary: "turn a trace into a script", help: convertHelp, run: convertCommand }],
  ["report", { summary: "write an HTML page about a run", help: reportHelp, run: reportCommand }],
  ["format", { summary: "print a script in the standard style", help: formatHelp, run: formatCommand }],
  ["dap", { summary: "serve the debug adapter protocol", help: dapHelp, run: dapCommand }],
]);

function overview(): string {
  const lines = [...commands].map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`);
  return `Usage: memscript COMMAND [ARGUMENTS]

${lines.join("\n")}

memscript COMMAND --help explains a command; memscript --version prints the version.
Exit codes: 0 clean, 1 problems of severity error, 2 bad usage, unreadable input or an output that cannot be written.
`;
}

/** Runs one command line and returns its exit code. Never throws: whatever goes wrong is one line on stderr. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const writeError = (text: string): void => io.writeError(visible(text));
  try {
    return await dispatch(args, { ...io, writeError });
  } catch (error) {
    if (error instanceof ReaderGone) return error.code;
    writeError(`memscript: ${errorText(error)}\n`);
    return 2;
  }
}

async function dispatch(args: readonly string[], io: CliIo): Promise<number> {
  const name = args.at(0);
  const rest = args.slice(1);
  if (name === "--version" || name === "-v") {
    await io.write(`${version}\n`);
    return 0;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    await io.write(overview());
    return 0;
  }
  if (name === undefined) throw new CliError("no command given (see memscript --help)");
  const command = commands.get(name);
  if (command === undefined) throw new CliError(`there is no command '${name}' (see memscript --help)`);
  if (rest.includes("--help") || rest.includes("-h")) {
    await io.write(command.help);
    return 0;
  }
  return command.run(rest, io);
}
