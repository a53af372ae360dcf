#!/usr/bin/env node
// Stands in for the desktop VS Code executable that @vscode/test-electron's runTests spawns: the tests run in the VS Code
// server and a headless Chromium instead.
require("tsx/cjs");
void require("./serverLauncher.ts").launch(process.argv.slice(2));
