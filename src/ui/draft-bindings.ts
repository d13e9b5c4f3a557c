// The live things that a question about the draft needs: files, rows, secrets, how far it has read.
import type { Bindings } from '../contract/bindings.ts';
import { isSameColumn } from './column-edits.ts';
import type { Draft } from './draft.ts';
import { SOURCE_BINDING } from './input.ts';
import { bindingsOfOthers } from './other-data.ts';

/** The live things a question about the draft needs. */
export function bindingsOf(draft: Draft): Bindings {
  const { config, template } = draft;
  const { data } = draft.input;
  const { bytes, rows, secrets } = bindingsOfOthers(draft);
  const watermarks = (template?.watermarks ?? []).filter(({ sourceId, column }) => {
    const own = config.sources.find(({ id }) => id === sourceId)?.watermark?.column;
    return own !== undefined && isSameColumn(own, column);
  });
  const all: Bindings = {
    bytes: { ...bytes, ...draft.files, ...('bytes' in data && { [SOURCE_BINDING]: data.bytes }) },
    rows: { ...rows, ...('rows' in data && { [SOURCE_BINDING]: data.rows }) },
    secrets: { ...secrets, ...('origin' in data && data.secrets), ...draft.secrets },
    watermarks: Object.fromEntries(watermarks.map(({ sourceId, value }) => [sourceId, value])),
  };
  const some = Object.entries(all).filter(([, bound]) => Object.keys(bound).length > 0);
  return { ...Object.fromEntries(some), clock: () => Date.now() };
}
