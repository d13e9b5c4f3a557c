// An engine client for component tests: small, in memory, and as slow as the test says. Never part of the product.
import type { ExportConfig } from '../../contract/config.ts';
import { ExportError, type ErrorData } from '../../contract/errors.ts';
import type { OptionField } from '../../contract/options.ts';
import type { Progress, Report } from '../../contract/report.ts';
import type { Reread } from '../../contract/reread.ts';
import type { Catalogue, Inspection, Preview } from '../../contract/verbs.ts';
import type { EngineClient } from '../../worker/client.ts';

export interface FakeScript {
  inspection?: Partial<Inspection>;
  preview?: Partial<Preview>;
  reread?: Partial<Reread>;
  /** What a run ends with; it waits for `finish`. */
  error?: ErrorData;
}

/** Everything a test needs to steer the fake. */
export interface FakeClient extends EngineClient {
  /** Configs that were asked to run. */
  readonly runs: unknown[];
  /** The config that was last asked for a preview of. */
  asked(): ExportConfig;
  /** Tells the run under way how far it is. */
  progress(part: Partial<Progress>): void;
  /** Ends the run under way. */
  finish(part?: Partial<Report>): void;
}

const FIELDS: OptionField[] = [
  {
    id: 'delimiter',
    kind: 'character',
    title: 'Delimiter',
    help: 'Stands between two fields.',
    default: ',',
  },
  {
    id: 'quotes',
    kind: 'choice',
    title: 'Quotes',
    help: 'When a field is quoted.',
    default: 'preserve',
    choices: [
      { value: 'preserve', label: 'As in the source' },
      { value: 'minimal', label: 'Only where needed' },
      { value: 'all', label: 'Always' },
    ],
  },
  {
    id: 'headers',
    kind: 'switch-or-list',
    title: 'Header',
    help: 'First line holds the names.',
    default: true,
  },
  {
    id: 'nullText',
    kind: 'text',
    title: 'Null',
    help: 'Written for null.',
    default: null,
    nullable: true,
  },
  {
    id: 'width',
    kind: 'integer',
    title: 'Width',
    help: 'Letters in a line.',
    default: 80,
    min: 1,
    max: 200,
    advanced: true,
  },
];

const TRANSFORMS: Catalogue['transforms'] = [
  { id: 'filter', title: 'Filter', purpose: 'Keeps some rows.', options: [] },
  {
    id: 'sort',
    title: 'Sort',
    purpose: 'Puts rows in order.',
    options: [
      { id: 'by', kind: 'json', title: 'Sort by', help: 'Columns.', default: [] },
      {
        id: 'numeric',
        kind: 'switch',
        title: 'Numbers inside of texts',
        help: 'file2 before file10.',
        default: false,
      },
    ],
  },
  {
    id: 'distinct',
    title: 'Distinct',
    purpose: 'Keeps one of the rows that are the same.',
    options: [
      { id: 'by', kind: 'list', title: 'Same in', help: 'Columns.', default: null, nullable: true },
    ],
  },
  {
    id: 'join',
    title: 'Join',
    purpose: 'Looks rows up in other data.',
    options: [
      { id: 'with', kind: 'text', title: 'Data set', help: '', default: null, nullable: true },
      { id: 'on', kind: 'json', title: 'Where equal', help: '', default: [] },
      {
        id: 'kind',
        kind: 'choice',
        title: 'Rows',
        help: '',
        default: 'inner',
        choices: ['inner', 'left', 'semi', 'anti'].map((value) => ({ value, label: value })),
      },
      { id: 'columns', kind: 'list', title: 'Columns', help: '', default: null, nullable: true },
      { id: 'suffix', kind: 'text', title: 'Suffix', help: '', default: '' },
    ],
  },
  {
    id: 'union',
    title: 'Union',
    purpose: 'Puts other rows below.',
    options: [
      { id: 'with', kind: 'list', title: 'Data sets', help: '', default: [] },
      { id: 'nameColumn', kind: 'text', title: 'Name', help: '', default: '' },
    ],
  },
  {
    id: 'shuffle',
    title: 'Shuffle',
    purpose: 'Has no editor of its own.',
    options: [{ id: 'times', kind: 'integer', title: 'Times', help: 'How often.', default: 1 }],
  },
];

