// The command generate: a table of any length to try things with, the same bytes for the same rows and seed.
import type { GeneratedBytes } from '../../contract/bindings.ts';
import { ExportError } from '../../contract/errors.ts';
import { configOf, type Session } from './session.ts';
import { tell, watched } from './run.ts';

function wholeNumber(flag: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new ExportError('config.wrong-option', {
    path: `--${flag}`,
    detail: `“${text.slice(0, 40)}” is not a whole number.`,
  });
}

export async function generateCommand(
  session: Session,
  shape: string,
  values: Record<string, unknown>,
): Promise<number> {
  const destination = (values['destination'] as string | undefined) ?? '-';
  const isQuiet = values['quiet'] === true || destination === '-';
  const generate: GeneratedBytes = {
    shape: shape as GeneratedBytes['shape'],
    rows: wholeNumber('rows', (values['rows'] as string | undefined) ?? '1000000'),
    seed: wholeNumber('seed', (values['seed'] as string | undefined) ?? '1'),
  };
  const { config, bindings } = await configOf(session, undefined, {
    source: '-',
    format: 'csv',
    destination,
    ifExists: values['ifExists'],
    quiet: isQuiet,
  });
  const [source] = config.sources;
  Object.assign(source!, {
    kind: 'csv',
    from: { binding: 'generated' },
    charset: { id: 'utf-8', onInvalid: 'fail' },
    compression: 'none',
    // As it is written, so that nothing is left to be found out.
    options: { delimiter: ',', quote: '"', header: 'present', lineEnd: 'lf' },
  });
  // What is a formula is to stay one: whoever reads the table has to cope with it.
  config.outputs[0]!.format.options = { formulaGuard: false };
  const report = await watched({ isQuiet }, async (options) => {
    const given = { ...bindings, bytes: { generated: { generate } } };
    return (await session.engine.run(config, given, options)).report;
  });
  return tell(report, isQuiet);
}
