import { markup, Markup } from "./markup";

export interface StaticPage {
  /** BCP 47 language of the texts. */
  readonly lang: string;
  readonly title: string;
  /** CSS. */
  readonly style: string;
  readonly body: Markup;
}

/** A page of its own that people can open without MemScript: it runs nothing and loads nothing. */
export function staticPage({ lang, title, style, body }: StaticPage): string {
  const page = markup`<!DOCTYPE html>
    <html lang="${lang}">
      <head>
        <meta charset="UTF-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `;
  return page.text;
}
