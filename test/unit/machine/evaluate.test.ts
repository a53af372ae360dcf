import assert from "node:assert/strict";
import fc from "fast-check";
import { parseExpression } from "../../../src/language/parsing/expressions";
import { parse } from "../../../src/language/parsing/parser";
import { Machine } from "../../../src/machine/run/Machine";

/** A value restated: the block that a pointer came from by its handle, null for a number; and whether it is a condition. */
interface Value {
  readonly value: number;
  readonly block: string | null;
  readonly isCondition?: boolean;
}
/** Null: refused. */
type Meaning = (names: ReadonlyMap<string, Value>) => Value | null;
interface Term {
  readonly text: string;
  readonly meaning: Meaning;
}

const number = (value: number): Value => ({ value, block: null });
const truth = (is: boolean): Value => ({ value: is ? 1 : 0, block: null, isCondition: true });

const operations: Readonly<Record<string, (a: Value, b: Value) => Value | null>> = {
  "+": (a, b) => ({ value: a.value + b.value, block: a.block === null ? b.block : b.block === null ? a.block : null }),
  "-": (a, b) => ({ value: a.value - b.value, block: b.block === null ? a.block : null }),
  "*": (a, b) => number(a.value * b.value),
  "/": (a, b) => (b.value === 0 ? null : number(a.value / b.value)),
  "%": (a, b) => (b.value === 0 ? null : number(a.value % b.value)),
  "==": (a, b) => truth(a.value === b.value),
  "!=": (a, b) => truth(a.value !== b.value),
  "<": (a, b) => truth(a.value < b.value),
  "<=": (a, b) => truth(a.value <= b.value),
  ">": (a, b) => truth(a.value > b.value),
  ">=": (a, b) => truth(a.value >= b.value),
};

const named = (text: string): Term => ({ text, meaning: (names) => names.get(text) ?? null });

const { term } = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b[2]", "i", "k", "nobody").map(named),
    fc.nat(5).map((value) => ({ text: `${value}`, meaning: () => number(value) })),
    tie("term").map(({ text, meaning }) => ({
      text: `b[(${text})]`,
      meaning: (names: ReadonlyMap<string, Value>) => {
        const index = meaning(names);
        return index === null ? null : (names.get(`b[${index.value}]`) ?? null);
      },
    })),
    fc.tuple(fc.constantFrom("-", "!"), tie("term")).map(([operator, { text, meaning }]) => ({
      text: `${operator}(${text})`,
      meaning: (names: ReadonlyMap<string, Value>) => {
        const operand = meaning(names);
        if (operand === null) return null;
        return operator === "-" ? number(-operand.value) : truth(operand.value === 0);
      },
    })),
    fc.tuple(tie("term"), fc.constantFrom(...Object.keys(operations)), tie("term")).map(([left, operator, right]) => ({
      text: `(${left.text}) ${operator} (${right.text})`,
      meaning: (names: ReadonlyMap<string, Value>) => {
        const a = left.meaning(names);
        const b = a === null ? null : right.meaning(names);
        return a === null || b === null ? null : operations[operator](a, b);
      },
    })),
    fc.tuple(tie("term"), fc.constantFrom("&&", "||"), tie("term")).map(([left, operator, right]) => ({
      text: `(${left.text}) ${operator} (${right.text})`,
      meaning: (names: ReadonlyMap<string, Value>) => {
        const a = left.meaning(names);
        if (a === null) return null;
        if ((a.value !== 0) === (operator === "||")) return truth(operator === "||");
        const b = right.meaning(names);
        return b === null ? null : truth(b.value !== 0);
      },
    })),
  ),
}));

/** The loop variable `a` hides the handle. */
const script = (last: string): string =>
  ["b[2] = alloc 32", "a = alloc 64", "stats", "repeat 3 as i", "repeat 2 as a", last, "end", "end"].join("\n");

describe("an expression", () => {
  it("has the value that its parts have, whichever of them are numbers, loop variables and pointers", () => {
    let refused = 0;
    let computed = 0;
    const compare = (machine: Machine, { text, meaning }: Term, names: ReadonlyMap<string, Value>): Value | null => {
      const parsed = parseExpression(text);
      assert.ok("expression" in parsed, text);
      const expected = meaning(names);
      const actual = machine.state.evaluate(parsed.expression);
      if (expected === null) assert.ok("error" in actual, text);
      else assert.deepEqual(actual, { value: expected.isCondition === true ? expected.value !== 0 : expected.value });
      if (expected === null) refused++;
      else computed++;
      return expected;
    };
    fc.assert(
      fc.property(term, fc.nat(5), (root, round) => {
        const machine = new Machine(parse(script(`x = (${root.text})`)));
        const names = new Map<string, Value>();
        machine.run(2);
        for (const name of ["a", "b[2]"]) names.set(name, { value: machine.state.handle(name)!.address, block: name });
        compare(machine, root, names);
        machine.run(1 + round);
        names.set("i", number(Math.floor(round / 2)));
        names.set("a", number(round % 2));
        const expected = compare(machine, root, names);
        machine.step();
        if (expected === null || round > 0) return;
        const bound = machine.state.handle("x");
        assert.deepEqual([bound?.address, bound?.allocation?.handle ?? null], [expected.value, expected.block]);
      }),
      { numRuns: 1000 },
    );
    assert.ok(refused > 100 && computed > 300, `${refused} refused, ${computed} computed`);
  });
});
