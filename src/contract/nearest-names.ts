// Which known names a mistyped one may have meant.

/** Edits (insert, delete, replace, swap of neighbours) from one text to another. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let k = 1; k <= b.length; k++) {
      const cost = a[i - 1] === b[k - 1] ? 0 : 1;
      let best = Math.min(row[k]! + 1, next[k - 1]! + 1, row[k - 1]! + cost);
      if (i > 1 && k > 1 && a[i - 1] === b[k - 2] && a[i - 2] === b[k - 1])
        best = Math.min(best, before[k - 2]! + 1);
      next.push(best);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}

/** At most three of `known` that are near enough to `given` to be worth naming, nearest first. */
export function nearestNames(given: string, known: readonly string[]): string[] {
  const wanted = given.toLowerCase().slice(0, 100);
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return known
    .map((name) => ({ name, distance: distance(wanted, name.toLowerCase()) }))
    .filter((near) => near.distance <= most)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((near) => near.name);
}
