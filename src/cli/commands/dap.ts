import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DebugSession } from "../../debug/session/DebugSession";
import { frameMessage, MessageReader, type TextCodec } from "../../debug/protocol/stdio";
import { readArguments, usage } from "../arguments";
import { openInput } from "../inputs";
import type { CliIo } from "../io";
import { readScript } from "../scripts";

export const dapHelp = `Usage: memscript dap

Serves one debug session over stdin and stdout in the Debug Adapter Protocol, for any editor that speaks it.
`;

const codec: TextCodec = {
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder().decode(bytes),
};

/** Windows and macOS take names that differ only in case for one. */
function pathKey(path: string): string {
  const whole = resolve(path);
  return process.platform === "win32" || process.platform === "darwin" ? whole.toLowerCase() : whole;
}

export async function dapCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { positionals } = readArguments("dap", args, {});
  if (positionals.length > 0) throw usage("dap", "the client says which script to run; give none here");
  const session = new DebugSession({
    send: (message) => void io.stdout.write(frameMessage(message, codec)),
    host: {
      readProgram: async (program) => {
        const path = resolve(program.startsWith("file:") ? fileURLToPath(program) : program);
        return { text: await readScript(await openInput(path, io)), name: basename(path), path };
      },
      yield: () => new Promise((done) => setImmediate(done)),
      now: () => performance.now(),
      samePath: (left, right) => pathKey(left) === pathKey(right),
    },
  });
  const isOver = new Promise<void>((done) => {
    const reader = new MessageReader(
      codec,
      (message) => {
        session.handle(message);
        if ("command" in message && message.command === "disconnect") done();
      },
      (reason) => io.writeError(`memscript: skipped ${reason}\n`),
    );
    io.stdin.on("data", (chunk: Uint8Array) => reader.push(chunk));
    io.stdin.on("end", done);
    io.stdout.on("error", done);
  });
  await isOver;
  session.dispose();
  io.stdin.pause();
  return 0;
}
