// The ways in which values can be written, and for which values each is meant.
import { PHYSICAL } from './leaf-type.ts';

/** How the values of a column are written, where that is the user's wish. */
export type WantedEncoding = (typeof ENCODINGS)[number];

export const ENCODINGS = [
  'plain',
  'dictionary',
  'delta',
  'delta-length',
  'delta-prefix',
  'split',
] as const;

/** Whether values of this physical type can be written so. */
export function canEncode(physical: number, wanted: WantedEncoding): boolean {
  switch (wanted) {
    case 'plain':
      return true;
    case 'dictionary':
      return physical !== PHYSICAL.bool;
    case 'delta':
      return physical === PHYSICAL.int32 || physical === PHYSICAL.int64;
    case 'delta-length':
      return physical === PHYSICAL.bytes;
    case 'delta-prefix':
      return physical === PHYSICAL.bytes || physical === PHYSICAL.fixed;
    case 'split':
      // The format has it for integers too by now, but few readers do.
      return physical === PHYSICAL.float || physical === PHYSICAL.double;
  }
}
