// What is thrown deep inside a workbook that is not as the format says; reading turns it into the error a user meets.
import { ExportError, isAbort } from '../../contract/errors.ts';
import { SchemaGrowth } from '../../contract/misfit.ts';

/** Damage or a lie in the file, in words that follow a colon. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** The error a user meets: what is known stays, a Fault is damage of `part`. Anything else is passed on as it is. */
export function faultError(thrown: unknown, name: string, part: string): unknown {
  if (thrown instanceof ExportError || thrown instanceof SchemaGrowth || isAbort(thrown))
    return thrown;
  if (!(thrown instanceof Fault)) return thrown;
  const parameters = { name, detail: `${part}: ${thrown.message}` };
  return new ExportError('read.excel.corrupt', parameters, { cause: thrown });
}
