import { join } from "node:path";

/** The project's folder. The bundled workers lie as deep in `out/bench` as this file in `test/bench`. */
const root = join(__dirname, "../..");

export const outFolder = join(root, "out/bench");
export const traceFolder = join(root, "test/fixtures/traces");
export const sourceFolder = join(root, "test/bench");
