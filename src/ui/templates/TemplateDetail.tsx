// One template: its name and purpose, changed in place, what its plan does, and what can be done with it.
import { useState } from 'react';
import type { ExportConfig } from '../../contract/config.ts';
import type { ExportStore, ExportTemplate, ListedTemplate } from '../../contract/store.ts';
import { formatCount } from '../format-number.ts';
import { formatMoment, formatWhen } from '../format-when.ts';
import { Button } from '../kit/Button.tsx';
import { TextArea } from '../kit/fields.tsx';
import { NameInPlace } from '../kit/NameInPlace.tsx';
import styles from '../kit/list-detail.module.css';
import { useStoreChange } from '../store-queries.ts';
import { formatName, stepLines } from './config-words.ts';
import { templateWords as words } from './messages.en.ts';

export function TemplateDetail({
  store,
  template,
  onLoad,
  onBack,
  onDuplicate,
  onRemove,
  onExport,
}: {
  store: ExportStore;
  template: ListedTemplate;
  onLoad: (template: ExportTemplate) => void;
  onBack: () => void;
  onDuplicate: () => void;
  onRemove: () => void;
  onExport: (form: 'json' | 'yaml') => void;
}) {
  const rename = useStoreChange((name: string) => store.templates.rename(template.id, name));
  const describe = useStoreChange((text: string) => store.templates.describe(template.id, text));
  const error = rename.error ?? describe.error;
  return (
    <>
      <div className={styles.head}>
        <Button className={styles.back} onClick={onBack}>
          {words.back}
        </Button>
        <NameInPlace
          name={template.name}
          label={words.newName}
          rename={words.rename}
          onRename={rename.mutate}
        />
        <p title={formatMoment(template.updatedAt)}>
          {words.about(formatCount(template.version), formatWhen(template.updatedAt))}
        </p>
      </div>
      <div className={styles.body}>
        <div className={styles.actions}>
          {template.error === null ? (
            <Button
              look="primary"
              onClick={() => {
                const { error: _none, ...loaded } = template;
                onLoad(loaded);
              }}
            >
              {words.load}
            </Button>
          ) : null}
          <Button onClick={onDuplicate}>{words.duplicate}</Button>
          <Button onClick={() => onExport('json')}>{words.exportJson}</Button>
          <Button onClick={() => onExport('yaml')}>{words.exportYaml}</Button>
          <Button onClick={onRemove}>{words.remove}</Button>
        </div>
        {error ? (
          <div className={styles.trouble} role="alert">
            <p>{error.message}</p>
            <p>{error.hint}</p>
          </div>
        ) : null}
        <Description
          key={template.description}
          description={template.description}
          onChange={describe.mutate}
        />
        {template.config ? (
          <Holds config={template.config} createdAt={template.createdAt} />
        ) : (
          <section className={styles.trouble}>
            <h3>{words.cannotRead}</h3>
            <p>{template.error?.sentence}</p>
            <p>{template.error?.hint}</p>
            <p>{words.kept}</p>
          </section>
        )}
      </div>
    </>
  );
}

function Description({
  description,
  onChange,
}: {
  description: string;
  onChange: (text: string) => void;
}) {
  const [text, setText] = useState(description);
  return (
    <TextArea
      className={styles.words}
      aria-label={words.description}
      placeholder={words.describe}
      rows={2}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (text !== description) onChange(text);
      }}
    />
  );
}

function Holds({ config, createdAt }: { config: ExportConfig; createdAt: string }) {
  const [output] = config.outputs;
  const pairs: [string, string][] = [
    [words.source, [...new Set(config.sources.map((each) => formatName(each.kind)))].join(', ')],
    ...stepLines(config).map(({ title, text }): [string, string] => [title, text]),
  ];
  if (output) {
    const packing = [output.archive?.id, output.compression?.id].filter(Boolean).join(', ');
    pairs.push([words.format, formatName(output.format.id)]);
    pairs.push([words.charset, output.charset.id]);
    if (packing !== '') pairs.push([words.packing, packing]);
    pairs.push([words.fileNames, output.naming.pattern], [words.delivery, output.delivery.id]);
  }
  pairs.push([words.created, formatMoment(createdAt)]);
  return (
    <>
      <section>
        <h3>{words.holds}</h3>
        <dl className={styles.pairs}>
          {pairs.map(([title, text], i) => [
            <dt key={`t${i}`}>{title}</dt>,
            <dd key={`d${i}`}>{text}</dd>,
          ])}
        </dl>
      </section>
      <section>
        <details className={styles.fold}>
          <summary>{words.json}</summary>
          {/* A region that scrolls can be reached by keyboard. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={styles.code} tabIndex={0}>
            {JSON.stringify(config, null, 2)}
          </pre>
        </details>
      </section>
    </>
  );
}
