// What the options of GeoJSON do, shown on the sample table.
import type { OptionExamples } from './options.schema.ts';

const POINT = '"geometry":{"type":"Point","coordinates":[-77.03,-12.05]}';
const POLYGON = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
};

/** Examples of `GEO_SHAPE`. */
export const GEO_EXAMPLES: OptionExamples = {
  longitude: [
    {
      options: { structure: 'geojson', longitude: 'x', latitude: 'y' },
      columns: ['order', 'x', 'y'],
      shows: POINT,
    },
  ],
  latitude: [
    {
      options: { structure: 'geojson', longitude: 'x', latitude: 'y' },
      columns: ['order', 'x', 'y'],
      shows: POINT,
    },
  ],
  geometry: [
    {
      options: { structure: 'geojson', geometry: 'area' },
      columns: ['order', 'area'],
      shows: '"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}',
      finds: {
        cells: [
          { row: 0, column: 1, value: POLYGON },
          { row: 1, column: 1, value: { type: 'Point', coordinates: [1.5, 2] } },
        ],
      },
    },
  ],
  idColumn: [
    {
      options: { structure: 'geojson', idColumn: 'order' },
      columns: ['order', 'lon', 'lat'],
      shows: '"type":"Feature","id":1001,',
    },
  ],
  badGeometry: [
    {
      options: { structure: 'geojson', longitude: 'lat', latitude: 'lon', badGeometry: 'null' },
      columns: ['order', 'lon', 'lat'],
      shows: '"geometry":null',
      // 151.2 degrees is no latitude.
      finds: {
        cells: [
          { row: 1, column: 1, value: null },
          { row: 1, column: 2, value: null },
        ],
      },
    },
  ],
};
