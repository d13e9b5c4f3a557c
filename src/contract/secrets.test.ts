// Secrets by reference: what a config names, and what is said where a value is missing.
import { expect, it } from 'vitest';
import type { Bindings } from './bindings.ts';
import { createConfig } from './config.ts';
import { isSecretReference, secretIds, secretOf, secretVariable } from './secrets.ts';
import type { Catalogue, CatalogueCard } from './verbs.ts';

const card = (id: string, options: [id: string, value: unknown][]): CatalogueCard => ({
  id,
  title: id,
  purpose: '',
  options: options.map(([option, value]) => ({
    id: option,
    kind: 'json',
    title: '',
    help: '',
    default: value,
    secret: true,
  })),
});

it('finds references in options and in the defaults behind them', () => {
  const catalogue = {
    origins: [card('http', [['credential', { secret: 'http' }]])],
    sources: [card('csv', [['x', null]])],
    transforms: [card('mask', [['key', { secret: 'mask' }]])],
    formats: [card('csv', [])],
    archives: [card('zip', [['password', null]])],
    codecs: [card('age', [['passphrase', null]])],
    deliveries: [card('stdout', [])],
  } as unknown as Catalogue;
  const config = createConfig({
    source: { kind: 'csv', from: { origin: 'http', options: {} }, options: {} },
    format: { id: 'csv', options: {} },
    delivery: { id: 'stdout', options: {} },
    steps: [
      { id: 'a', kind: 'mask', enabled: true, options: { key: { secret: 'other key' } } },
      { id: 'b', kind: 'mask', enabled: true, options: {} },
      { id: 'c', kind: 'mask', enabled: false, options: { key: { secret: 'off' } } },
      { id: 'd', kind: 'mask', enabled: true, options: { key: 'plain' } },
    ],
  });
  expect(secretIds(config, catalogue)).toEqual(['http', 'other key', 'mask']);
  config.outputs[0]!.archive = { id: 'zip', options: { password: { secret: 'zip' } } };
  config.outputs[0]!.encryption = { id: 'age', options: { passphrase: { secret: 'age' } } };
  expect(secretIds(config, catalogue).slice(3)).toEqual(['zip', 'age']);
});

it('names the variable of a secret, and says it where the value is missing', () => {
  expect(secretVariable('my-key.2')).toBe('EXPORT_SECRET_MY_KEY_2');
  expect(secretOf({ secrets: { k: 'v' } }, 'k')).toBe('v');
  const without: Bindings[] = [{}, { secrets: {} }, { secrets: { k: '' } }];
  for (const bindings of without) expect(() => secretOf(bindings, 'k')).toThrow('“k” has no value');
  expect(() => secretOf({ secrets: {} }, '__proto__')).toThrow('no value');
  try {
    secretOf({}, 'my-key');
  } catch (thrown) {
    expect((thrown as { hint: string }).hint).toContain('EXPORT_SECRET_MY_KEY.');
  }
});

it.each([
  [{ secret: 'a' }, true],
  [{ secret: 1 }, false],
  [{ secret: 'a', more: 1 }, false],
  ['secret', false],
  [null, false],
])('takes %j for a reference: %s', (value, is) => expect(isSecretReference(value)).toBe(is));
