// Rows as GeoJSON features (RFC 7946): which columns hold the place, and each row's geometry before its properties.
import { isNullValue, type Batch } from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import type { Schema } from '../table/data-type.ts';
import {
  geometryText,
  jsonNumber,
  pointText,
  type GeometryProblem,
  type GeometryText,
} from '../table/geometry.ts';
import type { JsonRecordForm, RecordFrame } from '../table/json-records.ts';
import { fieldText } from '../table/text-block.ts';
import { createValueWriter } from '../table/write-value.ts';
import { ExportError, shorten } from './errors.ts';
import { GEO_FINDINGS } from './geojson-texts.ts';
import { jsonTimes } from './json-times.ts';
import { openJsonRecords, type JsonValueOptions } from './json-values.ts';
import { MisfitError } from './misfit.ts';
import type { FormatFinding } from './format-finding.ts';
import type { LossCard } from './format-plugin.ts';
import type { Loss } from './report.ts';

/** The options of geojson.schema.ts. */
export interface GeoOptions {
  longitude: string;
  latitude: string;
  geometry: string;
  idColumn: string;
  badGeometry: 'fail' | 'null';
}

/** What these losses come to, for the cards of formats that write features. */
export const GEO_LOSSES: readonly LossCard[] = [
  { code: 'json.bad-geometry', kind: 'lost', isCounted: true, option: 'badGeometry' },
  { code: 'json.ring-reversed', kind: 'changed', isCounted: true },
];

/** Where the place of a row stands: two columns of degrees, or one of geometries. */
type Place = { longitude: number; latitude: number } | { geometry: number };

const LONGITUDES = ['longitude', 'lon', 'lng', 'long'];
const LATITUDES = ['latitude', 'lat'];
const GEOMETRIES = ['geometry', 'geom', 'the_geom', 'geojson', 'wkt', 'wkt_geom', 'shape'];

/** The first column with one of these names, in any letter case, the earlier names first. */
function findNamed({ fields }: Schema, names: readonly string[]): number {
  for (const name of names) {
    const position = fields.findIndex((field) => field.name.trim().toLowerCase() === name);
    if (position >= 0) return position;
  }
  return -1;
}

const findExact = ({ fields }: Schema, name: string): number =>
  fields.findIndex((field) => field.name === name);

/** The columns of the place, named by the options or by themselves; null: there are none. */
function findPlace(options: GeoOptions, schema: Schema): Place | null {
  if (options.geometry !== '') {
    const geometry = findExact(schema, options.geometry);
    return geometry < 0 ? null : { geometry };
  }
  const find = (name: string, known: readonly string[]): number =>
    name === '' ? findNamed(schema, known) : findExact(schema, name);
  const longitude = find(options.longitude, LONGITUDES);
  const latitude = find(options.latitude, LATITUDES);
  if (longitude >= 0 && latitude >= 0) return { longitude, latitude };
  if (options.longitude !== '' || options.latitude !== '') return null;
  const geometry = findNamed(schema, GEOMETRIES);
  return geometry < 0 ? null : { geometry };
}

/** Names of columns that the options give and the table lacks, and whether it has a place at all. */
export function checkGeo(options: GeoOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (option: string, code: string, sentence: string): void => {
    findings.push({ severity: 'error', option, code, sentence });
  };
  for (const option of ['longitude', 'latitude', 'geometry', 'idColumn'] as const)
    if (options[option] !== '' && findExact(schema, options[option]) < 0)
      error(option, 'json.no-column', GEO_FINDINGS.noColumn(shorten(options[option])));
  const { geometry, longitude, latitude } = options;
  if (geometry !== '' && (longitude !== '' || latitude !== ''))
    error('geometry', 'json.two-places', GEO_FINDINGS.twoPlaces);
  else if (findings.length === 0 && findPlace(options, schema) === null)
    error(
      (longitude === '') === (latitude === '')
        ? 'geometry'
        : longitude === ''
          ? 'longitude'
          : 'latitude',
      'json.no-coordinates',
      GEO_FINDINGS.noCoordinates,
    );
  return findings;
}

/** The columns of the table that stand in the features' properties. */
export function propertyColumns(options: GeoOptions, schema: Schema): number[] {
  const place = findPlace(options, schema) ?? {};
  const taken = new Set<number>(Object.values(place));
  return schema.fields.map((_, position) => position).filter((position) => !taken.has(position));
}

/** A cell's text; null = it is null. */
type CellReader = (row: number) => string | null;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function cellReader(batch: Batch, position: number): CellReader {
  const column = batch.columns[position]!;
  if (column.storage === 'text') return (row) => fieldText(batch.block!, row, column.index);
  const write = createValueWriter(column);
  const { dictionary } = column;
  const out = new ByteWriter(64);
  return (row) => {
    if (column.type.kind === 'null' || isNullValue(column, row)) return null;
    if (dictionary !== null && isNullValue(dictionary, Number(column.values![row]))) return null;
    out.clear();
    write(row, out);
    return decoder.decode(out.written());
  };
}

/** Writes features; as {@link JsonRecords} writes records. */
export interface FeatureWriter {
  writeBatch(batch: Batch, firstRow: number, out: ByteWriter, frame: RecordFrame): number;
  takeLosses(isFirst: boolean): Loss[];
}

