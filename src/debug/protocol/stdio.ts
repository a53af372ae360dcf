import type { DebugProtocol } from "@vscode/debugprotocol";

/** UTF-8 both ways, handed in because this ring has neither Node nor the DOM. */
export interface TextCodec {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

/** One message as the bytes that the protocol's base layer wants: a Content-Length header, an empty line, JSON. */
export function frameMessage(message: DebugProtocol.ProtocolMessage, codec: TextCodec): Uint8Array {
  const body = codec.encode(JSON.stringify(message));
  const header = codec.encode(`Content-Length: ${body.length}\r\n\r\n`);
  const framed = new Uint8Array(header.length + body.length);
  framed.set(header);
  framed.set(body, header.length);
  return framed;
}

/** Longest body that is read; a longer one is a broken client. */
const longestBody = 64 * 1024 * 1024;
const longestHeader = 4096;

/**
 * Cuts a stream of byte chunks, however they fall, into messages. What is not a message (a header without a length,
 * a body that is not a JSON object) is told to `onBroken` and skipped; the stream goes on.
 */
export class MessageReader {
  private pending: Uint8Array = new Uint8Array(0);
  private chunks: Uint8Array[] = [];
  private buffered = 0;
  /** Bytes that must have arrived before another look pays; keeps large messages linear. */
  private needed = 1;

  constructor(
    private readonly codec: TextCodec,
    private readonly onMessage: (message: DebugProtocol.ProtocolMessage) => void,
    private readonly onBroken: (reason: string) => void,
  ) {}

  push(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
    if (this.buffered < this.needed) return;
    this.join();
    while (this.takeMessage());
    if (this.pending.length === 0) this.needed = 1;
    this.buffered = this.pending.length;
  }

  private join(): void {
    const joined = new Uint8Array(this.buffered);
    joined.set(this.pending);
    let offset = this.pending.length;
    for (const chunk of this.chunks) {
      joined.set(chunk, offset);
      offset += chunk.length;
    }
    this.pending = joined;
    this.chunks = [];
  }

  /** Takes one message off the front; false when more bytes are needed. */
  private takeMessage(): boolean {
    this.needed = this.pending.length + 1;
    const headerEnd = findHeaderEnd(this.pending);
    if (headerEnd === -1) {
      if (this.pending.length <= longestHeader) return false;
      this.onBroken("bytes that are not a message header");
      this.pending = new Uint8Array(0);
      return false;
    }
    const header = this.codec.decode(this.pending.subarray(0, headerEnd));
    const length = /content-length: *(\d{1,12})/i.exec(header);
    if (length === null || longestBody < Number(length[1])) {
      this.onBroken("a message header without a usable Content-Length");
      this.pending = this.pending.subarray(headerEnd + 4);
      return 0 < this.pending.length;
    }
    const bodyStart = headerEnd + 4;
    const bodyEnd = bodyStart + Number(length[1]);
    if (this.pending.length < bodyEnd) {
      this.needed = bodyEnd;
      return false;
    }
    const body = this.pending.subarray(bodyStart, bodyEnd);
    this.pending = this.pending.subarray(bodyEnd);
    this.deliver(body);
    return 0 < this.pending.length;
  }

  private deliver(body: Uint8Array): void {
    let message: unknown;
    try {
      message = JSON.parse(this.codec.decode(body));
    } catch {
      this.onBroken("a message body that is not JSON");
      return;
    }
    if (typeof message === "object" && message !== null) this.onMessage(message as DebugProtocol.ProtocolMessage);
    else this.onBroken("a message body that is not an object");
  }
}

/** Index of the `\r\n\r\n` that ends the header, or -1. */
function findHeaderEnd(bytes: Uint8Array): number {
  for (let index = bytes.indexOf(13); index !== -1; index = bytes.indexOf(13, index + 1)) {
    if (bytes[index + 1] === 10 && bytes[index + 2] === 13 && bytes[index + 3] === 10) return index;
  }
  return -1;
}
