import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  commandIds,
  debugType,
  inspectorPanelType,
  inUseContext,
  languageId,
  settingKeys,
  settingsSection,
  toolNames,
  traceEditorTypes,
  traceLanguageId,
  viewIds,
} from "../../../src/editor/host/ids";
import { cli, Folder } from "../cli/harness";
import { machineLimitDefaults } from "./manifestFacts";

const root = path.resolve(__dirname, "../../..");

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly icon: string;
  readonly capabilities: unknown;
  readonly contributes: {
    readonly customEditors: readonly { viewType: string }[];
    readonly languages: readonly { id: string; configuration?: string; icon: { light: string; dark: string } }[];
    readonly grammars: readonly { path: string }[];
    readonly snippets: readonly { path: string }[];
    readonly commands: readonly { command: string; category: string; title: string }[];
    readonly menus: Readonly<Record<string, readonly ({ command: string } | { submenu: string })[]>>;
    readonly submenus: readonly { id: string; label: string }[];
    readonly views: {
      readonly debug: readonly { id: string; icon: string; when: string; type?: string; visibility?: string }[];
    };
    readonly viewsWelcome: readonly { view: string; contents: string }[];
    readonly debuggers: readonly { type: string; languages: readonly string[] }[];
    readonly breakpoints: readonly { language: string }[];
    readonly configuration: readonly {
      properties: Readonly<Record<string, { default: unknown; description?: string; markdownDescription?: string }>>;
    }[];
    readonly languageModelTools: readonly { name: string }[];
    readonly problemMatchers: readonly { pattern: { regexp: string } }[];
    readonly walkthroughs: readonly {
      steps: readonly { media: { svg: string }; completionEvents: readonly string[]; description: string }[];
    }[];
  };
}

const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as Manifest;
const strings = JSON.parse(read("package.nls.json")) as Readonly<Record<string, string>>;
const { contributes } = manifest;
const settings = Object.assign({}, ...contributes.configuration.map((part) => part.properties)) as Readonly<
  Record<string, { default: unknown; description?: string; markdownDescription?: string }>
>;

describe("package.json and the identifiers of the code", () => {
  it("declare the same commands", () => {
    const declared = contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual(declared, Object.values(commandIds).sort());
    for (const { category } of contributes.commands) assert.equal(category, "MemScript");
  });

  it("declare the same settings", () => {
    const declared = Object.keys(settings).sort();
    const used = Object.values(settingKeys).map((key) => `${settingsSection}.${key}`);
    assert.deepEqual(declared, used.sort());
  });

  it("agree on the limits' defaults with the machine", () => {
    for (const [name, value] of Object.entries(machineLimitDefaults)) {
      assert.equal(settings[`memscript.limits.${name}`].default, value, name);
    }
  });

  it("name the same language, debugger and panel", () => {
    assert.deepEqual(
      contributes.languages.map(({ id }) => id),
      [languageId, traceLanguageId],
    );
    assert.deepEqual(
      contributes.customEditors.map(({ viewType }) => viewType),
      traceEditorTypes,
    );
    assert.deepEqual(
      contributes.debuggers.map(({ type }) => type),
      [debugType],
    );
    assert.deepEqual(contributes.breakpoints, [{ language: languageId }]);
    assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${inspectorPanelType}`));
    assert.ok(manifest.activationEvents.includes(`onDebugResolve:${debugType}`));
  });

  it("put only declared commands and submenus into menus", () => {
    const known = new Set<string>(Object.values(commandIds));
    const submenus = contributes.submenus.map(({ id }) => id);
    const used: string[] = [];
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const item of items) {
        if ("submenu" in item) used.push(item.submenu);
        else assert.ok(known.has(item.command), `${menu}: ${item.command}`);
      }
    }
    assert.deepEqual([...new Set(used)], submenus);
    for (const id of submenus) assert.ok(contributes.menus[id].length > 1, id);
  });

  it("declare the same views, with icons and with something to read while they are empty", () => {
    const { views, viewsWelcome } = contributes;
    assert.deepEqual(
      views.debug.map(({ id }) => id),
      Object.values(viewIds),
    );
    for (const { id, icon, when, type, visibility } of views.debug) {
      assert.match(icon, /^\$\([a-z-]+\)$/);
      assert.equal(when, inUseContext);
      if (type === "webview") {
        // It explains itself while it is empty, and costs nothing until somebody opens it.
        assert.equal(visibility, "collapsed");
        continue;
      }
      assert.ok(
        viewsWelcome.some(({ view }) => view === id),
        id,
      );
    }
  });

  it("is trusted in restricted and virtual workspaces", () => {
    assert.deepEqual(manifest.capabilities, { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  });
});

describe("the tools for language models", () => {
  it("have the names of the code", () => {
    const declared = contributes.languageModelTools.map(({ name }) => name);
    assert.deepEqual(declared.sort(), Object.values(toolNames).sort());
  });
});

describe("the problem matcher", () => {
  it("reads what the command line prints", async () => {
    const folder = new Folder();
    const file = folder.write("twice.memscript", "a = alloc 8\nfree a\nfree a\n");
    const { out } = await cli("check", file);
    const pattern = new RegExp(contributes.problemMatchers[0].pattern.regexp);
    const matches = out.split("\n").flatMap((line) => pattern.exec(line)?.slice(1) ?? []);
    assert.deepEqual([...matches.slice(0, 4), matches[5]], [file, "3", "1", "error", "double-free"]);
    folder.remove();
  });
});

describe("package.nls.json", () => {
  const used = [...read("package.json").matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]);

  it("has a text for every key that package.json uses, and no other", () => {
    assert.ok(used.length > 30);
    assert.deepEqual(Object.keys(strings).sort(), [...new Set(used)].sort());
    for (const [key, text] of Object.entries(strings)) assert.notEqual(text.trim(), "", key);
  });

  it("describes every setting", () => {
    for (const [key, setting] of Object.entries(settings)) {
      assert.ok(setting.description ?? setting.markdownDescription, key);
    }
  });
});

describe("files that package.json names", () => {
  const [walkthrough] = contributes.walkthroughs;
  const files = [
    manifest.icon,
    ...contributes.languages.flatMap(({ configuration, icon }) => [
      ...(configuration === undefined ? [] : [configuration]),
      icon.light,
      icon.dark,
    ]),
    ...contributes.grammars.map((grammar) => grammar.path),
    ...contributes.snippets.map((snippets) => snippets.path),
    ...walkthrough.steps.map((step) => step.media.svg),
  ];
  for (const file of files) {
    it(`has ${file}`, () => assert.ok(fs.statSync(path.join(root, file)).size > 0));
  }

  it("draws the walkthrough in theme colours only", () => {
    assert.ok(walkthrough.steps.length <= 5);
    for (const { media } of walkthrough.steps) {
      const fixed = /(?:fill|stroke)="#[0-9a-f]+"/i.exec(read(media.svg));
      assert.equal(fixed, null, media.svg);
    }
  });

  it("completes walkthrough steps on declared commands", () => {
    const known = new Set<string>(Object.values(commandIds));
    for (const { completionEvents } of walkthrough.steps) {
      for (const event of completionEvents) {
        const command = event.replace("onCommand:", "");
        assert.ok(known.has(command) || command.startsWith("workbench."), event);
      }
    }
  });
});

describe("entry files", () => {
  for (const file of ["src/extension.ts", "src/extension.web.ts"]) {
    it(`${file} stays under 30 lines`, () => assert.ok(read(file).split("\n").length < 30));
  }
});