const CATALOGUE: Catalogue = {
  sources: [
    {
      id: 'csv',
      title: 'CSV',
      purpose: 'Delimited text.',
      options: FIELDS.slice(0, 1),
      input: 'bytes',
      extensions: ['csv'],
      hasTables: false,
      isText: true,
    },
  ],
  origins: [],
  transforms: TRANSFORMS,
  formats: [
    {
      id: 'csv',
      title: 'CSV',
      purpose: 'Opens everywhere.',
      options: FIELDS,
      extension: '.csv',
      alsoNamed: [],
      mediaType: 'text/csv',
      isText: true,
      isRead: true,
      isPackage: false,
      holds: { nulls: true, emptyText: true, types: false, nested: false, exactNumbers: true },
      losses: [],
      presets: [
        { id: 'plain', title: 'Plain', help: 'as it is', options: {} },
        { id: 'quoted', title: 'Quoted', help: 'every field', options: { quotes: 'all' } },
      ],
    },
    {
      id: 'ndjson',
      title: 'NDJSON',
      purpose: 'One object a line.',
      options: [],
      extension: '.ndjson',
      alsoNamed: [],
      mediaType: 'application/x-ndjson',
      isText: true,
      isRead: true,
      isPackage: false,
      holds: { nulls: true, emptyText: true, types: false, nested: true, exactNumbers: true },
      presets: [],
      losses: [],
    },
  ],
  archives: [{ id: 'zip', title: 'zip', purpose: 'One file.', options: [], extension: '.zip' }],
  codecs: [
    {
      id: 'gzip',
      title: 'gzip',
      purpose: 'Smaller.',
      options: [],
      extension: '.gz',
      canEncode: true,
      encrypts: false,
      canDecode: true,
    },
  ],
  charsets: [
    { id: 'utf-8', title: 'UTF-8', canDecode: true, canEncode: true },
    { id: 'windows-1252', title: 'Windows-1252', canDecode: true, canEncode: true },
  ],
  deliveries: [
    {
      id: 'download',
      title: 'Download',
      purpose: 'By the browser.',
      options: [],
      doors: ['browser'],
      needs: 'nothing',
      takesMany: true,
      hostOnly: false,
    },
    {
      id: 'path',
      title: 'Path',
      purpose: 'Command line only.',
      options: [],
      doors: ['node'],
      needs: 'nothing',
      takesMany: true,
      hostOnly: false,
    },
  ],
};

const COLUMNS = [
  { name: 'id', type: 'int64' },
  { name: 'name', type: 'utf8' },
];

