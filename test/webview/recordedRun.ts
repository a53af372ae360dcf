import { LifetimeReplay } from "../../src/inspector/lifetimes/LifetimeReplay";
import type { PanelSnapshot } from "../../src/inspector/model";
import { answerQuery } from "../../src/inspector/queries/table";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { parse } from "../../src/language/parsing/parser";
import { History } from "../../src/machine/run/History";
import type { PagesWindow } from "../../src/inspector/pagesView";
import type { ViewMessage } from "../../src/inspector/protocol";
import { addressOf } from "../../src/inspector/selection";
import type { PanelPage } from "./panelPage";
import { openMachine } from "../unit/inspector/openMachine";
import { sourceOf } from "../unit/inspector/querySource";

/** A script's run at the other end of a panel's wire: it sends snapshots and answers queries as the extension host does. */
export class RecordedRun {
  readonly history: History;
  readonly lifetimes: LifetimeReplay;
  private readonly series = new SeriesRecorder();
  /** What the panel has said besides its queries. */
  readonly said: ViewMessage[] = [];
  /** What the panel wants of virtual memory: it follows the selection. */
  pages: PagesWindow = {};

  constructor(script: string) {
    this.history = new History(parse(script));
    this.history.run(Infinity, () => this.series.record(this.history.state));
    this.lifetimes = new LifetimeReplay(this.history, openMachine);
  }

  snapshot(): PanelSnapshot {
    const { history, series, pages } = this;
    return buildSnapshot({ history, series, title: "run.memscript", total: history.reached, run: 1, pages });
  }

  async show(panel: PanelPage, position: number): Promise<void> {
    this.history.seek(position);
    await panel.show(this.snapshot());
    await this.answer(panel);
  }

  /** Answers what the panel asks, until it asks no more. */
  async answer(panel: PanelPage): Promise<void> {
    const { history, lifetimes } = this;
    for (let quiet = 0; quiet < 3;) {
      quiet++;
      for (const message of await panel.heard()) {
        if (message.kind !== "request") {
          this.said.push(message);
          await this.follow(panel, message);
          continue;
        }
        quiet = 0;
        const result = await answerQuery(message.query, sourceOf(history, lifetimes));
        await panel.send({ kind: "answer", id: message.id, position: history.position, result });
      }
      await panel.settled();
    }
  }

  /** The walk of what is selected comes with the next snapshot. */
  private async follow(panel: PanelPage, message: ViewMessage): Promise<void> {
    if (message.kind !== "select" || this.history.state.vm === null) return;
    const { selection } = message;
    const address = addressOf(selection);
    const place = selection?.kind === "page" ? { process: selection.process, first: null } : {};
    this.pages = { ...this.pages, address: address === null ? null : Number(address), ...place };
    await panel.show(this.snapshot());
  }

  /** The last travel that the panel asked for. */
  get travelled(): number | undefined {
    return this.said.flatMap((message) => (message.kind === "travel" ? [message.step] : [])).at(-1);
  }
}

/** Two heaps' worth of everything: holes, a leak, a move, a double free, a pool. */
export const livelyScript = `heap 16KiB
pool nodes 64 x 8
a = alloc 1000
b = alloc 2000
repeat 6 as i
  c[i] = alloc 300 + i * 100
  n[i] = alloc from=nodes
end
free a
free c[1]
free c[3]
b = realloc b 4000
free a
lost = alloc 800
lost = alloc 80
repeat 10 as i
  d = alloc 128
  free d
end
free c[0]
free n[2]
free lost
defrag
e = alloc 1500
free e
free b
`;
