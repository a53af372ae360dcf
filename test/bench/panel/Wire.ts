import type { CDPSession, Page } from "playwright-core";
import { toWire, type HostMessage, type ViewMessage } from "../../../src/inspector/protocol";
import { packed } from "../../webview/wireText";

/**
 * The browser's own protocol between a page and the bench: a call of the driver's has several messages there and back, which
 * would take longer than much of what is measured.
 */
export class Wire {
  private constructor(
    private readonly session: CDPSession,
    private readonly global: string,
  ) {}

  /** What the panel says from now on is heard. */
  static async open(page: Page, hear: (message: ViewMessage) => void): Promise<Wire> {
    const session = await page.context().newCDPSession(page);
    await session.send("Runtime.enable");
    await session.send("Runtime.addBinding", { name: "benchTell" });
    session.on("Runtime.bindingCalled", ({ payload }) => hear(JSON.parse(payload) as ViewMessage));
    const { result } = await session.send("Runtime.evaluate", {
      expression: "panelWire.messages.push = (message) => benchTell(JSON.stringify(message)); globalThis",
    });
    return new Wire(session, result.objectId!);
  }

  /** Gives the page a message; the bytes that it has. */
  send(message: HostMessage): number {
    const { text, bytes } = packed(toWire(message));
    void this.session.send("Runtime.callFunctionOn", {
      objectId: this.global,
      functionDeclaration: "function (text) { postMessage(this.panelWire.unpacked(text), '*'); }",
      arguments: [{ value: text }],
    });
    return bytes;
  }
}
