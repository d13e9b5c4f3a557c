// The command verify: checksum of a finished file, or all that the receipt of its run says of it.
import { readFile } from 'node:fs/promises';
import { ExportError } from '../../contract/errors.ts';
import type { Report } from '../../contract/report.ts';
import { printJson, type Session } from './session.ts';
import { EXIT, printable, say } from './terminal.ts';

export async function verifyCommand(
  { engine }: Session,
  path: string,
  receiptPath: string | undefined,
  values: Record<string, unknown>,
): Promise<number> {
  const checksum = (values['sha256'] as string | undefined)?.trim().toLowerCase();
  if (checksum !== undefined && !/^[0-9a-f]{64}$/.test(checksum))
    throw new ExportError('config.wrong-option', {
      path: '--sha256',
      detail: 'it has to be 64 hexadecimal digits.',
    });
  if (checksum !== undefined && receiptPath !== undefined)
    throw new ExportError('config.conflict', {
      detail: 'A receipt and --sha256 both say what the checksum has to be.',
      remedy: 'Give one of them.',
    });
  const receipt = receiptPath === undefined ? undefined : await readReceipt(receiptPath);
  const result = await engine.verify({ path }, receipt ?? checksum);
  if (values['json'] === true) printJson(result);
  // As sha256sum writes it, so that its own check reads it too.
  else process.stdout.write(printable(`${result.checksum.value}  ${path}`) + '\n');
  if (receipt !== undefined && values['json'] !== true) {
    const { values: read } = result;
    if (read?.outcome === 'same') {
      const all = read.tables?.map((table) => table.fingerprint) ?? [read.fingerprint!];
      const rows = all.reduce((sum, fingerprint) => sum + fingerprint.rows, 0);
      say(`The values of ${rows} rows are those that were written (${read.level}).`);
    } else if (result.matches === true) say('The bytes are those that were written.');
  }
  if (result.matches === false) throw new ExportError('verify.differs', { name: path });
  return EXIT.done;
}

async function readReceipt(path: string): Promise<Report> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    throw new ExportError('read.open-failed', { name: path, detail: (thrown as Error).message });
  }
  try {
    const receipt = JSON.parse(text) as Partial<Report> | null;
    if (receipt?.version === 1 && Array.isArray(receipt.files)) return receipt as Report;
  } catch {
    // Said below, as of anything that is none.
  }
  throw new ExportError('verify.no-receipt', { name: path });
}
