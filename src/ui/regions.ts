// The regions of the screen, for going from one to the next with F6.

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Moves focus to the next region below `root` (`step` 1) or the one before (−1), round and round. */
export function nextRegion(root: HTMLElement | null, step: 1 | -1): void {
  if (root === null) return;
  const regions = [...root.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => firstStop(region) !== undefined,
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const from = at === -1 && step === -1 ? 0 : at;
  const next = regions[(from + step + regions.length) % regions.length];
  if (next !== undefined) firstStop(next)?.focus();
}

/** Where focus goes in a region: what is chosen in it, or else its first control. */
function firstStop(region: HTMLElement): HTMLElement | undefined {
  const stops = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (stop) => stop.tabIndex >= 0 && stop.checkVisibility(),
  );
  return stops.find((stop) => stop.matches('[aria-current], [aria-selected="true"]')) ?? stops[0];
}

/** Moves focus to what the first of `selectors` finds that finds something, once the screen has been drawn anew. */
export function focusLater(...selectors: string[]): void {
  requestAnimationFrame(() => {
    for (const selector of selectors) {
      const found = document.querySelector<HTMLElement>(selector);
      if (found === null) continue;
      found.focus();
      return;
    }
  });
}
