import { tileOf } from "../ui/tiles";
import { escaped, markup, number, solid } from "./markup";

/** The part of the state that `save` keeps and `restore` brings back. */
interface State {
  fillStyle: string | CanvasPattern | CanvasGradient;
  strokeStyle: string | CanvasPattern | CanvasGradient;
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  lineDashOffset: number;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  dash: readonly number[];
  matrix: DOMMatrix;
  /** Id of what is clipped to, the intersection of all clips so far. */
  clip: string | null;
}

type Painter = CanvasRenderingContext2D;

const initial = (): State => ({
  fillStyle: "#000000",
  strokeStyle: "#000000",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  lineDashOffset: 0,
  globalAlpha: 1,
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
  dash: [],
  matrix: new DOMMatrix(),
  clip: null,
});

let lastId = 0;
const measuring = (): Painter => document.createElement("canvas").getContext("2d")!;

/**
 * A canvas context that writes SVG instead of pixels, for the calls that our drawings and chart.js make. What a real one
 * would clear to nothing is painted in the colour of the ground.
 */
export class SvgContext {
  state = initial();
  imageSmoothingEnabled = true;
  private readonly stack: State[] = [];
  private readonly body: string[] = [];
  private readonly definitions: string[] = [];
  private readonly patterns = new Map<unknown, string>();
  private readonly ruler = measuring();
  private path = "";

  constructor(private readonly ground: string) {}

  /** For code that draws on a canvas. */
  get asContext(): Painter {
    return this as unknown as Painter;
  }

  /** A canvas whose context this is, for code that sizes what it draws on. */
  asCanvas(): HTMLCanvasElement {
    const canvas = { width: 0, height: 0, style: { width: "", height: "" }, getContext: () => this.asContext };
    return canvas as unknown as HTMLCanvasElement;
  }

  /** All that was drawn, for the inside of an `svg` element. */
  get markup(): string {
    const { definitions, body } = this;
    return (definitions.length === 0 ? "" : `<defs>${definitions.join("")}</defs>`) + body.join("");
  }

  /** Puts another drawing at the place where the context stands. */
  embed(inner: SvgContext, scale: number): void {
    const { a, b, c, d, e, f } = this.state.matrix;
    const transform = `matrix(${[a, b, c, d, e, f].map(number).join(" ")}) scale(${number(scale)})`;
    this.put(markup("g", { transform }, inner.markup));
  }

  save(): void {
    this.stack.push({ ...this.state, matrix: DOMMatrix.fromMatrix(this.state.matrix) });
  }
  restore(): void {
    this.state = this.stack.pop() ?? this.state;
  }
  reset(): void {
    this.state = initial();
    this.stack.length = this.body.length = 0;
  }

