/** Values of a step that is no request, and of a request that was refused. */
export const noValue = -2;
export const refused = -1;

/**
 * What the steps of a run gave, in 20 bytes a step: the address of each request, and a number that stands for the
 * problems. Steps are counted from 1; `clear` forgets the steps so far and goes on counting.
 */
export class ResultLog {
  private values = new Float64Array(256);
  private lines = new Float64Array(256);
  private outcomes = new Int32Array(256);
  private first = 1;
  private length = 0;

  /** The last step noted. */
  get last(): number {
    return this.first + this.length - 1;
  }

  push(value: number, line: number, outcome: number): void {
    const index = this.length++;
    if (index === this.values.length) this.enlarge();
    this.values[index] = value;
    this.lines[index] = line;
    this.outcomes[index] = outcome;
  }

  clear(): void {
    this.first += this.length;
    this.length = 0;
  }

  has(step: number): boolean {
    return step >= this.first && step <= this.last;
  }

  valueAt(step: number): number {
    return this.values[step - this.first];
  }
  lineAt(step: number): number {
    return this.lines[step - this.first];
  }
  outcomeAt(step: number): number {
    return this.outcomes[step - this.first];
  }

  private enlarge(): void {
    const length = this.values.length * 2;
    const { values, lines, outcomes } = this;
    (this.values = new Float64Array(length)).set(values);
    (this.lines = new Float64Array(length)).set(lines);
    (this.outcomes = new Int32Array(length)).set(outcomes);
  }
}
