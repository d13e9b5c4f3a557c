// How the files are packed: not, each by a codec, or all into one archive; and who may read them.
import { lazy, Suspense, useState } from 'react';
import type { PartConfig } from '../../contract/config.ts';
import type { OptionField } from '../../contract/options.ts';
import type { Catalogue, CheckIssue } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { OptionForm } from '../form/OptionForm.tsx';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt } from '../form/issues.ts';
import { formatSize } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Segments } from '../kit/Segments.tsx';
import { deliveryWords } from './delivery-words.en.ts';
import { formatWords } from './format-words.en.ts';
import { useRehearsal } from '../queries.ts';
import { StepPart } from './Step.tsx';
import { useDraft, useDraftActions } from '../session.tsx';

const ForecastMatrix = lazy(() => import('./ForecastMatrix.tsx'));

const NONE = 'none';

export default function PackPart({
  catalogue,
  issues,
}: {
  catalogue: Catalogue;
  issues: readonly CheckIssue[];
}) {
  const words = deliveryWords;
  const output = useDraft((state) => outputOf(state.draft!.config));
  const { setOutput } = useDraftActions();
  const [isComparing, setComparing] = useState(false);
  // Plug-ins that do nothing are what null stands for.
  const archives = catalogue.archives.filter((card) => card.id !== NONE);
  const codecs = catalogue.codecs.filter(
    (card) => card.id !== NONE && card.canEncode && !card.encrypts,
  );
  const encryptions = catalogue.codecs.filter((card) => card.encrypts);
  const encrypting = encryptions.find((each) => each.id === output.encryption?.id);
  const isArchive = output.archive !== null;
  const part = output.archive ?? output.compression;
  const card = (isArchive ? archives : codecs).find((each) => each.id === part?.id);
  const place = isArchive ? 'archive' : 'compression';
  const set = (next: PartConfig | null, intoArchive: boolean) =>
    setOutput({
      archive: intoArchive ? next : null,
      compression: intoArchive ? null : next,
    });
  const { report, isCurrent } = useRehearsal();
  const effect =
    part && isCurrent && report?.outcome === 'completed'
      ? words.packs(formatSize(report.encodedBytes), formatSize(report.deliveredBytes))
      : undefined;
  return (
    <StepPart title={words.pack} says={effect ?? card?.purpose ?? ''}>
      <OptionRow
        title={words.compression}
        isGroup
        issues={issuesAt(issues, `outputs.0.${place}`).filter((i) => !i.path.includes('.options'))}
      >
        {(ids) => (
          <>
            <Segments
              aria-labelledby={ids.label}
              segments={[
                { value: NONE, label: words.noPacking },
                ...[...codecs, ...archives].map((each) => ({ value: each.id, label: each.title })),
              ]}
              value={part?.id ?? NONE}
              onChange={(id) => {
                if (id === NONE) set(null, false);
                else
                  set(
                    { id, options: {} },
                    archives.some((each) => each.id === id),
                  );
              }}
            />
            <Button look="link" onClick={() => setComparing(true)}>
              {formatWords.compare}
            </Button>
          </>
        )}
      </OptionRow>
      {part && card ? (
        <PartOptions
          key={card.id}
          part={part}
          fields={card.options}
          path={`outputs.0.${place}`}
          issues={issues}
          onChange={(next) => set(next, isArchive)}
        />
      ) : null}
      {isComparing ? (
        <Suspense>
          <ForecastMatrix catalogue={catalogue} onClose={() => setComparing(false)} />
        </Suspense>
      ) : null}
      <OptionRow
        title={words.encryption}
        isGroup
        issues={issuesAt(issues, 'outputs.0.encryption').filter(
          (i) => !i.path.includes('.options'),
        )}
        help={encrypting?.purpose}
      >
        {(ids) => (
          <Segments
            aria-labelledby={ids.label}
            segments={[
              { value: NONE, label: words.noEncryption },
              ...encryptions.map((each) => ({ value: each.id, label: each.title })),
            ]}
            value={output.encryption?.id ?? NONE}
            onChange={(id) => setOutput({ encryption: id === NONE ? null : { id, options: {} } })}
          />
        )}
      </OptionRow>
      {output.encryption && encrypting ? (
        <PartOptions
          key={encrypting.id}
          part={output.encryption}
          fields={encrypting.options}
          path="outputs.0.encryption"
          issues={issues}
          onChange={(encryption) => setOutput({ encryption })}
        />
      ) : null}
    </StepPart>
  );
}

/** The options of one part. */
function PartOptions({
  part,
  fields,
  path,
  issues,
  onChange,
}: {
  part: PartConfig;
  fields: readonly OptionField[];
  path: string;
  issues: readonly CheckIssue[];
  onChange: (part: PartConfig) => void;
}) {
  const set = (id: string, value: unknown): void => {
    const options = { ...part.options };
    if (value === undefined) delete options[id];
    else options[id] = value;
    onChange({ id: part.id, options });
  };
  return (
    <OptionForm
      fields={fields}
      values={part.options}
      base={{}}
      path={`${path}.options`}
      issues={issues}
      owner={part.id}
      onChange={set}
    />
  );
}
