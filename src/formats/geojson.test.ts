// GeoJSON as RFC 7946 has it, checked by rules written down here and by Shapely, which reads every geometry.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatCard } from '../contract/format-plugin.ts';
import { sliceSelected } from '../table/batch.ts';
import { batchOf, schemaOf, type Value } from '../table/builders.ts';
import { FLOAT64, INT64, UTF8, type Schema } from '../table/data-type.ts';
import { encodeAll, textBatch } from './format.suite.ts';
import { ndjsonFormat } from './ndjson/format.ts';
import { lacksPython, runPython } from './python.suite.ts';
import { jsonFormat } from './json/format.ts';

interface Found {
  type: string;
  features: {
    type: string;
    id?: string | number;
    geometry: { type: string; coordinates: unknown } | null;
    properties: Record<string, unknown>;
  }[];
}

const GEO = { structure: 'geojson' };
const PLACES = schemaOf([
  ['id', INT64],
  ['lat', FLOAT64],
  ['lon', FLOAT64],
  ['name', UTF8],
]);
const LIMA: Value[] = [7n, -12.05, -77.03, 'Lima'];
const NOWHERE: Value[] = [8n, null, null, null];

async function features(values: Record<string, unknown>, schema: Schema, rows: Value[][]) {
  const encoded = await encodeAll(jsonFormat, { ...GEO, ...values }, schema, [
    batchOf(schema, rows),
  ]);
  return { ...encoded, found: JSON.parse(encoded.text) as Found };
}

/** Positions of a geometry, whatever its depth. */
function positions(coordinates: unknown): number[][] {
  const list = coordinates as unknown[];
  return typeof list[0] === 'number' ? [list as number[]] : list.flatMap(positions);
}

describe('a collection', () => {
  it('has a feature per row, longitude first', async () => {
    const { text } = await features({ idColumn: 'id' }, PLACES, [LIMA, NOWHERE]);
    expect(text).toBe(
      [
        '{"type":"FeatureCollection","features":[',
        '{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[-77.03,-12.05]},"properties":{"id":7,"name":"Lima"}},',
        '{"type":"Feature","id":8,"geometry":null,"properties":{"id":8,"name":null}}',
        ']}\n',
      ].join('\n'),
    );
    const pretty = await features({ prettyPrint: true, idColumn: 'name' }, PLACES, [LIMA]);
    expect(pretty.text).toBe(`{
  "type": "FeatureCollection",
  "features": [
    {
      "type": "Feature",
      "id": "Lima",
      "geometry": {"type":"Point","coordinates":[-77.03,-12.05]},
      "properties": {
        "id": 7,
        "name": "Lima"
      }
    }
  ]
}
`);
    expect((await features({}, PLACES, [])).text).toBe(
      '{"type":"FeatureCollection","features":[]}\n',
    );
    const described = await features({ includeMetadata: true }, PLACES, [LIMA]);
    expect(described.found).toMatchObject({ type: 'FeatureCollection', metadata: { rowCount: 1 } });
  });

  it('keeps the digits of a text, and repeats the place for expanded arrays', async () => {
    const schema = schemaOf([
      ['latitude', UTF8],
      ['Longitude', UTF8],
      ['tags', { kind: 'json' }],
    ]);
    const batch = textBatch(schema, [['-012.050', '+77.0300', '[1,2]']]);
    const values = { ...GEO, arrayHandling: 'expand' };
    const { text, rowCount } = await encodeAll(jsonFormat, values, schema, [batch]);
    expect(text).toContain('"coordinates":[77.0300,-12.050]},"properties":{"tags":1}');
    expect(text).toContain('"coordinates":[77.0300,-12.050]},"properties":{"tags":2}');
    expect(rowCount).toBe(2);
  });

  it('is lines of features in ndjson, behind record separators where asked for', async () => {
    const batches = [batchOf(PLACES, [LIMA, NOWHERE])];
    const { text } = await encodeAll(ndjsonFormat, GEO, PLACES, batches);
    expect(text.split('\n')).toHaveLength(3);
    expect(JSON.parse(text.split('\n')[1]!)).toMatchObject({ type: 'Feature', geometry: null });
    const sequence = { ...GEO, recordSeparator: true };
    const marked = (await encodeAll(ndjsonFormat, sequence, PLACES, batches)).text;
    expect(marked).toBe(text.replaceAll('{"type":"Feature"', '\u001e{"type":"Feature"'));
    expect(ndjsonFormat.fileKind!(ndjsonFormat.options.parse(sequence).value!)).toEqual({
      extension: '.geojsonl',
      mediaType: 'application/geo+json-seq',
    });
  });
});

