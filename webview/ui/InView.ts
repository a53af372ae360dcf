/** How far outside of the window, in CSS pixels, something counts as in view: it may be scrolled to at any moment. */
const margin = 200;

/** Which of some elements are in view, as far as the browser has told. */
export class InView {
  private readonly seen = new Set<Element>();
  private readonly observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.seen.add(target);
        else this.seen.delete(target);
      }
    },
    { rootMargin: `${margin}px` },
  );

  watch(element: Element): void {
    this.observer.observe(element);
  }

  forget(element: Element): void {
    this.observer.unobserve(element);
    this.seen.delete(element);
  }

  has(element: Element): boolean {
    return this.seen.has(element);
  }

  dispose(): void {
    this.observer.disconnect();
  }
}
