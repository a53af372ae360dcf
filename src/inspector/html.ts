import { visible } from "../language/visible";

/** Where the page stands, whose background it takes on. */
export type Place = "editor" | "sideBar";

export interface PanelPage {
  /** Fresh for each page; letters and digits. */
  readonly nonce: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly codiconUri: string;
  readonly title: string;
  /** BCP 47 language of the strings, `vscode.env.language`. */
  readonly lang: string;
  readonly place: Place;
}

/**
 * The panel's page. Nothing runs or loads but our own script, the modules that it imports (they inherit its nonce) and
 * style sheets; the toolkit finds the nonce for its one style element in the `csp-nonce` meta.
 */
export function renderHtml(page: PanelPage): string {
  const nonce = escapeHtml(page.nonce);
  const source = escapeHtml(page.cspSource);
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `font-src ${source}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.lang)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(page.codiconUri)}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(page.styleUri)}">
<title>${escapeHtml(page.title)}</title>
</head>
<body data-place="${page.place}">
<main id="panel" aria-label="${escapeHtml(page.title)}"></main>
<script type="module" nonce="${nonce}" src="${escapeHtml(page.scriptUri)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for HTML or SVG, without control characters. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
