// The worker in which the suite runs the page's deliveries, as the product does: synchronous handles exist nowhere else.
import { asExportError } from '../contract/errors.ts';
import type {
  DeliveryContext,
  DeliveryWriter,
  FileFate,
  FileWriter,
} from '../contract/delivery-plugin.ts';
import { joinBytes } from './delivery.suite.ts';
import { deliveries } from './registry.browser.ts';

/** What the page asks: a call's name and its arguments. */
export type WorkerCall =
  | { call: 'open'; id: string; context: Omit<DeliveryContext<unknown>, 'signal'> }
  | { call: 'openFile'; name: string; fate?: FileFate }
  | { call: 'readBack' | 'readOld'; name: string }
  | { call: 'rename'; file: number; name: string; ifExists?: FileFate['ifExists'] }
  | { call: 'drop'; file: number }
  | { call: 'write'; file: number; bytes: Uint8Array }
  | { call: 'close'; file: number }
  | { call: 'sent'; name: string }
  | { call: 'commit' | 'abort' | 'failWrites' };

let delivery: DeliveryWriter;
const files: FileWriter[] = [];

/** What was sent by address. */
const sent = new Map<string, Uint8Array>();
const takeAll: typeof fetch = async (input, init) => {
  sent.set(String(input), new Uint8Array(await (init!.body as Blob).arrayBuffer()));
  return new Response(null, { status: 201 });
};

async function answer(asked: WorkerCall): Promise<unknown> {
  switch (asked.call) {
    case 'open': {
      const module = await deliveries.find((card) => card.id === asked.id)!.load();
      delivery = await module.open({
        ...asked.context,
        network: { fetch: takeAll, now: Date.now, sleep: async () => {} },
        signal: new AbortController().signal,
      });
      return null;
    }
    case 'openFile': {
      const file = await delivery.openFile(asked.name, asked.fate);
      files.push(file);
      return { file: files.length - 1, name: file.name, path: file.path };
    }
    case 'write':
      return files[asked.file]!.write(asked.bytes);
    case 'close':
      return files[asked.file]!.close();
    case 'rename': {
      const file = files[asked.file]!;
      await file.rename!(asked.name, asked.ifExists);
      return file.name;
    }
    case 'drop':
      return files[asked.file]!.drop!();
    case 'readOld': {
      const old = await delivery.readOld!(asked.name);
      return old === null ? null : joinBytes(old);
    }
    case 'readBack': {
      const stored = delivery.readBack(asked.name);
      return stored === null ? null : joinBytes(stored);
    }
    case 'sent': {
      const address = `https://files.example/up/${encodeURIComponent(asked.name)}`;
      return sent.get(address)!;
    }
    case 'failWrites':
      // What Chromium 156 answers over the quota.
      (
        globalThis as unknown as {
          FileSystemSyncAccessHandle: { prototype: { write(): number } };
        }
      ).FileSystemSyncAccessHandle.prototype.write = () => 4294967288;
      return null;
    default:
      return delivery[asked.call]();
  }
}

addEventListener('message', (event: MessageEvent<{ number: number; asked: WorkerCall }>) => {
  const { number, asked } = event.data;
  answer(asked).then(
    (result) => postMessage({ number, result }),
    (thrown: unknown) => postMessage({ number, error: asExportError(thrown).toJSON() }),
  );
});
postMessage('ready');