export function createFakeClient(script: FakeScript = {}): FakeClient {
  const runs: unknown[] = [];
  let asked: ExportConfig | undefined;
  let tell: (progress: Progress) => void = () => {};
  let end: (part: Partial<Report>) => void = () => {};
  return {
    runs,
    asked: () => asked!,
    catalogue: async () => CATALOGUE,
    upgrade: async () => {
      throw new ExportError('run.unexpected', { detail: 'the fake upgrades nothing' });
    },
    inspect: async () => ({
      sourceId: 'source',
      name: 'orders.csv',
      kind: 'csv',
      sizeBytes: 20,
      charset: 'utf-8',
      compression: 'none',
      options: { delimiter: ',' },
      evidence: [{ option: 'delimiter', sentence: 'Two commas on every line.' }],
      columns: COLUMNS.map((column) => ({
        ...column,
        nth: 0,
        sentence: 'Every value fits.',
        nullCount: 0,
        distinctCount: 2,
        emptyCount: 0,
        longest: 3,
        examples: [],
        shape: null,
        isProfiled: true,
      })),
      sampledRows: 2,
      isWhole: true,
      sample: { from: 'whole', places: 1, sentence: 'All rows were looked at.' },
      estimatedRows: 2,
      tables: [],
      table: null,
      files: [],
      ...script.inspection,
    }),
    saveRejects: async () => {
      throw new ExportError('run.unexpected', { detail: 'the fake saves nothing' });
    },
    profile: async () => {
      throw new ExportError('run.unexpected', { detail: 'the fake looks at nothing' });
    },
    check: async () => ({ issues: [], columns: COLUMNS, fileNames: ['orders.csv'] }),
    preview: async (config) => {
      asked = config;
      return {
        columns: COLUMNS,
        rows: [
          ['1', null],
          ['2', ''],
        ],
        lastRows: [
          ['1', null],
          ['2', ''],
        ],
        head: new TextEncoder().encode('\ufeffid,name\r\n1,\r\n2,""\r\n'),
        isWhole: true,
        tail: new Uint8Array(0),
        rowsRead: 2,
        isSampled: false,
        areColumnsSampled: false,
        encoded: { rows: 0, losses: [] },
        rowsOut: 2,
        rowsFiltered: 0,
        rejects: [],
        losses: [],
        steps: [],
        elapsedMs: 3,
        error: null,
        ...script.preview,
      };
    },
    reread: async (config) => ({
      reader: config.outputs[0]!.format.id,
      isTold: true,
      columns: COLUMNS.map((column) => ({ ...column, written: column })),
      rows: [
        ['1', null],
        ['2', null],
      ],
      changed: [{ row: 1, column: 1, written: '' }],
      rowsWritten: 2,
      rowsRead: 2,
      rowsRejected: 0,
      facts: null,
      sheets: [],
      sizeBytes: 20,
      head: new TextEncoder().encode('id,name'),
      elapsedMs: 1,
      error: null,
      ...script.reread,
    }),
    run: (config, { jobId = 'job' }, options) =>
      new Promise((resolve) => {
        runs.push(config);
        tell = (progress) => options?.onProgress?.(progress);
        end = (part) =>
          resolve({
            report: reportOf(config, { jobId, ...timesOf(), ...part }, script.error),
            handover: null,
          });
        options?.signal?.addEventListener('abort', () => end({ outcome: 'cancelled' }));
      }),
    forecast: async () => ({
      rows: 3,
      isWhole: true,
      sample: { from: 'whole', places: 1, sentence: 'All rows were looked at.' },
      sampledRows: 3,
      reason: null,
      formats: [],
      elapsedMs: 1,
    }),
    rehearse: async (config) => reportOf(config, {}, script.error),
    verify: async () => {
      throw new ExportError('run.unexpected', { detail: 'the fake verifies nothing' });
    },
    close: () => {},
    onDeath: () => () => {},
    progress: (part) =>
      tell({
        jobId: 'job',
        phase: 'reading',
        rowsIn: 0,
        rowsOut: 0,
        bytesIn: 0,
        bytesOut: 0,
        bytesTotal: 20,
        elapsedMs: 0,
        bytesPerSecond: 0,
        rowsPerSecond: 0,
        etaMs: null,
        ...part,
      }),
    finish: (part = {}) => end(part),
  };
}

/** A second that ends now: what is older than a history keeps would not stay in it. */
function timesOf(): Pick<Report, 'startedAt' | 'endedAt'> {
  const now = Date.now();
  return { startedAt: new Date(now - 1000).toISOString(), endedAt: new Date(now).toISOString() };
}

function reportOf(
  config: Report['config'],
  part: Partial<Report>,
  error: ErrorData | undefined,
): Report {
  return {
    version: 1,
    jobId: 'job',
    displayId: 'exp_20260102_abcdefgh',
    outcome: error ? 'failed' : 'completed',
    error: error ?? null,
    startedAt: '2026-01-02T03:04:05Z',
    endedAt: '2026-01-02T03:04:06Z',
    durationMs: 1000,
    config,
    sources: [],
    ledger: [],
    audit: {
      rowsIn: 5,
      rowsOut: 2,
      filtered: 2,
      rejected: 1,
      merged: 0,
      added: 0,
      balances: true,
    },
    capped: false,
    columns: [{ name: 'id', type: 'int64', nullCount: 0 }],
    losses: [],
    rejects: { count: 0, listed: [] },
    retyped: [],
    notes: [],
    files: [
      {
        name: 'orders.csv',
        path: 'orders.csv',
        rows: 2,
        sizeBytes: 20,
        checksum: { algorithm: 'sha256', value: 'ab'.repeat(32) },
        verified: true,
      },
    ],
    encodedBytes: 20,
    deliveredBytes: 20,
    ...part,
  };
}
