/**
 * `activation.js`: loads the built extension and activates it, with a stand-in for VS Code in which everything is there
 * and does nothing. Times are those that the processor worked.
 */
import { readFileSync } from "node:fs";
import Module from "node:module";
import { extensionFile, vscodeTypes } from "../paths";
import { tell } from "../workerProcess";

/** Something that may be called, made and asked for any property, and always returns the like. */
function anything(): object {
  const properties = new Map<PropertyKey, unknown>();
  return new Proxy(function nothing() {}, {
    get(target, key) {
      if (key === "then") return undefined;
      if (key === Symbol.iterator) return [][Symbol.iterator];
      if (key === Symbol.toPrimitive) return () => "";
      if (key === "prototype") return target.prototype as unknown;
      if (!properties.has(key)) properties.set(key, anything());
      return properties.get(key);
    },
    set: (_, key, value) => properties.set(key, value).size > 0,
    apply: anything,
    construct: anything,
  });
}

const exported = readFileSync(vscodeTypes, "utf8").matchAll(/^\texport (?:class|enum|namespace|const) (\w+)/gm);
const vscode = Object.fromEntries([...exported].map(([, name]) => [name, anything()]));
const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = loader._load;
loader._load = (request, ...rest) => (request === "vscode" ? vscode : load.call(loader, request, ...rest));

function milliseconds(body: () => void): number {
  const began = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

interface Extension {
  activate(context: object): unknown;
}

let extension: Extension | undefined;
const loadMilliseconds = milliseconds(() => {
  extension = loader._load(extensionFile) as Extension;
});
const context = { subscriptions: [], extensionUri: anything(), globalState: anything(), workspaceState: anything() };
const activateMilliseconds = milliseconds(() => {
  extension?.activate(context);
});
tell({ load: loadMilliseconds, activate: activateMilliseconds });
process.exit();
