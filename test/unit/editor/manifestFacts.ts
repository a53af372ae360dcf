import { defaultLimits } from "../../../src/machine/run/limits";

/** The limits that a run has when no setting changes them. */
export const machineLimitDefaults: Readonly<Record<string, number>> = { ...defaultLimits };
