import type { ViewMessage } from "../../inspector/protocol";

type Kind = ViewMessage["kind"];

/** What answers messages of the page, by kind. Each owner of a part of the panel gives the handlers of its messages. */
export type Handlers<Kinds extends Kind = Kind> = {
  readonly [Each in Kinds]: (message: Extract<ViewMessage, { readonly kind: Each }>) => unknown;
};

export async function handle(handlers: Handlers, message: ViewMessage): Promise<void> {
  await (handlers[message.kind] as (message: ViewMessage) => unknown)(message);
}
