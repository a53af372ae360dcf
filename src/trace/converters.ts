import type { TraceFormat } from "./format";
import { allocationFormats, formats, referenceFormats } from "./formats";
import { Head } from "./head";
import { recognise } from "./recognise";
import { ReferenceConverter } from "./referencesToScript";
import type { TraceRequest } from "./request";
import { noSurroundings, type Surroundings } from "./surroundings";
import { ScriptConverter, type Conversion } from "./toScript";

/** Makes a script of a trace that comes in chunks of decompressed bytes. No input makes it throw. */
export interface TraceConverter {
  /** Whether it is no trace, or its script has more lines than one may have: the rest need not be read. */
  readonly isOver: boolean;
  feed(chunk: Uint8Array): void;
  /** Ends the trace. Call it once, after the last chunk. */
  finish(): Conversion;
}

/** The converter of traces of all kinds: its first bytes say whether a trace records allocations or references. */
export class AnyConverter implements TraceConverter {
  private readonly head = new Head();
  private converter: TraceConverter | null = null;

  /**
   * @param source is named as the trace's origin
   * @param candidates the formats that the trace may have
   * @param surroundings those of lines that come into a script
   */
  constructor(
    private readonly source: string,
    private readonly candidates: readonly TraceFormat[] = formats,
    private readonly surroundings: Surroundings = noSurroundings,
    private readonly request: TraceRequest = {},
  ) {}

  get isOver(): boolean {
    return this.converter?.isOver === true;
  }

  feed(chunk: Uint8Array): void {
    if (this.converter !== null) this.converter.feed(chunk);
    else if (this.head.add(chunk)) this.start();
  }

  finish(): Conversion {
    return (this.converter ?? this.start()).finish();
  }

  private start(): TraceConverter {
    const { source, candidates, surroundings, request } = this;
    const bytes = this.head.take();
    const allocations = allocationFormats.filter((format) => candidates.includes(format));
    const references = referenceFormats.filter((format) => candidates.includes(format));
    const kind = recognise(bytes, candidates, request)?.format.kind;
    this.converter =
      kind === "references" || allocations.length === 0
        ? new ReferenceConverter(source, references, surroundings, request)
        : new ScriptConverter(source, allocations, surroundings, request);
    this.converter.feed(bytes);
    return this.converter;
  }
}
