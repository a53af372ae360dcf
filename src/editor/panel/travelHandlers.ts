import type { Handlers } from "./handlers";
import type { Movement, ShownRun } from "./ShownRun";

/** Messages that move the run that is shown, or point at its script. */
export function travelHandlers(subject: ShownRun): Handlers<Movement | "travel" | "revealLine" | "editByte"> {
  const move = ({ kind }: { readonly kind: Movement }): Promise<void> => subject.move(kind);
  return {
    travel: ({ step }) => subject.travel(step),
    stepForward: move,
    stepBack: move,
    run: move,
    runBack: move,
    pause: move,
    revealLine: ({ line }) => subject.revealLine(line),
    editByte: ({ address, value }) => subject.editByte(address, value),
  };
}