describe('wrong places', () => {
  it.each<[Value[], string]>([
    [[1n, 91, 0, 'x'], 'longitudes are -180 to 180'],
    [[1n, 0, -180.5, 'x'], 'longitudes are -180 to 180'],
    [[1n, null, 0, 'x'], 'no number'],
    [[1n, Number.NaN, 0, 'x'], 'no number'],
  ])('%s stop the run, or have no geometry', async (row, detail) => {
    const rows = [LIMA, row];
    await expect(features({}, PLACES, rows)).rejects.toMatchObject({
      code: 'encode.json.bad-geometry',
      parameters: { row: 2, detail: expect.stringContaining(detail) as unknown },
    });
    const { found, losses } = await features({ badGeometry: 'null' }, PLACES, rows);
    expect(found.features.map(({ geometry }) => geometry?.type)).toEqual(['Point', undefined]);
    expect(losses).toMatchObject([{ code: 'json.bad-geometry', count: 1, column: 'lon, lat' }]);
  });

  it.each([
    [{}, schemaOf([['a', UTF8]]), 'json.no-coordinates', 'geometry'],
    [{ longitude: 'a' }, schemaOf([['a', UTF8]]), 'json.no-coordinates', 'latitude'],
    [{ geometry: 'b' }, schemaOf([['a', UTF8]]), 'json.no-column', 'geometry'],
    [{ idColumn: 'b' }, PLACES, 'json.no-column', 'idColumn'],
    [{ geometry: 'name', longitude: 'lon' }, PLACES, 'json.two-places', 'geometry'],
    [{ shape: 'arrays' }, PLACES, 'json.structure-needs-objects', 'shape'],
  ])('%j cannot be', (values, schema, code, option) => {
    const cards: FormatCard[] = [jsonFormat, ndjsonFormat];
    for (const card of cards) {
      const options: unknown = card.options.parse({ ...GEO, ...values }).value;
      expect(card.check!({ options, schema, charset: 'utf-8' })).toContainEqual(
        expect.objectContaining({ severity: 'error', code, option }),
      );
    }
  });
});

// Multiples of 1/64 are doubles and decimals at once, so that sums and areas are exact.
const degree = (most: number) => fc.integer({ min: -most * 64, max: most * 64 }).map((n) => n / 64);
const position = fc.tuple(degree(180), degree(90));
const triangle = fc
  .tuple(position, position, position)
  .filter(([a, b, c]) => (b[0] - a[0]) * (c[1] - a[1]) !== (c[0] - a[0]) * (b[1] - a[1]))
  .map(([a, b, c]) => [a, b, c, a]);
const listText = (list: readonly (readonly number[])[]): string =>
  `(${list.map((each) => each.join(' ')).join(', ')})`;
const geometry = fc.oneof(
  position.map((each) => `POINT ${listText([each])}`),
  fc.array(position, { minLength: 2, maxLength: 5 }).map((all) => `LINESTRING ${listText(all)}`),
  fc.array(position, { minLength: 1, maxLength: 5 }).map((all) => `MULTIPOINT ${listText(all)}`),
  triangle.map((ring) => `POLYGON (${listText(ring)})`),
  fc
    .array(triangle, { minLength: 1, maxLength: 3 })
    .map((all) => `MULTIPOLYGON (${all.map((ring) => `(${listText(ring)})`).join(', ')})`),
  fc
    .tuple(position, position)
    .map(
      (both) => `GEOMETRYCOLLECTION (POINT ${listText([both[0]])}, LINESTRING ${listText(both)})`,
    ),
);
const GEOMETRIES = schemaOf([
  ['wkt', UTF8],
  ['n', INT64],
]);

/** Prints for each feature its geometry as Shapely understands it, and whether all rings go the right way round. */
const SHAPELY = `
import json,sys
from shapely.geometry import shape
from shapely import wkt
collection=json.load(sys.stdin)
assert collection['type']=='FeatureCollection'
sources=json.loads(sys.argv[1])
out=[]
def rings(g):
    parts=getattr(g,'geoms',[g])
    return all(p.exterior.is_ccw and not any(h.is_ccw for h in p.interiors) for p in parts if p.geom_type=='Polygon')
for feature,source in zip(collection['features'],sources):
    g=shape(feature['geometry'])
    w=wkt.loads(source)
    same=g.geom_type==w.geom_type and (g.normalize().wkt==w.normalize().wkt)
    out.append([same,rings(g)])
print(json.dumps(out))`;

describe('geometries', () => {
  it('of random text keep to the rules, however rows are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(geometry, { maxLength: 6 }), fc.nat(6), async (all, at) => {
        const whole = batchOf(
          GEOMETRIES,
          all.map((each, i) => [each, BigInt(i)]),
        );
        const { text } = await encodeAll(jsonFormat, GEO, GEOMETRIES, [whole]);
        const { features: found } = JSON.parse(text) as Found;
        expect(found).toHaveLength(all.length);
        for (const [i, feature] of found.entries()) {
          expect(Object.keys(feature)).toEqual(['type', 'geometry', 'properties']);
          expect(feature.properties).toEqual({ n: i });
          if (feature.geometry!.type === 'GeometryCollection') continue;
          for (const [x, y] of positions(feature.geometry!.coordinates)) {
            expect(Math.abs(x!)).toBeLessThanOrEqual(180);
            expect(Math.abs(y!)).toBeLessThanOrEqual(90);
          }
        }
        if (at === 0 || at >= all.length) return;
        const pieces = [sliceSelected(whole, 0, at), sliceSelected(whole, at, all.length)];
        expect((await encodeAll(jsonFormat, GEO, GEOMETRIES, pieces)).text).toBe(text);
      }),
    );
  });

  it.skipIf(lacksPython('shapely'))('are what Shapely reads of the same text', async () => {
    const all = fc.sample(geometry, { numRuns: 300, seed: 7946 });
    const { text } = await features(
      {},
      GEOMETRIES,
      all.map((each) => [each, 1n]),
    );
    const judged = JSON.parse(runPython(SHAPELY, text, JSON.stringify(all))) as boolean[][];
    expect(judged).toEqual(all.map(() => [true, true]));
  });
});
