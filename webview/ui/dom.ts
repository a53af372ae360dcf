/** A few lines that make building elements readable; text is always set as text, never parsed. */

export type Child = Node | string | null;

export interface Attributes {
  readonly [name: string]: string | number | boolean | null | undefined;
}

/** Makes an HTML element. `false`, null and undefined leave an attribute out, `true` sets it empty. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

const svgNamespace = "http://www.w3.org/2000/svg";

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS(svgNamespace, tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== null) element.append(child);
}

/** Changes attributes only where they differ: each change makes the browser compute styles again. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const isAbsent = value === false || value === null || value === undefined;
    const text = isAbsent ? null : value === true ? "" : String(value);
    if (element.getAttribute(name) === text) continue;
    if (text === null) element.removeAttribute(name);
    else element.setAttribute(name, text);
  }
}

/** Changes text only where it differs, so that live regions do not repeat themselves; a text that is there is kept. */
export function setText(element: Element, text: string): void {
  const only = element.firstChild;
  if (only instanceof Text && only.nextSibling === null) {
    if (only.data !== text) only.data = text;
  } else if (element.textContent !== text) element.textContent = text;
}

/** Like `setText`, with what stands between backticks set as code. */
export function setProse(element: HTMLElement, text: string): void {
  if (element.dataset["prose"] === text) return;
  element.dataset["prose"] = text;
  element.replaceChildren(...prose(text));
}

/** Text whose parts between backticks are code; a backtick without a partner stays as it is. */
export function prose(text: string): Node[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part) => (/^`[^`]+`$/.test(part) ? el("code", {}, part.slice(1, -1)) : document.createTextNode(part)));
}

/** Calls back with the element's width in CSS pixels, at once and whenever it changes. */
export function onWidth(element: Element, listener: (width: number) => void): void {
  let last = -1;
  new ResizeObserver((entries) => {
    const width = Math.floor(entries.at(-1)?.contentRect.width ?? 0);
    if (width === last || width === 0) return;
    last = width;
    listener(width);
  }).observe(element);
}
