import type { DebugProtocol } from "@vscode/debugprotocol";
import { checkWholes } from "../arguments";
import { readMemory } from "../memory";
import type { SessionState } from "../sessionState";
import type { Handlers } from "./handler";

/** The requests of hex editors. */
export function memoryRequests(session: SessionState): Handlers {
  return {
    readMemory: (args: DebugProtocol.ReadMemoryArguments, reply) => {
      const script = session.stoppedScript();
      checkWholes("readMemory", args, true, "offset");
      checkWholes("readMemory", args, false, "count");
      const offset = args.offset ?? 0;
      const body = readMemory(script.history.state, args.memoryReference, offset, args.count);
      session.readRanges.note(args.memoryReference, offset, offset + Math.max(0, args.count));
      reply.succeed(body);
    },
  };
}
