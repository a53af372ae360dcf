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

/** One bundle an entry: where it comes from, where it goes, what it runs in, and how large it may be when minified. */
const bundles = [
  {
    entry: "src/extension.ts",
    out: "dist/extension.js",
    budget: 600 * KB,
    options: { platform: "node", target: "node20", format: "cjs", external: ["vscode"] },
  },
  {
    entry: "src/extension.web.ts",
    out: "dist/extension.web.js",
    budget: 600 * KB,
    options: { platform: "browser", target: "es2022", format: "cjs", external: ["vscode"] },
  },
  {
    entry: "src/cli/main.ts",
    out: "dist/cli.js",
    budget: 600 * KB,
    options: { platform: "node", target: "node20", format: "cjs", banner: { js: "#!/usr/bin/env node" } },
  },
  {
    entry: "webview/main.ts",
    out: "dist/webview.js",
    budget: 400 * KB,
    options: { platform: "browser", target: "es2022", format: "iife" },
  },
];

function optionsOf(bundle) {
  return {
    entryPoints: [bundle.entry],
    outfile: bundle.out,
    bundle: true,
    minify: production,
    sourcemap: production ? false : "linked",
    logLevel: "warning",
    ...bundle.options,
  };
}

/** The icon font is loaded by the panel from dist, as node_modules does not ship. */
function copyCodicons() {
  fs.mkdirSync("dist/codicons", { recursive: true });
  for (const file of ["codicon.css", "codicon.ttf"]) {
    fs.copyFileSync(require.resolve(`@vscode/codicons/dist/${file}`), path.join("dist/codicons", file));
  }
}

/** Prints each bundle's size; true when every minified bundle keeps its budget. */
function withinBudgets() {
  let within = true;
  for (const { out, budget } of bundles) {
    const size = fs.statSync(out).size;
    const over = production && size > budget;
    within &&= !over;
    const verdict = production ? ` of ${budget / KB} kB${over ? "  OVER BUDGET" : ""}` : "";
    console.log(`${out.padEnd(24)} ${(size / KB).toFixed(1).padStart(8)} kB${verdict}`);
  }
  return within;
}

async function main() {
  process.chdir(__dirname);
  fs.rmSync("dist", { recursive: true, force: true });
  copyCodicons();
  if (watch) {
    for (const bundle of bundles) {
      const context = await esbuild.context({ ...optionsOf(bundle), logLevel: "info" });
      await context.watch();
    }
    return;
  }
  await Promise.all(bundles.map((bundle) => esbuild.build(optionsOf(bundle))));
  if (!withinBudgets()) process.exitCode = 1;
}

main().catch((error) => {
  // esbuild has printed its own messages already; anything else is said here.
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});
