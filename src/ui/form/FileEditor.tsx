// An option that is a file: chosen or dropped, held in this window.
import type { EditorProps } from './editor-props.ts';
import { FileChoice, type FileChoiceProps } from './FileChoice.tsx';

export function FileEditor({ field, value, ids, onChange }: EditorProps) {
  return (
    <FileChoice
      // A path may also be given as text.
      value={typeof value === 'string' ? { path: value } : (value as FileChoiceProps['value'])}
      onChange={onChange}
      title={field.title}
      accept={field.accept}
      describedBy={ids.describedBy}
    />
  );
}
