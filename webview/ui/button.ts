import { provideVSCodeDesignSystem, vsCodeButton } from "@vscode/webview-ui-toolkit";
import { setAttributes } from "./dom";
import { icon } from "./icon";

provideVSCodeDesignSystem().register(vsCodeButton());

/** A push button; the only place that knows which component library draws it. */
export interface PushButton {
  readonly element: HTMLElement;
  setEnabled(enabled: boolean): void;
  /** As a click does: nothing while the button is disabled. */
  press(): void;
}

export interface ButtonOptions {
  readonly label: string;
  /** Codicon name; with one and without `text`, the button shows the icon alone and `label` names it. */
  readonly icon?: string;
  readonly text?: boolean;
  readonly look?: "primary" | "secondary";
  readonly id?: string;
  readonly press: () => void;
}

export function pushButton(options: ButtonOptions): PushButton {
  const element = document.createElement("vscode-button");
  const iconOnly = options.icon !== undefined && options.text !== true;
  setAttributes(element, {
    appearance: iconOnly ? "icon" : (options.look ?? "secondary"),
    "aria-label": options.label,
    title: iconOnly ? options.label : null,
    "data-action": options.id,
  });
  if (options.icon !== undefined) {
    const glyph = icon(options.icon);
    if (!iconOnly) glyph.setAttribute("slot", "start");
    element.append(glyph);
  }
  if (!iconOnly) element.append(options.label);
  const press = (): void => {
    if (!element.hasAttribute("disabled")) options.press();
  };
  element.addEventListener("click", press);
  return { element, setEnabled: (enabled) => setAttributes(element, { disabled: !enabled }), press };
}
