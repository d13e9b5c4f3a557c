// The options of formats that write GeoJSON.
import { z } from 'zod';
import { columnNameSchema } from './column-ref.schema.ts';

const showIf = { option: 'structure', equals: ['geojson'] };

/** Option properties for a JSON format's zod object, shown with `structure: geojson`; their words are GEO_TEXTS. */
export const GEO_SHAPE = {
  longitude: columnNameSchema.default('').meta({ showIf }),
  latitude: columnNameSchema.default('').meta({ showIf }),
  geometry: columnNameSchema.default('').meta({ showIf }),
  idColumn: columnNameSchema.default('').meta({ showIf }),
  badGeometry: z.enum(['fail', 'null']).default('fail').meta({ showIf }),
};
