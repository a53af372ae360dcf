import { markup, Markup } from "../markup";

export interface ReportColumn {
  readonly title: string;
  readonly numeric?: boolean;
}

type Cell = string | number | null | Markup;

/** A table with a caption. The box scrolls by itself where the page is narrow, and so takes the focus. */
export function reportTable(
  caption: string,
  columns: readonly ReportColumn[],
  rows: readonly (readonly Cell[])[],
): Markup {
  const head = columns.map(({ title, numeric }) => markup`<th scope="col" ${classOf(numeric)}>${title}</th>`);
  const body = rows.map((cells) => {
    const line = cells.map((cell, at) => markup`<td${classOf(columns[at]?.numeric)}>${cell}</td>`);
    return markup`<tr>
      ${line}
    </tr> `;
  });
  return markup`<div class="table" role="region" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div> `;
}

const numericClass = new Markup(' class="numeric"');

function classOf(numeric: boolean | undefined): Markup | null {
  return numeric === true ? numericClass : null;
}
