// The command palette: one field that finds whatever can be done, and does it.
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { ListedTemplate } from '../../contract/store.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import type { EngineClient } from '../../worker/client.ts';
import { useCommands } from '../commands.tsx';
import { Icon } from '../kit/Icon.tsx';
import { useModal } from '../kit/Modal.tsx';
import { paletteWords } from './palette-words.en.ts';
import kit from '../kit/controls.module.css';
import { entriesOf, findEntries, type Entry, type Sources } from './entries.ts';
import styles from './palette.module.css';

/** Entries of one group that are shown while nothing is searched for. */
const SHOWN_OF_GROUP = 8;

export function CommandPalette({
  client,
  onClose,
  ...given
}: Pick<Sources, 'session' | 'samples' | 'onSample' | 'onLoad'> & {
  client: EngineClient;
  onClose: () => void;
}) {
  const words = paletteWords;
  const commands = useCommands()!;
  const { session } = given;
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const [catalogue, setCatalogue] = useState<Catalogue | null>(null);
  const [templates, setTemplates] = useState<readonly ListedTemplate[]>([]);
  const modal = useModal(onClose, true);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // What cannot be asked is not found; the commands are there in any case.
    client.catalogue().then(setCatalogue, () => {});
    session?.store?.templates.list().then(setTemplates, () => {});
  }, [client, session]);

  const entries = entriesOf({ ...given, commands, catalogue, templates });
  const found = search.trim() === '' ? firstOfGroups(entries) : findEntries(entries, search);
  const chosen = Math.min(at, found.length - 1);
  const groups = useMemo(() => [...new Set(found.map((entry) => entry.group))], [found]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const choose = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onClose();
    // Once focus is back where it was, as some commands move it on.
    requestAnimationFrame(entry.run);
  };
  // Shown by group, so that is how the arrows go.
  const inOrder = groups.flatMap((group) => found.filter((entry) => entry.group === group));
  const onKeyDown = (event: KeyboardEvent) => {
    const last = inOrder.length - 1;
    const to = new Map([
      ['ArrowDown', chosen === last ? 0 : chosen + 1],
      ['ArrowUp', chosen <= 0 ? last : chosen - 1],
      ['PageDown', Math.min(last, chosen + 8)],
      ['PageUp', Math.max(0, chosen - 8)],
    ]).get(event.key);
    if (to !== undefined) setAt(to);
    else if (event.key === 'Enter') choose(inOrder[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog {...modal} className={`${kit.modal} ${styles.palette}`} aria-label={words.title}>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          placeholder={words.placeholder}
          aria-label={words.title}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={words.found}
        className={styles.list}
      >
        {groups.map((group) => (
          <div key={group} role="group" aria-label={group}>
            <div className={styles.group} aria-hidden="true">
              {group}
            </div>
            {inOrder.map((entry, i) =>
              entry.group === group ? (
                <div
                  key={`${entry.title}-${i}`}
                  id={`${id}-${i}`}
                  role="option"
                  aria-selected={i === chosen}
                  className={styles.entry}
                  onPointerMove={() => setAt(i)}
                  onMouseUp={() => choose(entry)}
                >
                  <span>{entry.title}</span>
                  <small>{entry.says}</small>
                  {entry.key === '' ? null : <kbd className={kit.key}>{entry.key}</kbd>}
                </div>
              ) : null,
            )}
          </div>
        ))}
      </div>
      <p className={styles.none} role="status">
        {found.length === 0 ? words.none : ''}
      </p>
    </dialog>
  );
}

function firstOfGroups(entries: readonly Entry[]): Entry[] {
  const counts = new Map<string, number>();
  return entries.filter(({ group }) => {
    const count = (counts.get(group) ?? 0) + 1;
    counts.set(group, count);
    return group === paletteWords.commands || count <= SHOWN_OF_GROUP;
  });
}
