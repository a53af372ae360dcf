import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { outDir, repoRoot } from "../harness/paths";
import { cellsOf, dataUrl, differenceOf, markedPng, smallPng } from "./cells";
import { themes } from "./themes";

const goldens = path.join(repoRoot, "test/webview/goldens");

/** Of 255, for each cell; and the share of cells that may be further away: fonts of other machines are a little wider. */
const tolerance = 40;
const mostDiffering = 0.04;

/** Whether a golden is kept of the picture: of what is shown in each theme, with the theme's name at its end. */
export function hasGolden(name: string): boolean {
  return themes.some((theme) => name.endsWith(`-${theme.name}`));
}

/**
 * Compares a picture of the panel with the one kept, both averaged over cells. `UPDATE_GOLDENS=1` keeps this one. What
 * differs is framed in a picture of `out/screenshots`.
 */
export async function compareWithGolden(name: string, png: Buffer): Promise<void> {
  const file = path.join(goldens, `${name}.png`);
  const url = dataUrl("image/png", png);
  const cells = await cellsOf(url);
  if (process.env["UPDATE_GOLDENS"] === "1") {
    fs.mkdirSync(goldens, { recursive: true });
    fs.writeFileSync(file, await smallPng(cells));
    return;
  }
  assert.ok(fs.existsSync(file), `There is no golden of ${name}: UPDATE_GOLDENS=1 keeps this picture as one.`);
  const kept = await cellsOf(dataUrl("image/png", fs.readFileSync(file)), { size: 1 });
  const difference = differenceOf(cells, kept, tolerance);
  if (difference.count <= mostDiffering * difference.of) return;
  const marked = path.join(outDir, `screenshots/differs-${name}.png`);
  fs.writeFileSync(marked, await markedPng(url, difference, Math.max(cells.columns, kept.columns)));
  const { column, row, distance } = difference.worst!;
  assert.fail(
    `${name} looks different: ${difference.count} of ${difference.of} cells, most of all the one at column ${column}, ` +
      `row ${row}, by ${distance} of 255. See ${marked}.`,
  );
}
