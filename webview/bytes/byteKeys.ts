/** What the keys of the grid of bytes do. */
export interface ByteActions {
  /** By so many bytes. */
  move(bytes: number): void;
  perRow(): number;
  readonly rows: number;
  rowStart(): void;
  rowEnd(): void;
  follow(): void;
  back(): void;
  edit(value: number): void;
}

/** Keys of the grid of bytes: the arrows move, Enter follows, two hexadecimal digits change the byte. */
export class ByteKeys {
  /** The first digit of a byte being typed. */
  private digit: string | null = null;

  constructor(private readonly actions: ByteActions) {}

  press(event: KeyboardEvent): void {
    const { actions } = this;
    const { key } = event;
    if (event.ctrlKey || event.metaKey) return;
    if (/^[0-9a-fA-F]$/.test(key) && !event.altKey) {
      event.preventDefault();
      this.type(key);
      return;
    }
    this.digit = null;
    const perRow = actions.perRow();
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => actions.move(1),
      ArrowLeft: () => (event.altKey ? actions.back() : actions.move(-1)),
      ArrowDown: () => actions.move(perRow),
      ArrowUp: () => actions.move(-perRow),
      PageDown: () => actions.move(perRow * actions.rows),
      PageUp: () => actions.move(-perRow * actions.rows),
      Home: () => actions.rowStart(),
      End: () => actions.rowEnd(),
      Enter: () => actions.follow(),
      Backspace: () => actions.back(),
    };
    if (!Object.hasOwn(moves, key)) return;
    event.preventDefault();
    moves[key]();
  }

  private type(digit: string): void {
    if (this.digit === null) {
      this.digit = digit;
      return;
    }
    const value = Number.parseInt(this.digit + digit, 16);
    this.digit = null;
    this.actions.edit(value);
    this.actions.move(1);
  }
}
