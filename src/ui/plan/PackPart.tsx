// How the files are packed: not, each by a codec, or all into one archive.
import type { PartConfig } from '../../contract/config.ts';
import type { Catalogue, CheckIssue } from '../../contract/verbs.ts';
import { outputOf } from '../draft.ts';
import { OptionForm } from '../form/OptionForm.tsx';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt } from '../form/issues.ts';
import { formatSize } from '../format-number.ts';
import { Segments } from '../kit/Segments.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import { useRehearsal } from '../queries.ts';
import { StepPart } from './Step.tsx';
import { useDraft, useDraftActions } from '../session.tsx';

const NONE = 'none';

export function PackPart({
  catalogue,
  issues,
}: {
  catalogue: Catalogue;
  issues: readonly CheckIssue[];
}) {
  const words = studioMessages.delivery;
  const output = useDraft((state) => outputOf(state.draft!.config));
  const { setOutput } = useDraftActions();
  // Plug-ins that do nothing are what null stands for.
  const archives = catalogue.archives.filter((card) => card.id !== NONE);
  const codecs = catalogue.codecs.filter(
    (card) => card.id !== NONE && card.canEncode && !card.encrypts,
  );
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
        )}
      </OptionRow>
      {part && card ? (
        <OptionForm
          key={card.id}
          fields={card.options}
          values={part.options}
          base={{}}
          path={`outputs.0.${place}.options`}
          issues={issues}
          onChange={(id, value) => {
            const options = { ...part.options };
            if (value === undefined) delete options[id];
            else options[id] = value;
            set({ id: part.id, options }, isArchive);
          }}
        />
      ) : null}
    </StepPart>
  );
}
