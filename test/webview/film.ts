/** `npm run film`: the README's moving picture, a heap that is stepped through in the real panel. */
import * as fs from "node:fs";
import * as path from "node:path";
import { closeChromium } from "../harness/chromium";
import { repoRoot } from "../harness/paths";
import { apngOf } from "./apng";
import { PanelPage } from "./panelPage";
import { RecordedRun } from "./recordedRun";
import { themes } from "./themes";

const script = `heap 1KiB header=16
a = alloc 100
b = alloc 200
c = alloc 80
write b "Hello, World!"
free b
d = alloc 60
free a
e = alloc 120
free d
free c
`;

async function film(): Promise<void> {
  const panel = await PanelPage.open(themes[0], { width: 700, height: 362 }, { view: "heap" });
  const run = new RecordedRun(script);
  const frames: { png: Buffer; milliseconds: number }[] = [];
  for (let step = 1; step <= run.history.reached; step++) {
    await run.show(panel, step);
    const png = await panel.page.screenshot();
    frames.push({ png, milliseconds: step === run.history.reached ? 2600 : 1300 });
  }
  await panel.close();
  await closeChromium();
  fs.writeFileSync(path.join(repoRoot, "media/screenshots/steps.png"), apngOf(frames));
}

void film();
