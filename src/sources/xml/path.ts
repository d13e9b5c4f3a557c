// Paths to the elements that are records: /catalog/item, //item, * for any name.

/** States are bits of one number. */
const MOST_STEPS = 30;

interface Step {
  /** null: any. */
  name: string | null;
  /** Whether it is looked for at any depth. */
  isAnywhere: boolean;
  bytes: Uint8Array;
  /** Whether a prefix is part of it. */
  isPrefixed: boolean;
}

const encoder = new TextEncoder();
const FORM = /^(?:\/\/?[^/\s[\]@()]+)+$/;

/** The steps of a path; null when it is none. */
function parsePath(path: string): Step[] | null {
  const text = path.startsWith('/') ? path : `//${path}`;
  if (!FORM.test(text)) return null;
  const steps = [...text.matchAll(/(\/\/?)([^/]+)/g)].map(([, slashes, name]): Step => ({
    name: name === '*' ? null : name!,
    isAnywhere: slashes === '//',
    bytes: encoder.encode(name),
    isPrefixed: name!.includes(':'),
  }));
  return steps.length > MOST_STEPS ? null : steps;
}

export function isPath(path: string): boolean {
  return parsePath(path) !== null;
}

/** Follows elements down. A state says which starts of the path an element ends; that of the document is 1. */
export class PathMatcher {
  readonly #steps: readonly Step[];

  constructor(path: string) {
    this.#steps = parsePath(path)!;
  }

  /** The state of an element in one of the given state. */
  enter(
    state: number,
    bytes: Uint8Array,
    nameFrom: number,
    localFrom: number,
    nameTo: number,
  ): number {
    let next = 0;
    for (let s = 0; s < this.#steps.length; s++) {
      if ((state & (1 << s)) === 0) continue;
      const step = this.#steps[s]!;
      if (step.isAnywhere) next |= 1 << s;
      const from = step.isPrefixed ? nameFrom : localFrom;
      if (step.name === null || isSame(step.bytes, bytes, from, nameTo)) next |= 1 << (s + 1);
    }
    return next;
  }

  /** Whether an element of this state is a record. */
  isRecord(state: number): boolean {
    return (state & (1 << this.#steps.length)) !== 0;
  }
}

function isSame(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[from + i]) return false;
  return true;
}
