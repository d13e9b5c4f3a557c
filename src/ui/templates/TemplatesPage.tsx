// The page of templates: find, open, rename, copy, delete and bring back, and take them along as files.
import { useRef, useState } from 'react';
import { ExportError } from '../../contract/errors.ts';
import type {
  ExportStore,
  ExportTemplate,
  ListedTemplate,
  StoredTemplate,
  TemplateImport,
} from '../../contract/store.ts';
import { formatCount } from '../format-number.ts';
import { formatMoment, formatWhen } from '../format-when.ts';
import { Button } from '../kit/Button.tsx';
import { ListDetail } from '../kit/ListDetail.tsx';
import { SearchField } from '../kit/SearchField.tsx';
import { UndoBar } from '../kit/UndoBar.tsx';
import styles from '../kit/list-detail.module.css';
import { saveText } from '../run/receipt-text.ts';
import { usePersistence, useStoreChange, useTemplates, useWasCleared } from '../store-queries.ts';
import { configSentence, formatName } from './config-words.ts';
import { ImportResult } from './ImportResult.tsx';
import { templateWords as words } from './messages.en.ts';
import { TemplateDetail } from './TemplateDetail.tsx';

const MEDIA_TYPES = { json: 'application/json', yaml: 'application/yaml' } as const;

export function TemplatesPage({
  store,
  onLoad,
}: {
  store: ExportStore;
  /** The person wants to work with this one. */
  onLoad: (template: ExportTemplate) => void;
}) {
  const [search, setSearch] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [removed, setRemoved] = useState<StoredTemplate | null>(null);
  const [result, setResult] = useState<TemplateImport | null>(null);
  const found = useTemplates(store, search.trim());
  const all = useTemplates(store);
  const list = found.data ?? [];
  const chosen = list.find((each) => each.id === chosenId) ?? list[0];

  const remove = useStoreChange(async (template: ListedTemplate) => {
    setRemoved(await store.templates.remove(template.id));
    setChosenId(null);
  });
  const restore = useStoreChange(async (template: StoredTemplate) => {
    await store.templates.restore(template);
    setRemoved(null);
    setChosenId(template.id);
  });
  const duplicate = useStoreChange(async (template: ListedTemplate) => {
    setChosenId((await store.templates.duplicate(template.id)).id);
  });
  const exportAs = useStoreChange(
    async ({ form, template }: { form: 'json' | 'yaml'; template: ListedTemplate | null }) => {
      const text = await store.templates.exportAll(form, template ? [template.id] : undefined);
      saveText(`${template?.name ?? words.fileName}.${form}`, text, MEDIA_TYPES[form]);
    },
  );
  const importFiles = useStoreChange(async (files: readonly File[]) => {
    const whole: TemplateImport = { imported: [], renamed: [], refused: [] };
    for (const file of files) {
      try {
        const part = await store.templates.importAll(await file.text(), file.name);
        for (const key of ['imported', 'renamed', 'refused'] as const)
          (whole[key] as unknown[]).push(...part[key]);
      } catch (thrown) {
        // Of one file among several the others come in all the same.
        if (!(thrown instanceof ExportError)) throw thrown;
        whole.refused.push({ name: file.name, line: null, error: thrown.toJSON() });
      }
    }
    setResult(whole);
    setSearch('');
    if (whole.imported[0]) setChosenId(whole.imported[0].id);
  });
  const error =
    found.error ??
    remove.error ??
    restore.error ??
    duplicate.error ??
    exportAs.error ??
    importFiles.error;

  const wasCleared = useWasCleared(store);
  return (
    <ListDetail
      label={words.title}
      isOpen={chosenId !== null && chosen !== undefined}
      list={
        <>
          <ListHead
            shown={list.length}
            all={all.data?.length ?? null}
            isFiltered={search.trim() !== ''}
            onImport={importFiles.mutate}
            onExport={(form) => exportAs.mutate({ form, template: null })}
          />
          {wasCleared ? (
            <p className={`${styles.note} ${styles.bad}`} role="alert">
              {words.cleared}
            </p>
          ) : null}
          {error ? (
            <div className={styles.note} role="alert">
              <p className={styles.bad}>{error.message}</p>
              <p className={styles.help}>{error.hint}</p>
            </div>
          ) : null}
          {result ? <ImportResult result={result} onClose={() => setResult(null)} /> : null}
          {(all.data?.length ?? 0) > 0 ? (
            <div className={styles.find}>
              <SearchField
                label={words.find}
                placeholder={words.findBy}
                value={search}
                onChange={setSearch}
              />
            </div>
          ) : null}
          {list.length > 0 ? (
            <TemplateTable list={list} chosen={chosen} onChoose={setChosenId} />
          ) : found.isSuccess && !found.isPlaceholderData ? (
            <Empty search={search.trim()} onShowAll={() => setSearch('')} />
          ) : null}
          <Keeping store={store} />
        </>
      }
      detail={
        chosen ? (
          <TemplateDetail
            key={chosen.id}
            store={store}
            template={chosen}
            onLoad={onLoad}
            onBack={() => setChosenId(null)}
            onDuplicate={() => duplicate.mutate(chosen)}
            onRemove={() => remove.mutate(chosen)}
            onExport={(form) => exportAs.mutate({ form, template: chosen })}
          />
        ) : null
      }
      bar={
        removed ? (
          <UndoBar
            said={words.deleted(removed.name)}
            undo={words.bringBack}
            onUndo={() => restore.mutate(removed)}
            close={words.close}
            onClose={() => setRemoved(null)}
          />
        ) : undefined
      }
    />
  );
}

