// Bundles every part of the extension into dist/ and holds the size budgets.
//   node esbuild.js                readable bundles with source maps
//   node esbuild.js --production   minified bundles; a bundle over its budget fails the build
//   node esbuild.js --watch        readable bundles, rebuilt on every change
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");
const KB = 1000;

/**
 * What the extension host runs, on the desktop and on the web: a file that activates, and chunks that are loaded when
 * somebody first needs them. `atActivation` bounds the entry with all that it requires at once, `whole` everything.
 */
const host = { entry: "src/extension.ts", chunks: "dist/chunks", atActivation: 200 * KB, whole: 1100 * KB };

/** The command line, in one file. */
const cli = { out: "dist/cli.js", whole: 850 * KB };

/** The panel: what its page loads at first, and with chart.js, which comes with the first chart. */
const webview = { out: "dist/webview.js", atFirst: 320 * KB, whole: 480 * KB };

const common = { bundle: true, minify: production, logLevel: "warning" };
const linked = { ...common, sourcemap: production ? false : "linked", metafile: true };

const cliOptions = {
  ...linked,
  entryPoints: ["src/cli/main.ts"],
  outfile: cli.out,
  platform: "node",
  target: "node20",
  format: "cjs",
  banner: { js: "#!/usr/bin/env node" },
};

const webviewOptions = {
  ...linked,
  entryPoints: { webview: "webview/main.ts" },
  outdir: "dist",
  chunkNames: "webview/[name]-[hash]",
  splitting: true,
  platform: "browser",
  target: "es2022",
  format: "esm",
};

/**
 * esbuild splits only modules of the ECMAScript kind, and extension hosts load CommonJS: each file is translated, its
 * dynamic imports into a later `require`. The web entry, which has to fetch the files itself, is told their names.
 */
const hostOptions = {
  ...common,
  entryPoints: { extension: host.entry },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  splitting: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  target: "es2022",
  external: ["vscode"],
  sourcemap: production ? false : "inline",
  write: false,
  metafile: true,
  plugins: [{ name: "commonjs-files", setup: (build) => build.onEnd((result) => writeHost(result)) }],
};

/**
 * The interface of VS Code as it is: as a module of the ECMAScript kind it would be copied for each file that imports
 * it, some hundred getters every time, which took a third of the activation.
 */
function withPlainApi(code) {
  return code.replaceAll(/[\w$]+\(require\("vscode"\)(?:, ?1)?\)/g, 'require("vscode")');
}

/**
 * One file of the entry and of all that is loaded with it: opening thirty files takes longer than running them. Parts
 * are by name, and what is loaded later asks for them here. Functions in brackets are compiled at once.
 */
function joined(parts) {
  const functions = [...parts].map(
    ([name, code]) => `${JSON.stringify(name)}:(function(module,exports,require){${code}})`,
  );
  return `"use strict";
const parts={${functions.join(",\n")}};
const loaded={};
function part(path){
  const name=path.slice(path.lastIndexOf("/")+1);
  if(name in loaded)return loaded[name].exports;
  if(!(name in parts))return require(path==="vscode"?path:"./chunks/"+name);
  const module=loaded[name]={exports:{}};
  parts[name](module,module.exports,part);
  return module.exports;
}
module.exports={...part("extension.js"),part};
`;
}

async function writeHost({ outputFiles: files = [], metafile }) {
  fs.rmSync(host.chunks, { recursive: true, force: true });
  fs.mkdirSync(host.chunks, { recursive: true });
  const atOnce = loadedWith("dist/extension.js", metafile.outputs);
  const parts = new Map();
  for (const { path: file, text } of files) {
    const { code } = await esbuild.transform(text, {
      format: "cjs",
      minify: production,
      target: "es2022",
      supported: { "dynamic-import": false },
      sourcemap: production ? false : "inline",
    });
    const name = path.basename(file);
    const isPart = production && atOnce.has(path.relative(__dirname, file).replaceAll("\\", "/"));
    if (isPart) parts.set(name, withPlainApi(code));
    fs.writeFileSync(
      file,
      isPart ? `module.exports=require("../extension.js").part("${name}");\n` : withPlainApi(code),
    );
  }
  if (production) fs.writeFileSync("dist/extension.js", joined(parts));
  const names = files.map(({ path: file }) => path.relative("dist", file).replaceAll("\\", "/"));
  names.sort((left, right) => Number(right === "extension.js") - Number(left === "extension.js"));
  await esbuild.build({
    ...common,
    entryPoints: ["src/extension.web.ts"],
    outfile: "dist/extension.web.js",
    format: "cjs",
    target: "es2022",
    external: ["vscode"],
    define: { HOST_FILES: JSON.stringify(names) },
  });
}

