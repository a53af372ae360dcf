import type { AnyTarget } from "./target";
import { debugging } from "./targets/debugging";
import { edits } from "./targets/edits";
import { declarations, formatting, scripts } from "./targets/scripts";
import { traces } from "./targets/traces";

export const targets: readonly AnyTarget[] = [scripts, declarations, formatting, edits, traces, debugging];
