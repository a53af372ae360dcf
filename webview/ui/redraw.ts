import { setAttributes, setText, svg, type Attributes } from "./dom";

/** One element of a drawing, as data. */
export interface Shape {
  readonly tag: "path" | "circle" | "text";
  readonly attributes: Attributes;
  readonly text?: string;
}

/**
 * Makes a layer show the shapes. Elements that are there are changed where they differ: replacing hundreds of them in every
 * frame costs the browser more than drawing them.
 */
export function redraw(layer: SVGElement, shapes: readonly Shape[]): void {
  shapes.forEach(({ tag, attributes, text = "" }, at) => {
    const there = layer.children.item(at);
    const element = there?.tagName === tag ? there : svg(tag);
    for (const name of element.getAttributeNames()) if (!(name in attributes)) element.removeAttribute(name);
    for (const [name, value] of Object.entries(attributes)) {
      if (element.getAttribute(name) !== String(value)) setAttributes(element, { [name]: value });
    }
    setText(element, text);
    if (there === null) layer.append(element);
    else if (there !== element) there.replaceWith(element);
  });
  while (layer.children.length > shapes.length) layer.lastElementChild?.remove();
}
