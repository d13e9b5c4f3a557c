// Looking at the whole source: the profile of all values and the count of duplicate rows, each with how far it is and what it came to.
import { asExportError, type ErrorData } from '../../contract/errors.ts';
import { DEFAULT_CHARSET } from '../../contract/config.ts';
import type { Progress } from '../../contract/report.ts';
import type { Inspection } from '../../contract/verbs.ts';
import { bindingsOf } from '../draft-bindings.ts';
import type { Draft } from '../draft.ts';
import { outputOf, sourceOf } from '../plan-parts.ts';
import { countOf, formatCount, formatDuration, formatShare } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import { useDraft, useDraftActions, useEngine, useSession } from '../session.tsx';
import {
  foundColumns,
  looksOf,
  useDuplicatesLook,
  useProfileLook,
  type Duplicates,
  type Look,
} from './schema-look.ts';
import { takenProposals } from './schema-proposals.ts';
import { words } from './schema-words.en.ts';
import styles from './preview.module.css';
import type { StoreApi } from 'zustand';

type Ask = (signal: AbortSignal, onProgress: (now: Progress) => void) => Promise<void>;

const rowsOf = (rows: number): string => countOf(rows, messages.row, messages.rows);

export default function SchemaProfile({ inspection }: { inspection: Inspection }) {
  const engine = useEngine();
  const { drafts } = useSession();
  const isOnce = useDraft(({ draft }) => {
    const { data } = draft!.input;
    return 'rows' in data && data.rows.once;
  });
  const profile = useProfileLook();
  const duplicates = useDuplicatesLook();
  const startProfile = () => {
    const draft = drafts.getState().draft!;
    const store = looksOf(draft).profile;
    return begin(store, async (signal, onProgress) => {
      const found = await engine.profile(
        draft.config,
        bindingsOf(draft),
        { whole: true, sourceId: inspection.sourceId },
        { signal, onProgress },
      );
      const edits = sourceOf(draft.config).columns ?? [];
      store.setState({ found: { profile: found, edits } });
    });
  };
  const startDuplicates = () => {
    const draft = drafts.getState().draft!;
    const store = looksOf(draft).duplicates;
    return begin(store, async (signal, onProgress) => {
      const report = await engine.rehearse(countingConfig(draft), bindingsOf(draft), {
        signal,
        onProgress,
      });
      if (report.error !== null) throw asExportError(report.error);
      if (report.outcome !== 'completed' || report.duplicates === undefined) return;
      const { duplicates: count, audit, durationMs: elapsedMs } = report;
      store.setState({ found: { count, rows: audit.rowsOut, elapsedMs } });
    });
  };
  const whole = profile.found?.profile ?? null;
  return (
    <div className={styles.looks}>
      <LookLine
        look={profile}
        underWay={words.underWay}
        says={
          whole === null
            ? null
            : whole.isCancelled
              ? words.stopped(rowsOf(whole.rows))
              : words.done(rowsOf(whole.rows), formatDuration(whole.elapsedMs))
        }
        failed={words.failed}
        start={inspection.kind === 'rows' ? words.startRows : words.start}
        again={words.again}
        onStart={startProfile}
      />
      {isOnce ? null : (
        <LookLine
          look={duplicates}
          underWay={words.counting}
          says={duplicates.found && duplicatesText(duplicates.found)}
          failed={words.notCounted}
          start={words.count}
          again={words.countAgain}
          onStart={startDuplicates}
        />
      )}
      <Proposals inspection={inspection} />
    </div>
  );
}

function duplicatesText({ count, rows, elapsedMs }: Duplicates): string {
  return count === 0
    ? words.noDuplicates(rowsOf(rows))
    : words.duplicates(formatCount(count), rowsOf(rows), count === 1, formatDuration(elapsedMs));
}

/** Runs what looks at all values, and keeps what becomes of it. */
async function begin<T>(store: StoreApi<Look<T>>, ask: Ask): Promise<void> {
  const abort = new AbortController();
  store.setState({ abort, error: null, progress: null });
  try {
    await ask(abort.signal, (progress) => store.setState({ progress }));
  } catch (thrown) {
    if (!abort.signal.aborted) store.setState({ error: asExportError(thrown).toJSON() });
  } finally {
    store.setState({ abort: null });
  }
}

/** All rows of the source as they come, in the plainest of formats: they are only counted. */
function countingConfig({ config }: Draft) {
  const [dataset, ...datasets] = config.datasets;
  return {
    ...config,
    datasets: [{ ...dataset!, steps: [] }, ...datasets],
    outputs: [
      {
        ...outputOf(config),
        format: { id: 'csv', options: {} },
        charset: DEFAULT_CHARSET,
        archive: null,
        compression: null,
        encryption: null,
        split: null,
        verify: { checksum: 'none' as const, readBack: false, duplicates: true },
      },
    ],
  };
}

function LookLine<T>({
  look: { abort, progress, error },
  underWay,
  says,
  failed,
  start,
  again,
  onStart,
}: {
  look: Look<T>;
  underWay: (rows: string, share: string | null) => string;
  /** What was found. */
  says: string | null;
  failed: (why: string) => string;
  start: string;
  again: string;
  onStart: () => Promise<void>;
}) {
  if (abort !== null) {
    const { rowsIn = 0, bytesIn = 0, bytesTotal = null } = progress ?? {};
    const share = bytesTotal ? formatShare(Math.min(1, bytesIn / bytesTotal)) : null;
    return (
      <span className={styles.look}>
        <span role="status">{underWay(rowsOf(rowsIn), share)}</span>
        <Button look="link" onClick={() => abort.abort()}>
          {words.cancel}
        </Button>
      </span>
    );
  }
  return (
    <span className={styles.look}>
      <LookSays error={error} says={says} failed={failed} />
      <Button look="link" onClick={() => void onStart()}>
        {says === null ? start : again}
      </Button>
    </span>
  );
}

function LookSays({
  error,
  says,
  failed,
}: {
  error: ErrorData | null;
  says: string | null;
  failed: (why: string) => string;
}) {
  if (error !== null) return <span role="alert">{failed(error.sentence)}</span>;
  return says === null ? null : <span role="status">{says}</span>;
}

/** In how many columns the whole file has other types than its first rows, all taken at once. */
function Proposals({ inspection }: { inspection: Inspection }) {
  const { found } = useProfileLook();
  const { editColumns } = useDraftActions();
  const edits = useDraft((state) => sourceOf(state.draft!.config).columns);
  const taken = takenProposals(inspection, edits, foundColumns(inspection.columns, edits, found));
  if (taken.length === 0) return null;
  return (
    <span className={styles.look}>
      <span role="status">{words.otherTypes(taken.length)}</span>
      <Button look="link" onClick={() => editColumns(taken)}>
        {words.takeAll(taken.length)}
      </Button>
    </span>
  );
}
