import type { StepView } from "../../src/inspector/model";
import type { PanelContext } from "../context";
import { pushButton, type PushButton } from "../ui/button";
import { el, setAttributes, svg } from "../ui/dom";

/** Parts of the scrubber's length that a tick can stand at; more would share pixels. */
const places = 1000;

/** Where the run had problems: ticks along the scrubber, and the way from one to the next. */
export class ProblemMarks {
  /** Lies over the scrubber's track. */
  readonly ticks: SVGSVGElement;
  readonly buttons: HTMLElement;
  readonly previous: PushButton;
  readonly next: PushButton;
  private readonly path = svg("path", { "vector-effect": "non-scaling-stroke" });
  private step: StepView | null = null;

  constructor({ strings, post }: PanelContext) {
    const go = (label: string, glyph: string, id: string, target: () => number | null) =>
      pushButton({
        label,
        icon: glyph,
        id,
        press: () => {
          const step = target();
          if (step !== null) post({ kind: "travel", step });
        },
      });
    this.previous = go(strings.previousProblem, "arrow-left", "previousProblem", () => this.before());
    this.next = go(strings.nextProblem, "arrow-right", "nextProblem", () => this.after());
    this.buttons = el("span", { class: "problem-buttons" }, this.previous.element, this.next.element);
    this.ticks = svg(
      "svg",
      { class: "problem-ticks", viewBox: `0 0 ${places} 1`, preserveAspectRatio: "none", "aria-hidden": "true" },
      this.path,
    );
  }

  /** `last` is the step at the scrubber's end. */
  update(step: StepView, last: number, running: boolean): void {
    this.step = step;
    const { problemSteps } = step;
    this.buttons.hidden = problemSteps.length === 0;
    this.previous.setEnabled(!running && this.before() !== null);
    this.next.setEnabled(!running && this.after() !== null);
    const at = new Set(problemSteps.map((marked) => Math.round((marked / Math.max(1, last)) * places)));
    setAttributes(this.path, { d: Array.from(at, (place) => `M${place} 0V1`).join("") });
    this.ticks.dataset["marks"] = String(at.size);
  }

  private before(): number | null {
    const { problemSteps, position } = this.step!;
    return problemSteps.filter((marked) => marked < position).at(-1) ?? null;
  }

  private after(): number | null {
    const { problemSteps, position } = this.step!;
    return problemSteps.find((marked) => marked > position) ?? null;
  }
}
