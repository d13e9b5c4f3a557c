// What the options of the json format do, shown on the sample table.
import { GEO_EXAMPLES } from '../../contract/geojson.examples.ts';
import { JSON_VALUE_EXAMPLES } from '../../contract/json-values.examples.ts';
import type { OptionExamples } from '../../contract/options.schema.ts';

const CITIES = [{ column: { name: 'city' }, key: 'cities' }];
const ENTITIES = [
  { name: 'cities', key: ['city'], columns: ['city'] },
  { name: 'orders', columns: ['order', 'city'] },
];

export const JSON_EXAMPLES: OptionExamples = {
  ...JSON_VALUE_EXAMPLES,
  ...GEO_EXAMPLES,
  headers: [
    {
      options: { shape: 'arrays', headers: false },
      columns: ['order', 'city'],
      begins: '{"records":[\n[1001,"Lima"]',
    },
  ],
  structure: [
    {
      options: { structure: 'columnar', rootKey: '' },
      columns: ['order', 'city'],
      begins: '{\n"order":[1001,1002,1003],\n"city":["Lima",',
    },
    {
      options: { structure: 'keyed', keyColumns: ['order'] },
      columns: ['order', 'city'],
      shows: '"1001":{',
    },
    {
      options: { structure: 'geojson' },
      columns: ['order', 'lon', 'lat'],
      begins: '{"type":"FeatureCollection","features":[',
    },
    {
      options: { structure: 'nested', levels: CITIES },
      columns: ['city', 'order'],
      shows: '"Lima":{"records":[\n{"order":1001}',
      // A group's key is text: a null is not told from the text “null”.
      finds: { cells: [{ row: 2, column: 0, value: 'null' }] },
    },
    {
      options: { structure: 'normalized', entities: ENTITIES },
      columns: ['order', 'city'],
      shows: '"Lima":{"city":"Lima"}',
    },
  ],
  keyColumns: [
    {
      options: { structure: 'keyed', keyColumns: ['order'] },
      columns: ['order', 'city'],
      shows: '"1001":{"order":1001,"city":"Lima"}',
    },
  ],
  keepKey: [
    {
      options: { structure: 'keyed', keyColumns: ['city'], keepKey: false },
      columns: ['order', 'city'],
      shows: '"Lima":{"order":1001}',
      finds: {
        rows: [
          [1001, null],
          [1002, null],
          [1003, null],
        ],
      },
    },
  ],
  duplicateKeys: [
    {
      options: { structure: 'keyed', keyColumns: ['same'], duplicateKeys: 'first' },
      columns: ['order', 'same'],
      shows: '"x":{"order":1001,"same":"x"}',
      finds: {
        rows: [
          [1001, 'x'],
          [1003, 'y'],
        ],
      },
    },
    {
      options: { structure: 'keyed', keyColumns: ['same'], duplicateKeys: 'number' },
      columns: ['order', 'same'],
      shows: '"x_2":{"order":1002',
    },
  ],
  rootKey: [
    { options: { rootKey: 'orders' }, columns: ['order'], shows: '{"orders":[' },
    { options: { rootKey: '' }, columns: ['order'], begins: '[\n{"order":1001}' },
  ],
  levels: [
    {
      options: { structure: 'nested', levels: CITIES },
      columns: ['city', 'order'],
      shows: '{"cities":{\n"Lima"',
      finds: { cells: [{ row: 2, column: 0, value: 'null' }] },
    },
  ],
  childrenKey: [
    {
      options: { structure: 'nested', levels: CITIES, childrenKey: 'orders' },
      columns: ['city', 'order'],
      shows: '"Lima":{"orders":[',
    },
  ],
  entities: [
    {
      options: { structure: 'normalized', entities: ENTITIES },
      columns: ['order', 'city'],
      shows: '"cities":{\n"Lima"',
    },
  ],
  references: [
    {
      options: {
        structure: 'normalized',
        entities: [
          { name: 'notes', key: ['note'], columns: ['note'] },
          { name: 'orders', columns: ['order'] },
        ],
        references: [{ from: 'orders', column: 'order', to: 'notes' }],
      },
      columns: ['order', 'note'],
      shows: '"relationships":{\n"orders":{"order":"notes"}',
    },
  ],
  includeMetadata: [
    { options: { includeMetadata: true }, columns: ['order'], shows: '"rowCount":3' },
  ],
  metadataPlace: [
    {
      options: { includeMetadata: true, metadataPlace: 'before' },
      columns: ['order'],
      begins: '{"metadata":{"generated":',
    },
    {
      options: { includeMetadata: true, metadataPlace: 'before' },
      columns: ['order'],
      shows: ',\n"rowCount":3}',
    },
  ],
  indent: (
    [
      ['4', '    '],
      ['8', '        '],
      ['tab', '\t'],
    ] as const
  ).map(([indent, unit]) => ({
    options: { prettyPrint: true, indent },
    columns: ['order'],
    shows: `\n${unit}${unit}{\n${unit}${unit}${unit}"order": 1001\n`,
  })),
  finalNewline: [{ options: { finalNewline: false }, columns: ['order'], ends: ']}' }],
  prettyPrint: [
    {
      options: { prettyPrint: true },
      columns: ['order', 'city'],
      shows: '    {\n      "order": 1001,\n      "city": "Lima"\n    }',
    },
  ],
};
