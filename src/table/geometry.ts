// Geometries out of well-known text (OGC 06-103r4) or GeoJSON, checked, and written as GeoJSON (RFC 7946).

/** Coordinates as their numbers' own digits, nested as deep as the type has them. */
type Coordinates = string[] | Coordinates[];

interface Shape {
  type: string;
  coordinates: Coordinates;
  /** Members of a GeoJSON object that are no coordinates, as `,"bbox":…`. */
  others: string;
}

interface Collection {
  type: 'GeometryCollection';
  geometries: (Shape | Collection)[];
  others: string;
}

/** What keeps a text from being a geometry, or its coordinates from being places on earth. */
export type GeometryProblem = 'syntax' | 'type' | 'range' | 'shape' | 'system';

/** A geometry as GeoJSON; null: it is an empty one. `reversed`: how many rings were turned to go round as RFC 7946 asks for. */
export type GeometryText =
  { text: string | null; reversed: number; problem?: undefined } | { problem: GeometryProblem };

/** How many lists stand around a position. */
const DEPTHS = new Map([
  ['Point', 0],
  ['MultiPoint', 1],
  ['LineString', 1],
  ['MultiLineString', 2],
  ['Polygon', 2],
  ['MultiPolygon', 3],
]);
const NAMES = new Map(
  [...DEPTHS.keys(), 'GeometryCollection'].map((name) => [name.toUpperCase(), name]),
);
/** WGS 84, the one system of GeoJSON. */
const WGS_84 = '4326';
const MOST_NESTED = 16;

class Misshapen extends Error {
  readonly problem: GeometryProblem;

  constructor(problem: GeometryProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** A number's text as JSON spells it: without a plus sign, leading zeros, or a bare point; null: it is none. */
export function jsonNumber(text: string): string | null {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/.exec(text);
  if (found === null) return null;
  const [, sign, whole = '', fraction = '', exponent = ''] = found;
  if (whole === '' && fraction === '') return null;
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  return `${sign === '-' ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}${exponent}`;
}

/** A position's text; throws for places that are not on earth. */
function positionText(position: readonly string[]): string {
  const [longitude, latitude] = position.map(Number) as [number, number];
  if (!(Math.abs(longitude) <= 180) || !(Math.abs(latitude) <= 90)) throw new Misshapen('range');
  if (!position.every((number) => Number.isFinite(Number(number)))) throw new Misshapen('range');
  return `[${position.join(',')}]`;
}

/** Two numbers in degrees, as their JSON text, as a point; a height may follow. */
export function pointText(position: readonly string[]): GeometryText {
  return attempt(() => ({
    text: `{"type":"Point","coordinates":${positionText(position)}}`,
    reversed: 0,
  }));
}

/** A geometry in well-known text (an SRID of 4326 may stand before it) or as a GeoJSON object, told apart by its first character. */
export function geometryText(source: string): GeometryText {
  return attempt(() => {
    const text = source.trim();
    const geometry = text.startsWith('{') ? readGeoJson(text) : readWellKnownText(text);
    const turned = { count: 0 };
    return { text: geometry && write(geometry, turned, 0), reversed: turned.count };
  });
}

function attempt(read: () => GeometryText): GeometryText {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Misshapen) return { problem: thrown.problem };
    throw thrown;
  }
}

// ---------------------------------------------------------------- writing

function write(geometry: Shape | Collection, turned: { count: number }, depth: number): string {
  if (depth > MOST_NESTED) throw new Misshapen('shape');
  const type = JSON.stringify(geometry.type);
  if ('geometries' in geometry) {
    const inner = geometry.geometries.map((each) => write(each, turned, depth + 1)).join(',');
    return `{"type":${type},"geometries":[${inner}]${geometry.others}}`;
  }
  const coordinates = coordinatesText(geometry, geometry.coordinates, DEPTHS.get(geometry.type)!);
  return `{"type":${type},"coordinates":${coordinates(turned)}${geometry.others}}`;
}

function coordinatesText(
  { type }: Shape,
  coordinates: Coordinates,
  depth: number,
): (turned: { count: number }) => string {
  if (depth === 0) return () => positionText(coordinates as string[]);
  const lists = coordinates as Coordinates[];
  if (type.endsWith('LineString') && depth === 1 && lists.length < 2) throw new Misshapen('shape');
  const isPolygon = type.endsWith('Polygon') && depth === 2;
  const inner = isPolygon
    ? lists.map((ring, r) => ringText(ring as string[][], r === 0))
    : lists.map((each) => coordinatesText({ type } as Shape, each, depth - 1));
  return (turned) => `[${inner.map((each) => each(turned)).join(',')}]`;
}

/** A ring: closed, of four positions at least, the outer one counterclockwise, holes clockwise (RFC 7946 §3.1.6). */
function ringText(ring: string[][], isOuter: boolean): (turned: { count: number }) => string {
  const first = ring[0];
  const last = ring.at(-1);
  if (first === undefined || last === undefined || ring.length < 4) throw new Misshapen('shape');
  if (first.some((number, i) => Number(number) !== Number(last[i]))) throw new Misshapen('shape');
  const texts = ring.map(positionText);
  const points = ring.map(([x, y]) => [Number(x), Number(y)] as const);
  let twiceArea = 0;
  for (const [i, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(i + 1) % points.length]!;
    twiceArea += (x - points[0]![0]) * (nextY - y) - (nextX - x) * (y - points[0]![1]);
  }
  const isWrong = isOuter ? twiceArea < 0 : twiceArea > 0;
  return (turned) => {
    if (isWrong) turned.count++;
    return `[${(isWrong ? texts.toReversed() : texts).join(',')}]`;
  };
}

