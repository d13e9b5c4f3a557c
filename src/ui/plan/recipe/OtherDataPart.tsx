// Chooses the other data of a step: what is open, a table of it, or a file that is opened there and then.
import { useId, useRef, useState } from 'react';
import type { OpenInput } from '../../input.ts';
import form from '../../form/form.module.css';
import { OptionRow } from '../../form/OptionRow.tsx';
import { Button } from '../../kit/Button.tsx';
import { DropPlace } from '../../kit/DropPlace.tsx';
import { Select } from '../../kit/fields.tsx';
import { messages } from '../../messages.en.ts';
import { openBeside } from '../../open-inputs.ts';
import { useDraft, useDraftActions, usePage, useSession } from '../../session.tsx';
import { sourceWords } from '../../source/messages.en.ts';
import { rowsText } from '../answers.ts';
import { recipeWords } from './messages.en.ts';
import type { OtherData } from './other-columns.ts';
import styles from './recipe.module.css';

const words = recipeWords.other;

export interface OtherDataProps {
  /** What is chosen; null: nothing yet. */
  other: OtherData | null;
  title: string;
  /** Words for the choice while there is none. */
  none: string;
  onTake: (input: OpenInput, table?: string) => Promise<void>;
  /** Where it can be taken away again. */
  onRemove?: () => void;
  isFirst?: boolean;
}

/** A menu of what is open, and what is known of the one chosen. */
export function OtherDataPart({ other, title, none, onTake }: OtherDataProps) {
  const [isBusy, setBusy] = useState(false);
  const { bindOther } = useDraftActions();
  const isMissing = other?.source !== null && other?.input === null && !isAddress(other);
  const take = async (input: OpenInput, table?: string) => {
    // What a stored plan says of the step stays: it is only told where its data are.
    if (other !== null && isMissing) {
      bindOther(other.id, input);
      return;
    }
    setBusy(true);
    await onTake(input, table);
    setBusy(false);
  };
  return (
    <OptionRow title={title}>
      {(ids) => (
        <Dropping onFile={(file) => void take(file)}>
          {(openFile) => (
            <>
              <div className={styles.other}>
                <InputSelect
                  id={ids.control}
                  other={other}
                  none={none}
                  isMissing={isMissing}
                  onTake={(input) => void take(input)}
                />
                {openFile}
              </div>
              {other === null || isMissing ? null : <TableSelect other={other} onTake={take} />}
              <p className={form.help} aria-live="polite">
                <Facts other={other} isBusy={isBusy} isMissing={isMissing} />
              </p>
            </>
          )}
        </Dropping>
      )}
    </OptionRow>
  );
}

/** Whether it is read from an address, which needs nothing that is open. */
function isAddress({ source }: OtherData): boolean {
  return source !== null && 'origin' in source.from;
}

export function InputSelect({
  other,
  none,
  isMissing,
  onTake,
  ...aria
}: {
  other: OtherData | null;
  none: string;
  isMissing: boolean;
  onTake: (input: OpenInput) => void;
  id?: string;
  'aria-label'?: string;
}) {
  const own = useDraft((state) => state.draft!.input);
  const open = useDraft((state) => state.inputs);
  const key = other?.input?.key;
  // Closed meanwhile, it is still read.
  const inputs =
    key === undefined || open.some((each) => each.key === key) ? open : [...open, other!.input!];
  // Rows that can be read only once are this side already.
  const choices = inputs.filter(
    (input) => input.key !== own.key || !('rows' in own.data) || !own.data.rows.once,
  );
  const sorted = [
    ...choices.filter((input) => input.key !== own.key),
    ...choices.filter((input) => input.key === own.key),
  ];
  return (
    <Select
      {...aria}
      className={styles.wide}
      value={key ?? ''}
      onChange={(event) => {
        const chosen = inputs.find((each) => each.key === Number(event.currentTarget.value));
        if (chosen) onTake(chosen);
      }}
    >
      {key !== undefined ? null : (
        <option value="" disabled>
          {other === null ? none : isMissing ? words.notOpen(other.id) : other.id}
        </option>
      )}
      {sorted.map((input) => (
        <option key={input.key} value={input.key}>
          {input.key === own.key ? words.thisOne(input.name) : input.name}
        </option>
      ))}
    </Select>
  );
}

function TableSelect({ other, onTake }: { other: OtherData } & Pick<OtherDataProps, 'onTake'>) {
  const id = useId();
  const tables = other.inspection?.tables ?? [];
  const { input } = other;
  if (input === null || tables.length < 2) return null;
  const chosen = other.source?.table ?? other.inspection?.table ?? '';
  const kind = tables.find((each) => each.name === chosen)?.kind ?? 'table';
  return (
    <p className={styles.otherTable}>
      <label htmlFor={id}>{sourceWords.tables[kind]}</label>
      <Select
        id={id}
        value={chosen}
        onChange={(event) => void onTake(input, event.currentTarget.value)}
      >
        {tables.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
    </p>
  );
}

function Facts({
  other,
  isBusy,
  isMissing,
}: {
  other: OtherData | null;
  isBusy: boolean;
  isMissing: boolean;
}) {
  const { chooseInput } = useDraftActions();
  const isOpen = useDraft((state) => state.inputs.some(({ key }) => key === other?.input?.key));
  const isOwn = useDraft((state) => state.draft!.input.key === other?.input?.key);
  const { toggleSource } = usePage();
  const { opensFiles } = useSession();
  if (isBusy) return messages.source.reading;
  if (isMissing) return words.openIt(other!.id);
  if (other === null) return opensFiles ? words.help : words.helpOfHost;
  const { inspection, input } = other;
  if (other.problem !== null) return other.problem;
  return (
    <>
      {inspection === null
        ? ''
        : messages.source.facts(rowsText(inspection), inspection.columns.length)}
      {input !== null && isOpen && !isOwn ? (
        <>
          {' · '}
          <Button
            look="link"
            onClick={() => {
              chooseInput(input.key);
              toggleSource(true);
            }}
          >
            {words.howRead(input.name)}
          </Button>
        </>
      ) : null}
    </>
  );
}

/** A place where a file can be let go of, and the button that opens one. */
export function Dropping({
  onFile,
  children,
}: {
  onFile: (input: OpenInput) => void;
  children: (openFile: React.ReactNode) => React.ReactNode;
}) {
  const session = useSession();
  const file = useRef<HTMLInputElement>(null);
  const open = async (each: File) => {
    const data = { bytes: each };
    const [input] = await openBeside(session, [{ name: each.name, sizeBytes: each.size, data }]);
    if (input) onFile(input);
  };
  if (!session.opensFiles) return children(null);
  return (
    <DropPlace onFile={(each) => void open(each)}>
      <input
        ref={file}
        type="file"
        hidden
        data-testid="other-file"
        onChange={(event) => {
          const [each] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (each) void open(each);
        }}
      />
      {children(<Button onClick={() => file.current?.click()}>{words.openFile}</Button>)}
    </DropPlace>
  );
}
