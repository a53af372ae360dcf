const tseslint = require("typescript-eslint");

/** Rings, innermost first: a ring may import itself and the rings listed for it, nothing else. */
const rings = {
  engine: [],
  language: [],
  trace: ["language"],
  machine: ["engine", "language", "trace"],
  debug: ["engine", "language", "machine"],
  inspector: ["engine", "language", "machine"],
  cli: ["engine", "language", "trace", "machine", "debug", "inspector"],
  editor: ["engine", "language", "trace", "machine", "debug", "inspector"],
};

const ringRules = Object.entries(rings).map(([ring, allowed]) => {
  const forbidden = Object.keys(rings).filter((other) => other !== ring && !allowed.includes(other));
  const patterns = [
    { group: forbidden.map((other) => `**/${other}/**`), message: `The ring ${ring} must not import these rings.` },
    { group: ["**/webview/**"], message: "Nothing in src imports the webview." },
  ];
  if (ring !== "editor") patterns.push({ group: ["vscode"], message: "Only src/editor imports vscode." });
  if (ring !== "cli") patterns.push({ group: ["node:*", "fs", "path"], message: "Only src/cli uses Node." });
  return {
    files: [`src/${ring}/**/*.ts`],
    rules: { "no-restricted-imports": ["error", { patterns: patterns.filter((p) => p.group.length > 0) }] },
  };
});

/** Sentences are for people: code reads a problem's id and facts, and no text function takes a message apart. */
const textFunctions =
  "/^(endsWith|includes|indexOf|lastIndexOf|match|matchAll|replace|replaceAll|search|slice|split|startsWith)$/";
const proseRules = [
  `CallExpression[callee.property.name=${textFunctions}][callee.object.property.name='message']`,
  `CallExpression[callee.property.name=${textFunctions}][callee.object.name='message']`,
  "CallExpression[callee.property.name=/^(exec|test)$/][arguments.0.property.name='message']",
  "CallExpression[callee.property.name=/^(exec|test)$/][arguments.0.name='message']",
].map((selector) => ({ selector, message: "A message is for people: read the problem's facts." }));

/** Each element of a spread argument takes room on the stack, which overflows at about a hundred thousand. */
const stackRules = [
  {
    selector: "CallExpression[callee.property.name=/^(push|unshift|max|min)$/] > SpreadElement",
    message: "An array of any length is no list of arguments: use a loop or reduce.",
  },
];

module.exports = tseslint.config(
  { ignores: ["out/", "dist/", ".vscode-test/", "node_modules/", "test/fixtures/"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    // One program for all files: by project, each would check anew what it imports from the others.
    languageOptions: { parserOptions: { project: "tsconfig.lint.json", tsconfigRootDir: __dirname } },
    rules: {
      "max-lines": ["error", { max: 500, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/unified-signatures": "off",
      // The interface of VS Code asks for anything with dispose(), though it declares Disposable as a class.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  {
    files: ["src/**/*.ts", "webview/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...proseRules, ...stackRules] },
  },
  {
    // In these rings an index may find nothing, which the program of all files does not say.
    files: require("./tsconfig.lint.indexed.json").include.filter((pattern) => pattern.endsWith(".ts")),
    languageOptions: { parserOptions: { project: "tsconfig.lint.indexed.json", tsconfigRootDir: __dirname } },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "max-lines": "off", "@typescript-eslint/no-unused-expressions": "off" },
  },
  ...ringRules,
);
