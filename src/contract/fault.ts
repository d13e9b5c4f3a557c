// What is thrown deep inside a binary file that is not as its format says; reading turns it into the error a user meets.
import type { ErrorCode } from './error-codes.ts';
import { ExportError, isAbort } from './errors.ts';

/** Damage or a lie in the file, in words that follow a colon. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Throws a Fault unless `holds`. */
export function insist(holds: boolean, detail: string): asserts holds {
  if (!holds) throw new Fault(detail);
}

/**
 * The error a user meets, with `code`, whose text takes name and detail: what is known stays, anything else that decoding
 * trips over is damage, for which `otherwise` stands.
 */
export function faultError(
  thrown: unknown,
  code: ErrorCode,
  name: string,
  otherwise: string,
): unknown {
  if (thrown instanceof ExportError || isAbort(thrown)) return thrown;
  const detail = thrown instanceof Fault ? thrown.message : otherwise;
  return new ExportError(code, { name, detail }, { cause: thrown });
}
