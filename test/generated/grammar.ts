import { units } from "../../src/language/parsing/numbers";
import { vocabulary, writtenVerbs } from "../../src/language/vocabulary/vocabulary";

/** The TextMate grammar, generated so that its keywords are those of the vocabulary. */
export function buildGrammar(): object {
  const choices = new Set(vocabulary.flatMap((entry) => wordChoices(entry.options)));
  const options = new Set(vocabulary.flatMap((entry) => entry.options.map((option) => option.name)));
  const words = new Set(
    vocabulary
      .flatMap((entry) => entry.patterns.flat())
      .flatMap((element) => (element.kind === "word" && /^\w/.test(element.text) ? [element.text] : [])),
  );
  return {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "MemScript",
    scopeName: "source.memscript",
    patterns: [
      { include: "#comment" },
      { include: "#string" },
      { include: "#target" },
      { include: "#verb" },
      { include: "#option" },
      { include: "#problem" },
      { include: "#number" },
      { include: "#function" },
      { include: "#word" },
      { include: "#operator" },
      { include: "#name" },
    ],
    repository: {
      comment: { name: "comment.line.number-sign.memscript", match: "#.*$" },
      string: {
        name: "string.quoted.double.memscript",
        begin: '"',
        end: '"|$',
        patterns: [
          {
            name: "constant.character.escape.memscript",
            match: "\\\\(?:x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{4}|[0-7]{1,3}|.)",
          },
        ],
      },
      target: {
        match: "^\\s*([A-Za-z_]\\w*)(?=\\s*(?:\\[[^\\]]*\\])?\\s*=(?!=))",
        captures: { 1: { name: "variable.other.definition.memscript" } },
      },
      verb: {
        match: `(?:^\\s*|(?<==)\\s*)(${writtenVerbs.join("|")})(?![\\w-])`,
        captures: { 1: { name: "keyword.control.memscript" } },
      },
      option: {
        match: `(?<=\\s)(${[...options].join("|")})\\s*(=)(?!=)(?:\\s*(${[...choices].join("|")})(?![\\w-]))?`,
        captures: {
          1: { name: "variable.parameter.memscript" },
          2: { name: "keyword.operator.assignment.memscript" },
          3: { name: "support.constant.memscript" },
        },
      },
      problem: {
        match: "(?<=\\bexpect)\\s+(problem)\\s+([a-z]+(?:-[a-z]+)*)",
        captures: { 1: { name: "keyword.other.memscript" }, 2: { name: "support.constant.memscript" } },
      },
      number: {
        name: "constant.numeric.memscript",
        match: `\\b(?:0[xX][0-9A-Fa-f_]+|0b[01_]+|[0-9][0-9_]*(?:\\.[0-9][0-9_]*)?(?:[eE][0-9]+)?(?:${[...units.keys()].join("|")})?)\\b`,
      },
      function: { name: "support.function.memscript", match: "\\b(?:sizeof|exists)(?=\\s*\\()" },
      word: {
        name: "keyword.other.memscript",
        match: `(?<=\\s)(?:${[...words].filter((word) => word !== "problem").join("|")})(?=\\s)`,
      },
      operator: { name: "keyword.operator.memscript", match: "->|\\.\\.|==|!=|<=|>=|&&|\\|\\||[-+*/%<>!=]" },
      name: { name: "variable.other.memscript", match: "[A-Za-z_]\\w*" },
    },
  };
}

function wordChoices(options: readonly { readonly choices?: readonly string[] }[]): string[] {
  return options.flatMap((option) => (option.choices ?? []).filter((choice) => /[a-z]/.test(choice)));
}
