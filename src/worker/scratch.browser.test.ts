// Scratch in a browser's private storage, in a worker as only those have it; and what a worker that died has left.
import { expect, it } from 'vitest';
import ScratchWorker from './scratch-worker.suite.ts?worker';

it('keeps every promise in a worker', async () => {
  const worker = new ScratchWorker();
  const said = await new Promise<string[]>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data as string[]);
    worker.onerror = (event) => reject(new Error(event.message));
  });
  worker.terminate();
  expect(said).toEqual([
    'kept in order: true',
    'a part: true',
    'entries while it is open: 1',
    'entries after it is closed: -1',
    'refused after the end: AbortError',
    'another run is left alone by a sweep: 1',
    'what a dead run left is swept: -1',
  ]);
});
