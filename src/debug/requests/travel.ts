import { englishWords } from "../../language/Words";
import { queryMessage } from "../../machine/events/queryMistakes";
import { drive } from "../../language/coroutines";
import { allMemoryEventKinds, type MemoryEventKind } from "../../machine/events/memoryEvents";
import { lifeSelector } from "../../machine/events/LifeSelector";
import { sentenceOf } from "../../machine/events/sentences";
import { subjectAt, subjectOfHandle, subjectTitle, type LifeSubject } from "../../machine/events/lifeSubject";
import { Nearest, type Direction } from "../../machine/events/Nearest";
import { parseQuery } from "../../machine/events/parseQuery";
import { QuerySelector } from "../../machine/events/QuerySelector";
import { EventSearch, type SelectedEvent, type EventSelector } from "../../machine/events/EventSearch";
import type { MachineState } from "../../machine/run/MachineState";
import { checkTexts, checkWholes, objectOrNone, textList } from "../protocol/arguments";
import { failures } from "../protocol/failures";
import type { Handlers, Reply } from "./handler";
import { stopAt, threadId, type Stop } from "../session/stop";
import type { Script } from "../session/script";
import type { SessionState } from "../session/sessionState";
import { workHost } from "../session/workHost";

/**
 * Arguments of `memscript/travel`. One of `step`, `query`, and `handle` or `address`; the last two with the kinds of
 * event in the life of the block there that are looked for, by default all.
 */
interface TravelArguments {
  readonly step?: unknown;
  /** With `step`: what is known to have happened there, so that the stop tells of it; `line` as the client counts. */
  readonly event?: unknown;
  readonly query?: unknown;
  readonly handle?: unknown;
  readonly address?: unknown;
  readonly kinds?: unknown;
  readonly direction?: unknown;
}

interface Search {
  readonly choose: (state: MachineState) => Nearest;
  /** The failure when nothing is found, which names what was looked for. */
  readonly nothing: string;
}

interface Choice {
  readonly select: (state: MachineState) => EventSelector;
  /** What is chosen from, behind "there is no event". */
  readonly title: string;
}

/** The requests that travel to events: they answer with where they led, or fail and leave the script where it stands. */
export function travelRequests(session: SessionState): Handlers {
  let search: object | null = null;

  const travelToStep = (script: Script, { step, event: told }: TravelArguments, reply: Reply): void => {
    const target = step === "end" ? Number.MAX_SAFE_INTEGER : step === "start" ? 0 : step;
    if (typeof target !== "number" || !Number.isSafeInteger(target) || target < 0) {
      throw failures.badArguments("memscript/travel", '\'step\' to be a whole number from 0, "start" or "end"');
    }
    const event = eventOf(session, told);
    reply.succeed();
    if (script.history.reached < target) session.outlet.event("continued", { threadId, allThreadsContinued: true });
    session.run(script, async () => {
      const stop = await script.control.toStep(target);
      return stop === undefined || event === undefined ? stop : { ...stop, reason: "goto", event };
    });
  };

  const look = async (script: Script, { choose, nothing }: Search, reply: Reply): Promise<void> => {
    const token = {};
    search = token;
    const { stop, settings, program } = script;
    let nearest: Nearest | undefined;
    const scan = new EventSearch(program, settings, (state) => (nearest = choose(state)));
    const cancelled = (): boolean =>
      search !== token || script.stop !== stop || session.script !== script || session.hasEnded;
    await drive(scan.run(), workHost(session.host, cancelled));
    if (!scan.done) {
      reply.fail(failures.noEvent("The search was given up."));
      return;
    }
    search = null;
    const found = nearest?.found ?? null;
    if (found === null) reply.fail(failures.noEvent(nearest?.note ?? nothing));
    else arrive(session, script, found, reply);
  };

  return {
    "memscript/travel": (args: TravelArguments, reply) => {
      const script = session.stoppedScript();
      if (args.step !== undefined) {
        travelToStep(script, args, reply);
        return;
      }
      look(script, searchOf(script, args), reply).catch((error: unknown) => reply.fail(error));
    },
    "memscript/stopTravel": (_, reply) => {
      search = null;
      reply.succeed();
    },
  };
}

function eventOf(session: SessionState, told: unknown): Stop["event"] {
  const event = objectOrNone("memscript/travel", "event", told);
  if (event === undefined) return undefined;
  checkTexts("memscript/travel", event, "name", "text");
  checkWholes("memscript/travel", event, false, "line");
  const {
    line,
    name = "",
    text = "",
  } = event as { readonly line: number; readonly name?: string; readonly text?: string };
  return { line: session.positions.lineFromClient(line), name, text };
}

function arrive(session: SessionState, script: Script, selected: SelectedEvent, reply: Reply): void {
  const { step, line, kind } = selected.event;
  const text = sentenceOf(selected, session.words);
  session.leave(script);
  script.seek(step);
  reply.succeed({ step, line: session.positions.lineToClient(line), kind, text });
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  session.stopped(script, stopAt("goto", { event: { line, name, text } }));
}

function searchOf(script: Script, args: TravelArguments): Search {
  checkTexts("memscript/travel", args, "query", "handle", "address", "direction");
  const direction = args.direction === "back" ? "back" : "forward";
  const kinds = args.kinds === undefined ? null : kindsOf(textList("memscript/travel", "kinds", args.kinds));
  const { select, title } = choiceOf(script, args);
  const kind = kinds === null ? "event" : [...kinds].join(" or ");
  return {
    choose: (state) => new Nearest(select(state), direction, startOf(script, direction), kinds),
    nothing: `There is no ${kind} ${direction === "back" ? "before" : "after"} this moment ${title}.`,
  };
}

/** Going back from an event that was travelled to leads to the one before it; from elsewhere the last step counts. */
function startOf(script: Script, direction: Direction): number {
  const { position } = script.history;
  return direction === "back" && script.stop?.event !== undefined ? position - 1 : position;
}

function choiceOf(script: Script, args: TravelArguments): Choice {
  if (typeof args.query === "string") {
    const query = parseQuery(args.query);
    if (query.kind === "failure") throw failures.badQuestion(query.span.start + 1, queryMessage(query, englishWords));
    return { select: (state) => new QuerySelector(query, state), title: `that answers "${args.query}"` };
  }
  const subject = subjectOf(script, args);
  const title = subjectTitle(subject, script.history.state).replaceAll("`", "");
  return { select: () => lifeSelector(subject), title: `in the life of "${title}"` };
}

function subjectOf(script: Script, { handle, address }: TravelArguments): LifeSubject {
  const { state } = script.history;
  if (typeof handle === "string") {
    const subject = subjectOfHandle(state, handle);
    if (subject === undefined) throw failures.noEvent(`Nothing is called '${handle}' at this point.`);
    return subject;
  }
  if (typeof address !== "string") {
    throw failures.badArguments("memscript/travel", "a 'step', a 'query', a 'handle' or an 'address'");
  }
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(address)) throw failures.badMemoryReference(address);
  return subjectAt(state, Number(address));
}

function kindsOf(words: readonly string[]): ReadonlySet<MemoryEventKind> {
  const kinds = allMemoryEventKinds.filter((kind) => words.includes(kind));
  if (kinds.length === words.length) return new Set(kinds);
  throw failures.badArguments("memscript/travel", `'kinds' to be some of ${allMemoryEventKinds.join(", ")}`);
}
