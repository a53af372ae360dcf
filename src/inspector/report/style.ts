import { pageColours } from "../drawing/pageMedium";

/** The report's style sheet: light and dark as the reader has it, and fit to print. */
export const reportStyle = `
${pageColours}
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
main { max-width: 1000px; margin: 0 auto; padding: 32px 24px 64px }
h1 { margin: 0 0 4px; font-size: 26px; overflow-wrap: anywhere }
h2 { margin: 40px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line); font-size: 20px }
h3 { margin: 20px 0 4px; font-size: 16px; overflow-wrap: anywhere }
p { margin: 4px 0 8px }
code { font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
a { color: var(--link) }
a:not([href]) { color: inherit }
.note { color: var(--quiet) }
.error { color: var(--leaked) }
.warning { color: var(--warning) }
.information, .ran { color: var(--used) }
.idle { color: var(--quiet) }
.problems { padding: 0; list-style: none }
.problem-entry { margin: 12px 0; padding: 4px 16px; border: 1px solid var(--line); border-radius: 6px; background: var(--raised) }
.problem-entry h3 { margin-top: 8px }
.table { margin: 16px 0; overflow-x: auto }
table { border-collapse: collapse; min-width: 50% }
caption { padding: 4px 0; text-align: start; font-weight: 600 }
th, td { padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top }
th { color: var(--quiet); font-weight: 600 }
.numeric { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
figure { margin: 12px 0 20px }
svg { display: block; width: 100%; height: auto }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 8px 0; padding: 0; list-style: none; color: var(--quiet) }
.legend li { display: flex; align-items: center; gap: 6px }
.key { width: 18px; height: 14px; border: 1px solid var(--line) }
@media print { body { background: none } .table { overflow: visible } tr, figure, .problem-entry { break-inside: avoid } }
`;
