// Inputs that are several files read as one: made of those that are open, and taken apart again.
import type { OneFileBinding } from '../../contract/bindings.ts';
import type { Input, OpenInput } from '../input.ts';
import { openInputs } from '../open-inputs.ts';
import type { Session } from '../session.tsx';
import { sourceWords } from './messages.en.ts';

interface NamedFile {
  name: string;
  file: OneFileBinding;
}

/** The files of an input that is several; null when it is one, or rows. */
export function filesOf({ data }: Input): readonly NamedFile[] | null {
  return 'bytes' in data && 'files' in data.bytes ? data.bytes.files : null;
}

/** Those of the open inputs that could be read as one. */
export function singleFiles(inputs: readonly OpenInput[]): OpenInput[] {
  return inputs.filter((input) => 'bytes' in input.data && filesOf(input) === null);
}

/** Opens one input in the place of these. */
export async function readAsOne(session: Session, inputs: readonly OpenInput[]): Promise<void> {
  const files = inputs.flatMap(({ name, data }): NamedFile[] =>
    'bytes' in data && !('files' in data.bytes) ? [{ name, file: data.bytes }] : [],
  );
  // In the order in which they are read.
  files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const sizes = inputs.map(({ sizeBytes }) => sizeBytes);
  const name = sourceWords.oneName(files[0]!.name.replace(/\.\w+$/, ''), files.length);
  const one: Input = {
    name,
    sizeBytes: sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + size!, 0),
    data: { bytes: { name, files: apartByName(files) } },
  };
  await exchange(session, inputs, [one]);
}

/** Opens each file of the input by itself. */
export async function readApart(session: Session, input: OpenInput): Promise<void> {
  const apart = (filesOf(input) ?? []).map(({ name, file }): Input => ({
    name,
    sizeBytes: file instanceof Blob ? file.size : null,
    data: { bytes: file },
  }));
  await exchange(session, [input], apart);
}

async function exchange(
  session: Session,
  old: readonly OpenInput[],
  next: readonly Input[],
): Promise<void> {
  if (!(await openInputs(session, next))) return;
  for (const { key } of old) session.drafts.getState().closeInput(key);
}

/** Files of the same name from different folders get a number. */
function apartByName(files: readonly NamedFile[]): NamedFile[] {
  const taken = new Set<string>();
  return files.map(({ name, file }) => {
    let own = name;
    for (let n = 2; taken.has(own); n++) own = name.replace(/(\.\w+)?$/, ` (${n})$1`);
    taken.add(own);
    return { name: own, file };
  });
}
