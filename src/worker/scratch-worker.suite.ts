// The worker half of the browser's scratch test: does it, and says what came of it.
import { openPrivateScratch, sweepScratch } from './scratch.browser.ts';

declare const self: DedicatedWorkerGlobalScope;
type Listed = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> };

const root = await navigator.storage.getDirectory();
const openFolder = (create: boolean): Promise<Listed> =>
  root.getDirectoryHandle('export-scratch', { create }) as Promise<Listed>;
/** Runs with a folder; -1: there is no folder for any. */
const entries = async (): Promise<number> => {
  const folder = await openFolder(false).catch(() => null);
  if (folder === null) return -1;
  let count = 0;
  for await (const _ of folder.keys()) count++;
  return count;
};
await sweepScratch();

const said: string[] = [];
const scratch = openPrivateScratch(1, 1000);
const file = await scratch.create();
const whole = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31 + (i >> 8)) & 255);
for (let at = 0; at < whole.length; at += 777) await file.write(whole.slice(at, at + 777));
const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
said.push(`kept in order: ${same(await file.read(0, whole.length), whole)}`);
said.push(`a part: ${same(file.readNow(5000, 5100), whole.slice(5000, 5100))}`);
said.push(`entries while it is open: ${await entries()}`);
await scratch.close();
said.push(`entries after it is closed: ${await entries()}`);
const refused: unknown = await scratch.create().catch((thrown: unknown) => thrown);
said.push(`refused after the end: ${(refused as Error).name}`);

const living = openPrivateScratch(1, 0);
await (await living.create()).write(whole);
await sweepScratch();
said.push(`another run is left alone by a sweep: ${await entries()}`);
await living.close();
await (await openFolder(true)).getDirectoryHandle('a-run-that-died', { create: true });
await sweepScratch();
said.push(`what a dead run left is swept: ${await entries()}`);
self.postMessage(said);
