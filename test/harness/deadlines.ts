/**
 * How long tests wait, in milliseconds. They wait for conditions, so a deadline costs time only where something is wrong:
 * both are far beyond what the slowest machine needs, a busy one with 10 times the load it has cores for.
 * The configurations of Mocha (`mocha.*.json`, `.mocharc.json`) repeat `TEST_MS`.
 */
export const CONDITION_MS = 180_000;
export const TEST_MS = 600_000;
