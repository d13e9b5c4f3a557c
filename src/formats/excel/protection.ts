// The password of protected sheets, as its hash stands in them (ECMA-376 part 1 §18.3.1.85).
import { createSHA256, createSHA512 } from 'hash-wasm';

/** As many as Excel does itself. */
const SPIN_COUNT = 100_000;
const SALT_BYTES = 16;

/** Attributes of `sheetProtection` for a password; empty = none. */
export type PasswordAttributes = string;

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The password in UTF-16, which is what is hashed. */
function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), true);
  return bytes;
}

/**
 * Hashes a password many times over. The salt has to differ from file to file, and need not be secret: it comes from `seed`, so
 * that the same export makes the same bytes through every door.
 */
export async function hashPassword(password: string, seed: string): Promise<PasswordAttributes> {
  const [salter, hasher] = await Promise.all([createSHA256(), createSHA512()]);
  const salt = salter.init().update(seed).digest('binary').subarray(0, SALT_BYTES);
  let hash = hasher.init().update(salt).update(utf16(password)).digest('binary');
  const round = new Uint8Array(hash.length + 4);
  const view = new DataView(round.buffer);
  for (let i = 0; i < SPIN_COUNT; i++) {
    round.set(hash);
    view.setUint32(hash.length, i, true);
    hash = hasher.init().update(round).digest('binary');
  }
  return ` algorithmName="SHA-512" hashValue="${base64(hash)}" saltValue="${base64(salt)}" spinCount="${SPIN_COUNT}"`;
}