// ---------------------------------------------------------------- GeoJSON

/** Marks the numbers of a document that was read with their digits kept. */
const NUMBER = '\u0000';

function readGeoJson(text: string): Shape | Collection | null {
  let plain: unknown;
  let marked: unknown;
  try {
    plain = JSON.parse(text);
    marked = JSON.parse(
      text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
        token.startsWith('"') ? token : `"\\u0000${token}"`,
      ),
    );
  } catch {
    throw new Misshapen('syntax');
  }
  return geometryOf(plain, marked, 0);
}

function geometryOf(plain: unknown, marked: unknown, depth: number): Shape | Collection | null {
  if (typeof plain !== 'object' || plain === null || depth > MOST_NESTED)
    throw new Misshapen('shape');
  const members = new Map(Object.entries(plain));
  const own = new Map(Object.entries(marked as object));
  const type = members.get('type') as unknown;
  if (members.has('crs')) throw new Misshapen('system');
  const others = [...members]
    .filter(([key]) => !['type', 'coordinates', 'geometries'].includes(key))
    .map(([key, value]) => `,${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .join('');
  if (type === 'GeometryCollection') {
    const inner: unknown = members.get('geometries');
    if (!Array.isArray(inner)) throw new Misshapen('shape');
    const geometries = inner.map((each: unknown, i) =>
      geometryOf(each, (own.get('geometries') as unknown[])[i], depth + 1),
    );
    return { type, geometries: geometries.filter((each) => each !== null), others };
  }
  const lists = typeof type === 'string' ? DEPTHS.get(type) : undefined;
  if (lists === undefined) throw new Misshapen('type');
  const found: unknown = members.get('coordinates');
  if (!Array.isArray(found)) throw new Misshapen('shape');
  if (found.length === 0) return null;
  const coordinates = coordinatesOf(found, own.get('coordinates'), lists);
  return { type: type as string, coordinates, others };
}

function coordinatesOf(plain: unknown, marked: unknown, depth: number): Coordinates {
  if (!Array.isArray(plain)) throw new Misshapen('shape');
  const own = marked as unknown[];
  if (depth > 0) return plain.map((each: unknown, i) => coordinatesOf(each, own[i], depth - 1));
  if (plain.length < 2 || plain.length > 3 || !plain.every((each) => typeof each === 'number'))
    throw new Misshapen('shape');
  return (own as string[]).map((each) => each.slice(NUMBER.length));
}

// ---------------------------------------------------------------- well-known text

function readWellKnownText(source: string): Shape | Collection | null {
  const system = /^SRID=(\d+);/i.exec(source);
  if (system && system[1] !== WGS_84) throw new Misshapen('system');
  const text = source.slice(system?.[0].length ?? 0);
  const tokens = text.match(/[A-Za-z]+|[-+.\d][-+.\deE]*|\S/g) ?? [];
  let at = 0;
  const take = (wanted: string): void => {
    if (tokens[at++] !== wanted) throw new Misshapen('syntax');
  };
  const listed = <T>(read: () => T): T[] => {
    take('(');
    const all = [read()];
    while (tokens[at] === ',') {
      at++;
      all.push(read());
    }
    take(')');
    return all;
  };
  const position = (least: number, most: number) => (): string[] => {
    const numbers: string[] = [];
    for (;;) {
      const number = /^[-+.\d]/.test(tokens[at] ?? '') ? jsonNumber(tokens[at]!) : null;
      if (number === null) break;
      numbers.push(number);
      at++;
    }
    if (numbers.length < least || numbers.length > most) throw new Misshapen('syntax');
    return numbers;
  };
  const geometry = (depth: number): Shape | Collection | null => {
    if (depth > MOST_NESTED) throw new Misshapen('shape');
    let word = (tokens[at++] ?? '').toUpperCase();
    let dimensions = '';
    // `POINT Z (…)`, and `POINTZ(…)` as some write it.
    const glued = NAMES.has(word) ? null : /^(.*?)(ZM|Z|M)$/.exec(word);
    if (glued && NAMES.has(glued[1]!))
      [, word, dimensions] = glued as unknown as [string, string, string];
    else if (/^(ZM|Z|M)$/i.test(tokens[at] ?? '')) dimensions = tokens[at++]!.toUpperCase();
    const type = NAMES.get(word);
    if (type === undefined) throw new Misshapen(/^[A-Z]/.test(word) ? 'type' : 'syntax');
    // Measures have no place in GeoJSON.
    if (dimensions.includes('M')) throw new Misshapen('type');
    if ((tokens[at] ?? '').toUpperCase() === 'EMPTY') {
      at++;
      return null;
    }
    if (type === 'GeometryCollection') {
      const geometries = listed(() => geometry(depth + 1)).filter((each) => each !== null);
      return { type, geometries, others: '' };
    }
    const one = position(dimensions === 'Z' ? 3 : 2, 3);
    const nested = (lists: number): Coordinates =>
      lists === 0 ? one() : listed(() => (lists > 1 ? nested(lists - 1) : point()));
    // Points of a MULTIPOINT may stand in parentheses of their own.
    const point = (): string[] => {
      if (type !== 'MultiPoint' || tokens[at] !== '(') return one();
      take('(');
      const read = one();
      take(')');
      return read;
    };
    const lists = DEPTHS.get(type)!;
    let coordinates: Coordinates;
    if (lists === 0) {
      take('(');
      coordinates = one();
      take(')');
    } else coordinates = nested(lists);
    return { type, coordinates, others: '' };
  };
  const read = geometry(0);
  if (at !== tokens.length) throw new Misshapen('syntax');
  return read;
}
