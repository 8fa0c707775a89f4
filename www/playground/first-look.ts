/** Tells once when somebody begins to use the page, or when one of these elements comes near the screen. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart", "dragover"] as const;

export function onFirstLook(elements: readonly Element[], act: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) once();
  }, { rootMargin: "200px" });
  function once(): void {
    observer.disconnect();
    for (const sign of SIGNS) removeEventListener(sign, once);
    act();
  }
  for (const element of elements) observer.observe(element);
  for (const sign of SIGNS) addEventListener(sign, once, { passive: true });
}
