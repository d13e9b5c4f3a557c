// What crosses to a worker: files keep their names, errors their fields.
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { ExportError } from '../contract/errors.ts';
import { fileNamesOf, openBindings, settle, unsettle, type WireBindings } from './wire.ts';

/** As `postMessage` to a worker thread gives it. */
function cross<T>(value: T): T {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(value);
  const { message } = receiveMessageOnPort(port2) as { message: T };
  port1.close();
  return message;
}

it('keeps the names of files, which Node’s clones lose', async () => {
  const bytes = {
    orders: new File(['id\n1\n'], 'orders.csv', { type: 'text/csv' }),
    plain: new Blob(['x']),
    disk: { path: 'a.csv' },
  };
  const wire: WireBindings = {
    bytes,
    fileNames: fileNamesOf(bytes),
    rows: [],
    targets: {},
    secrets: { key: 'k' },
    watermarks: { source: '7' },
    clockMs: 5,
    jobId: 'job',
  };
  const opened = openBindings(cross(wire));
  const { orders, plain, disk } = opened.bytes as {
    orders: File;
    plain: Blob;
    disk: { path: string };
  };
  expect([orders.name, orders.type, await orders.text()]).toEqual([
    'orders.csv',
    'text/csv',
    'id\n1\n',
  ]);
  expect(await plain.text()).toBe('x');
  expect('name' in plain).toBe(false);
  expect(disk).toEqual({ path: 'a.csv' });
  expect([opened.clock?.(), opened.jobId]).toEqual([5, 'job']);
  expect(opened.secrets).toEqual({ key: 'k' });
  expect(opened.watermarks).toEqual({ source: '7' });
});

it('brings errors over with code, parameters and hint', async () => {
  const thrown = new ExportError('read.empty', { name: 'a.csv' });
  const settled = cross(
    await settle(() => {
      throw thrown;
    }),
  );
  expect(() => unsettle(settled)).toThrow(ExportError);
  expect(settled.error).toEqual(thrown.toJSON());
  expect(unsettle(cross(await settle(async () => [1n])))).toEqual([1n]);
});
