import type { Role } from "../src/inspector/drawing/displayList";

/** Colours for drawings, read from the style sheet's tokens, which rest on VS Code's theme variables. */
export interface Colours extends Readonly<Record<Role, string>> {
  /** Families of CSS. */
  readonly font: string;
  readonly monospace: string;
  /** High-contrast themes draw outlines around everything. */
  readonly highContrast: boolean;
}

/** Reads colours when drawing and tells when they have changed. */
export class Theme {
  private cached: Colours | null = null;
  private readonly observer: MutationObserver;

  constructor(onChange: () => void) {
    // VS Code changes the variables on <html> and the kind on <body>.
    this.observer = new MutationObserver(() => {
      this.cached = null;
      onChange();
    });
    const options = { attributes: true, attributeFilter: ["class", "style", "data-vscode-theme-id"] };
    this.observer.observe(document.documentElement, options);
    this.observer.observe(document.body, options);
  }

  /** Stops listening. */
  dispose(): void {
    this.observer.disconnect();
  }

  get colours(): Colours {
    return (this.cached ??= readColours());
  }
}

function readColours(): Colours {
  const style = getComputedStyle(document.body);
  const token = (name: string): string => style.getPropertyValue(`--ms-${name}`).trim();
  return {
    foreground: token("foreground"),
    muted: token("muted"),
    background: token("background"),
    grid: token("grid"),
    used: token("used"),
    free: token("free"),
    leaked: token("leaked"),
    changed: token("changed"),
    link: token("link"),
    focus: token("focus"),
    largest: token("largest"),
    fragmentation: token("fragmentation"),
    error: token("error"),
    font: token("font"),
    monospace: token("monospace"),
    highContrast:
      document.body.classList.contains("vscode-high-contrast") ||
      document.body.classList.contains("vscode-high-contrast-light"),
  };
}
