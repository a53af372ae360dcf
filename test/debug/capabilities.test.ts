import { TestClient } from "./harness";
import { course } from "./scenarios/course";
import { state } from "./scenarios/state";
import { stops } from "./scenarios/stops";

describe("debug session transcripts", () => {
  for (const scenario of [...course, ...stops, ...state]) {
    it(scenario.name, async () => {
      const client = new TestClient(scenario.text);
      await scenario.run(client);
      client.expectGolden(scenario.name.replace(/[^a-z]+/gi, "-"));
    });
  }
});
