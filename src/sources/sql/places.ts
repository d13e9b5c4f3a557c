// Where the columns that a statement names stand among those of its table.

/** For each name of a statement the place of its column, -1 where there is none; by number where it names none. */
export function placesOf(named: readonly string[] | null, names: readonly string[]): number[] {
  if (named === null) return names.map((_, i) => i);
  const exact = new Map(names.map((name, i) => [name, i] as const));
  const folded = new Map(names.map((name, i) => [name.toLowerCase(), i] as const));
  return named.map((name) => exact.get(name) ?? folded.get(name.toLowerCase()) ?? -1);
}
