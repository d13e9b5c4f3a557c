// How Arrow files are read back to compare their values.

import { measuresOf, type ReadBack } from '../../contract/read-back.ts';
import type { Schema } from '../../table/data-type.ts';
import type { ArrowOptions } from './options.ts';

export function readBackArrow({ schema }: { options: ArrowOptions; schema: Schema }): ReadBack {
  return { kind: 'arrow', options: {}, columns: measuresOf(schema), hasNames: true };
}
