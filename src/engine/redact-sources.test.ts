// What stays of a source's and an origin's options in a report: never what is secret, or what nobody declared.
import { expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { redactConfig } from '../contract/redact.ts';
import type { CatalogueCard } from '../contract/verbs.ts';
import { catalogue } from './catalogue.ts';
import { testPlugins } from './engine.suite.ts';

const card = (id: string, secret: boolean): CatalogueCard => ({
  id,
  title: id,
  purpose: '',
  options: [
    { id: 'token', kind: 'text', title: '', help: '', default: '', ...(secret && { secret }) },
    { id: 'url', kind: 'text', title: '', help: '', default: '' },
  ],
});

const known = catalogue(testPlugins);
const bytes = { input: 'bytes' as const, extensions: [], hasTables: false, isText: false };
const cards = {
  ...known,
  sources: [
    { ...card('open', false), ...bytes },
    { ...card('closed', true), ...bytes },
  ],
  origins: [card('http', true)],
};

const redacted = (kind: string, options: Record<string, unknown>, origin = {}) =>
  redactConfig(
    createConfig({
      source: { kind, from: { origin: 'http', options: origin }, options },
      format: { id: 'csv', options: {} },
      delivery: { id: 'memory', options: {} },
    }),
    cards,
  ).sources[0]!;

it('keeps no secret of an origin', () => {
  const { from } = redacted('open', {}, { token: 'hunter2', url: 'u', tokn: 'hunter2' });
  expect(from).toEqual({ origin: 'http', options: { url: 'u' } });
  const referred = redacted('open', {}, { token: { secret: 'api' } });
  expect(referred.from).toEqual({ origin: 'http', options: { token: { secret: 'api' } } });
});

it('keeps no secret that was put inside of another option', () => {
  const url = { inner: [{ token: 'hunter2', kept: 1 }], token: { secret: 'api' } };
  expect(redacted('open', {}, { url }).from).toEqual({
    origin: 'http',
    options: { url: { inner: [{ kept: 1 }], token: { secret: 'api' } } },
  });
});

it('keeps of a kind to be found only what is public in each that has it', () => {
  const given = { token: 'hunter2', url: 'u', other: 'hunter2' };
  expect(redacted('auto', given).options).toEqual({ url: 'u' });
  expect(redacted('open', given).options).toEqual({ token: 'hunter2', url: 'u' });
});
