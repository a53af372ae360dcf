import { readFileSync } from "node:fs";
import { toWire, type HostMessage } from "../../../src/inspector/protocol";
import type { ViewId } from "../../../webview/views/registry";
import { sharedChromium } from "../../harness/chromium";
import { PanelPage } from "../../webview/panelPage";
import { themes } from "../../webview/themes";
import { packed } from "../../webview/wireText";
import type { PanelHost } from "./PanelHost";
import { Wire } from "./Wire";

/** The bench's own script of the page; it is text because the bundler's helpers do not exist in a page. */
const tools = `{
  const { unpacked } = window.panelWire;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  // A message posted in a frame's callbacks arrives when the frame has been laid out and painted.
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  }));
  const post = (message) => new Promise((resolve) => {
    window.addEventListener("message", resolve, { once: true });
    window.postMessage(message, "*");
  });
  window.benchReceive = async (text) => {
    // VS Code hands over objects: making them again is not the panel's work.
    const message = unpacked(text);
    const began = performance.now();
    await post(message);
    await painted();
    return performance.now() - began;
  };
  window.benchPlay = async (texts) => {
    const messages = texts.map(unpacked);
    await frame();
    const began = performance.now();
    for (const message of messages) {
      await post(message);
      await painted();
    }
    return (1000 * texts.length) / (performance.now() - began);
  };
  window.benchScrub = async (steps, milliseconds) => {
    const scrubber = document.querySelector(".scrubber");
    const position = document.querySelector(".position");
    let shown = position.textContent;
    let count = 0;
    const began = performance.now();
    for (let at = 0; performance.now() - began < milliseconds; at++) {
      // Here and there: a finger turns round at the ends.
      const turn = at % (2 * steps.length);
      scrubber.value = String(steps[turn < steps.length ? turn : 2 * steps.length - 1 - turn]);
      scrubber.dispatchEvent(new Event("input"));
      await frame();
      if (position.textContent !== shown) count++;
      shown = position.textContent;
    }
    return (1000 * count) / (performance.now() - began);
  };
}`;

export interface PanelMemory {
  /** Megabytes of JavaScript objects after a collection. */
  readonly heap: number;
  /** Megabytes that the page's process has for itself, canvases and the browser's own among them; null where unknown. */
  readonly process: number | null;
}

/** The real panel in Chromium, wired to a host. */
export class BenchPage {
  /** Bytes of each message to the page, and milliseconds from its arrival until it was on the screen. */
  readonly sizes: number[] = [];
  readonly paints: number[] = [];
  private underway = 0;
  private wire: Wire | null = null;
  /** Nobody asks when each message was on the screen. */
  private isDragged = false;

  private constructor(
    private readonly panel: PanelPage,
    private readonly host: PanelHost,
  ) {}

  /** A new page that stands at a step and has all that its view asks for. */
  static async open(host: PanelHost, view: ViewId, step: number): Promise<BenchPage> {
    const panel = await PanelPage.open(themes[0], { width: 1200, height: 900 }, { view });
    const bench = new BenchPage(panel, host);
    host.welcome((message) => bench.deliver(message));
    for (const message of await panel.heard()) if (message.kind === "showing") host.look(message);
    await panel.page.evaluate(tools);
    bench.wire = await Wire.open(panel.page, (message) => void host.hear(message));
    await bench.receive(host.messageAt(step)!);
    await bench.quiet();
    return bench;
  }

  /** Positions a second that the screen shows while a finger drags the scrubber over the steps. */
  async scrub(steps: readonly number[], milliseconds: number): Promise<number> {
    this.isDragged = true;
    const positions = await this.call("benchScrub", steps, milliseconds);
    this.isDragged = false;
    return positions;
  }

  /**
   * The page alone, which gets the messages of the steps one a frame: frames a second, and milliseconds of its main thread's
   * processor time that each of them took.
   */
  async play(steps: readonly number[]): Promise<{ readonly frames: number; readonly milliseconds: number }> {
    const messages = steps.flatMap((step) => this.host.messageAt(step) ?? []);
    const session = await this.panel.page.context().newCDPSession(this.panel.page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const seconds = async (): Promise<number> => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
    };
    const before = await seconds();
    const frames = await this.call(
      "benchPlay",
      messages.map((message) => packed(toWire(message)).text),
    );
    const milliseconds = (1000 * ((await seconds()) - before)) / messages.length;
    await session.detach();
    return { frames, milliseconds };
  }

  /** Until nothing is on its way any more. */
  async quiet(): Promise<void> {
    for (let still = 0; still < 4; still = this.underway === 0 ? still + 1 : 0) {
      await this.panel.page.waitForTimeout(50);
    }
  }

  async memory(): Promise<PanelMemory> {
    const session = await this.panel.page.context().newCDPSession(this.panel.page);
    await session.send("HeapProfiler.enable");
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    await session.detach();
    return { heap: usedSize / 1e6, process: await processMegabytes() };
  }

  /** Closes the tab: the next page is to have a process of its own. */
  close(): Promise<void> {
    return this.panel.page.close();
  }

  private deliver(message: HostMessage): void {
    if (this.isDragged && this.wire !== null) this.sizes.push(this.wire.send(message));
    else void this.receive(message);
  }

  private async receive(message: HostMessage): Promise<void> {
    const { text, bytes } = packed(toWire(message));
    this.sizes.push(bytes);
    this.underway++;
    this.paints.push(await this.call("benchReceive", text));
    this.underway--;
  }

  /** Calls one of the page's tools. */
  private call(name: string, ...operands: readonly unknown[]): Promise<number> {
    return this.panel.page.evaluate(
      ([tool, values]) =>
        (window as unknown as Record<string, (...given: unknown[]) => Promise<number>>)[tool](...values),
      [name, operands] as const,
    );
  }
}

/** Memory of the largest page process, not counting what it shares with others; null where the system does not tell. */
async function processMegabytes(): Promise<number | null> {
  const session = await (await sharedChromium()).newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const kilobytes = processInfo
    .filter(({ type }) => type === "renderer")
    .flatMap(({ id }) => {
      try {
        return Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0);
      } catch {
        return [];
      }
    });
  return kilobytes.length === 0 ? null : (Math.max(...kilobytes) * 1024) / 1e6;
}
