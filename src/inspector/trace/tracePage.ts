import type { Words } from "../../language/Words";
import { escapeHtml } from "../html";
import { Markup, markup } from "../markup";
import type { LeakRow, TraceView } from "./traceView";

/** Something to do with the trace: a link that runs a command. */
export interface TraceAction {
  readonly label: string;
  /** A `command:` address. */
  readonly address: string;
  readonly isPrimary: boolean;
}

export interface TracePage {
  /** The file's name. */
  readonly title: string;
  /** BCP 47. */
  readonly lang: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly styleUri: string;
  readonly actions: readonly TraceAction[];
  /** Null while the trace is read. */
  readonly view: TraceView | null;
}

/** The page of a trace: it runs nothing, loads the panel's style sheet alone, and its links run commands. */
export function tracePage(page: TracePage, words: Words): string {
  const { title, lang, cspSource, styleUri, view } = page;
  // The policy's quotes are no text of a page.
  const policy = new Markup(escapeHtml(`default-src 'none'; style-src ${cspSource}`));
  const text = markup`<!DOCTYPE html>
    <html lang="${lang}">
      <head>
        <meta charset="UTF-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href="${styleUri}" />
        <title>${title}</title>
      </head>
      <body data-place="editor">
        <main class="trace" aria-busy="${view === null ? "true" : "false"}">${body(page, view, words)}</main>
      </body>
    </html> `;
  return text.text;
}

function body({ title, actions }: TracePage, view: TraceView | null, words: Words): Markup {
  if (view === null) {
    return markup`<section class="section">
      <h1>${title}</h1>
      <p role="status">${words.say("Reading the trace…")}</p>
    </section> `;
  }
  return markup`<section class="section">
      <h1>${title}</h1>
      <p role="status">${view.summary}</p>
      ${warningList(view.warnings, words)}
      ${view.canReplay ? actionList(actions, words) : null}
    </section>
    ${view.facts.length === 0 ? null : factSection(view, words)}
    ${view.leaks === null ? null : leakSection(view.leaks, words)} `;
}

function warningList(warnings: readonly string[], words: Words): Markup | null {
  if (warnings.length === 0) return null;
  return markup`<ul class="trace-warnings" aria-label="${words.say("Warnings")}">
    ${warnings.map((warning) => markup`<li>${warning}</li>`)}
  </ul> `;
}

function actionList(actions: readonly TraceAction[], words: Words): Markup {
  const link = ({ label, address, isPrimary }: TraceAction): Markup =>
    markup`<li><a class="push${isPrimary ? " primary" : ""}" href="${address}">${label}</a></li> `;
  return markup`<ul class="trace-actions" aria-label="${words.say("Actions")}">
    ${actions.map(link)}
  </ul> `;
}

function factSection({ facts, assumption }: TraceView, words: Words): Markup {
  return markup`<section class="section" aria-labelledby="numbers">
    <header class="section-head"><h2 id="numbers">${words.say("First numbers")}</h2><p class="muted">${assumption}</p></header>
    <dl class="stats">
      ${facts.map(({ name, value }) => markup`<div><dt>${name}</dt><dd>${value}</dd></div> `)}
    </dl>
  </section> `;
}

function leakSection({ title, rows, more }: NonNullable<TraceView["leaks"]>, words: Words): Markup {
  const row = ({ site, blocks, bytes, line }: LeakRow): Markup => markup`<tr>
      <td class="trace-site">${site ?? words.say("an unknown site")}</td>
      <td class="numeric">${bytes}</td>
      <td class="numeric">${blocks}</td>
      <td class="numeric">${line}</td>
    </tr> `;
  const table = markup`<div class="table-scroll" tabindex="0" role="region" aria-label="${title}">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.say("Call site")}</th>
            <th scope="col" class="numeric">${words.say("Bytes")}</th>
            <th scope="col" class="numeric">${words.say("Blocks")}</th>
            <th scope="col" class="numeric">${words.say("First line")}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(row)}
        </tbody>
      </table>
    </div>
    ${more === null ? null : markup`<p class="muted">${more}</p> `}`;
  return markup`<section class="section" aria-labelledby="leaks">
    <header class="section-head"><h2 id="leaks">${title}</h2></header>
    ${rows.length === 0 ? null : table}
  </section> `;
}
