import { Gathering } from "../../../src/editor/panel/Gathering";
import { LifetimeReplay } from "../../../src/inspector/lifetimes/LifetimeReplay";
import { PanelFeed } from "../../../src/inspector/PanelFeed";
import type { HostMessage, ViewMessage } from "../../../src/inspector/protocol";
import { answerQuery } from "../../../src/inspector/queries/table";
import { SeriesRecorder } from "../../../src/inspector/series";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";
import { defaultMachineOptions } from "../../../src/machine/run/options";
import { eagerHost } from "../../harness/eagerHost";
import { sourceOf } from "../../unit/inspector/querySource";
import { Machine } from "../../../src/machine/run/Machine";

/** A script's whole run as the extension host has it: it answers what the panel says. */
export class PanelHost {
  readonly history: History;
  /** Milliseconds of each travel: to the position, and from there to the message. */
  readonly seeks: number[] = [];
  readonly builds: number[] = [];
  private readonly series = new SeriesRecorder();
  private readonly lifetimes: LifetimeReplay;
  private feed = new PanelFeed();
  private send: (message: HostMessage) => void = () => undefined;
  /** Changes gather as they do in the extension host. */
  private readonly changes = new Gathering(() => this.show(this.target));
  private target = 0;

  constructor(script: string) {
    const limits = { ...defaultMachineOptions.limits, steps: 1e9 };
    this.history = new History(parse(script), { ...defaultMachineOptions, limits });
    this.history.run(Infinity, () => this.series.record(this.history.state));
    this.lifetimes = new LifetimeReplay(this.history, ({ program, options }) => new Machine(program, options));
  }

  /** Records the lives of the whole run, which the panel otherwise waits for bit by bit. */
  async recordLives(): Promise<void> {
    await this.lifetimes.advance(Infinity, eagerHost);
  }

  /** A new page, which hears by `send`. */
  welcome(send: (message: HostMessage) => void): void {
    this.feed = new PanelFeed();
    this.send = send;
  }

  /** Takes note of what the page looks at, without an answer. */
  look(message: ViewMessage): void {
    this.feed.hear(message);
  }

  async hear(message: ViewMessage): Promise<void> {
    this.feed.hear(message);
    switch (message.kind) {
      case "travel":
        this.target = message.step;
        this.changes.ask();
        break;
      case "showing":
      case "detail":
      case "select":
        this.show(this.history.position);
        break;
      case "request":
        this.send(await this.answer(message));
        break;
      default:
    }
  }

  /** The message that brings the page to a step; null when it is there. */
  messageAt(step: number): HostMessage | null {
    const { history, series, feed } = this;
    const began = performance.now();
    history.seek(step);
    const there = performance.now();
    const message = feed.messageFor({
      history,
      series,
      script: "bench",
      title: "bench",
      total: history.reached,
      run: 1,
    });
    this.seeks.push(there - began);
    this.builds.push(performance.now() - there);
    return message;
  }

  private show(step: number): void {
    const message = this.messageAt(step);
    if (message !== null) this.send(message);
  }

  private async answer({ id, query }: Extract<ViewMessage, { kind: "request" }>): Promise<HostMessage> {
    const { history, lifetimes } = this;
    const source = sourceOf(history, lifetimes);
    return { kind: "answer", id, position: history.position, result: await answerQuery(query, source) };
  }
}
