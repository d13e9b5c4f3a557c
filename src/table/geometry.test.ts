// Geometries as GeoJSON: what is accepted, what is refused, and that no digit is lost.
import { describe, expect, it } from 'vitest';
import { geometryText, jsonNumber, pointText } from './geometry.ts';

const textOf = (source: string): string | null => {
  const found = geometryText(source);
  if (found.problem !== undefined) throw new Error(found.problem);
  return found.text;
};

describe('well-known text', () => {
  it.each([
    ['POINT (30 10)', '{"type":"Point","coordinates":[30,10]}'],
    ['point(-0.10 +5e1)', '{"type":"Point","coordinates":[-0.10,5e1]}'],
    [
      'SRID=4326;POINT(1.2345678901234567890 .5)',
      '{"type":"Point","coordinates":[1.2345678901234567890,0.5]}',
    ],
    ['POINT Z (1 2 3.0)', '{"type":"Point","coordinates":[1,2,3.0]}'],
    ['POINTZ(1 2 3)', '{"type":"Point","coordinates":[1,2,3]}'],
    [
      'LINESTRING (30 10, 10 30, 40 40)',
      '{"type":"LineString","coordinates":[[30,10],[10,30],[40,40]]}',
    ],
    [
      'POLYGON ((35 10, 45 45, 15 40, 10 20, 35 10),(20 30, 35 35, 30 20, 20 30))',
      '{"type":"Polygon","coordinates":[[[35,10],[45,45],[15,40],[10,20],[35,10]],[[20,30],[35,35],[30,20],[20,30]]]}',
    ],
    ['MULTIPOINT ((10 40), (40 30))', '{"type":"MultiPoint","coordinates":[[10,40],[40,30]]}'],
    ['MULTIPOINT (10 40, 40 30)', '{"type":"MultiPoint","coordinates":[[10,40],[40,30]]}'],
    [
      'MULTILINESTRING ((10 10, 20 20),(40 40, 30 30))',
      '{"type":"MultiLineString","coordinates":[[[10,10],[20,20]],[[40,40],[30,30]]]}',
    ],
    [
      'MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)),((5 5, 6 5, 6 6, 5 5)))',
      '{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}',
    ],
    [
      'GEOMETRYCOLLECTION (POINT (4 6), LINESTRING (4 6, 7 10), POINT EMPTY)',
      '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[4,6]},{"type":"LineString","coordinates":[[4,6],[7,10]]}]}',
    ],
    ['POINT EMPTY', null],
  ])('%s', (source, wanted) => {
    expect(textOf(source)).toBe(wanted);
  });
});

describe('GeoJSON', () => {
  it.each([
    ['{"type":"Point","coordinates":[1.10,-2e0]}', '{"type":"Point","coordinates":[1.10,-2e0]}'],
    [
      ' { "coordinates": [ 1, 2.50 ], "bbox": [1,2,1,2], "type": "Point" } ',
      '{"type":"Point","coordinates":[1,2.50],"bbox":[1,2,1,2]}',
    ],
    [
      '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}',
      '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}',
    ],
    ['{"type":"MultiPoint","coordinates":[]}', null],
  ])('%s', (source, wanted) => {
    expect(textOf(source)).toBe(wanted);
  });
});

it('turns rings that go the wrong way round, and counts them', () => {
  const clockwise = 'POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))';
  expect(geometryText(clockwise)).toEqual({
    text: '{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}',
    reversed: 2,
  });
});

it.each([
  ['', 'syntax'],
  ['POINT', 'syntax'],
  ['POINT (1)', 'syntax'],
  ['POINT (1 2', 'syntax'],
  ['POINT (1 2) x', 'syntax'],
  ['POINT (1 2 3 4)', 'syntax'],
  ['POINT (1, 2)', 'syntax'],
  ['POINT (1.2.3 4)', 'syntax'],
  ['{"type":"Point","coordinates":[1,2]', 'syntax'],
  ['here', 'type'],
  ['CIRCLE (1 2)', 'type'],
  ['POINT M (1 2 3)', 'type'],
  ['{"type":"Feature","geometry":null}', 'type'],
  ['{"coordinates":[1,2]}', 'type'],
  ['SRID=3857;POINT (1 2)', 'system'],
  ['{"type":"Point","coordinates":[1,2],"crs":null}', 'system'],
  ['POINT (181 0)', 'range'],
  ['POINT (0 -90.000001)', 'range'],
  ['POINT (1e400 0)', 'range'],
  ['{"type":"Point","coordinates":["1","2"]}', 'shape'],
  ['{"type":"Point","coordinates":[1]}', 'shape'],
  ['{"type":"Point","coordinates":[[1,2]]}', 'shape'],
  ['{"type":"Polygon","coordinates":[[]]}', 'shape'],
  ['{"type":"GeometryCollection","geometries":{}}', 'shape'],
  ['LINESTRING (1 2)', 'shape'],
  ['POLYGON ((0 0, 1 0, 1 1, 0 1))', 'shape'],
  ['POLYGON ((0 0, 1 0, 0 0))', 'shape'],
  [`${'GEOMETRYCOLLECTION('.repeat(50)}POINT(1 2)${')'.repeat(50)}`, 'shape'],
])('%s is refused: %s', (source, problem) => {
  expect(geometryText(source)).toEqual({ problem });
});

it('points are checked like geometries', () => {
  expect(pointText(['-180', '90.0'])).toMatchObject({
    text: '{"type":"Point","coordinates":[-180,90.0]}',
  });
  expect(pointText(['-180.1', '0'])).toEqual({ problem: 'range' });
});

it.each([
  ['1.10', '1.10'],
  ['+007', '7'],
  ['-.5', '-0.5'],
  ['5.', '5'],
  ['00', '0'],
  ['1E+05', '1E+05'],
  ['.', null],
  ['', null],
  ['0x1', null],
  ['1,5', null],
  ['NaN', null],
])('the number %j is spelt %j', (text, wanted) => {
  expect(jsonNumber(text)).toBe(wanted);
});
