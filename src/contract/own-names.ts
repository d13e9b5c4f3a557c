// Names of things that stand beside each other and may be called alike: each gets one of its own.

/** A function that gives each name as it is, or with a number behind it where it was given before. */
export function createOwnNames(): (base: string) => string {
  const taken = new Map<string, number>();
  return (base) => {
    let name = base;
    let nth = taken.get(base) ?? 0;
    if (nth > 0) {
      while (taken.has(name)) name = `${base} (${++nth})`;
      taken.set(base, nth);
    }
    taken.set(name, 1);
    return name;
  };
}
