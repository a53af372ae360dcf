import { join } from "node:path";

/** The project's folder. The bundled workers lie as deep in `out/bench` as this file in `test/bench`. */
export const root = join(__dirname, "../..");

export const extensionFile = join(root, "dist/extension.js");
/** The types of VS Code's interface. */
export const vscodeTypes = join(root, "node_modules/@types/vscode/index.d.ts");
export const outFolder = join(root, "out/bench");
export const traceFolder = join(root, "test/fixtures/traces");
/** Ratios of the last committed run. */
export const committedResults = join(root, "test/bench/results.json");
export const sourceFolder = join(root, "test/bench");
