// Line breaks and spaces of a JSON document: indented by two spaces, or compact with each record on a line of its own.

export interface Layout {
  /** Before what always begins a line: records, groups. */
  line(depth: number): string;
  /** Before what begins a line only when indented: keys and closing braces. */
  open(depth: number): string;
  /** A key with its colon. */
  key(name: string): string;
  /** Spaces before a record's braces, for the record writer. */
  indent(depth: number): number | null;
}

export function createLayout(isPretty: boolean): Layout {
  const indented = (depth: number): string => `\n${' '.repeat(depth * 2)}`;
  return {
    line: (depth) => (isPretty ? indented(depth) : '\n'),
    open: (depth) => (isPretty ? indented(depth) : ''),
    key: (name) => JSON.stringify(name) + (isPretty ? ': ' : ':'),
    indent: (depth) => (isPretty ? depth * 2 : null),
  };
}
