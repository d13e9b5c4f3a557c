// What a person can do after an export failed, the safest first.

import type { ErrorData } from '../../contract/errors.ts';

/** read: how the file is read; steps of the plan; rename: number the new file; again: the same once more. */
export type WayOut = 'read' | 'data' | 'format' | 'options' | 'delivery' | 'rename' | 'again';

const WAYS: [start: string, ways: WayOut[]][] = [
  ['read.open-failed', ['again']],
  ['read.failed', ['again']],
  ['read.changed', ['again']],
  ['read.rows.', ['again']],
  ['read.', ['read']],
  ['filter.', ['data']],
  ['step.', ['read', 'data']],
  ['encode.misfit', ['read']],
  ['encode.charset-loss', ['delivery']],
  ['encode.', ['options']],
  ['pack.', ['delivery']],
  ['deliver.exists', ['rename', 'delivery']],
  ['deliver.one-file-only', ['delivery']],
  ['deliver.too-large', ['delivery']],
  ['deliver.', ['again', 'delivery']],
  ['verify.', ['again', 'delivery']],
  ['config.unknown-column', ['data']],
  ['config.conflict', ['format']],
  ['run.', ['again']],
];

/** None where nothing but the plan itself can help. */
export function waysOutOf({ code, step }: Pick<ErrorData, 'code' | 'step'>): readonly WayOut[] {
  // Other data than the plan's own are chosen at the step that takes them.
  if (step !== undefined && code.startsWith('read.')) return ['data', 'again'];
  return WAYS.find(([start]) => code.startsWith(start))?.[1] ?? [];
}
