// Opens the files that a format's options name: things handed over with the run, or paths where the door has them.
import type { Bindings, ByteBinding } from '../contract/bindings.ts';
import { ExportError } from '../contract/errors.ts';
import type { EncoderRoom } from '../contract/encoder.ts';
import type { OpenBytes } from './open-source.ts';
import { PLAN_TEXTS } from './texts.ts';

/** A way to open them, which looks into the bindings alone. */
export function openFormatFiles(bindings: Bindings, openBytes: OpenBytes): EncoderRoom['openFile'] {
  return async (file) => {
    const binding: ByteBinding | undefined =
      'path' in file ? { path: file.path } : bindings.bytes?.[file.binding];
    if (binding === undefined)
      throw new ExportError('config.binding-missing', {
        binding: 'path' in file ? file.path : file.binding,
      });
    const isMany = !(binding instanceof Blob) && 'files' in binding;
    const opened = isMany ? null : await openBytes(binding);
    if (opened?.slices === undefined)
      throw new ExportError('config.wrong-option', {
        path: 'outputs.0.format.options',
        detail: PLAN_TEXTS.noFile(opened?.name ?? (binding as { name: string }).name),
      });
    return { name: opened.name, slices: opened.slices };
  };
}
