/** Fields whose keys are names from scripts: all members look alike and are written as `*`. */
const maps: ReadonlySet<string> = new Set(["heaps", "pools", "slabs", "caches"]);

/** What values look like at each place of records: gathered from records, a line a place. */
export class Shape {
  /** Types of the values at a path. */
  private readonly types = new Map<string, Set<string>>();
  /** How many objects there were at a path, and how many of them had the field that the path ends in. */
  private readonly objects = new Map<string, number>();
  private readonly fields = new Map<string, { of: string; count: number }>();

  /** Objects with a `kind` have it in their path, since it decides on their other fields. */
  add(value: unknown, path = ""): void {
    if (Array.isArray(value)) {
      this.note(path, "array");
      for (const element of value) this.add(element, `${path}[]`);
    } else if (typeof value === "object" && value !== null) {
      this.addFields(value, path);
    } else {
      this.note(path, typeOf(value));
    }
  }

  /** `?` after a place: not every object has it. */
  report(): string {
    const lines = [...this.types].map(([path, types]) => {
      const field = this.fields.get(path);
      const isOptional = field !== undefined && field.count < (this.objects.get(field.of) ?? 0);
      return `${path}${isOptional ? "?" : ""}: ${[...types].sort().join(" | ")}\n`;
    });
    return lines.sort().join("");
  }

  private addFields(value: object, path: string): void {
    const { kind } = value as { kind?: unknown };
    const isVariant = typeof kind === "string" && /^[\w-]+$/.test(kind);
    const own = isVariant ? `${path}<${kind}>` : path;
    const isMap = maps.has(path.slice(path.lastIndexOf(".") + 1));
    this.objects.set(own, (this.objects.get(own) ?? 0) + 1);
    for (const [name, member] of Object.entries(value)) {
      if (name === "kind" && isVariant) continue;
      const place = `${own}.${isMap ? "*" : name}`;
      const field = this.fields.get(place) ?? { of: own, count: 0 };
      field.count += 1;
      if (!isMap) this.fields.set(place, field);
      this.add(member, place);
    }
  }

  private note(path: string, type: string): void {
    const types = this.types.get(path) ?? new Set();
    types.add(type);
    this.types.set(path, types);
  }
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string" && /^0x[0-9a-f]+$/.test(value)) return "address";
  return typeof value;
}
