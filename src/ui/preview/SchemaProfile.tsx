// Profiling the whole source: the button, how far it is, and what it came to; loaded when the schema is shown.
import { asExportError } from '../../contract/errors.ts';
import type { Inspection } from '../../contract/verbs.ts';
import { bindingsOf } from '../draft.ts';
import { countOf, formatDuration, formatShare } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import { useEngine, useSession } from '../session.tsx';
import { lookOf, useLook } from './schema-look.ts';
import { words } from './schema-words.en.ts';

export default function SchemaProfile({ inspection }: { inspection: Inspection }) {
  const engine = useEngine();
  const { drafts } = useSession();
  const { profile, progress, error, abort } = useLook(inspection);
  const store = lookOf(inspection);
  const rowsOf = (rows: number): string => countOf(rows, messages.row, messages.rows);
  const start = async (): Promise<void> => {
    const draft = drafts.getState().draft!;
    const ends = new AbortController();
    store.setState({ abort: ends, error: null, progress: null });
    try {
      const found = await engine.profile(
        draft.config,
        bindingsOf(draft),
        { whole: true, sourceId: inspection.sourceId },
        { signal: ends.signal, onProgress: (now) => store.setState({ progress: now }) },
      );
      store.setState({ profile: found });
    } catch (thrown) {
      if (!ends.signal.aborted) store.setState({ error: asExportError(thrown).toJSON() });
    } finally {
      store.setState({ abort: null });
    }
  };
  if (abort !== null) {
    const { rowsIn = 0, bytesIn = 0, bytesTotal = null } = progress ?? {};
    const share = bytesTotal ? formatShare(Math.min(1, bytesIn / bytesTotal)) : null;
    return (
      <>
        <span role="status">{words.underWay(rowsOf(rowsIn), share)}</span>
        <Button look="link" onClick={() => abort.abort()}>
          {words.cancel}
        </Button>
      </>
    );
  }
  const isRows = inspection.kind === 'rows';
  return (
    <>
      {error !== null ? (
        <span role="alert">{words.failed(error.sentence)}</span>
      ) : profile !== null ? (
        <span role="status">
          {profile.isCancelled
            ? words.stopped(rowsOf(profile.rows))
            : words.done(rowsOf(profile.rows), formatDuration(profile.elapsedMs))}
        </span>
      ) : null}
      <Button look="link" onClick={() => void start()}>
        {profile !== null ? words.again : isRows ? words.startRows : words.start}
      </Button>
    </>
  );
}
