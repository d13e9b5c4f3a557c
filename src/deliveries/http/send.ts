// One request after the other, again while a failure may pass and nothing is done twice.
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryContext } from '../../contract/delivery-plugin.ts';
import type { Sending } from '../../contract/report.ts';
import { connectionFailure, PassingFailure, refuseStatus, unreachable } from './failure.ts';
import type { HttpOptions } from './options.ts';
import { HTTP_TEXTS } from './texts.ts';

export interface Outgoing {
  /** Of the file, for messages. */
  name: string;
  url: string;
  /** The address as messages show it. */
  shown: string;
  method: string;
  /** Made anew for each try, as signatures have their time. */
  headers(): Promise<[name: string, value: string][]>;
  body: Blob | null;
  /** Arriving twice does no harm. */
  canRepeat: boolean;
  /** Told of the bytes of the body that have gone. */
  onSent?(bytes: number): void;
  /** Told of a failure that may pass, before the wait. */
  onRetry?(retry: NonNullable<Sending['retry']>): void;
}

/** An answer of success, whose body is still to be read or given up. */
export interface Answer {
  response: Response;
  /** Lets go of the connection. */
  close(): void;
}

type SendContext = Pick<DeliveryContext<HttpOptions>, 'options' | 'signal' | 'trace'> & {
  network: NonNullable<DeliveryContext<unknown>['network']>;
  /** Texts that must not be repeated anywhere. */
  secrets: readonly string[];
};

async function attempt(outgoing: Outgoing, sending: SendContext): Promise<Answer> {
  const { options, signal, network, secrets } = sending;
  const { name, url, shown, method, body } = outgoing;
  const onSent = outgoing.onSent?.bind(outgoing);
  const headers = await outgoing.headers();
  signal.throwIfAborted();
  const abort = new AbortController();
  const onAbort = (): void => abort.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    abort.abort();
  }, options.timeoutSeconds * 1000);
  const release = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  try {
    const response = await network
      .fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: abort.signal,
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        ...(body !== null && { body }),
        // Where the door can count only by sending again, if need be.
        ...(outgoing.canRepeat && onSent && { onSent }),
      })
      .catch((thrown: unknown) => {
        signal.throwIfAborted();
        const detail = HTTP_TEXTS.late(options.timeoutSeconds);
        throw isLate
          ? new PassingFailure(unreachable(shown, detail), false)
          : connectionFailure(
              thrown,
              shown,
              method,
              headers.map(([header]) => header),
            );
      });
    await refuseStatus(response, name, shown, network.now(), secrets);
    return {
      response,
      close() {
        release();
        abort.abort();
      },
    };
  } catch (thrown) {
    release();
    abort.abort();
    throw thrown;
  }
}

/** Sends until it is taken. Throws ExportError, or what the signal says. */
export async function send(outgoing: Outgoing, sending: SendContext): Promise<Answer> {
  const { options, signal, network } = sending;
  const longestWaitMs = options.longestWaitSeconds * 1000;
  for (let failures = 1; ; failures++) {
    try {
      return await attempt(outgoing, sending);
    } catch (thrown) {
      if (!(thrown instanceof PassingFailure)) throw thrown;
      const { error, isUntouched, waitMs: asked } = thrown;
      const advised = (remedy: string): ExportError =>
        new ExportError(error.code, { ...error.parameters, remedy });
      if (!isUntouched && !outgoing.canRepeat) throw advised(HTTP_TEXTS.onceRemedy);
      if (failures > options.retries) throw error;
      if (asked !== null && asked > longestWaitMs)
        throw advised(HTTP_TEXTS.waitRemedy(Math.ceil(asked / 1000)));
      const mean = Math.min(options.retryDelayMs * 2 ** (failures - 1), longestWaitMs);
      // Half of the wait is chance, so that many that failed together do not come back together.
      const waitMs = Math.round(asked ?? mean * (1 - Math.random() / 2));
      sending.trace?.(
        HTTP_TEXTS.retry(outgoing.shown, error.message, waitMs, options.retries - failures),
      );
      const left = options.retries - failures;
      outgoing.onRetry?.({ problem: error.message, waitMs, left });
      await network.sleep(waitMs);
      signal.throwIfAborted();
    }
  }
}
