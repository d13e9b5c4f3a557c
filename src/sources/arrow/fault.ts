// What is thrown deep inside Arrow data that is not as the format says; reading turns it into the error a user meets.
import { ExportError, isAbort } from '../../contract/errors.ts';

/** Damage or a lie in the data, in words that follow a colon. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Throws a Fault unless `holds`. */
export function insist(holds: boolean, detail: string): asserts holds {
  if (!holds) throw new Fault(detail);
}

/** The error a user meets: what is known stays, anything else that decoding trips over is damage. */
export function faultError(thrown: unknown, name: string): unknown {
  if (thrown instanceof ExportError || isAbort(thrown)) return thrown;
  const detail = thrown instanceof Fault ? thrown.message : 'its messages cannot be decoded';
  return new ExportError('read.arrow.corrupt', { name, detail }, { cause: thrown });
}
