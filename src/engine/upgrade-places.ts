// Sources and destinations of the flat form: paths and addresses. An address is never repeated, as it may hold a password.
import type { PartConfig, SourceConfig } from '../contract/config.ts';
import { AUTO_KIND } from './recognise.ts';
import { invalidAt, isRecord, notHere, textAt } from './upgrade-checks.ts';

type FlatSource = Pick<SourceConfig, 'kind' | 'from'>;

const DATABASES = [
  'postgresql',
  'postgres',
  'mysql',
  'mariadb',
  'mongodb',
  'mongodb+srv',
  'sqlserver',
];
const CLOUDS = ['s3', 'gs', 'gcs', 'azure', 'az', 'abfs', 'abfss', 'r2'];

function schemeOf(address: string): string | null {
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]!.toLowerCase() ?? null;
}

function filePath(address: string, path: string): string {
  let url: URL;
  try {
    url = new URL(address);
    // A host would name another computer's file.
    if (url.host === '' || url.host === 'localhost') return decodeURIComponent(url.pathname);
  } catch {
    throw invalidAt(path, 'is not a file address such as file:///folder/orders.csv');
  }
  throw invalidAt(path, 'names a file on another computer; give a path');
}

/** The refusal of a source or destination of a kind that this version lacks. */
function unreachable(kind: string, what: 'source' | 'destination'): Error {
  const isSource = what === 'source';
  const title = `A ${kind} ${what}`;
  if (DATABASES.includes(kind))
    return notHere(
      title,
      'a database needs a network connection of its own, which a page cannot have and the command line has not yet.',
      isSource
        ? 'Export the table to a CSV file with the database’s own tool, and name that file.'
        : 'Export to a file, and load it with the database’s own tool.',
    );
  if (CLOUDS.includes(kind))
    return notHere(
      title,
      'cloud storage comes to the command line and the page in a later version.',
      isSource
        ? 'Download the object first, and name the file.'
        : 'Export to a path, and upload it with the storage’s own tool.',
    );
  return notHere(
    title,
    isSource
      ? 'addresses are read by the command line and the page in a later version; this one reads files.'
      : 'this version delivers to files and folders; uploads come to the command line later.',
    isSource
      ? 'Download it first, and name the file; - reads standard input.'
      : 'Export to a path, and send the file with a tool for that.',
  );
}

/** An address, which may be a pattern where it is a destination. */
function requireWebAddress(address: string, path: 'source' | 'destination'): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) throw invalidAt(path, 'is not an address such as https://example.org/a.csv');
  if (url.username !== '' || url.password !== '')
    throw invalidAt(
      path,
      'must not hold a user or password: sign-in is set beside the address, where it stays secret',
    );
}

function webSource(address: string): FlatSource {
  requireWebAddress(address, 'source');
  return { kind: AUTO_KIND, from: { origin: 'http', options: { url: address } } };
}

function webDelivery(address: string): PartConfig {
  requireWebAddress(address, 'destination');
  return { id: 'http', options: { url: address } };
}

function fileSource(path: string, format: unknown): FlatSource {
  if (path === '') throw invalidAt('source', 'must not be empty');
  const kind = format === undefined ? AUTO_KIND : textAt(format, 'source.format').toLowerCase();
  return { kind, from: path === '-' ? { binding: 'stdin' } : { path } };
}

/** A path, `-` for standard input, a file address, or `{type: 'file', path, format?}`; nothing = the host's rows. */
export function readSource(given: unknown, notes: string[]): FlatSource {
  if (given === undefined) {
    notes.push('No source is named: the rows that are handed over as “rows” are exported.');
    return { kind: 'rows', from: { binding: 'rows' } };
  }
  if (isRecord(given)) {
    const type = textAt(given['type'], 'source.type').toLowerCase();
    if (type !== 'file') throw unreachable(type === 'api' ? 'web' : type, 'source');
    requireKeys(given, ['type', 'path', 'format'], 'source');
    return fileSource(textAt(given['path'], 'source.path'), given['format']);
  }
  const address = textAt(given, 'source');
  const scheme = schemeOf(address);
  if (scheme === 'file') return fileSource(filePath(address, 'source'), undefined);
  if (scheme === 'http' || scheme === 'https') return webSource(address);
  if (scheme !== null) throw unreachable(scheme, 'source');
  return fileSource(address, undefined);
}

/** A path, `-` for standard output, a file or web address, `{type: 'local', path}` or a delivery; nothing = a download. */
export function readDestination(given: unknown, notes: string[]): PartConfig {
  if (given === undefined) {
    notes.push('No destination is named: the file becomes a download.');
    return { id: 'download', options: {} };
  }
  if (isRecord(given)) {
    if (typeof given['id'] === 'string') {
      requireKeys(given, ['id', 'options'], 'destination');
      const options = given['options'] ?? {};
      if (!isRecord(options)) throw invalidAt('destination.options', 'must be an object');
      return { id: given['id'], options };
    }
    const type = textAt(given['type'], 'destination.type').toLowerCase();
    if (type !== 'local' && type !== 'file') throw unreachable(type, 'destination');
    requireKeys(given, ['type', 'path'], 'destination');
    return pathDelivery(textAt(given['path'], 'destination.path'));
  }
  const address = textAt(given, 'destination');
  const scheme = schemeOf(address);
  if (scheme === 'file') return pathDelivery(filePath(address, 'destination'));
  if (scheme === 'http' || scheme === 'https') return webDelivery(address);
  if (scheme !== null) throw unreachable(scheme, 'destination');
  return address === '-' ? { id: 'stdout', options: {} } : pathDelivery(address);
}

function pathDelivery(path: string): PartConfig {
  if (path === '') throw invalidAt('destination', 'must not be empty');
  return { id: 'path', options: { path } };
}

function requireKeys(record: Record<string, unknown>, known: string[], path: string): void {
  for (const key of Object.keys(record))
    if (!known.includes(key))
      throw invalidAt(`${path}.${key}`, `is not one of ${known.join(', ')}`);
}
