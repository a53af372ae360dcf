import { founding, type Scenario } from "./scenario";

/** What a client reads and changes where a run has stopped. */
export const state: readonly Scenario[] = [
  {
    name: "scopes and variables",
    text: `${founding.split("\n").slice(0, 8).join("\n")}\npool small 64 x 3\nc = alloc from=small\nvm frames=8\nmap 0 -> 3\n`,
    run: async (client) => {
      await client.launch({ stopOnEntry: false });
      await client.run("configurationDone");
      await client.open("Handles", "b");
      await client.open("Heap", "main", "counters");
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
        ["nonsense a", "repl"],
      ] as const) {
        await client.request("evaluate", { expression, context });
      }
      await client.request("evaluate", { expression: "used", context: "watch", format: { hex: true } });
    },
  },
  {
    name: "numbers are no addresses where memory answers",
    text: "heap 4KiB base=0x100\na = alloc 600\nb = alloc 600\nfree a\n",
    run: async (client) => {
      await client.launch();
      await client.setBreakpoints({ line: 4 });
      await client.run("configurationDone");
      await client.run("continue", { threadId: 1 });
      // 1200 bytes are used, and there is a byte at 1200, too.
      for (const expression of ["used", "b - a", "used + 8", "a + 8", "8 + a", "b - 8", "1200"]) {
        await client.request("evaluate", { expression, context: "watch" });
      }
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
      client.comment("the dots of a preview stand for bytes that stay");
      await client.open("Handles", "a");
      await set("text", "Hello. World.!..................");
      await client.request("evaluate", { expression: "read a 16", context: "repl" });
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
      for (const text of ["fr", "free ", "c = alloc 8 al", "us", "free a\ncoal", "heap h 4KiB coalesce="]) {
        const lines = text.split("\n");
        await client.request("completions", { text, line: lines.length, column: lines.at(-1)!.length + 1 });
      }
    },
  },
  {
    name: "cancel a trial",
    text: "repeat 5000\n  a = alloc 8\n  free a\nend\n",
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
];
