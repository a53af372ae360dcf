import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { DebugSession } from "../../src/debug/session/DebugSession";
import { bodyText } from "./transcript";

const goldens = join(__dirname, "goldens");
const programPath = "/scripts/test.memscript";

/** A client of one in-process session; every message both ways goes into the transcript. */
export class TestClient {
  readonly session: DebugSession;
  readonly received: DebugProtocol.ProtocolMessage[] = [];
  private readonly transcript: string[] = [];
  /** What `initialize` answered: the same in every session, so that one golden shows it for all. */
  private capabilities: string | null = null;
  private sequence = 1;
  private time = 0;
  /** The reference whose children `open` gave last. */
  opened = 0;

  constructor(private text: string) {
    this.session = new DebugSession({
      send: (message) => {
        this.received.push(message);
        this.note(message);
      },
      host: {
        readProgram: (program) =>
          program === programPath
            ? Promise.resolve({ text: this.text, name: "test.memscript", path: programPath })
            : Promise.reject(new Error("there is no such file")),
        yield: () => new Promise((resolve) => setImmediate(resolve)),
        // Each look takes a 32nd of a slice, so that slices have 2,048 steps on every machine.
        now: () => (this.time += 12 / 32),
      },
    });
  }

  /** What the next `restart` reads. */
  edit(text: string): void {
    this.text = text;
  }

  comment(text: string): void {
    this.transcript.push(`# ${text}`);
  }

  /** Begins the transcript here: how sessions start is told elsewhere. */
  forgetTranscript(): void {
    this.transcript.length = 0;
  }

  /** Sends a request and waits for its response, failed or not. */
  async request(command: string, args?: object): Promise<DebugProtocol.Response> {
    const seq = this.sequence++;
    const message: DebugProtocol.Request = { seq, type: "request", command, ...(args && { arguments: args }) };
    this.transcript.push(`-> ${command}${args === undefined ? "" : ` ${bodyText(args)}`}`);
    this.session.handle(message);
    return this.until((candidate): candidate is DebugProtocol.Response => {
      return candidate.type === "response" && (candidate as DebugProtocol.Response).request_seq === seq;
    });
  }

  /** Sends a request that runs, and waits for the stop or the end that follows. */
  async run(command: string, args?: object): Promise<void> {
    const before = this.received.length;
    await this.request(command, args);
    await this.until(
      (candidate): candidate is DebugProtocol.Event =>
        candidate.type === "event" && ["stopped", "terminated"].includes((candidate as DebugProtocol.Event).event),
      before,
    );
    // What a stop sends besides (memory events) follows in the same turn.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Waits for one more event of a name than so many. */
  async event(name: string, after: number): Promise<void> {
    const count = (): number =>
      this.received.filter((message) => (message as DebugProtocol.Event).event === name).length;
    while (count() <= after) await new Promise((resolve) => setImmediate(resolve));
  }

  /** initialize and launch, up to the point where breakpoints are sent. */
  async launch(args: object = {}, initialize: object = {}): Promise<void> {
    await this.request("initialize", { adapterID: "memscript", ...initialize });
    await this.request("launch", { program: programPath, ...args });
  }

  async setBreakpoints(...breakpoints: DebugProtocol.SourceBreakpoint[]): Promise<void> {
    await this.request("setBreakpoints", { source: { path: programPath }, breakpoints });
  }

  /** Sends a request and takes it back at once. */
  async cancelled(command: string, args: object): Promise<void> {
    const answer = this.request(command, args);
    await this.request("cancel", { requestId: this.sequence - 1 });
    await answer;
  }

  /** Children of a scope or value by the names on the way. */
  async open(...names: readonly string[]): Promise<DebugProtocol.Variable[]> {
    const scopes = (await this.request("scopes", { frameId: 1 })).body as { scopes: DebugProtocol.Scope[] };
    let reference = scopes.scopes.find((scope) => scope.name === names[0])!.variablesReference;
    for (let depth = 1; ; depth += 1) {
      const response = await this.request("variables", { variablesReference: reference });
      this.opened = reference;
      const { variables } = response.body as { variables: DebugProtocol.Variable[] };
      const name = names.at(depth);
      if (name === undefined) return variables;
      reference = variables.find((variable) => variable.name === name)!.variablesReference;
    }
  }

  /** Compares the transcript with `goldens/NAME.txt`; UPDATE_GOLDENS=1 writes it. */
  expectGolden(name: string): void {
    if (this.capabilities !== null) compareWithGolden("capabilities", this.capabilities);
    compareWithGolden(name, this.transcript.join("\n"));
  }

  private note(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === "event") {
      const { event, body } = message as Omit<DebugProtocol.Event, "body"> & { readonly body: unknown };
      this.transcript.push(`<- event ${event}${body === undefined ? "" : ` ${bodyText(body)}`}`);
      return;
    }
    const {
      command,
      success,
      message: reason,
      body,
    } = message as Omit<DebugProtocol.Response, "body"> & {
      readonly body: unknown;
    };
    if (command === "initialize" && success) {
      this.capabilities = bodyText(body);
      this.transcript.push("<- initialize (capabilities.txt)");
      return;
    }
    const detail = success ? (body === undefined ? "" : ` ${bodyText(body)}`) : ` FAILED ${reason ?? ""}`;
    this.transcript.push(`<- ${command}${detail}`);
  }

  private async until<Found extends DebugProtocol.ProtocolMessage>(
    matches: (message: DebugProtocol.ProtocolMessage) => message is Found,
    from = 0,
  ): Promise<Found> {
    for (;;) {
      const found = this.received.slice(from).find(matches);
      if (found !== undefined) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

export const fixturePath = programPath;

function compareWithGolden(name: string, text: string): void {
  const file = join(goldens, `${name}.txt`);
  const actual = `${text}\n`;
  if (process.env["UPDATE_GOLDENS"] === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  assert.ok(existsSync(file), `There is no golden ${file}: run with UPDATE_GOLDENS=1 and read what it wrote.`);
  assert.equal(actual, readFileSync(file, "utf8"));
}
