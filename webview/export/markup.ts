/** An element of SVG as text; attributes that are null are left out, `inside` is markup already. */
export function markup(tag: string, attributes: Readonly<Record<string, string | number | null>>, inside = ""): string {
  const written = Object.entries(attributes).map(([name, value]) =>
    value === null ? "" : ` ${name}="${escaped(String(value))}"`,
  );
  return `<${tag}${written.join("")}${inside === "" ? "/>" : `>${inside}</${tag}>`}`;
}

/** A text as it stands in markup, inside an element or an attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** A number without digits that nobody sees. */
export function number(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

export interface Solid {
  /** `#rrggbb`. */
  readonly colour: string;
  /** 0 to 1. */
  readonly alpha: number;
}

const resolver = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const known = new Map<string, Solid>();

/** Any colour of CSS as SVG readers of all kinds know it. */
export function solid(colour: string): Solid {
  const there = known.get(colour);
  if (there !== undefined) return there;
  const made = resolve(colour);
  known.set(colour, made);
  return made;
}

function resolve(colour: string): Solid {
  if (resolver === null) return { colour, alpha: 1 };
  resolver.fillStyle = "#000000";
  resolver.fillStyle = colour;
  const plain: string = resolver.fillStyle;
  if (plain.startsWith("#")) return { colour: plain, alpha: 1 };
  const parts = /\(([^)]*)\)/
    .exec(plain)?.[1]
    .match(/[\d.e-]+/g)
    ?.map(Number) ?? [0, 0, 0, 0];
  // `rgba(255, 0, 0, 0.5)`, or `color(srgb 1 0 0 / 0.5)` for what was mixed.
  const most = plain.startsWith("color(") ? 255 : 1;
  const hex = parts.slice(0, 3).map((part) =>
    Math.round(Math.max(0, Math.min(255, part * most)))
      .toString(16)
      .padStart(2, "0"),
  );
  return { colour: `#${hex.join("")}`, alpha: parts.at(3) ?? 1 };
}
