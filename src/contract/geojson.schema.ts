// The options of formats that write GeoJSON.
import { z } from 'zod';

const showIf = { option: 'structure', equals: ['geojson'] };

/** Option properties for a JSON format's zod object, shown with `structure: geojson`; their words are GEO_TEXTS. */
export const GEO_SHAPE = {
  longitude: z.string().default('').meta({ showIf }),
  latitude: z.string().default('').meta({ showIf }),
  geometry: z.string().default('').meta({ showIf }),
  idColumn: z.string().default('').meta({ showIf }),
  badGeometry: z.enum(['fail', 'null']).default('fail').meta({ showIf }),
};
