// The fixed flags of the command line, and the values given for all flags.
import type { Command } from 'commander';
import { Option } from 'commander';
import { flagHelp, optionFlags, valueName, type OptionFlag } from './option-flags.ts';
import { SPLIT_HELP } from './split-flag.ts';
import { LOSS_POLICIES, type ColumnEdit } from '../../contract/config.ts';
import type { Catalogue } from '../../contract/verbs.ts';

/** Values of the flags that shape a configuration. Names as commander makes them of the flags. */
export interface ConfigFlags {
  source?: string;
  sourceKind?: string;
  sourceEncoding?: string;
  'source.table'?: string;
  'source.compression'?: string;
  'source.files.match'?: string;
  'source.files.nameColumn'?: string;
  'source.files.columns'?: string;
  'source.columns'?: string;
  'source.watermark'?: string;
  state?: string;
  query?: string;
  filter?: string;
  format?: string;
  preset?: string;
  destination?: string;
  compression?: string;
  encryption?: string;
  encoding?: string;
  encodingLoss?: string;
  columns?: string;
  limit?: string;
  offset?: string;
  ifExists?: string;
  splitRows?: string;
  split?: string[];
  manifest?: boolean;
  verify?: string;
  name?: string;
  timeZone?: string;
  templates?: string;
  set?: string[];
  step?: string[];
  /** What the file of `source.columns` holds. */
  columnEdits?: ColumnEdit[];
  /** Generated flags by name, in their order. */
  options: [flag: OptionFlag, text: string][];
}

const GROUP_TITLES = new Map([
  ['source', 'Options of the source:'],
  ['origin', 'Options of addresses:'],
  ['format', 'Options of the format:'],
  ['archive', 'Options of the archive:'],
  ['compression', 'Options of the compression:'],
  ['encryption', 'Options of the encryption:'],
  ['delivery', 'Options of the delivery:'],
  ['step', 'Options of the steps:'],
]);

/** For flags that may be repeated. */
const collect = (given: string, before: string[] | undefined): string[] => [
  ...(before ?? []),
  given,
];

/** The names a choice of plug-ins has, for help. */
function ids(cards: readonly { id: string }[]): string {
  return cards.map((card) => card.id).join(', ');
}

