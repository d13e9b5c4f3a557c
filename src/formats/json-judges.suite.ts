// JSON.parse as the reader of json and ndjson outputs, whatever their structure.
import { expect } from 'vitest';
import { uniqueNames } from '../table/write-json.ts';
import type { Found, Judge, Options } from './judge.suite.ts';

type Document = Record<string, unknown>;

/** The keys under which the columns stand, as far as the options leave them to be known. */
function keysOf(record: object | undefined, options: Options, names: string[]): string[] {
  const isChanged = (options.keyCase ?? 'keep') !== 'keep';
  return isChanged && record !== undefined ? Object.keys(record) : uniqueNames(names);
}

function readRecords(records: unknown[], options: Options, names: string[]): Found {
  if (options.shape === 'arrays') {
    if (options.headers === false) return { names, rows: records as unknown[][] };
    const [head, ...rows] = records as unknown[][];
    return { names: head as string[], rows };
  }
  const keys = keysOf(records[0] as object | undefined, options, names);
  const rows = records.map((record) => {
    const values = new Map(Object.entries(record as object));
    return keys.map((key) => values.get(key) ?? null);
  });
  return { names: (options.keyCase ?? 'keep') === 'keep' ? names : keys, rows };
}

/** Rows under the groups of the option `levels`, whose values come first in each row. */
function readGroups(document: Document, options: Options, depth = 0): unknown[][] {
  const levels = options.levels as { key: string }[];
  const level = levels[depth];
  if (level === undefined) {
    const records = document[options.childrenKey as string] as object[];
    return records.map((record) => Object.values(record));
  }
  const groups = Object.entries(document[level.key] as Record<string, Document>);
  return groups.flatMap(([value, group]) =>
    readGroups(group, options, depth + 1).map((row) => [value, ...row]),
  );
}

/** Lists of values by the name of their column. */
function readColumns(lists: Record<string, unknown[]>, options: Options, names: string[]): Found {
  const keys = keysOf(lists, options, names);
  const byName = new Map(Object.entries(lists));
  const columns = keys.map((key) => byName.get(key)!);
  const rows = (columns[0] ?? []).map((_value, row) => columns.map((values) => values[row]));
  return { names, rows };
}

interface Feature {
  type: string;
  id?: unknown;
  geometry: { type: string; coordinates: unknown[] } | null;
  properties: Document;
}

/** What stands in columns of coordinates comes out of the geometry, and the id out of its member. */
function readFeatures(features: Feature[], options: Options, names: string[]): Found {
  const rows = features.map(({ type, id, geometry, properties }) => {
    expect(type).toBe('Feature');
    return names.map((name) => {
      if (name === (options.longitude || 'lon')) return geometry?.coordinates[0] ?? null;
      if (name === (options.latitude || 'lat')) return geometry?.coordinates[1] ?? null;
      if (name === options.geometry) return geometry;
      if (name === options.idColumn) return id ?? null;
      return properties[name] ?? null;
    });
  });
  return { names, rows };
}

const asJson: Omit<Judge, 'read'> = {
  exact: {},
  ofCell: (cell) => cell,
  ofValue: (_text, json) => JSON.parse(json) as unknown,
};

export const ndjsonJudge: Judge = {
  ...asJson,
  read(text, options, names) {
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    const records = lines.map((line) => {
      const isMarked = line.startsWith('\u001e');
      expect(isMarked).toBe(options.recordSeparator === true);
      return JSON.parse(isMarked ? line.slice(1) : line) as unknown;
    });
    return options.structure === 'geojson'
      ? readFeatures(records as Feature[], options, names)
      : readRecords(records, options, names);
  },
};

export const jsonJudge: Judge = {
  ...asJson,
  read(text, options, names) {
    const document = JSON.parse(text) as Document;
    const key = (options.rootKey as string | undefined) ?? 'records';
    const root = Array.isArray(document) || key === '' ? document : document[key];
    switch (options.structure) {
      case 'nested':
        return { names, rows: readGroups(document, options) };
      case 'normalized': {
        const entities = options.entities as { name: string }[];
        const records = document[entities.at(-1)!.name];
        return readRecords(records as unknown[], options, names);
      }
      case 'columnar':
        return readColumns(root as Record<string, unknown[]>, options, names);
      case 'keyed':
        return readRecords(Object.values(root as object), options, names);
      case 'geojson':
        expect(document.type).toBe('FeatureCollection');
        return readFeatures(document.features as Feature[], options, names);
      default:
        return readRecords(root as unknown[], options, names);
    }
  },
};
