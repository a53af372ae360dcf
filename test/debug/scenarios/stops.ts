import { fixturePath } from "../harness";
import { doubleFree, founding, loop, type Scenario } from "./scenario";

/** Where a run stops: breakpoints of every kind, and problems. */
export const stops: readonly Scenario[] = [
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
        { line: 8, condition: "a[0] > 0 && usd > 10" },
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
        breakpoints: [{ name: "free" }, { name: "fly" }, { name: "repeat" }, { name: "alloc", condition: "exist > 1" }],
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
          { filterId: "leak", condition: "uzed > 8" },
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
    name: "exception filters of a group",
    text: 'a = alloc 8\nb = alloc 8\nwrite a "much more than fits"\nread b 8\nfree a\n',
    run: async (client) => {
      await client.launch({ stopOnEntry: false });
      await client.request("setExceptionBreakpoints", { filters: ["overflow", "no-room"] });
      await client.run("configurationDone");
      await client.request("setExceptionBreakpoints", { filters: ["no-room"] });
      await client.run("continue", { threadId: 1 });
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
          { dataId, condition: "sizeof(ab) > 8" },
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
    name: "breakpoint locations",
    text: loop,
    run: async (client) => {
      await client.launch();
      await client.request("breakpointLocations", { source: { path: fixturePath }, line: 1, endLine: 6 });
      await client.request("breakpointLocations", { source: { path: "/other" }, line: 1 });
    },
  },
];