/** Adds the flags that shape a configuration, fixed and generated. */
export function addConfigFlags(command: Command, catalogue: Catalogue): OptionFlag[] {
  const packings = [
    'none',
    ...catalogue.codecs.filter((c) => c.canEncode && !c.encrypts).map((c) => c.id),
    ...catalogue.archives.map((a) => a.id),
  ];
  const unpackings = [
    'auto',
    'none',
    ...catalogue.codecs.filter((c) => c.canDecode).map((c) => c.id),
    'zip',
  ];
  command
    .option(
      '--source <path>',
      'file, folder, pattern (*.csv) or address (https://…) to read; - is standard input',
    )
    .option(
      '--source-kind <id>',
      `how the source is read: ${ids(catalogue.sources)} (default: told by its bytes)`,
    )
    .option('--source-encoding <charset>', 'charset of the source (default: found from its bytes)')
    .option('--source.table <name>', 'table, sheet or record set inside the source')
    .option(
      '--source.compression <id>',
      `how the source is packed: ${unpackings.join(', ')} (default: found from its bytes)`,
    )
    .option(
      '--source.files.match <pattern>',
      'files of a folder or zip to read as one: *.csv, 2026/**',
    )
    .option('--source.files.nameColumn <name>', 'a first column with the file each row came from')
    .option(
      '--source.files.columns <rule>',
      'columns of several files: same, union of all, those of the first (default: same)',
    )
    .option(
      '--source.columns <file>',
      'types, names and patterns of columns, as profile --save-types writes them (.json, .yaml)',
    )
    .option(
      '--source.watermark <column>',
      'only rows beyond the greatest value of this column that --state remembers',
    )
    .option('--state <file>', 'where watermarks are remembered from run to run')
    .option('--query <filter>', "rows to keep, such as: status = 'failed' and duration_ms > 250")
    .option('--filter <filter>', 'the same as --query; rows have to pass both')
    .option(
      '--columns <a,b>',
      'columns to keep, in this order; names with a comma in double quotes',
    )
    .option(
      '--step <step>',
      'a further step, in the order given, may be repeated: sort, sort {"by": ["id"]} or sort.by=id (see: export-studio steps)',
      collect,
    )
    .option('--limit <rows>', 'most rows to write')
    .option('--offset <rows>', 'rows to leave out first')
    .option(
      '--format <id>',
      `what to write: ${ids(catalogue.formats)} (default: csv, or what the destination’s name says)`,
    )
    .option(
      '--preset <id>',
      'a set of options that the format has a name for, such as excel or postgresql for csv (see: export-studio formats csv); other flags stand over it',
    )
    .option(
      '--encoding <charset>',
      'charset to write, such as utf-8-bom, utf-16, windows-1252; formats lists them (default: utf-8)',
    )
    .option(
      '--encoding-loss <what>',
      `characters that the charset lacks: ${LOSS_POLICIES.join(', ')}; escape where the format can (default: fail)`,
    )
    .option('--compression <id>', `how to pack it: ${packings.join(', ')}`)
    .option(
      '--encryption <id>',
      `who may read it: none, ${ids(catalogue.codecs.filter((c) => c.encrypts))}`,
    )
    .option(
      '-o, --destination <path>',
      'file, or folder when it exists or ends with /; - is standard output',
    )
    .option(
      '--if-exists <what>',
      'when the file is there already: fail, replace, rename, append, skip (when it is the same), ask (default: fail)',
    )
    .option('--split-rows <rows>', 'the same as --split rows=…')
    .option('--split <way>', SPLIT_HELP, collect)
    .option('--manifest', 'a further file that lists the others with rows, bytes and SHA-256')
    .option(
      '--verify <level>',
      'proof of the finished files: off, checksum (read again byte for byte), sample or full (their values too) (default: checksum)',
    )
    .option(
      '--name <pattern>',
      'file names in a folder, of {name} {source} {part} {parts} {partition} {format} {date:yyyyMMdd} {time} {rows} {hash8} {column} {jobId}; / makes folders',
    )
    .option('--time-zone <zone>', 'zone of dates and times without one (default: UTC)')
    .option(
      '--templates <folder>',
      'where templates are looked up (default: EXPORT_TEMPLATES_DIR or ./templates)',
    )
    .option(
      '--set <path=value>',
      'any other value of the configuration, such as limits.unpackRatio=2000; may be repeated',
      collect,
    );
  const flags = optionFlags(catalogue);
  for (const flag of flags) {
    const option = new Option(`--${flag.name} <${valueName(flag.owners[0]!)}>`, flagHelp(flag));
    option.helpGroup(GROUP_TITLES.get(flag.group)!);
    command.addOption(option);
  }
  return flags;
}

/** Lets a switch stand alone (`--format.prettyPrint`): it then means true. */
export function completeSwitches(args: readonly string[], flags: readonly OptionFlag[]): string[] {
  const switches = new Set(
    flags
      .filter(({ owners }) => owners.every(({ field }) => /^switch/.test(field.kind)))
      .map(({ name }) => `--${name}`),
  );
  const isValue = (text: string | undefined, flag: string): boolean => {
    if (text === undefined || text.startsWith('-')) return false;
    if (/^(?:true|false|yes|no|on|off|[01])$/i.test(text)) return true;
    // A list of names may follow where one is taken.
    const kinds = flags
      .find(({ name }) => `--${name}` === flag)!
      .owners.map(({ field }) => field.kind);
    return kinds.includes('switch-or-list') && text.includes(',');
  };
  return args.map((arg, i) =>
    switches.has(arg) && !isValue(args[i + 1], arg) ? `${arg}=true` : arg,
  );
}

/** The given flags out of commander's values. */
export function configFlags(
  values: Record<string, unknown>,
  flags: readonly OptionFlag[],
): ConfigFlags {
  const options: ConfigFlags['options'] = [];
  for (const flag of flags) {
    // Commander makes camel case of dashes only; option ids have none.
    const text = values[flag.name];
    if (typeof text === 'string') options.push([flag, text]);
  }
  return { ...(values as Omit<ConfigFlags, 'options'>), options };
}
