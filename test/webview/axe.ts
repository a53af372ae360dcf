import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { PanelPage } from "./panelPage";

const axe = fs.readFileSync(
  createRequire(path.resolve(__dirname, "../../package.json")).resolve("axe-core/axe.min.js"),
  "utf8",
);

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Serious and critical findings of axe, each with the elements it means. */
export async function seriousFindings(panel: Pick<PanelPage, "page">): Promise<string[]> {
  if (!(await panel.page.evaluate<boolean>("'axe' in window"))) await panel.page.evaluate(axe);
  const violations = await panel.page.evaluate<Finding[]>("axe.run(document).then((result) => result.violations)");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
