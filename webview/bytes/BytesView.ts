import type { PanelSnapshot } from "../../src/inspector/model";
import type { BytesAnswer } from "../../src/inspector/queries/bytes";
import type { FocusTarget } from "../../src/inspector/protocol";
import { addressOf, type Selection } from "../../src/inspector/selection";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { RequestFailure } from "../requests";
import { el, onWidth } from "../ui/dom";
import { sectionHeading } from "../ui/parts";
import type { View } from "../views/View";
import { AddressBar } from "./AddressBar";
import { ByteGrid } from "./ByteGrid";
import { blockFields } from "./blockFields";
import { cursorFacts } from "./cursorFacts";
import { ByteKeys } from "./byteKeys";
import { partsByByte, pointerAt, type ByteWindow } from "./readings";

const rows = 24;
/** Places that Back goes through at most. */
const placesKept = 100;

const nothing: ByteWindow = { start: 0, bytes: new Uint8Array(), parts: [] };

/**
 * Memory as hexadecimal bytes and text. Header fields, payloads, padding and free bytes are told apart, bytes that the
 * step changed are marked, pointers can be followed, and while debugging a byte is changed by typing over it.
 */
export class BytesView implements View {
  readonly element = el("section", { class: "bytes-view", "aria-labelledby": "bytes" });
  private readonly bar: AddressBar;
  private readonly grid: ByteGrid;
  private readonly facts = el("div", { class: "byte-facts" });
  private readonly note = el("p", { class: "muted", role: "status" });
  private readonly fields;
  private window = nothing;
  private changed: ReadonlySet<number> = new Set();
  /** Of the step on the screen, and of the one whose bytes are shown. */
  private position = 0;
  private shownAt: number | null = null;
  private perRow = 16;
  /** Null until the first answer says where the first region begins. */
  private cursor: number | null;
  private selected: string | null = null;
  private readonly places: number[] = [];

  constructor(private readonly context: PanelContext) {
    const { strings, state } = context;
    this.cursor = state.byteCursor === null ? null : Number(state.byteCursor);
    this.bar = new AddressBar(strings, {
      go: (address) => this.goTo(address, true),
      back: () => this.back(),
      page: (direction) => this.move(direction * rows * this.perRow),
    });
    this.grid = new ByteGrid(strings);
    const keys = new ByteKeys({
      move: (bytes) => this.move(bytes),
      perRow: () => this.perRow,
      rows,
      rowStart: () => this.moveTo(this.rowOf(this.cursor ?? 0)),
      rowEnd: () => this.moveTo(this.rowOf(this.cursor ?? 0) + this.perRow - 1),
      follow: () => this.follow(),
      back: () => this.back(),
      edit: (value) => {
        if (this.cursor !== null) context.post({ kind: "editByte", address: hex(this.cursor), value });
      },
    });
    this.grid.element.addEventListener("keydown", (event) => keys.press(event));
    this.grid.element.addEventListener("click", (event) => {
      const offset = this.grid.offsetOf(event);
      if (offset !== null) this.moveTo(this.window.start + offset);
    });
    this.grid.element.addEventListener("dblclick", () => this.follow());
    this.fields = el("div", { class: "byte-fields", role: "group", "aria-label": strings.bytesFields });
    const heading = sectionHeading(context, "bytes", strings.viewBytes, strings.bytesHint);
    this.element.append(heading, this.bar.element, this.note, this.grid.element, this.fields, this.facts);
    onWidth(this.element, (width) => this.fit(width));
  }

  update({ step }: PanelSnapshot): void {
    this.position = step.position;
    this.ask(true);
  }

  repaint(): void {
    // Colours are the style sheet's.
  }

  select(selection: Selection | null): void {
    const address = addressOf(selection);
    this.selected = selection?.kind === "block" ? address : this.blockAt(address === null ? null : Number(address));
    // A byte of the block may be where the cursor stands already.
    if (address !== null && this.blockAt(this.cursor) !== address) this.goTo(Number(address), false);
    else this.draw();
  }

  focus(target: FocusTarget): boolean {
    if (target.kind !== "address") return false;
    this.goTo(Number(target.address), true);
    return true;
  }

