import type { ProblemView, PanelSnapshot, StepView } from "../../src/inspector/model";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { pushButton } from "../ui/button";
import { el, prose, setAttributes, setProse, setText } from "../ui/dom";
import { icon } from "../ui/icon";
import { Inputs } from "../ui/Inputs";
import { count } from "../ui/numbers";
import { lineLink } from "../ui/parts";
import { Player } from "./Player";
import { ProblemMarks } from "./ProblemMarks";

const severityIcons = { error: "error", warning: "warning", information: "info" } as const;

/** Step buttons, the scrubber, where the run stands, the step's story (announced) and its problems. */
export class StepBar {
  readonly element: HTMLElement;
  private readonly back;
  private readonly forward;
  private readonly runBack;
  private readonly run;
  private readonly pause;
  private readonly first;
  private readonly last;
  private readonly player: Player;
  private readonly marks: ProblemMarks;
  private end = 0;
  private readonly scrubber: HTMLInputElement;
  private readonly position = el("span", { class: "position" });
  private readonly place = el("span", { class: "place" });
  private readonly problemCount = el("span", { class: "problem-count" });
  private readonly code = el("code", { class: "statement" });
  private readonly story = el("p", { class: "story", role: "status", "aria-live": "polite" });
  private readonly problems = el("ul", { class: "problems", role: "list" });
  private readonly placeInputs = new Inputs();
  private readonly problemInputs = new Inputs();
  private travelTo: number | null = null;

  constructor(private readonly context: PanelContext) {
    const { strings, post } = context;
    const action = (kind: "runBack" | "stepBack" | "stepForward" | "run" | "pause", label: string, glyph: string) =>
      pushButton({ label, icon: glyph, id: kind, press: () => post({ kind }) });
    this.runBack = action("runBack", strings.runBack, "debug-reverse-continue");
    this.back = action("stepBack", strings.stepBack, "debug-step-back");
    this.forward = action("stepForward", strings.stepForward, "debug-step-over");
    this.run = action("run", strings.run, "debug-continue");
    this.pause = action("pause", strings.pause, "debug-pause");
    const leap = (label: string, glyph: string, id: string, target: () => number) =>
      pushButton({ label, icon: glyph, id, press: () => post({ kind: "travel", step: target() }) });
    this.first = leap(strings.firstStep, "chevron-left", "firstStep", () => 0);
    this.last = leap(strings.lastStep, "chevron-right", "lastStep", () => this.end);
    this.player = new Player(context, (playing) => this.story.setAttribute("aria-live", playing ? "off" : "polite"));
    this.marks = new ProblemMarks(context);
    this.scrubber = el("input", { type: "range", class: "scrubber", min: 0, step: 1, "aria-label": strings.scrubber });
    this.scrubber.addEventListener("input", () => this.scrub());
    const { button: play, pauseButton: stop, speed } = this.player;
    const order = [this.first, this.runBack, this.back, play, stop, this.forward, this.run, this.pause, this.last];
    const buttons = order.map((button) => button.element);
    this.element = el(
      "section",
      { class: "step-bar", "aria-label": strings.stepControls },
      el(
        "div",
        { class: "step-row" },
        el("div", { class: "step-buttons", role: "toolbar", "aria-label": strings.stepControls }, ...buttons, speed),
        el("div", { class: "scrubber-box" }, this.marks.ticks, this.scrubber),
        el("div", { class: "step-place" }, this.position, this.place, this.problemCount, this.marks.buttons),
      ),
      el("div", { class: "story-row" }, this.code, this.story),
      this.problems,
    );
  }

  update(snapshot: PanelSnapshot): void {
    const { step, running } = snapshot;
    const { strings } = this.context;
    const last = step.total ?? step.reached;
    this.end = last;
    this.player.update(snapshot);
    this.marks.update(step, last, running);
    this.first.setEnabled(!running && step.position > 0);
    this.last.setEnabled(!running && step.position < last);
    this.back.setEnabled(!running && step.position > 0);
    this.runBack.setEnabled(!running && step.position > 0);
    this.forward.setEnabled(!running && !step.finished);
    this.run.setEnabled(!running && !step.finished);
    this.run.element.hidden = running;
    this.pause.element.hidden = !running;
    const where = format(
      step.total === null ? strings.stepOfUnknown : strings.stepOf,
      count(step.position),
      count(Math.max(last, step.position)),
    );
    this.scrubber.max = String(last);
    this.scrubber.disabled = running || last === 0;
    // While a finger is on the scrubber its value leads and the snapshots follow.
    if (this.travelTo === null) this.scrubber.value = String(step.position);
    setAttributes(this.scrubber, { "aria-valuetext": where });
    setText(this.position, where);
    if (this.placeInputs.haveChanged(step.line, step.finished, running)) {
      this.place.replaceChildren(this.placeOf(step, running));
    }
    const { problemCount } = step;
    setText(
      this.problemCount,
      problemCount === 1 ? strings.problemSoFar : format(strings.problemsSoFar, count(problemCount)),
    );
    this.problemCount.hidden = problemCount === 0;
    setText(this.code, step.text);
    this.code.hidden = step.text === "";
    setProse(this.story, step.story);
    this.story.hidden = step.story === "";
    if (this.problemInputs.haveChanged(step.problems)) {
      this.problems.replaceChildren(...step.problems.map((problem) => this.problem(problem)));
    }
    this.problems.hidden = step.problems.length === 0;
  }

  /** What a single key does wherever the focus is; false for other keys. */
  press(key: string): boolean {
    const actions: Readonly<Partial<Record<string, () => void>>> = {
      n: () => this.forward.press(),
      p: () => this.back.press(),
      " ": () => this.player.toggle(),
      ".": () => this.marks.next.press(),
      ",": () => this.marks.previous.press(),
    };
    const action = actions[key];
    action?.();
    return action !== undefined;
  }

  dispose(): void {
    this.player.stop();
  }

  private placeOf(step: StepView, running: boolean): Node {
    const { strings } = this.context;
    if (running) return document.createTextNode(strings.running);
    if (step.line === null) return document.createTextNode(strings.atStart);
    const link = lineLink(this.context, step.line)!;
    link.textContent = format(strings.atLine, step.line + 1);
    return step.finished ? el("span", {}, link, " · ", strings.finished) : link;
  }

  private problem(problem: ProblemView): HTMLElement {
    const { strings } = this.context;
    const severity = {
      error: strings.severityError,
      warning: strings.severityWarning,
      information: strings.severityInformation,
    }[problem.severity];
    const related = problem.related.map(({ line, message }) =>
      el("li", {}, ...prose(message), " ", lineLink(this.context, line)),
    );
    return el(
      "li",
      { class: `problem ${problem.severity}`, "data-problem": problem.id },
      icon(severityIcons[problem.severity]),
      el(
        "div",
        {},
        el(
          "p",
          {},
          el("span", { class: "sr-only" }, `${severity}: `),
          el("strong", {}, problem.title),
          " ",
          el("code", {}, problem.id),
        ),
        el("p", {}, ...prose(problem.message), " ", lineLink(this.context, problem.line)),
        related.length === 0 ? null : el("ul", {}, ...related),
        el("p", { class: "muted" }, ...prose(problem.advice)),
      ),
    );
  }

  /** One message a frame, however fast the scrubber moves. */
  private scrub(): void {
    if (this.travelTo === null) {
      requestAnimationFrame(() => {
        const step = this.travelTo;
        this.travelTo = null;
        if (step !== null) this.context.post({ kind: "travel", step });
      });
    }
    this.travelTo = Number(this.scrubber.value);
  }
}
