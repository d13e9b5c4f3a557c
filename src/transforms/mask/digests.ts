// What is made of a value by SHA-256, with and without a key.
import { createHMAC, createSHA256 } from 'hash-wasm';

export interface Digests {
  /** SHA-256 of the text in UTF-8, as 64 hexadecimal digits. */
  hash(text: string): string;
  /** HMAC-SHA-256 of the text in UTF-8, as 64 hexadecimal digits. */
  hmac(text: string): string;
  /**
   * A number from 0 below `count` (at most 10^18) that the key makes of the text, all about as likely. Other uses give
   * other numbers, and none of them tells anything of `hmac`.
   */
  number(use: string, text: string, count: bigint): bigint;
}

/** `key`: the text of the key, used as its UTF-8 bytes; null where none of the keyed ones is asked for. */
export async function createDigests(key: string | null): Promise<Digests> {
  const plain = await createSHA256();
  const keyed = key === null ? null : await createHMAC(createSHA256(), key);
  const hmac = (text: string): string => keyed!.init().update(text).digest('hex');
  return {
    hash: (text) => plain.init().update(text).digest('hex'),
    hmac,
    number(use, text, count) {
      // 128 bits: the remainder then favours none of them by more than 2^-68.
      const wide = hmac(`export-studio mask ${use}\u0000${text}`).slice(0, 32);
      return BigInt(`0x${wide}`) % count;
    },
  };
}