/** `indent`: white space before a feature's braces and of its members; null = on one line. The options passed {@link checkGeo}. */
export function openFeatures(
  schema: Schema,
  options: JsonValueOptions & GeoOptions,
  indent: JsonRecordForm['indent'],
): FeatureWriter {
  const place = findPlace(options, schema)!;
  const id = options.idColumn === '' ? -1 : findExact(schema, options.idColumn);
  const positions = propertyColumns(options, schema);
  const part: Schema = { fields: positions.map((position) => schema.fields[position]!) };
  const times = jsonTimes(options, schema);
  const member = indent === null ? '' : `\n${indent.before}${indent.unit}`;
  const colon = indent === null ? ':' : ': ';
  const { records, startBatch, takeLosses } = openJsonRecords(
    part,
    options,
    indent && { before: indent.before + indent.unit, unit: indent.unit },
    { times: positions.map((position) => times[position]!) },
  );
  const placeName = Object.values(place)
    .map((position: number) => schema.fields[position]!.name)
    .join(', ');
  const start = `{${member}"type"${colon}"Feature"`;
  const beforeId = `,${member}"id"${colon}`;
  const beforeGeometry = `,${member}"geometry"${colon}`;
  const beforeProperties = `,${member}"properties"${colon}`;
  const end = new TextEncoder().encode(indent === null ? '}' : `\n${indent.before}}`);
  let losses = new Map<string, Loss>();

  const lose = (code: 'json.bad-geometry' | 'json.ring-reversed', example: string, n: number) => {
    const known = losses.get(code);
    if (known) known.count += n;
    else
      losses.set(code, {
        code,
        sentence: GEO_FINDINGS[code],
        column: placeName,
        count: n,
        example: shorten(example),
      });
  };

  /** The geometry of each row as GeoJSON, `null` where it has none. */
  const geometries = (batch: Batch, rowNumber: (row: number) => number) => {
    const read = placeReader(place, batch);
    return (row: number): string => {
      const found = read(row);
      if (found === null) return 'null';
      const { source, geometry } = found;
      if (geometry.problem === undefined) {
        if (geometry.reversed > 0) lose('json.ring-reversed', source, geometry.reversed);
        return geometry.text ?? 'null';
      }
      if (options.badGeometry === 'fail')
        throw new ExportError('encode.json.bad-geometry', {
          value: shorten(source),
          column: placeName,
          row: rowNumber(row),
          detail: GEO_FINDINGS.problems[geometry.problem],
        });
      lose('json.bad-geometry', source, 1);
      return 'null';
    };
  };

  return {
    writeBatch(batch, firstRow, out, frame) {
      startBatch(firstRow);
      const { selection } = batch;
      const geometryOf = geometries(
        batch,
        (row) => firstRow + (selection === null ? row : selection.indexOf(row)) + 1,
      );
      const idOf = id < 0 ? () => null : cellReader(batch, id);
      const isNumber = id >= 0 && schema.fields[id]!.type.kind === 'int';
      const after = new Uint8Array(end.length + frame.after.length);
      after.set(end);
      after.set(frame.after, end.length);
      const features: RecordFrame = {
        first: frame.first,
        before: frame.before,
        after,
        lead(row, to) {
          to.ascii(start);
          const text = idOf(row);
          if (text !== null) {
            to.ascii(beforeId);
            to.text((isNumber ? jsonNumber(text) : null) ?? JSON.stringify(text));
          }
          to.ascii(beforeGeometry);
          to.text(geometryOf(row));
          to.ascii(beforeProperties);
        },
      };
      const columns = positions.map((position) => batch.columns[position]!);
      try {
        return records.writeBatch({ ...batch, schema: part, columns }, out, features);
      } catch (thrown) {
        if (!(thrown instanceof MisfitError)) throw thrown;
        const { columnIndex, rowInBatch, valueText } = thrown;
        throw new MisfitError(positions[columnIndex]!, rowInBatch, valueText);
      }
    },
    takeLosses(isFirst) {
      const taken = [...takeLosses(isFirst), ...losses.values()];
      losses = new Map();
      return taken;
    },
  };
}

/** The place of each row with the text it came from; null: the row has none. */
function placeReader(
  place: Place,
  batch: Batch,
): (row: number) => { source: string; geometry: GeometryText } | null {
  if ('geometry' in place) {
    const read = cellReader(batch, place.geometry);
    return (row) => {
      const source = read(row);
      if (source === null || source.trim() === '') return null;
      return { source, geometry: geometryText(source) };
    };
  }
  const readLongitude = cellReader(batch, place.longitude);
  const readLatitude = cellReader(batch, place.latitude);
  return (row) => {
    const texts = [readLongitude(row), readLatitude(row)].map((text) => text?.trim() ?? '');
    if (texts.every((text) => text === '')) return null;
    const numbers = texts.map(jsonNumber);
    const problem: { problem: GeometryProblem } = { problem: 'syntax' };
    const geometry = numbers.includes(null) ? problem : pointText(numbers as string[]);
    return { source: texts.join(', '), geometry };
  };
}
