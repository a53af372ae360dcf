import * as vscode from "vscode";
import type { MachineLimits } from "../../machine/run/limits";
import { settingKeys, settingsSection, type SettingName } from "./ids";

export interface Settings {
  readonly diagnosticsEnabled: boolean;
  readonly inlineValuesEnabled: boolean;
  readonly inspectorOpenOnDebug: boolean;
  readonly inlayHints: { readonly addresses: boolean; readonly sizes: boolean; readonly freeBlocks: boolean };
  readonly codeLensEnabled: boolean;
  readonly alignColumns: boolean;
  readonly limits: MachineLimits;
  /** Budget of a run while typing. */
  readonly typing: { readonly steps: number; readonly milliseconds: number };
  /** Largest text that is run while typing, in UTF-16 code units. */
  readonly fileSize: number;
}

/** The settings that apply to a document. A value of the wrong type (edited by hand) counts as the default. */
export function readSettings(scope?: vscode.ConfigurationScope): Settings {
  const configuration = vscode.workspace.getConfiguration(settingsSection, scope);
  const number = (name: SettingName, smallest: number): number => {
    const value = configuration.get<unknown>(settingKeys[name]);
    if (typeof value === "number" && smallest <= value) return value;
    return configuration.inspect<number>(settingKeys[name])?.defaultValue ?? smallest;
  };
  return {
    diagnosticsEnabled: configuration.get<unknown>(settingKeys.diagnosticsEnabled) !== false,
    inlineValuesEnabled: configuration.get<unknown>(settingKeys.inlineValuesEnabled) !== false,
    inspectorOpenOnDebug: configuration.get<unknown>(settingKeys.inspectorOpenOnDebug) !== false,
    inlayHints: {
      addresses: configuration.get<unknown>(settingKeys.inlayAddresses) !== false,
      sizes: configuration.get<unknown>(settingKeys.inlaySizes) === true,
      freeBlocks: configuration.get<unknown>(settingKeys.inlayFreeBlocks) === true,
    },
    codeLensEnabled: configuration.get<unknown>(settingKeys.codeLensEnabled) !== false,
    alignColumns: configuration.get<unknown>(settingKeys.alignColumns) === true,
    limits: {
      steps: number("steps", 1),
      memory: number("memory", 1),
      residentMemory: number("residentMemory", 1),
      blocks: number("blocks", 1),
      problems: number("problems", 1),
    },
    typing: { steps: number("typingSteps", 1), milliseconds: number("typingTime", 50) },
    fileSize: number("fileSize", 1),
  };
}
