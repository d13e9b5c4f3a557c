// Sends files over HTTP once all of them are ready: each to its address, or only the facts about them.
import { ExportError, shorten } from '../../contract/errors.ts';
import type {
  DeliveredFile,
  DeliveryContext,
  DeliveryWriter,
  FileWriter,
} from '../../contract/delivery-plugin.ts';
import type { Sending } from '../../contract/report.ts';
import { fillAddress, shownAddress } from './address.ts';
import { unreachable } from './failure.ts';
import type { HttpOptions } from './options.ts';
import { send, type Outgoing } from './send.ts';
import { signatureHeaders } from './sign.ts';
import { HTTP_TEXTS } from './texts.ts';

/** Where files are made before anything is sent. */
export interface Stage extends Pick<DeliveryWriter, 'openFile' | 'readBack'> {
  /** All files, in the order they were opened; nothing can be written any more. */
  take(): Promise<{ name: string; blob: Blob }[]>;
  /** Removes everything. Safe twice. */
  close(): Promise<void>;
}

const wrong = (option: string, detail: string): ExportError =>
  new ExportError('config.wrong-option', { path: `delivery.options.${option}`, detail });

/** The sign-in as headers or as part of the address, and the texts that must not be repeated. */
function credentialOf(options: HttpOptions, secret: string) {
  const { auth, user, keyName } = options;
  const pair = btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${secret}`)));
  const headers: [string, string][] = [];
  if (auth === 'bearer') headers.push(['Authorization', `Bearer ${secret}`]);
  if (auth === 'basic') headers.push(['Authorization', `Basic ${pair}`]);
  if (auth === 'header') headers.push([keyName, secret]);
  for (const [, value] of headers)
    if (!/^[\t\u0020-\u007e]*$/.test(value)) throw wrong('credential', HTTP_TEXTS.badKey);
  return { headers, key: secret, secrets: [secret, pair, encodeURIComponent(secret)] };
}

function requireAddress({ url, auth }: HttpOptions): void {
  if (url === '') throw wrong('url', HTTP_TEXTS.nothing);
  const hasKey = url.includes('{key}');
  if (auth === 'address' && !hasKey) throw wrong('url', HTTP_TEXTS.noKey);
  if (auth !== 'address' && hasKey) throw wrong('url', HTTP_TEXTS.strayKey);
}

/** Nothing is staged before options and secrets are known to do. */
export async function openHttp(
  context: DeliveryContext<HttpOptions>,
  openStage: () => Promise<Stage>,
): Promise<DeliveryWriter> {
  const { options, network, signal, jobId } = context;
  requireAddress(options);
  if (network === undefined)
    throw new ExportError('config.not-here', {
      what: options.url.replace(/[?#].*$/s, ''),
      reason: HTTP_TEXTS.noNetworkReason,
      remedy: HTTP_TEXTS.noNetworkRemedy,
    });
  const secretOf = (id: string): string => context.secret?.(id) ?? '';
  const { auth, credential } = options;
  const signIn = credentialOf(options, auth === 'none' ? '' : secretOf(credential.secret));
  const signingKey = options.sign ? secretOf(options.signingKey.secret) : null;
  const { search } = new URL(fillAddress(options.url, '', ''));
  const secrets = [...(auth === 'none' ? [] : signIn.secrets), signingKey ?? '', search];
  const sending = { ...context, network, secrets };
  const stage = await openStage();
  const writers: FileWriter[] = [];
  const isOneAddress = options.sends === 'file' && !options.url.includes('{name}');

  const outgoingTo = (
    name: string,
    body: Blob,
    mediaType: string,
    number: number,
  ): Outgoing & { body: Blob } => ({
    name,
    url: fillAddress(options.url, name, signIn.key),
    shown: shownAddress(options.url, name),
    method: options.method,
    canRepeat: options.method === 'PUT' || signingKey !== null,
    body,
    async headers() {
      const seconds = Math.floor(network.now() / 1000);
      return [
        ...Object.entries(options.headers),
        ['Content-Type', mediaType],
        ...signIn.headers,
        ...(options.onlyNew && options.method === 'PUT'
          ? [['If-None-Match', '*'] as [string, string]]
          : []),
        ...(signingKey === null
          ? []
          : await signatureHeaders(`${jobId}-${number}`, seconds, body, signingKey)),
      ];
    },
  });
  const sendOne = async (outgoing: Outgoing): Promise<void> =>
    (await send(outgoing, sending)).close();

  /** Tells how far the sending is: of the file at this place, with so much before it and so much in all. */
  const watched = (
    outgoing: Outgoing & { body: Blob },
    at: { file: number; files: number; before: number; bytesTotal: number },
  ): Outgoing => {
    const { file, files, before, bytesTotal } = at;
    const state: Sending = {
      name: outgoing.name,
      file,
      files,
      bytes: before,
      bytesTotal,
      isCounted: false,
    };
    const tell = (change: Partial<Sending>): void =>
      context.sending?.({ ...Object.assign(state, change) });
    tell({});
    return {
      ...outgoing,
      onSent(bytes) {
        const gone = Math.min(bytes, outgoing.body.size);
        // At nought it begins again, perhaps in a way that tells nothing.
        tell({ bytes: before + gone, isCounted: gone > 0, retry: undefined });
      },
      onRetry: (retry) => tell({ retry, bytes: before, isCounted: false }),
    };
  };

  const sendFiles = async (files: { name: string; blob: Blob }[]): Promise<void> => {
    const sent: string[] = [];
    const bytesTotal = files.reduce((sum, { blob }) => sum + blob.size, 0);
    let before = 0;
    for (const [at, { name, blob }] of files.entries()) {
      try {
        const mediaType = options.mediaType || context.mediaType;
        const outgoing = outgoingTo(name, blob, mediaType, at + 1);
        const place = { file: at + 1, files: files.length, before, bytesTotal };
        await sendOne(watched(outgoing, place));
        before += blob.size;
      } catch (thrown) {
        const names = shorten(sent.join(', '), 400);
        if (signal.aborted)
          context.left?.(HTTP_TEXTS.cancelled(sent.length, files.length, names, name));
        else if (sent.length > 0 && thrown instanceof ExportError)
          throw new ExportError(
            'deliver.http.partial',
            {
              sent: sent.length,
              count: files.length,
              names,
              detail: thrown.message,
              remedy: thrown.hint,
            },
            { cause: thrown.message },
          );
        throw thrown;
      }
      sent.push(name);
    }
  };

  const sendFacts = async (facts: readonly DeliveredFile[]): Promise<void> => {
    const files = facts.map(({ name, rows, sizeBytes, sha256 }) => ({
      name,
      rows,
      sizeBytes,
      ...(sha256 !== null && { sha256 }),
    }));
    const body = {
      event: 'export.completed',
      jobId,
      time: new Date(network.now()).toISOString(),
      mediaType: context.mediaType,
      files,
    };
    const blob = new Blob([JSON.stringify(body)]);
    await sendOne(outgoingTo(files[0]?.name ?? '', blob, 'application/json', 1));
  };

  return {
    async openFile(name, fate) {
      if (writers.length > 0 && isOneAddress && options.method === 'PUT')
        throw wrong('url', HTTP_TEXTS.noName);
      const writer = await stage.openFile(name, fate);
      writers.push(writer);
      return writer;
    },
    readBack: (name) => stage.readBack(name),
    async commit(facts = []) {
      try {
        const files = await stage.take();
        signal.throwIfAborted();
        const host = new URL(fillAddress(options.url, '', '')).host;
        if (options.sends === 'facts') {
          await sendFacts(facts);
          context.note?.(HTTP_TEXTS.factsSent(host));
          return null;
        }
        await sendFiles(files);
        for (const writer of writers) writer.path = shownAddress(options.url, writer.name);
        if (!options.readBack) context.note?.(HTTP_TEXTS.sent(files.length, host));
        return null;
      } finally {
        await stage.close();
      }
    },
    readDelivered(name) {
      if (!options.readBack || options.sends === 'facts') return null;
      return readAgain(name);
    },
    abort: () => stage.close(),
  };

  async function* readAgain(name: string): AsyncGenerator<Uint8Array> {
    const asked: Outgoing = {
      name,
      url: fillAddress(options.url, name, signIn.key),
      shown: shownAddress(options.url, name),
      method: 'GET',
      canRepeat: true,
      body: null,
      headers: async () => [...Object.entries(options.headers), ...signIn.headers],
    };
    const { response, close } = await send(asked, sending);
    try {
      const reader = response.body?.getReader();
      while (reader !== undefined) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } catch {
      signal.throwIfAborted();
      throw unreachable(asked.shown, HTTP_TEXTS.reset);
    } finally {
      close();
    }
  }
}
