import { failures } from "../protocol/failures";
import { readRunSettings, type RunSettings } from "./openHistory";
import type { LaunchArguments } from "../protocol/protocol";

/** A checked `launch`. */
export interface Launch {
  readonly program: string;
  readonly settings: RunSettings;
  readonly stopOnEntry: boolean;
  readonly stopAtEnd: boolean;
  readonly noDebug: boolean;
}

/** Reads the arguments of `launch` and of a `restart` that brings new ones; throws the failure to answer. */
export function readLaunch(args: LaunchArguments): Launch {
  if (typeof args.program !== "string" || args.program === "") throw failures.noProgram();
  return {
    program: args.program,
    settings: readRunSettings(args),
    stopOnEntry: args.stopOnEntry !== false,
    stopAtEnd: args.stopAtEnd !== false,
    noDebug: args.noDebug === true,
  };
}
