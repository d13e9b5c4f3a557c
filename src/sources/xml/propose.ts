// Finds the elements in a sample that are records: those that stand most often beside others of their name.
import { isPath } from './path.ts';
import type { XmlScan } from './scan.ts';
import { END, FINISHED, START } from './scan.ts';
import { XML_EVIDENCE } from './texts.ts';

/** Elements told apart at most; a document of more different paths has no records among the later ones. */
const MOST_PATHS = 10_000;
/** So many times more often than the elements around them, records are looked for inside of these. */
const GROUP_FACTOR = 10;

interface Place {
  path: string;
  count: number;
  /** Most of them in one parent. */
  most: number;
  /** Whether one held elements or attributes. */
  isNested: boolean;
  children: Map<string, Place>;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const placeAt = (path: string): Place => ({
  path,
  count: 0,
  most: 0,
  isNested: false,
  children: new Map(),
});

/** What the sample holds, as far as it is well-formed. */
function survey(scan: XmlScan): Place {
  const top = placeAt('');
  const stack: { place: Place; counts: Map<string, number> }[] = [
    { place: top, counts: new Map() },
  ];
  let known = 0;
  for (;;) {
    const token = scan.next();
    if (token === END) stack.pop();
    else if (token === START) {
      const { place, counts } = stack.at(-1)!;
      const from = scan.localFrom(scan.nameFrom, scan.nameTo);
      let name = decoder.decode(scan.bytes.subarray(from, scan.nameTo));
      // A path takes what has a colon for a name with its prefix.
      if (name.includes(':'))
        name = decoder.decode(scan.bytes.subarray(scan.nameFrom, scan.nameTo));
      let child = place.children.get(name);
      if (child === undefined) {
        child = placeAt(`${place.path}/${name}`);
        if (known++ < MOST_PATHS) place.children.set(name, child);
      }
      const inParent = (counts.get(name) ?? 0) + 1;
      counts.set(name, inParent);
      child.count++;
      child.most = Math.max(child.most, inParent);
      child.isNested ||= scan.attributeCount > 0;
      place.isNested = true;
      if (!scan.isEmpty) stack.push({ place: child, counts: new Map() });
    } else if (token < 0 || token === FINISHED) return top;
  }
}

/** The outermost repeated elements below a place. */
function repeatedBelow(place: Place, found: Place[]): void {
  for (const child of place.children.values())
    if (child.most > 1) found.push(child);
    else repeatedBelow(child, found);
}

/** The one that stands most often; of those, one that holds more than text. */
function mostOften(places: readonly Place[]): Place | null {
  const weight = ({ count, isNested }: Place): number => (isNested ? count * 2 : count);
  let best: Place | null = null;
  for (const place of places) if (best === null || weight(place) > weight(best)) best = place;
  return best;
}

/** The path of the records, and why; null where not one element began. */
export function proposePath(scan: XmlScan): { path: string; sentence: string } | null {
  const top = survey(scan);
  const root = [...top.children.values()][0];
  if (root === undefined) return null;
  const found: Place[] = [];
  repeatedBelow(root, found);
  let best = mostOften(found);
  if (best === null) return { path: root.path, sentence: XML_EVIDENCE.single(root.path) };
  let sentence = XML_EVIDENCE.repeated(pathOf(best), best.count);
  // Groups of records: tracks of points, sheets of rows.
  for (;;) {
    const inside: Place[] = [];
    repeatedBelow(best, inside);
    const next = mostOften(inside.filter((place) => place.isNested));
    if (next === null || next.count < best.count * GROUP_FACTOR) break;
    sentence = XML_EVIDENCE.deeper(pathOf(next), next.count, best.count);
    best = next;
  }
  return { path: pathOf(best), sentence };
}

/** Its path from the top; of an element deeper than a path can say, its name at any depth. */
function pathOf({ path }: Place): string {
  return isPath(path) ? path : `/${path.slice(path.lastIndexOf('/'))}`;
}
