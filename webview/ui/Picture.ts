import { setAttributes, svg } from "./dom";

/** A part of a picture that takes the focus and can be chosen. */
export interface PictureItem {
  readonly element: SVGGElement;
  /** Lie above all parts. */
  readonly texts: readonly SVGElement[];
  /** What tells it from the others, over redrawing. */
  readonly id: string;
  /** Its middle, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly choose: () => void;
}

/** A rectangle of a drawing, in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawing {
  readonly height: number;
  /** What cannot be chosen; it lies below the items. */
  readonly still: readonly SVGElement[];
  /** In reading order. */
  readonly items: readonly PictureItem[];
}

export interface ItemOptions extends Omit<PictureItem, "element" | "texts"> {
  readonly label: string;
  readonly look: string;
}

/** Texts among the shapes are for the eye alone: the label says what they say, in a sentence. */
export function pictureItem({ label, look, ...item }: ItemOptions, ...shapes: readonly SVGElement[]): PictureItem {
  const texts = shapes.filter(({ tagName }) => tagName === "text");
  const element = svg(
    "g",
    { class: `part ${look}`, role: "option", "aria-label": label, "data-id": item.id },
    svg("title", {}, label),
    ...shapes.filter((shape) => !texts.includes(shape)),
  );
  return { ...item, element, texts };
}

/** A drawing as a list box: one stop of the Tab key, arrows go from part to part, and what has the focus is chosen. */
export class Picture {
  readonly element = svg("svg", { class: "picture", role: "listbox" });
  private items: readonly PictureItem[] = [];
  private current = 0;
  private marked: string | null = null;

  constructor(label: string) {
    this.label = label;
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("click", (event) => {
      const at = this.items.findIndex(({ element }) => element.contains(event.target as Node));
      if (at >= 0) this.go(at);
    });
  }

  set label(text: string) {
    this.element.setAttribute("aria-label", text);
  }

  /** Replaces everything; the focus stays with the part of the same id, or else of the same place. */
  draw(width: number, { height, still, items }: Drawing): void {
    const hadFocus = this.element.contains(document.activeElement);
    const id = this.items.at(this.current)?.id;
    const same = items.findIndex((item) => item.id === id);
    this.items = items;
    this.current = same >= 0 ? same : Math.max(0, Math.min(this.current, items.length - 1));
    setAttributes(this.element, { width, height, viewBox: `0 0 ${width} ${height}` });
    const texts = svg("g", { "aria-hidden": "true" }, ...items.flatMap((item) => item.texts));
    this.element.replaceChildren(...still, ...items.map(({ element }) => element), texts);
    // A list box without options is none.
    this.element.setAttribute("role", items.length === 0 ? "img" : "listbox");
    this.showState();
    if (hadFocus) this.items.at(this.current)?.element.focus();
  }

  /** Marks the part with this id as the selected one; null for none. */
  mark(id: string | null): void {
    this.marked = id;
    const at = this.items.findIndex((item) => item.id === id);
    if (at >= 0) this.current = at;
    this.showState();
  }

  private showState(): void {
    this.items.forEach(({ element, id }, at) => {
      const selected = id === this.marked ? "true" : "false";
      setAttributes(element, { tabindex: at === this.current ? 0 : -1, "aria-selected": selected });
    });
  }

  private go(at: number): void {
    const item = this.items.at(Math.max(0, Math.min(this.items.length - 1, at)));
    if (item === undefined) return;
    this.mark(item.id);
    item.element.focus();
    item.choose();
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { current } = this;
    const targets: Readonly<Partial<Record<string, () => number>>> = {
      ArrowRight: () => current + 1,
      ArrowLeft: () => current - 1,
      ArrowDown: () => this.vertical(1),
      ArrowUp: () => this.vertical(-1),
      Home: () => 0,
      End: () => this.items.length - 1,
      Enter: () => current,
      " ": () => current,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.go(target());
  }

  /** The nearest part of the next row in a direction; the present one where there is none. */
  private vertical(direction: 1 | -1): number {
    const here = this.items.at(this.current);
    if (here === undefined) return this.current;
    let best = this.current;
    let least = Infinity;
    this.items.forEach(({ x, y }, at) => {
      const rows = (y - here.y) * direction;
      if (rows <= 1) return;
      // A row further away always loses against a nearer one.
      const distance = rows * 10_000 + Math.abs(x - here.x);
      if (distance >= least) return;
      least = distance;
      best = at;
    });
    return best;
  }
}