/** The icon font is loaded by the panel from dist, as node_modules does not ship. */
function copyCodicons() {
  fs.mkdirSync("dist/codicons", { recursive: true });
  for (const file of ["codicon.css", "codicon.ttf"]) {
    fs.copyFileSync(require.resolve(`@vscode/codicons/dist/${file}`), path.join("dist/codicons", file));
  }
}

/** Packages of which something is in an output, and those whose files are copied. */
function bundledPackages(outputs) {
  const files = outputs.flatMap(({ inputs }) => Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0));
  const names = files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set([...names, "@vscode/codicons"])].sort();
}

/** What its licence asks a copy of a package to carry. Packages without a file of it name a licence and an author. */
function noticeOf(name) {
  const folder = path.join("node_modules", name);
  const { version, license, author } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const files = fs.readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copyright)/i.test(file));
  const holder = typeof author === "string" ? author : author?.name;
  const texts = files.sort().map((file) => fs.readFileSync(path.join(folder, file), "utf8").trim());
  if (texts.length === 0 && license === "MIT" && holder) texts.push(mitLicence(holder));
  if (texts.length === 0) throw new Error(`${name} is bundled, and its licence is not known (${license})`);
  return [`${name} ${version} (${license})`, ...texts].join("\n\n").replaceAll("\r\n", "\n");
}

function mitLicence(holder) {
  const [, terms] = fs.readFileSync("LICENSE", "utf8").split(/^Copyright .*$/m);
  if (!terms?.includes("Permission is hereby granted")) throw new Error("LICENSE is not the MIT licence any more");
  return `MIT License\n\nCopyright (c) ${holder}\n\n${terms.trim()}`;
}

/** The package holds parts of others, whose licences go with it. */
function writeNotices(outputs) {
  const notices = bundledPackages(outputs).map(noticeOf);
  const head = "MemScript contains parts of the following packages.";
  fs.writeFileSync("ThirdPartyNotices.txt", `${[head, ...notices].join(`\n\n${"=".repeat(80)}\n\n`)}\n`);
}

/** Files that are loaded with `file`: itself and what it imports at once, transitively. */
function loadedWith(file, outputs, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path: next, kind, external } of outputs[file].imports) {
    if (kind === "import-statement" && !external) loadedWith(next, outputs, seen);
  }
  return seen;
}

/** Prints the sizes; true when everything minified keeps its budget. */
function withinBudgets(hostOutputs, webviewOutputs) {
  const sum = (files) => files.reduce((bytes, file) => bytes + fs.statSync(file).size, 0);
  const scripts = (outputs) => Object.keys(outputs).filter((file) => file.endsWith(".js"));
  const rows = [
    ["extension host, at activation", sum([...loadedWith("dist/extension.js", hostOutputs)]), host.atActivation],
    ["extension host, everything", sum(Object.keys(hostOutputs)), host.whole],
    ["command line", sum([cli.out]), cli.whole],
    ["panel, at first", sum([...loadedWith(webview.out, webviewOutputs)]), webview.atFirst],
    ["panel, everything", sum(scripts(webviewOutputs)), webview.whole],
  ];
  let within = true;
  for (const [name, size, budget] of rows) {
    const over = production && size > budget;
    within &&= !over;
    const verdict = production ? ` of ${budget / KB} kB${over ? "  OVER BUDGET" : ""}` : "";
    console.log(`${name.padEnd(30)} ${(size / KB).toFixed(1).padStart(8)} kB${verdict}`);
  }
  return within;
}

async function main() {
  process.chdir(__dirname);
  fs.rmSync("dist", { recursive: true, force: true });
  copyCodicons();
  if (watch) {
    for (const options of [cliOptions, webviewOptions, hostOptions]) {
      await (await esbuild.context({ ...options, logLevel: "info" })).watch();
    }
    return;
  }
  const built = [hostOptions, webviewOptions, cliOptions].map((options) => esbuild.build(options));
  const [hostFiles, webviewFiles, cliFiles] = (await Promise.all(built)).map(({ metafile }) => metafile.outputs);
  writeNotices([hostFiles, webviewFiles, cliFiles].flatMap((outputs) => Object.values(outputs)));
  if (!withinBudgets(hostFiles, webviewFiles)) process.exitCode = 1;
}

main().catch((error) => {
  // esbuild has printed its own messages already; anything else is said here.
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});
