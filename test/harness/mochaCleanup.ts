import { closeEverything } from "./openVsCode";

/** Mocha's root hooks of the browser suites: browser and server end with the last test, so that mocha can exit. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await closeEverything();
  },
};
