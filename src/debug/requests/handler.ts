import { failures } from "../protocol/failures";

/** How a handler answers its request; it does so once, now or later, or throws the failure. */
export interface Reply {
  /** The request's number, by which a client cancels it. */
  readonly requestId: number;
  succeed(body?: unknown): void;
  fail(error: unknown): void;
}

export type Handler = (args: never, reply: Reply) => void;

/** Handlers by the command that they serve. Arguments are an object, empty when the client sent none. */
export type Handlers = Readonly<Record<string, Handler>>;

/** The arguments as handlers take them; a client may send anything. */
export function checkedArguments(command: string, args: unknown): never {
  if (args !== undefined && (typeof args !== "object" || args === null)) {
    throw failures.badArguments(command, "an object of arguments");
  }
  return (args ?? {}) as never;
}
