/** Colours for canvases, read from the style sheet's tokens, which rest on VS Code's theme variables. */
export interface Colours {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  readonly used: string;
  readonly free: string;
  readonly leaked: string;
  readonly changed: string;
  readonly link: string;
  readonly focus: string;
  readonly largest: string;
  readonly fragmentation: string;
  readonly error: string;
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
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    foreground: token("--ms-foreground"),
    muted: token("--ms-muted"),
    background: token("--ms-background"),
    grid: token("--ms-grid"),
    used: token("--ms-used"),
    free: token("--ms-free"),
    leaked: token("--ms-leaked"),
    changed: token("--ms-changed"),
    link: token("--ms-link"),
    focus: token("--ms-focus"),
    largest: token("--ms-largest"),
    fragmentation: token("--ms-fragmentation"),
    error: token("--ms-error"),
    font: token("--ms-font"),
    monospace: token("--ms-monospace"),
    highContrast:
      document.body.classList.contains("vscode-high-contrast") ||
      document.body.classList.contains("vscode-high-contrast-light"),
  };
}
