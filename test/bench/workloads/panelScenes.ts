import type { ViewId } from "../../../webview/views/registry";
import { longScripts } from "./longScripts";

export interface PanelScene {
  /** A script of a size: live blocks or steps. */
  readonly script: (size: number) => string;
  /** The first step that is as large. */
  readonly from: (size: number) => number;
  readonly views: readonly ViewId[];
}

/** What the panel is measured with. */
export const panelScenes: Readonly<Record<string, PanelScene>> = {
  blocks: {
    script: (blocks) => `heap main ${Math.ceil(blocks / 2048)}MiB
repeat ${blocks} as i
  a[i] = alloc 16 + i * 7919 % 500
end
repeat 2000 as i
  free a[i * 7919 % ${blocks}]
  a[i * 7919 % ${blocks}] = alloc 16 + i * 7907 % 500
end`,
    from: (blocks) => blocks,
    views: ["overview", "heap", "bytes", "rows", "history"],
  },
  steps: {
    script: longScripts["heap"],
    from: () => 4000,
    views: ["overview", "rows", "history", "timeline"],
  },
};
