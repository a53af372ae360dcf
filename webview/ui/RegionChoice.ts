import type { RecordedRegion } from "../../src/inspector/lifetimes/LifetimeRecorder";
import { el } from "./dom";

/** Chooses one of the heaps and pools of a run; out of the way when there is only one. */
export class RegionChoice {
  readonly element: HTMLElement;
  private readonly select: HTMLSelectElement;
  private chosen: string | null = null;

  constructor(label: string, id: string, onChoose: () => void) {
    this.select = el("select", { id });
    this.element = el("p", { class: "choice", hidden: true }, el("label", { for: id }, label), this.select);
    this.select.addEventListener("change", () => {
      this.chosen = this.select.value;
      onChoose();
    });
  }

  /** The region to ask for; null for the first. */
  get region(): string | null {
    return this.chosen;
  }

  show(regions: readonly RecordedRegion[], shown: string | null): void {
    this.chosen = shown;
    this.element.hidden = regions.length < 2;
    const names = regions.map(({ name }) => name);
    const known = Array.from(this.select.options, ({ value }) => value);
    if (names.join("\n") !== known.join("\n")) {
      this.select.replaceChildren(...names.map((name) => el("option", { value: name }, name)));
    }
    if (shown !== null) this.select.value = shown;
  }
}
