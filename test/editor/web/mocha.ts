/** Mocha in a web worker: its browser build leaves the class in a global. */
import type Mocha from "mocha";
import "mocha/mocha";

export default (globalThis as unknown as { Mocha: typeof Mocha }).Mocha;