function ListHead({
  shown,
  all,
  isFiltered,
  onImport,
  onExport,
}: {
  shown: number;
  all: number | null;
  isFiltered: boolean;
  onImport: (files: readonly File[]) => void;
  onExport: (form: 'json' | 'yaml') => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.head}>
      <h1>{words.title}</h1>
      {all === null || all === 0 ? null : (
        <p aria-live="polite">
          {words.count(formatCount(shown), isFiltered ? formatCount(all) : null)}
        </p>
      )}
      <div className={styles.push}>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept=".json,.yaml,.yml,application/json,application/yaml"
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            if (files.length > 0) onImport(files);
          }}
        />
        <Button onClick={() => input.current?.click()}>{words.import}</Button>
        {all === null || all === 0 ? null : (
          <>
            <Button aria-label={words.exportAllJson} onClick={() => onExport('json')}>
              {words.exportAll}
            </Button>
            <Button aria-label={words.exportAllYaml} onClick={() => onExport('yaml')}>
              {words.asYaml}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function TemplateTable({
  list,
  chosen,
  onChoose,
}: {
  list: readonly ListedTemplate[];
  chosen: ListedTemplate | undefined;
  onChoose: (id: string) => void;
}) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.format}</th>
          <th scope="col">{words.saved}</th>
          <th scope="col" className={styles.end}>
            {words.version}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((each) => (
          <tr
            key={each.id}
            data-chosen={each === chosen ? '' : undefined}
            onClick={() => onChoose(each.id)}
          >
            <td className={styles.main}>
              <button
                type="button"
                className={styles.name}
                aria-current={each === chosen ? 'true' : undefined}
              >
                {each.name}
              </button>
              {each.config ? (
                <p>{each.description || configSentence(each.config)}</p>
              ) : (
                <p className={styles.bad}>{words.cannotRead}</p>
              )}
            </td>
            <td>{formatName(each.config?.outputs[0]?.format.id ?? '')}</td>
            <td>
              <time dateTime={each.updatedAt} title={formatMoment(each.updatedAt)}>
                {formatWhen(each.updatedAt)}
              </time>
            </td>
            <td className={styles.end}>{formatCount(each.version)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Empty({ search, onShowAll }: { search: string; onShowAll: () => void }) {
  if (search !== '')
    return (
      <div className={styles.empty}>
        <p>{words.noneFound(search)}</p>
        <div className={styles.actions}>
          <Button onClick={onShowAll}>{words.showAll}</Button>
        </div>
      </div>
    );
  return (
    <div className={styles.empty}>
      <h2>{words.empty}</h2>
      <p>{words.emptySays}</p>
    </div>
  );
}

/** What a template never holds, and how safe they lie here. */
function Keeping({ store }: { store: ExportStore }) {
  const { granted } = usePersistence(store).data ?? { granted: null };
  const says = store.reason
    ? `${words.notKept} ${store.reason.sentence} ${store.reason.hint}`
    : granted === null
      ? ''
      : granted
        ? words.promised
        : words.notPromised;
  return <p className={`${styles.help} ${styles.pad}`}>{`${words.nothingSecret} ${says}`}</p>;
}
