import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Words } from "../../language/Words";

/** Where an outgoing message goes: VS Code's event emitter inline, a framed byte stream over stdio, an array in tests. */
export type SendMessage = (message: DebugProtocol.ProtocolMessage) => void;

/** The environment of a session, which itself knows no files, clock or timers. */
export interface DebugHost {
  /** Reads a script by what `launch.program` says (a path or a URI). Rejects with a message for people. */
  readProgram(program: string): Promise<SourceText>;
  /** Lets other work of the host happen (pause requests, typing) between two slices of long work. */
  yield(): Promise<void>;
  /** Words for stories, page walks and problems; English by default. */
  readonly words?: Words;
  /** Milliseconds of a steady clock. */
  now(): number;
  /** Whether two paths or URIs mean the same file; by default, whether they are equal. */
  samePath?(left: string, right: string): boolean;
}

export interface SourceText {
  readonly text: string;
  /** Short name for people: `first.memscript`. */
  readonly name: string;
  /** What `source.path` carries: a path for files, a URI for anything else. */
  readonly path: string;
}

/** Arguments of `launch`, as the `debuggers` contribution declares them. */
export interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  readonly program?: unknown;
  readonly stopOnEntry?: unknown;
  readonly stopAtEnd?: unknown;
  readonly set?: unknown;
  readonly stepLimit?: unknown;
  /** Budgets of the run by the machine's names; the editor fills in its settings. */
  readonly limits?: unknown;
}

/** Converts between 0-based lines and columns inside and what the client counts from. */
export class ClientPositions {
  constructor(
    private readonly lineBase: 0 | 1,
    private readonly columnBase: 0 | 1,
  ) {}

  static of(initialize: DebugProtocol.InitializeRequestArguments): ClientPositions {
    return new ClientPositions(
      initialize.linesStartAt1 === false ? 0 : 1,
      initialize.columnsStartAt1 === false ? 0 : 1,
    );
  }

  lineToClient(line: number): number {
    return line + this.lineBase;
  }

  lineFromClient(line: number): number {
    return line - this.lineBase;
  }

  columnFromClient(column: number): number {
    return Math.max(0, column - this.columnBase);
  }

  columnToClient(column: number): number {
    return column + this.columnBase;
  }
}
