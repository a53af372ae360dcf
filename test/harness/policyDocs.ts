/**
 * The language imports nothing from the engines, so the names and docs of their policies are copied into it. Mocha
 * requires this file first, so that with UPDATE_GOLDENS=1 the copy is new before any test loads the language.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { policies as heapPolicies } from "../../src/engine/heap/policies";
import { policies as replacementPolicies } from "../../src/engine/replacement/createPolicy";

export const policyDocsFile = join(__dirname, "../../src/language/vocabulary/policyDocs.ts");

/** What the file must hold, formatted as Prettier formats it. */
export function policyDocs(): string {
  return [
    "/** Made from the engines' tables of policies by running the unit tests with UPDATE_GOLDENS=1: edit those. */\n",
    constant("heapPolicyDocs", heapPolicies),
    constant("replacementDocs", replacementPolicies),
  ].join("\n");
}

function constant(name: string, policies: Readonly<Record<string, { readonly doc: string }>>): string {
  const lines = Object.entries(policies).map(([policy, { doc }]) => {
    const key = /^[a-z]+$/.test(policy) ? policy : JSON.stringify(policy);
    const line = `  ${key}: ${JSON.stringify(doc)},`;
    return line.length <= 120 ? line : `  ${key}:\n    ${JSON.stringify(doc)},`;
  });
  return `export const ${name} = {\n${lines.join("\n")}\n} as const;\n`;
}

if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(policyDocsFile, policyDocs());