  private fit(width: number): void {
    const perRow = width < 420 ? 8 : width < 1000 ? 16 : 32;
    if (perRow === this.perRow) return;
    this.perRow = perRow;
    this.ask(false);
  }

  private rowOf(address: number): number {
    return address - (address % this.perRow);
  }

  private blockAt(address: number | null): string | null {
    if (address === null) return null;
    return partsByByte(this.window)[address - this.window.start]?.block ?? null;
  }

  /** Goes somewhere else, and remembers the place left when the user asked for it. */
  private goTo(address: number, isJump: boolean): void {
    if (isJump && this.cursor !== null && this.cursor !== address) {
      this.places.push(this.cursor);
      if (this.places.length > placesKept) this.places.shift();
    }
    this.cursor = address;
    this.context.remember({ byteCursor: hex(address) });
    const { start, bytes } = this.window;
    if (address < start || address >= start + bytes.length) this.ask(false);
    else this.draw();
  }

  private back(): void {
    const place = this.places.pop();
    if (place !== undefined) this.goTo(place, false);
  }

  private move(distance: number): void {
    if (this.cursor !== null) this.moveTo(Math.max(0, this.cursor + distance));
  }

  /** Puts the cursor on a byte and selects its block for all views. */
  private moveTo(address: number): void {
    this.goTo(address, false);
    this.grid.focusCell(address - this.window.start);
    const part = partsByByte(this.window).at(address - this.window.start) ?? null;
    if (part === null) this.context.select({ kind: "address", address: hex(address) });
    else this.context.select({ kind: "block", address: part.block, line: part.line });
  }

  private follow(): void {
    if (this.cursor === null) return;
    const offset = this.cursor - this.window.start;
    const target = pointerAt(this.window, offset, partsByByte(this.window)[offset] ?? null);
    if (target !== null) this.goTo(target, true);
  }

  /** Asks for the window that holds the cursor; `isStep` says that the same bytes are compared with before. */
  private ask(isStep: boolean): void {
    const { start, bytes } = this.window;
    const isInside = this.cursor !== null && this.cursor >= start && this.cursor < start + bytes.length;
    const keeps = isInside && start % this.perRow === 0;
    const from = this.cursor === null ? null : keeps ? start : this.rowOf(this.cursor);
    this.context
      .request({ kind: "bytes", address: from === null ? null : hex(from), length: rows * this.perRow })
      .then((answer) => this.show(answer, isStep))
      .catch((error: unknown) => {
        // The next snapshot asks again.
        if (!(error instanceof RequestFailure)) throw error;
      });
  }

  private show(answer: BytesAnswer, isStep: boolean): void {
    const before = this.window;
    this.window = { start: Number(answer.address), bytes: answer.bytes, parts: answer.parts };
    this.cursor ??= this.window.start;
    const isCompared = isStep && before.start === this.window.start;
    const changed = isCompared ? differences(before.bytes, answer.bytes) : new Set<number>();
    // A second answer about the same step finds nothing new: the marks of the first stay.
    const isRepeated = isCompared && changed.size === 0 && this.shownAt === this.position;
    if (!isRepeated) this.changed = changed;
    this.shownAt = this.position;
    this.bar.update(answer.regions, this.cursor);
    this.draw();
  }

  private draw(): void {
    const { strings } = this.context;
    const { start, bytes } = this.window;
    const cursor = this.cursor ?? start;
    this.note.textContent = bytes.length === 0 ? format(strings.bytesNothing, hex(cursor)) : "";
    this.bar.setPlace(cursor, this.places.length > 0);
    const label = format(strings.bytesGrid, hex(start), this.perRow);
    this.grid.draw(this.window, this.perRow, label, {
      changed: this.changed,
      cursor: cursor - start,
      block: this.selected,
    });
    const fields = blockFields(this.window, cursor, strings, (address) => this.moveTo(address));
    this.fields.replaceChildren(...fields);
    this.facts.replaceChildren(...cursorFacts(this.context, this.window, cursor, () => this.follow()));
  }
}

const hex = (address: number): string => `0x${address.toString(16)}`;

function differences(before: Uint8Array, after: Uint8Array): Set<number> {
  const changed = new Set<number>();
  for (let at = 0; at < Math.min(before.length, after.length); at++) if (before[at] !== after[at]) changed.add(at);
  return changed;
}
