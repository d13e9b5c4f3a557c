// Asks before the page is left while an export is under way.

const holders = new Set<object>();

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** `holder` needs the page, or no longer does. Several studios may stand on one page. */
export function guardLeaving(holder: object, isNeeded: boolean): void {
  if (isNeeded) holders.add(holder);
  else holders.delete(holder);
  // A listener that stays would keep the page out of the browser's memory of pages to come back to.
  if (holders.size > 0) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
}
