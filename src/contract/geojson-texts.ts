// The words of GeoJSON: its options, and what is said of places before and while they are written.
import type { GeometryProblem } from '../table/geometry.ts';

export const GEO_TEXTS = {
  'longitude.title': 'Longitude',
  'longitude.help':
    'The column of degrees east of Greenwich, -180 to 180. Empty: a column called longitude, lon, lng or long.',
  'latitude.title': 'Latitude',
  'latitude.help':
    'The column of degrees north of the equator, -90 to 90. Empty: a column called latitude or lat.',
  'geometry.title': 'Geometry',
  'geometry.help':
    'A column of whole geometries as well-known text (WKT) or GeoJSON, in WGS 84. Empty: the longitude and latitude, or else a column called geometry, geom, wkt or geojson.',
  'idColumn.title': 'Column of the id',
  'idColumn.help': 'The column whose values become the ids of the features. Empty: they have none.',
  'badGeometry.title': 'Wrong coordinates',
  'badGeometry.help':
    'Places that are not on earth, half of a coordinate, open rings, texts that are no geometry.',
  'badGeometry.fail': 'Stop with an error',
  'badGeometry.null': 'No geometry (counted)',
} as const;

const PROBLEMS: Record<GeometryProblem, string> = {
  syntax: 'it is neither WKT nor GeoJSON, or no number',
  type: 'GeoJSON has no such geometry',
  range: 'longitudes are -180 to 180 and latitudes -90 to 90',
  shape: 'a line has two positions, a ring four and is closed',
  system: 'GeoJSON knows WGS 84 only',
};

export const GEO_FINDINGS = {
  noColumn: (name: string): string => `There is no column “${name}”.`,
  twoPlaces: 'A feature has one geometry: name either its column or longitude and latitude.',
  noCoordinates:
    'GeoJSON needs coordinates: name the columns of longitude and latitude, or one of geometries.',
  problems: PROBLEMS,
  'json.bad-geometry': 'A place was left out because its coordinates are wrong.',
  'json.ring-reversed':
    'A ring of a polygon was turned round, as GeoJSON has outer rings go counterclockwise.',
} as const;
