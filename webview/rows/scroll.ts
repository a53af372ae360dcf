/** Height of a row, in CSS pixels. */
export const rowHeight = 24;

/** The tallest element that browsers lay out exactly. */
const tallest = 8_000_000;

/** Which rows of very many a scrolled box shows: exact while they are few, proportional beyond the tallest element. */
export class RowScroll {
  constructor(
    readonly rows: number,
    /** Height of the box, in pixels. */
    readonly box: number,
  ) {}

  /** Height of what is scrolled. */
  get height(): number {
    return Math.min(tallest, this.rows * rowHeight);
  }

  /** Rows that fit, the last one maybe cut. */
  get visible(): number {
    return Math.ceil(this.box / rowHeight);
  }

  /** The first row in view, counted from 0. */
  first(scrollTop: number): number {
    if (this.isExact) return Math.floor(scrollTop / rowHeight);
    const range = this.height - this.box;
    return Math.round((Math.max(0, Math.min(range, scrollTop)) / range) * this.last);
  }

  /** Where to scroll so that the row is the first one in view. */
  topOf(row: number): number {
    if (this.isExact) return row * rowHeight;
    return (Math.min(this.last, row) / this.last) * (this.height - this.box);
  }

  /** The first row to scroll to so that a row is in view: the present one where that will do. */
  firstToShow(row: number, first: number): number {
    const whole = Math.max(1, Math.floor(this.box / rowHeight));
    if (row >= first && row < first + whole) return first;
    // Proportional scrolling may miss by some rows: the row comes into the middle.
    if (!this.isExact) return Math.max(0, row - Math.floor(whole / 2));
    return row < first ? row : row - whole + 1;
  }

  /** Where to draw the first row in view, from the top of what is scrolled. */
  offset(scrollTop: number): number {
    return this.isExact ? this.first(scrollTop) * rowHeight : scrollTop;
  }

  /** The row that is first when everything is scrolled. */
  private get last(): number {
    return Math.max(1, this.rows - Math.floor(this.box / rowHeight));
  }

  private get isExact(): boolean {
    return this.rows * rowHeight <= tallest;
  }
}
