import * as vscode from "vscode";
import { debugType, languageId } from "../host/ids";
import { nameOf, uriOfProgram } from "./programUri";
import { readSettings } from "../host/settings";
import { withoutVariables } from "../host/variables";

/** F5 works without a launch.json: what is missing is filled in from the script in the active editor. */
export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.ProviderResult<vscode.DebugConfiguration> {
    const document = vscode.window.activeTextEditor?.document;
    const script = document?.languageId === languageId ? document : undefined;
    // With no launch.json VS Code asks with an empty configuration.
    if (isEmpty(configuration)) {
      if (script === undefined) return undefined;
      return configurationFor(script.uri, true);
    }
    if (configuration["program"] === undefined && script !== undefined) {
      return { ...configuration, program: script.uri.toString() };
    }
    return configuration;
  }

  resolveDebugConfigurationWithSubstitutedVariables(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.ProviderResult<vscode.DebugConfiguration> {
    const { program, limits } = configuration as { program?: unknown; limits?: unknown };
    if (typeof program === "string" && program !== "") {
      return { ...configuration, limits: { ...limitsFor(program), ...(isObject(limits) ? limits : {}) } };
    }
    const message = vscode.l10n.t(
      "Say which script to run: open a .memscript file, or set 'program' in the launch configuration.",
    );
    return vscode.window.showErrorMessage(message).then(() => undefined);
  }
}

/** The limits that the settings give a script. Settings may hold fractions, of which a run takes the whole part. */
function limitsFor(program: string): object {
  const { limits } = readSettings(uriOfProgram(program));
  return Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, Math.floor(Number(value))]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Offers the open scripts under "Select and Start Debugging". */
export class DynamicConfigurations implements vscode.DebugConfigurationProvider {
  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return [
      {
        type: debugType,
        request: "launch",
        name: vscode.l10n.t("Debug the current script"),
        stopOnEntry: true,
      },
    ];
  }
}

/** VS Code's typings promise texts where it leaves them out. */
function isEmpty({ type, request, name }: { type?: string; request?: string; name?: string }): boolean {
  return [type, request, name].every((text) => text === undefined || text === "");
}

export function configurationFor(uri: vscode.Uri, stopOnEntry: boolean): vscode.DebugConfiguration {
  const name = withoutVariables(nameOf(uri));
  return { type: debugType, request: "launch", name, program: uri.toString(), stopOnEntry };
}
