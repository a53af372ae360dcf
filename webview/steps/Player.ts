import type { PanelSnapshot } from "../../src/inspector/model";
import type { PanelContext } from "../context";
import { pushButton } from "../ui/button";
import { el } from "../ui/dom";

/** Steps a second to choose from. */
const speeds = [0.5, 1, 2, 5, 10] as const;
const usualSpeed = 2;

/** Steps forward by itself, one step after the other at the chosen speed, up to the end of the run. */
export class Player {
  readonly button;
  readonly pauseButton;
  readonly speed: HTMLSelectElement;
  private timer: number | undefined;
  private playing = false;

  constructor(
    private readonly context: PanelContext,
    /** While it plays, each step would interrupt the announcement of the one before. */
    private readonly onChange: (playing: boolean) => void,
  ) {
    const { strings } = context;
    this.button = pushButton({ label: strings.play, icon: "play", id: "play", press: () => this.play() });
    this.pauseButton = pushButton({
      label: strings.stopPlaying,
      icon: "stop-circle",
      id: "stopPlaying",
      press: () => this.stop(),
    });
    this.pauseButton.element.hidden = true;
    this.speed = el("select", { class: "speed", "aria-label": strings.speed, title: strings.speed });
    for (const speed of speeds) this.speed.append(el("option", { value: speed }, `${speed}×`));
    const { speed } = context.state;
    this.speed.value = String(speeds.find((known) => known === speed) ?? usualSpeed);
    this.speed.addEventListener("change", () => context.remember({ speed: Number(this.speed.value) }));
  }

  /** The next step is due one interval after the last one arrived: a slow run is never flooded. */
  update({ running, step }: PanelSnapshot): void {
    this.button.setEnabled(!running && !step.finished);
    if (!this.playing) return;
    if (step.finished || step.problems.some(({ severity }) => severity === "error")) this.stop();
    else if (!running) this.schedule();
  }

  toggle(): void {
    if (this.playing) this.stop();
    else this.button.press();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    if (this.playing) this.show(false);
  }

  private play(): void {
    this.show(true);
    this.context.post({ kind: "stepForward" });
  }

  private schedule(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.context.post({ kind: "stepForward" }), 1000 / Number(this.speed.value));
  }

  private show(playing: boolean): void {
    const hadFocus = [this.button, this.pauseButton].some(({ element }) => element === document.activeElement);
    this.playing = playing;
    this.button.element.hidden = playing;
    this.pauseButton.element.hidden = !playing;
    if (hadFocus) (playing ? this.pauseButton : this.button).element.focus();
    this.onChange(playing);
  }
}
