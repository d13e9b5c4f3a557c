// Templates as a file: one document of JSON or YAML; a single template and a bare config are read too.
import type { Document, LineCounter } from 'yaml';
import { ExportError } from '../contract/errors.ts';
import type { StoredTemplate } from '../contract/store.ts';
import { TEMPLATE_FILE_TEXTS } from './texts.ts';

const VERSION = 1;
/** Far above any real file of templates, far below what would stop the page. */
const LONGEST = 16 * 1024 * 1024;

/** A template as it stands in a file; nothing of it is checked yet but the texts. */
export interface FoundTemplate {
  template: Omit<StoredTemplate, 'createdAt' | 'updatedAt'> & {
    createdAt: string | null;
    updatedAt: string | null;
  };
  /** 1-based line where it begins, read only where something is wrong. */
  line(): Promise<number | null>;
}

type Path = (string | number)[];
type Json = Record<string, unknown>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function noTemplate(name: string, detail: string): ExportError {
  return new ExportError('storage.import.no-template', { name, detail });
}

/**
 * All templates of a file, read leniently: JSON, or YAML where it is not JSON. Rejects with `storage.import.unreadable` (with line
 * and column) or `storage.import.no-template`.
 */
export async function readTemplateFile(
  text: string,
  fileName = TEMPLATE_FILE_TEXTS.theFile,
): Promise<FoundTemplate[]> {
  if (text.length > LONGEST) throw noTemplate(fileName, TEMPLATE_FILE_TEXTS.tooLarge);
  const { value, lineOf } = await parse(text.replace(/^\ufeff/, ''), fileName);
  if (!isRecord(value)) throw noTemplate(fileName, TEMPLATE_FILE_TEXTS.noObject);
  const fallback = fileName.replace(/\.(?:json|ya?ml)$/i, '');
  if (!('templates' in value)) {
    const isTemplate = isRecord(value['config']);
    return [
      {
        template: isTemplate
          ? templateOf(value, fallback)
          : templateOf({ name: value['name'], config: value }, fallback),
        line: () => lineOf([]),
      },
    ];
  }
  const { version = VERSION, templates } = value;
  if (typeof version !== 'number' || version > VERSION)
    throw new ExportError('config.newer-version', { version: String(version), known: VERSION });
  if (!Array.isArray(templates)) throw noTemplate(fileName, TEMPLATE_FILE_TEXTS.noList);
  if (templates.length === 0) throw noTemplate(fileName, TEMPLATE_FILE_TEXTS.emptyList);
  return templates.map((each: unknown, i) => ({
    template: templateOf(isRecord(each) ? each : { config: each }, `${fallback} ${i + 1}`),
    line: () => lineOf(['templates', i]),
  }));
}

function templateOf(given: Json, fallback: string): FoundTemplate['template'] {
  const text = (key: string): string => {
    const value = given[key];
    return typeof value === 'string' ? value : '';
  };
  const time = (key: string): string | null => {
    const ms = Date.parse(text(key));
    return Number.isNaN(ms) ? null : new Date(ms).toISOString();
  };
  const version = given['version'];
  return {
    id: text('id'),
    name: text('name').trim() || fallback,
    description: text('description'),
    config: given['config'],
    createdAt: time('createdAt'),
    updatedAt: time('updatedAt'),
    version: Number.isSafeInteger(version) && (version as number) > 0 ? (version as number) : 1,
  };
}

interface Parsed {
  value: unknown;
  /** 1-based line where the thing at a path begins. */
  lineOf(path: Path): Promise<number | null>;
}

async function parse(text: string, fileName: string): Promise<Parsed> {
  try {
    const value: unknown = JSON.parse(text);
    let read: ReturnType<typeof readYaml> | undefined;
    return { value, lineOf: async (path) => lineIn(await (read ??= readYaml(text)), path) };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
  }
  const read = await readYaml(text);
  const [error] = read.document.errors;
  if (error !== undefined) {
    const { line, col } = read.lines.linePos(error.pos[0]);
    throw new ExportError('storage.import.unreadable', {
      name: fileName,
      line,
      column: col,
      detail: error.message,
    });
  }
  try {
    return { value: read.document.toJS(), lineOf: async (path) => lineIn(read, path) };
  } catch (thrown) {
    // More aliases than any honest file has.
    throw noTemplate(fileName, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

async function readYaml(text: string): Promise<{ document: Document.Parsed; lines: LineCounter }> {
  const { parseDocument, LineCounter: Lines } = await import('yaml');
  const lines = new Lines();
  return { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines };
}

function lineIn(
  { document, lines }: { document: Document.Parsed; lines: LineCounter },
  path: Path,
) {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const range = (node as { range?: [number, number, number] } | null | undefined)?.range;
  return range ? lines.linePos(range[0]).line : null;
}

/** One document of all these templates. */
export async function writeTemplateFile(
  form: 'json' | 'yaml',
  templates: readonly StoredTemplate[],
): Promise<string> {
  const value = { version: VERSION, templates };
  if (form === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  const { stringify } = await import('yaml');
  return stringify(value);
}
