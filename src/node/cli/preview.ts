// The command preview: the first bytes of the real output, or its first rows as JSON.
import { ExportError } from '../../contract/errors.ts';
import { configOf, printJson, type Session } from './session.ts';
import { say } from './terminal.ts';

export async function previewCommand(
  session: Session,
  configName: string | undefined,
  values: Record<string, unknown>,
): Promise<number> {
  const text = (values['rows'] as string | undefined) ?? '20';
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new ExportError('config.wrong-option', {
      path: '--rows',
      detail: `“${text}” is not a number of rows.`,
    });
  // Nothing is delivered, so that no destination has to be given.
  const { config, bindings } = await configOf(session, configName, {
    ...values,
    destination: values['destination'] ?? (configName === undefined ? '-' : undefined),
  });
  const preview = await session.engine.preview(config, bindings, { rows: Number(text) });
  if (preview.error !== null) throw ExportError.from(preview.error);
  if (values['json'] === true) {
    const { head, tail, ...rest } = preview;
    const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    printJson({ ...rest, head: text(head), tail: text(tail) });
    return 0;
  }
  process.stdout.write(preview.head);
  if (preview.head.length > 0 && preview.head.at(-1) !== 10) process.stdout.write('\n');
  if (values['quiet'] !== true)
    say(preview.isWhole ? 'This is all of it.' : `The first ${preview.rowsOut} rows; more follow.`);
  return 0;
}
