// Bytes → one age file (age-encryption.org/v1), streaming.
import { Encrypter } from 'age-encryption';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { PackContext } from '../../contract/codec-plugin.ts';
import type { AgeOptions } from './options.ts';
import { CONFLICT_TEXTS } from './texts.ts';

/** Encrypts; the file key is new each time, so that no two results are alike. Throws `config.conflict` for a mistyped recipient. */
export async function* transform(
  input: AsyncIterable<Uint8Array>,
  { options, secret, signal }: PackContext<AgeOptions>,
): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  if (options.passphrase !== null) encrypter.setPassphrase(secret(options.passphrase.secret));
  for (const recipient of options.recipients)
    try {
      encrypter.addRecipient(recipient);
    } catch (thrown) {
      throw new ExportError('config.conflict', CONFLICT_TEXTS.recipient(shorten(recipient)), {
        cause: thrown,
      });
    }
  const pieces = input[Symbol.asyncIterator]();
  const plain = new ReadableStream<Uint8Array>({
    async pull(controller) {
      signal.throwIfAborted();
      const next = await pieces.next();
      if (next.done === true) controller.close();
      // The pieces may be reused once the next one is asked for; the cipher looks at them later.
      else if (next.value.length > 0) controller.enqueue(next.value.slice());
      else await this.pull!(controller);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
  const reader = (await encrypter.encrypt(plain)).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
