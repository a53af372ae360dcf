const variable = "${";

/** Whether VS Code would take a part of the text for a variable: it replaces those, and runs the commands that they name. */
export function hasVariables(text: string): boolean {
  return text.includes(variable);
}

/** The text as it is shown where VS Code replaces variables: none is left in it. */
export function withoutVariables(text: string): string {
  return text.replaceAll(variable, "$ {");
}
