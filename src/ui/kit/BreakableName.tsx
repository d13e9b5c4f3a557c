// A file name that breaks, where it has to, after its own separators.

export function BreakableName({ children }: { children: string }) {
  const parts = children.split(/(?<=[_.-])(?=[^_.-])/);
  return parts.map((part, i) => (i === 0 ? part : [<wbr key={i} />, part]));
}
