// The command verify: size and checksum of a finished file, compared with one that is given.
import { ExportError } from '../../contract/errors.ts';
import { printJson, type Session } from './session.ts';
import { printable } from './terminal.ts';

export async function verifyCommand(
  { engine }: Session,
  path: string,
  values: Record<string, unknown>,
): Promise<number> {
  const expected = (values['sha256'] as string | undefined)?.trim().toLowerCase();
  if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected))
    throw new ExportError('config.wrong-option', {
      path: '--sha256',
      detail: 'it has to be 64 hexadecimal digits.',
    });
  const result = await engine.verify({ path }, expected);
  if (values['json'] === true) printJson(result);
  // As sha256sum writes it, so that its own check reads it too.
  else process.stdout.write(printable(`${result.checksum.value}  ${path}`) + '\n');
  if (result.matches === false) throw new ExportError('verify.differs', { name: path });
  return 0;
}
