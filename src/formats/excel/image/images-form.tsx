// The form for images: files that are chosen, and where they stand.
import { DataLine, Head, type FileValue, type Kit, Line } from '../panel-lines.tsx';
import { type Given, listOf, type PanelColumn, withOptions } from '../panel-model.ts';
import { PANEL_WORDS } from '../panel-words.ts';
import styles from '../panel.module.css';

const ACCEPT = ['.png', '.jpg', '.jpeg', '.gif'];

interface FormProps {
  value: unknown;
  onChange: (value: unknown) => void;
  columns: readonly PanelColumn[];
  labelledBy: string;
  Kit: Kit;
}

export function ImagesForm({ value, onChange, columns, labelledBy, Kit }: FormProps) {
  const { FileEditor, TextInput } = Kit;
  const words = PANEL_WORDS;
  const list = listOf(value);
  return (
    <div role="group" aria-labelledby={labelledBy}>
      {list.map((given, i) => {
        const name = words.image(i + 1);
        const patch = (changed: Given) => onChange(list.with(i, withOptions(given, changed)));
        const remove = () => onChange(list.toSpliced(i, 1));
        return (
          // They may be alike, so their place is what tells them apart.
          <div role="group" aria-label={name} className={styles.one} key={i}>
            <Head name={name} Kit={Kit} onRemove={remove}>
              {null}
            </Head>
            <Line label={words.file}>
              <FileEditor
                title={words.of(words.file, name)}
                value={fileOf(given['file'])}
                accept={ACCEPT}
                onChange={(file) => (file === null ? remove() : patch({ file }))}
              />
            </Line>
            <DataLine
              given={given}
              all={columns}
              whole={name}
              Kit={Kit}
              onChange={(next) => onChange(list.with(i, next))}
            />
            <Line label={words.cell}>
              <TextInput
                aria-label={words.of(words.cell, name)}
                value={String(given['cell'] ?? '')}
                placeholder={words.rightOfRows}
                onChange={({ currentTarget }) => patch({ cell: currentTarget.value || undefined })}
              />
            </Line>
            <Line label={words.width}>
              <TextInput
                aria-label={words.of(words.width, name)}
                value={String(given['width'] ?? '')}
                inputMode="numeric"
                placeholder={words.asItIs}
                onChange={({ currentTarget }) => patch({ width: sizeOf(currentTarget.value) })}
              />
            </Line>
            <Line label={words.description}>
              <TextInput
                aria-label={words.of(words.description, name)}
                value={String(given['description'] ?? '')}
                placeholder={words.readOut}
                onChange={({ currentTarget }) =>
                  patch({ description: currentTarget.value || undefined })
                }
              />
            </Line>
          </div>
        );
      })}
      <FileEditor
        // Another one, empty again, for the next.
        key={list.length}
        title={words.addImage}
        value={null}
        accept={ACCEPT}
        onChange={(file) => onChange([...list, { file }])}
      />
    </div>
  );
}

function fileOf(value: unknown): FileValue | null {
  if (typeof value === 'string') return { path: value };
  return typeof value === 'object' ? (value as FileValue | null) : null;
}

/** A number as one; what is none stays as it was typed, for the check to tell of. */
function sizeOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
