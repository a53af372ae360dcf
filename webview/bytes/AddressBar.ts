import type { ByteRegion } from "../../src/inspector/queries/bytes";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { pushButton } from "../ui/button";
import { el } from "../ui/dom";

export interface AddressBarActions {
  go(address: number): void;
  back(): void;
  page(direction: 1 | -1): void;
}

/** Where the view of bytes stands, and ways to go elsewhere. */
export class AddressBar {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly regions: HTMLSelectElement;
  private readonly error = el("p", { class: "byte-error", role: "alert", hidden: true });
  private readonly back;
  private known = "";

  constructor(
    private readonly strings: InspectorStrings,
    actions: AddressBarActions,
  ) {
    this.input = el("input", {
      type: "text",
      class: "text-input",
      spellcheck: "false",
      "aria-label": strings.bytesAddress,
    });
    this.regions = el("select", { class: "select", "aria-label": strings.bytesRegion });
    this.regions.addEventListener("change", () => actions.go(Number(this.regions.value)));
    this.back = pushButton({ label: strings.bytesBack, icon: "arrow-left", press: () => actions.back() });
    const form = el("form", { class: "byte-bar" });
    form.append(
      this.back.element,
      this.regions,
      this.input,
      pushButton({ label: strings.bytesGo, icon: "go-to-file", press: () => form.requestSubmit() }).element,
      pushButton({ label: strings.bytesEarlier, icon: "chevron-up", press: () => actions.page(-1) }).element,
      pushButton({ label: strings.bytesLater, icon: "chevron-down", press: () => actions.page(1) }).element,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.input.value.trim();
      const address = text === "" ? Number.NaN : Number(text.replaceAll("_", ""));
      const isGood = Number.isSafeInteger(address) && address >= 0;
      this.error.hidden = isGood;
      this.error.textContent = isGood ? "" : format(this.strings.bytesBadAddress, text);
      if (isGood) actions.go(address);
    });
    this.element = el("div", {}, form, this.error);
  }

  update(regions: readonly ByteRegion[], cursor: number): void {
    const key = regions.map(({ name, start }) => `${name} ${start}`).join();
    if (key !== this.known) {
      this.known = key;
      this.regions.replaceChildren(
        ...regions.map(({ name, start }) => el("option", { value: start }, `${name} ${start}`)),
      );
    }
    const at = regions.findIndex(({ start, end }) => Number(start) <= cursor && cursor < Number(end));
    this.regions.selectedIndex = at;
  }

  setPlace(cursor: number, canGoBack: boolean): void {
    if (document.activeElement !== this.input) this.input.value = `0x${cursor.toString(16)}`;
    this.back.setEnabled(canGoBack);
  }
}
