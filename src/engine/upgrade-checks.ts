// Small checks that reading the flat form is made of, and its two kinds of refusal.
import { ExportError } from '../contract/errors.ts';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `config.invalid` at a path; `detail` continues the sentence that the path begins. */
export function invalidAt(path: string, detail: string): ExportError {
  const where = path === '' ? 'the configuration' : path;
  return new ExportError('config.invalid', { path: where, detail: `${where} ${detail}` });
}

export function notHere(what: string, reason: string, remedy: string): ExportError {
  return new ExportError('config.not-here', { what, reason, remedy });
}

export function textAt(value: unknown, path: string): string {
  if (typeof value !== 'string') throw invalidAt(path, 'must be text');
  return value;
}

export function namesAt(value: unknown, path: string): string[] {
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string'))
    throw invalidAt(path, 'must be a list of column names');
  return value;
}
