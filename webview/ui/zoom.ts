import type { InspectorStrings } from "../../src/inspector/strings";
import { pushButton } from "./button";

/** A drawing that shows a part of something. */
export interface Zoomable {
  /** Shows `factor` times as much. What is at the event stays in its place; without one the drawing chooses. */
  zoom(factor: number, at?: MouseEvent): void;
  /** Moves by a share of what is in view. */
  pan(share: number): void;
  /** Shows everything. */
  fit(): void;
}

/** The buttons that zoom a drawing. */
export function zoomButtons(strings: InspectorStrings, target: Zoomable): HTMLElement[] {
  return [
    pushButton({ label: strings.zoomIn, icon: "zoom-in", id: "zoomIn", press: () => target.zoom(0.5) }).element,
    pushButton({ label: strings.zoomOut, icon: "zoom-out", id: "zoomOut", press: () => target.zoom(2) }).element,
    pushButton({ label: strings.zoomFit, icon: "screen-normal", id: "zoomFit", press: () => target.fit() }).element,
  ];
}

/** What the keys do that zoom a drawing. */
export function zoomActions(target: Zoomable): Readonly<Record<"+" | "=" | "-" | "0", () => void>> {
  const closer = (): void => target.zoom(0.5);
  return { "+": closer, "=": closer, "-": () => target.zoom(2), "0": () => target.fit() };
}

/**
 * The wheel scrolls the panel until the drawing has the focus, unless the drawing itself scrolls; then, and with Ctrl, it
 * zooms at the pointer. With Shift, or turned sideways, it pans.
 */
export function zoomByWheel(element: HTMLElement, target: Zoomable, scrolls = false): void {
  const turned = (event: WheelEvent): void => {
    const { ctrlKey, shiftKey, deltaX, deltaY } = event;
    const hasFocus = !scrolls && document.activeElement === element;
    if (!ctrlKey && !shiftKey && !hasFocus) return;
    event.preventDefault();
    if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY)) target.pan((deltaX || deltaY) / element.clientWidth);
    else target.zoom(Math.exp(Math.max(-1, Math.min(1, deltaY / 200))), event);
  };
  element.addEventListener("wheel", turned, { passive: false });
}
