import { fixturePath } from "../harness";
import { doubleFree, founding, loop, type Scenario } from "./scenario";

/** How a session begins, moves and ends, and what it answers to what it cannot do. */
export const course: readonly Scenario[] = [
  {
    name: "stop on entry, step to the end, end",
    text: "a = alloc 100\nfree a\n",
    run: async (client) => {
      await client.launch();
      await client.run("configurationDone");
      await client.request("threads");
      await client.request("stackTrace", { threadId: 1 });
      await client.run("next", { threadId: 1 });
      await client.run("stepIn", { threadId: 1 });
      await client.request("stackTrace", { threadId: 1 });
      await client.run("stepOut", { threadId: 1 });
      await client.request("disconnect");
    },
  },
  {
    name: "step back from the end to the start",
    text: "a = alloc 100\nfree a\n",
    run: async (client) => {
      await client.launch({ stopOnEntry: false });
      await client.run("configurationDone");
      for (let step = 0; step < 3; step += 1) {
        await client.run("stepBack", { threadId: 1 });
        await client.request("stackTrace", { threadId: 1 });
      }
      await client.open("Handles");
    },
  },
  {
    name: "goto a line ahead, behind and nowhere",
    text: `${loop}repeat 0\n  c = alloc 8\nend\n`,
    run: async (client) => {
      await client.launch();
      await client.run("configurationDone");
      const source = { path: fixturePath };
      await client.request("gotoTargets", { source, line: 3 });
      await client.request("gotoTargets", { source: { path: "/other" }, line: 3 });
      await client.request("gotoTargets", { source, line: 99 });
      await client.run("goto", { threadId: 1, targetId: 3 });
      await client.request("memscript/state");
      await client.run("goto", { threadId: 1, targetId: 1 });
      await client.request("memscript/state");
      await client.run("goto", { threadId: 1, targetId: 9 });
      await client.request("memscript/state");
      await client.request("goto", { threadId: 1, targetId: 2 });
    },
  },
  {
    name: "terminate tells what is in use",
    text: founding,
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 8 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      await client.run("terminate");
      await client.request("terminate");
      await client.request("disconnect");
    },
  },
  {
    name: "restart reads the script again",
    text: "a = alloc 100\nfree a\n",
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 2 });
      // What the edited script alone binds.
      await client.request("setFunctionBreakpoints", { breakpoints: [{ name: "free", condition: "sizeof(b) == 8" }] });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      client.edit("a = alloc 100\n# moved\nb = alloc 8\nfree a\nfree b\n");
      await client.run("restart", {});
      await client.run("continue", { threadId: 1 });
      await client.run("continue", { threadId: 1 });
    },
  },
  {
    name: "run without debugging",
    text: doubleFree,
    run: async (client) => {
      await client.launch({ noDebug: true });
      await client.setBreakpoints({ line: 2 });
      await client.run("configurationDone");
    },
  },
  {
    name: "stopAtEnd off ends at once",
    text: "a = alloc 8\nfree a\n",
    run: async (client) => {
      await client.launch({ stopOnEntry: false, stopAtEnd: false });
      await client.run("configurationDone");
    },
  },
  {
    name: "pause a long run and seek",
    text: "repeat 100000\n  a = alloc 8\n  free a\nend\n",
    run: async (client) => {
      await client.launch();
      await client.run("configurationDone");
      await client.request("continue", { threadId: 1 });
      await client.request("next", { threadId: 1 });
      await client.run("pause", { threadId: 1 });
      await client.run("memscript/seek", { step: 101 });
      await client.request("memscript/seek", { step: -1 });
      await client.request("memscript/state");
    },
  },
  {
    name: "progress of long runs",
    text: "repeat 60000\n  a = alloc 8\n  free a\nend\n",
    run: async (client) => {
      await client.launch({ limits: { steps: 1_000_000 } }, { supportsProgressReporting: true });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      await client.run("reverseContinue", { threadId: 1 });
      client.comment("A run that the user does not want to wait for stops where it is.");
      await client.request("continue", { threadId: 1 });
      await client.event("progressStart", 1);
      await client.run("cancel", { progressId: "run-3" });
      await client.request("cancel", { progressId: "run-3" });
      await client.request("cancel", { progressId: 3 });
    },
  },
  {
    name: "overrides and step limit",
    text: "a = alloc 100\nb = alloc 100\nfree a\nfree b\n",
    run: async (client) => {
      await client.launch({ set: { "heap.header": "8" }, stepLimit: 2, stopOnEntry: false });
      await client.run("configurationDone");
      await client.open("Heap");
    },
  },
  {
    name: "limits of the settings",
    text: "heap 1MiB\na = alloc 100\nfree a\n",
    run: async (client) => {
      await client.launch({ limits: { steps: 50, memory: 4096 }, stopOnEntry: false });
      await client.run("configurationDone");
    },
  },
  {
    name: "no more problems than the limit",
    text: "a = alloc 8\nfree a\nrepeat 50\n  free a\nend\n",
    run: async (client) => {
      await client.launch({ limits: { problems: 2 }, stopOnEntry: false });
      await client.run("configurationDone");
    },
  },
  {
    name: "malformed arguments are told",
    text: founding,
    run: async (client) => {
      await client.request("initialize", { adapterID: "memscript" });
      await client.request("launch", { program: fixturePath, limits: { steps: -1 } });
      await client.request("launch", { program: fixturePath, limits: { colour: 1 } });
      await client.request("launch", { program: fixturePath, set: { "heap.policy": "magic" } });
      await client.request("launch", { program: fixturePath, set: 7 });
      await client.request("launch", { program: fixturePath });
      await client.request("setBreakpoints", { source: { path: fixturePath }, breakpoints: 7 });
      await client.request("setBreakpoints", { source: 7, breakpoints: [] });
      await client.request("setBreakpoints", {
        source: { path: fixturePath },
        breakpoints: [{ line: 2, condition: 3 }],
      });
      await client.request("setFunctionBreakpoints", {});
      await client.request("setFunctionBreakpoints", { breakpoints: [{}] });
      await client.request("setExceptionBreakpoints", { filters: "leak" });
      await client.request("setExceptionBreakpoints", { filters: [], filterOptions: [null] });
      await client.request("breakpointLocations", { source: { path: fixturePath } });
      await client.run("configurationDone");
      await client.request("variables", { variablesReference: 1, start: "first" });
      await client.request("readMemory", { memoryReference: "0x10020" });
      await client.request("evaluate", {});
      await client.request("restart", { arguments: 7 });
      await client.request("memscript/seek", { step: "last" });
    },
  },
  {
    name: "failures are told",
    text: "a = alloc 8\n",
    run: async (client) => {
      await client.request("next");
      await client.request("initialize", { adapterID: "memscript" });
      await client.request("initialize", { adapterID: "memscript" });
      await client.request("flyToTheMoon");
      await client.request("continue");
      await client.request("launch", {});
      await client.request("launch", { program: "/nowhere" });
      await client.request("launch", { program: fixturePath, set: ["policy"] });
      await client.request("launch", { program: fixturePath, stepLimit: 0 });
      await client.request("launch", { program: fixturePath });
      await client.request("next");
      await client.run("configurationDone");
      await client.request("exceptionInfo", { threadId: 1 });
      await client.request("variables", { variablesReference: 77 });
      await client.run("terminate");
      await client.request("next");
      await client.request("disconnect");
    },
  },
];