  translate(x: number, y: number): void {
    this.state.matrix = this.state.matrix.translate(x, y);
  }
  scale(x: number, y: number): void {
    this.state.matrix = this.state.matrix.scale(x, y);
  }
  rotate(angle: number): void {
    this.state.matrix = this.state.matrix.rotate((angle * 180) / Math.PI);
  }
  transform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.state.matrix = this.state.matrix.multiply(new DOMMatrix([a, b, c, d, e, f]));
  }
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.state.matrix = new DOMMatrix([a, b, c, d, e, f]);
  }
  resetTransform(): void {
    this.state.matrix = new DOMMatrix();
  }

  beginPath(): void {
    this.path = "";
  }
  closePath(): void {
    this.path += "Z";
  }
  moveTo(x: number, y: number): void {
    this.path += `M${number(x)} ${number(y)}`;
  }
  lineTo(x: number, y: number): void {
    this.path += `${this.path === "" ? "M" : "L"}${number(x)} ${number(y)}`;
  }
  bezierCurveTo(...points: number[]): void {
    this.path += `C${points.map(number).join(" ")}`;
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.path += `M${number(x)} ${number(y)}h${number(width)}v${number(height)}h${number(-width)}Z`;
  }
  arc(x: number, y: number, radius: number, start: number, end: number, isBackward = false): void {
    const point = (angle: number): string =>
      `${number(x + radius * Math.cos(angle))} ${number(y + radius * Math.sin(angle))}`;
    const whole = 2 * Math.PI;
    let sweep = isBackward ? start - end : end - start;
    // Angles may go round: at least once is the whole circle, less than nothing is the rest of it.
    sweep = sweep >= whole ? whole : ((sweep % whole) + whole) % whole;
    const turn = (isBackward ? -1 : 1) * (sweep / 2);
    const flag = isBackward ? 0 : 1;
    const arcTo = (angle: number): string => `A${number(radius)} ${number(radius)} 0 0 ${flag} ${point(angle)}`;
    this.path += `${this.path === "" ? "M" : "L"}${point(start)}${arcTo(start + turn)}${arcTo(start + 2 * turn)}`;
  }
  /** Path data of SVG in place of the path so far. */
  setPathData(data: string): void {
    this.path = data;
  }

  fill(): void {
    this.draw(this.path, { ...this.fillOf(), stroke: null });
  }
  stroke(): void {
    this.draw(this.path, { fill: "none", ...this.strokeOf() });
  }
  clip(): void {
    const id = `clip${++lastId}`;
    const inside = markup("path", { d: this.path, transform: this.transformText });
    this.definitions.push(markup("clipPath", { id, "clip-path": this.clipUrl }, inside));
    this.state.clip = id;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.alone(() => {
      this.rect(x, y, width, height);
      this.fill();
    });
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.alone(() => {
      this.rect(x, y, width, height);
      this.stroke();
    });
  }
  clearRect(x: number, y: number, width: number, height: number): void {
    if (this.body.length === 0) return;
    const { fillStyle, globalAlpha } = this.state;
    Object.assign(this.state, { fillStyle: this.ground, globalAlpha: 1 });
    this.fillRect(x, y, width, height);
    Object.assign(this.state, { fillStyle, globalAlpha });
  }

  setLineDash(dash: readonly number[]): void {
    this.state.dash = [...dash];
  }
  getLineDash(): readonly number[] {
    return this.state.dash;
  }

  measureText(text: string): TextMetrics {
    this.ruler.font = this.state.font;
    this.ruler.textBaseline = this.state.textBaseline;
    return this.ruler.measureText(text);
  }
  fillText(text: string, x: number, y: number): void {
    const { fontBoundingBoxAscent } = this.measureText(text);
    this.ruler.textBaseline = "alphabetic";
    const below = this.ruler.measureText(text).fontBoundingBoxAscent - fontBoundingBoxAscent;
    const anchor = { left: null, start: null, center: "middle", right: "end", end: "end" }[this.state.textAlign];
    const attributes = {
      x: number(x),
      y: number(y + below),
      style: `font:${this.ruler.font};white-space:pre`,
      "text-anchor": anchor,
      transform: this.transformText,
      ...this.fillOf(),
    };
    this.put(markup("text", attributes, escaped(text)));
  }
  drawImage(image: HTMLCanvasElement, x: number, y: number, width = image.width, height = image.height): void {
    this.put(
      markup("image", {
        x: number(x),
        y: number(y),
        width: number(width),
        height: number(height),
        href: image.toDataURL("image/png"),
        preserveAspectRatio: "none",
        style: this.imageSmoothingEnabled ? null : "image-rendering:pixelated",
        transform: this.transformText,
      }),
    );
  }

  private get transformText(): string | null {
    const { a, b, c, d, e, f, isIdentity } = this.state.matrix;
    return isIdentity ? null : `matrix(${[a, b, c, d, e, f].map(number).join(" ")})`;
  }

  private get clipUrl(): string | null {
    return this.state.clip === null ? null : `url(#${this.state.clip})`;
  }

  /** A clip is in the coordinates of the sheet, so it goes around what may have others. */
  private put(element: string): void {
    const { clip } = this.state;
    this.body.push(clip === null ? element : markup("g", { "clip-path": `url(#${clip})` }, element));
  }

  private alone(draw: () => void): void {
    const { path } = this;
    this.path = "";
    draw();
    this.path = path;
  }

  private draw(data: string, paint: Readonly<Record<string, string | null>>): void {
    if (data === "") return;
    this.put(markup("path", { d: data, transform: this.transformText, ...paint }));
  }

  private fillOf(): Readonly<Record<string, string | null>> {
    const { colour, alpha } = this.paintOf(this.state.fillStyle);
    return { fill: colour, "fill-opacity": alpha === 1 ? null : number(alpha) };
  }

  private strokeOf(): Readonly<Record<string, string | null>> {
    const { strokeStyle, lineWidth, lineCap, lineJoin, dash, lineDashOffset } = this.state;
    const { colour, alpha } = this.paintOf(strokeStyle);
    return {
      stroke: colour,
      "stroke-opacity": alpha === 1 ? null : number(alpha),
      "stroke-width": number(lineWidth),
      "stroke-linecap": lineCap === "butt" ? null : lineCap,
      "stroke-linejoin": lineJoin === "miter" ? null : lineJoin,
      "stroke-dasharray": dash.length === 0 ? null : dash.map(number).join(" "),
      "stroke-dashoffset": lineDashOffset === 0 ? null : number(lineDashOffset),
    };
  }

  private paintOf(style: State["fillStyle"]): { readonly colour: string; readonly alpha: number } {
    const { globalAlpha } = this.state;
    if (typeof style !== "string") return { colour: `url(#${this.patternOf(style)})`, alpha: globalAlpha };
    const { colour, alpha } = solid(style);
    return { colour, alpha: alpha * globalAlpha };
  }

  /** Id of a pattern, whose tile is drawn again as SVG. */
  private patternOf(style: CanvasPattern | CanvasGradient): string {
    const known = this.patterns.get(style);
    if (known !== undefined) return known;
    const id = `pattern${++lastId}`;
    this.patterns.set(style, id);
    const tile = tileOf(style);
    if (tile !== undefined) {
      const inner = new SvgContext(this.ground);
      tile.draw(inner.asContext);
      const { width, height } = tile;
      this.definitions.push(markup("pattern", { id, patternUnits: "userSpaceOnUse", width, height }, inner.markup));
    }
    return id;
  }
}

// Canvas code sets its styles as properties of the context.
const names = [
  "fillStyle",
  "strokeStyle",
  "lineWidth",
  "lineCap",
  "lineJoin",
  "lineDashOffset",
  "globalAlpha",
  "font",
  "textAlign",
  "textBaseline",
] as const;
for (const name of names) {
  Object.defineProperty(SvgContext.prototype, name, {
    get(this: SvgContext) {
      return this.state[name];
    },
    set(this: SvgContext, value: never) {
      this.state[name] = value;
    },
  });
}
