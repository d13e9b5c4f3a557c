// `--set path=value`: one value of a configuration by its path.
import type { ExportConfig } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';

function wrong(given: string, detail: string): ExportError {
  return new ExportError('config.wrong-option', { path: `--set ${given}`, detail });
}

/**
 * Sets `a.0.b=value` in place. The value is JSON, or text where it is none. All but the last name have to be there; whether
 * the last is one of the configuration's is for its own check to say.
 */
export function setValue(config: ExportConfig, given: string): void {
  const at = given.indexOf('=');
  if (at <= 0) throw wrong(given, 'it has to be path=value.');
  const names = given.slice(0, at).split('.');
  const last = names.pop()!;
  let place: unknown = config;
  for (const name of names) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name))
      throw wrong(given, `there is no “${name}”.`);
    place = (place as Record<string, unknown>)[name];
  }
  if (typeof place !== 'object' || place === null || last === '__proto__')
    throw wrong(given, `“${last}” cannot be set.`);
  if (Array.isArray(place) && !/^\d+$/.test(last))
    throw wrong(given, `“${last}” is not a position in a list.`);
  const text = given.slice(at + 1);
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // Plain text needs no quotes.
  }
  (place as Record<string, unknown>)[last] = value;
}
