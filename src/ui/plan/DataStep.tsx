// Step 2: which rows and which columns.
import type { CheckIssue, Inspection } from '../../contract/verbs.ts';
import { stepOf } from '../draft.ts';
import { issuesAt, sentenceOf } from '../form/issues.ts';
import { Field } from '../form/Field.tsx';
import { messages } from '../messages.en.ts';
import { ColumnTable } from './ColumnTable.tsx';
import { FilterText } from './FilterText.tsx';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';
import { useDraft, useDraftActions } from '../session.tsx';

export function DataStep({
  inspection,
  issues,
}: {
  inspection: Inspection | undefined;
  issues: readonly CheckIssue[];
}) {
  const cut = useDraft((state) => stepOf(state.draft!.config, 'limit')?.options);
  const { setLimit } = useDraftActions();
  const limit = (cut?.limit as number | null | undefined) ?? null;
  const offset = Number(cut?.offset ?? 0);
  const words = messages.data;
  const stepIssues = issuesAt(issues, 'datasets');
  return (
    <>
      <StepPart title={words.rows}>
        <FilterText columns={inspection?.columns ?? []} />
        <Field
          field={{ ...words.offset, id: 'offset', kind: 'integer', default: 0, min: 0 }}
          value={offset}
          reason={undefined}
          issues={[]}
          back={offset === 0 ? undefined : '0'}
          onBack={() => setLimit(limit, 0)}
          onChange={(value) => setLimit(limit, Number(value))}
        />
        <Field
          field={{
            ...words.limit,
            id: 'limit',
            kind: 'integer',
            default: null,
            min: 0,
            nullable: true,
          }}
          value={limit}
          reason={undefined}
          issues={[]}
          back={limit === null ? undefined : words.noLimit}
          onBack={() => setLimit(null, offset)}
          onChange={(value) => setLimit(value as number | null, offset)}
        />
        {stepIssues.map((issue) => (
          <p key={issue.code + issue.sentence} className={styles.bad}>
            {sentenceOf(issue)} {issue.hint}
          </p>
        ))}
      </StepPart>
      {inspection ? <ColumnTable inspection={inspection} /> : null}
    </>
  );
}
