import { TestClient, fixturePath } from "./harness";

const founding = `heap main 1MiB
a = alloc 100
b = alloc 200
write a "Hello, World!"
write b "Memory Management Test"
read a 13
stats
free a
free b
`;
const doubleFree = "a = alloc 100\nfree a\nfree a\nb = alloc 8\n";
const loop = "repeat 6 as i\n  a[i] = alloc 16\nend\nb = alloc 8\nrepeat 6 as i\n  free a[i]\nend\nfree b\n";

interface Scenario {
  readonly name: string;
  readonly text: string;
  run(client: TestClient): Promise<void>;
}

/** One scenario a capability: its transcript is the golden of the same name. */
const scenarios: readonly Scenario[] = [
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
    name: "breakpoints snap, stop forwards and backwards",
    text: `# comment\n${loop}\n# nothing executes below\n`,
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 1 }, { line: 5 }, { line: 11 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      await client.run("continue", { threadId: 1 });
      await client.run("reverseContinue", { threadId: 1 });
      await client.run("reverseContinue", { threadId: 1 });
    },
  },
  {
    name: "conditions, hit counts and log points",
    text: loop,
    run: async (client) => {
      await client.launch({ stopOnEntry: false });
      await client.setBreakpoints(
        { line: 2, condition: "i == 3" },
        { line: 4, logMessage: "used {used} in {a[0]} and {nothing}" },
        { line: 6, hitCondition: "%4" },
        { line: 8, condition: "1 +" },
        { line: 8, hitCondition: "often" },
      );
      await client.run("configurationDone");
      await client.request("evaluate", { expression: "i", context: "watch" });
      await client.run("continue", { threadId: 1 });
      await client.request("evaluate", { expression: "i", context: "watch" });
      await client.run("continue", { threadId: 1 });
    },
  },
  {
    name: "function breakpoints stop before each operation",
    text: founding,
    run: async (client) => {
      await client.launch({ stopOnEntry: false });
      await client.request("setFunctionBreakpoints", {
        breakpoints: [{ name: "free" }, { name: "fly" }, { name: "repeat" }],
      });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
    },
  },
  {
    name: "exception filters and exception info",
    text: doubleFree,
    run: async (client) => {
      await client.launch({ stopOnEntry: false });
      await client.request("setExceptionBreakpoints", {
        filters: ["leak"],
        filterOptions: [
          { filterId: "double-free", condition: "used == 0" },
          { filterId: "no-such-problem" },
          { filterId: "errors", condition: "used ==" },
        ],
      });
      await client.run("configurationDone");
      await client.request("exceptionInfo", { threadId: 1 });
      await client.request("stackTrace", { threadId: 1 });
      await client.run("continue", { threadId: 1 });
      await client.request("exceptionInfo", { threadId: 1 });
      await client.run("continue", { threadId: 1 });
    },
  },
  {
    name: "scopes and variables",
    text: `${founding.split("\n").slice(0, 8).join("\n")}\npool small 64 x 3\nc = alloc from=small\nvm frames=8\nmap 0 -> 3\n`,
    run: async (client) => {
      await client.launch({ stopOnEntry: false });
      await client.run("configurationDone");
      await client.open("Handles", "b");
      await client.open("Heap", "main");
      await client.open("Free list");
      await client.open("Pages");
      await client.open("Pools", "small");
      await client.request("variables", { variablesReference: 1, start: 99, count: 5 });
      await client.run("stepBack", { threadId: 1 });
      await client.request("variables", { variablesReference: 1 });
    },
  },
  {
    name: "evaluate in watch, hover and console",
    text: founding,
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 8 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      for (const [expression, context] of [
        ["a", "hover"],
        ["used", "watch"],
        ["main.used + 1", "watch"],
        ["a + 8", "watch"],
        ["sizeof(a) == 100", "watch"],
        ["stats", "repl"],
        ["layout", "repl"],
        ["check", "repl"],
        ["translate a", "repl"],
        ["read a 13", "repl"],
        ["main", "clipboard"],
        ["nobody", "watch"],
        ["free a", "repl"],
        ["b = alloc 8", "repl"],
        ["1 +", "repl"],
      ] as const) {
        await client.request("evaluate", { expression, context });
      }
      await client.request("evaluate", { expression: "used", context: "watch", format: { hex: true } });
    },
  },
  {
    name: "read memory and tell its changes",
    text: founding,
    run: async (client) => {
      await client.launch({}, { supportsMemoryEvent: true });
      await client.setBreakpoints({ line: 5 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      await client.request("readMemory", { memoryReference: "0x10020", count: 16 });
      await client.request("readMemory", { memoryReference: "0x10020", offset: -16, count: 8 });
      await client.request("readMemory", { memoryReference: "0xfff8", count: 16 });
      await client.request("readMemory", { memoryReference: "0x10f", offset: -1000, count: 16 });
      await client.request("readMemory", { memoryReference: "everywhere", count: 16 });
      await client.run("next", { threadId: 1 });
    },
  },
  {
    name: "data breakpoints on a block, both ways",
    text: founding,
    run: async (client) => {
      await client.launch();
      await client.run("configurationDone");
      await client.run("memscript/seek", { step: 3 });
      await client.open("Handles");
      const info = await client.request("dataBreakpointInfo", { variablesReference: client.opened, name: "a" });
      const { dataId } = info.body as { dataId: string };
      await client.request("setDataBreakpoints", { breakpoints: [{ dataId, accessType: "write" }] });
      await client.run("continue", { threadId: 1 });
      await client.request("stackTrace", { threadId: 1 });
      await client.run("continue", { threadId: 1 });
      await client.run("reverseContinue", { threadId: 1 });
      await client.run("reverseContinue", { threadId: 1 });
      await client.request("setDataBreakpoints", { breakpoints: [{ dataId, accessType: "read" }] });
      await client.run("continue", { threadId: 1 });
      await client.run("continue", { threadId: 1 });
    },
  },
  {
    name: "data breakpoints on bytes by address, with conditions",
    text: "heap 4KiB\na = alloc 16\nrepeat 4 as i\n  write a+8 i\nend\nread a+8 1\nfree a\n",
    run: async (client) => {
      await client.launch();
      await client.run("configurationDone");
      await client.run("next", { threadId: 1 });
      await client.run("next", { threadId: 1 });
      const info = await client.request("dataBreakpointInfo", { name: "a + 8", asAddress: true, bytes: 4 });
      const { dataId } = info.body as { dataId: string };
      await client.request("dataBreakpointInfo", { name: "nobody" });
      await client.request("dataBreakpointInfo", { name: "used == 16" });
      await client.request("setDataBreakpoints", {
        breakpoints: [
          { dataId, accessType: "write", condition: "used > 8 && (i == 2 || i == 3)" },
          { dataId, accessType: "readWrite", hitCondition: "5" },
          { dataId: "moon:1" },
          { dataId, condition: "1 +" },
        ],
      });
      await client.run("continue", { threadId: 1 });
      await client.request("evaluate", { expression: "i", context: "watch" });
      await client.run("continue", { threadId: 1 });
      await client.run("continue", { threadId: 1 });
      await client.run("continue", { threadId: 1 });
      await client.run("reverseContinue", { threadId: 1 });
    },
  },
  {
    name: "data breakpoints on pages and frames",
    text: "vm page=16 frames=4\nmap 0..2\nstore 3 7\nstore 20 8\nload 3 1\nprotect 0..1 r\nunmap 0..1\n",
    run: async (client) => {
      await client.launch();
      await client.run("configurationDone");
      await client.run("memscript/seek", { step: 2 });
      await client.open("Pages", "[0]");
      const page = await client.request("dataBreakpointInfo", { name: "page 0" });
      const frame = await client.request("dataBreakpointInfo", { name: "frame 1" });
      const idOf = ({ body }: { body?: unknown }): string => (body as { dataId: string }).dataId;
      await client.request("setDataBreakpoints", { breakpoints: [{ dataId: idOf(page), accessType: "write" }] });
      await client.run("continue", { threadId: 1 });
      await client.request("setDataBreakpoints", { breakpoints: [{ dataId: idOf(page), accessType: "readWrite" }] });
      await client.run("reverseContinue", { threadId: 1 });
      await client.run("reverseContinue", { threadId: 1 });
      await client.request("setDataBreakpoints", { breakpoints: [{ dataId: idOf(frame), accessType: "write" }] });
      await client.run("continue", { threadId: 1 });
      await client.run("continue", { threadId: 1 });
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
    name: "write memory damages what it hits",
    text: founding,
    run: async (client) => {
      await client.launch({}, { supportsMemoryEvent: true, supportsInvalidatedEvent: true });
      await client.setBreakpoints({ line: 6 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      await client.request("readMemory", { memoryReference: "0x10020", count: 5 });
      await client.request("writeMemory", { memoryReference: "0x10020", data: "SmVsbG8=" });
      await client.request("readMemory", { memoryReference: "0x10020", count: 5 });
      client.comment("the header of the block behind it");
      await client.request("writeMemory", { memoryReference: "0x10020", offset: 104, data: "/////w==" });
      await client.run("next", { threadId: 1 });
      client.comment("back past the edit it is undone, and comes again");
      await client.run("stepBack", { threadId: 1 });
      await client.run("stepBack", { threadId: 1 });
      await client.request("evaluate", { expression: "read a 5", context: "repl" });
      await client.run("next", { threadId: 1 });
      await client.request("evaluate", { expression: "read a 5", context: "repl" });
      await client.request("writeMemory", { memoryReference: "0x1", data: "AA==" });
      await client.request("writeMemory", { memoryReference: "0x10020", data: "?" });
      await client.setBreakpoints();
      await client.run("continue", { threadId: 1 });
    },
  },
  {
    name: "set variables and expressions",
    text: founding,
    run: async (client) => {
      await client.launch({}, { supportsInvalidatedEvent: true });
      await client.setBreakpoints({ line: 8 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      const set = (name: string, value: string): Promise<unknown> =>
        client.request("setVariable", { variablesReference: client.opened, name, value });
      await client.open("Handles", "a");
      await set("text", 'Say "hi"');
      await client.open("Handles", "a");
      await set("bytes", "48 656c 6C");
      await client.request("evaluate", { expression: "read a 13", context: "repl" });
      await client.open("Handles", "a");
      await set("bytes", "4");
      await set("requested", "4");
      await client.open("Handles");
      await set("a", "b");
      await client.request("setExpression", { expression: "a", value: "b + 8" });
      await client.request("setExpression", { expression: "b + 16", value: '"edited"' });
      await client.request("evaluate", { expression: "read b+16 6", context: "repl" });
      await client.request("setExpression", { expression: "b", value: "alloc 8" });
      await client.request("setExpression", { expression: "used", value: "8" });
    },
  },
  {
    name: "try statements on a copy in the console",
    text: founding,
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 8 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      for (const expression of [
        "c = alloc 500",
        "alloc 2MiB",
        "free a",
        "free a + 1",
        "defrag",
        "fill a 200 0",
        "repeat 3",
        "fly",
      ]) {
        await client.request("evaluate", { expression, context: "repl" });
      }
      await client.request("evaluate", { expression: "used", context: "watch" });
      await client.request("evaluate", { expression: "c", context: "watch" });
      await client.run("continue", { threadId: 1 });
    },
  },
  {
    name: "complete in the console",
    text: founding,
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 8 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      for (const text of ["fr", "free ", "c = alloc 8 al", "us", "free a\ncoal"]) {
        const lines = text.split("\n");
        await client.request("completions", { text, line: lines.length, column: lines.at(-1)!.length + 1 });
      }
    },
  },
  {
    name: "cancel a trial",
    text: "repeat 20000\n  a = alloc 8\n  free a\nend\n",
    run: async (client) => {
      await client.launch({ stopOnEntry: false });
      await client.run("configurationDone");
      await client.cancelled("evaluate", { expression: "b = alloc 8", context: "repl" });
      await client.request("cancel", {});
      await client.request("evaluate", { expression: "b = alloc 8", context: "repl" });
    },
  },
  {
    name: "toggle hexadecimal",
    text: founding,
    run: async (client) => {
      await client.launch({}, { supportsInvalidatedEvent: true });
      await client.setBreakpoints({ line: 8 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      await client.request("memscript/format", {});
      await client.request("evaluate", { expression: "used", context: "watch" });
      await client.request("memscript/format", { hex: false });
      await client.request("evaluate", { expression: "used", context: "watch" });
      await client.request("memscript/format", { hex: 7 });
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
    name: "breakpoint locations",
    text: loop,
    run: async (client) => {
      await client.launch();
      await client.request("breakpointLocations", { source: { path: fixturePath }, line: 1, endLine: 6 });
      await client.request("breakpointLocations", { source: { path: "/other" }, line: 1 });
    },
  },
  {
    name: "restart reads the script again",
    text: "a = alloc 100\nfree a\n",
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 2 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      client.edit("a = alloc 100\n# moved\nfree a\n");
      await client.run("restart", {});
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
    name: "copy values",
    text: founding,
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 8 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      for (const expression of ["a", "a + 8", "used", "main"]) {
        await client.request("evaluate", { expression, context: "clipboard" });
      }
    },
  },
  {
    name: "frames one by one",
    text: founding,
    run: async (client) => {
      await client.launch();
      await client.run("configurationDone");
      await client.request("stackTrace", { threadId: 1, startFrame: 0, levels: 1 });
      await client.request("stackTrace", { threadId: 1, startFrame: 1, levels: 19 });
    },
  },
  {
    name: "hexadecimal values",
    text: founding,
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 8 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      await client.request("evaluate", { expression: "used", context: "watch", format: { hex: true } });
      await client.request("evaluate", { expression: "main", context: "watch", format: { hex: true } });
      await client.request("scopes", { frameId: 1 });
      await client.request("variables", { variablesReference: 2, format: { hex: true } });
      await client.request("variables", { variablesReference: 2 });
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

describe("debug session transcripts", () => {
  for (const scenario of scenarios) {
    it(scenario.name, async () => {
      const client = new TestClient(scenario.text);
      await scenario.run(client);
      client.expectGolden(scenario.name.replace(/[^a-z]+/gi, "-"));
    });
  }
});
