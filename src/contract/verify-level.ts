// How far an output is proved after it was written, as one choice of four levels.
import type { OutputConfig } from './config.ts';

type Verify = OutputConfig['verify'];

/**
 * From nothing to everything. `off`: neither checksum nor reading again; `checksum`: a SHA-256 of each file, which is read again
 * and compared byte for byte; `sample` and `full`: besides, its values are read by another plug-in and compared.
 */
export const VERIFY_LEVELS = ['off', 'checksum', 'sample', 'full'] as const;

export type VerifyLevel = (typeof VERIFY_LEVELS)[number];

/** The level that these settings are; null where they are none of them. */
export function verifyLevelOf({ checksum, readBack, values }: Verify): VerifyLevel | null {
  const hasChecksum = checksum === 'sha256';
  if (hasChecksum && readBack) return values ?? 'checksum';
  return !hasChecksum && !readBack && values === undefined ? 'off' : null;
}

/** The settings of a level; what else they hold stays. */
export function atVerifyLevel({ values: _, ...rest }: Verify, level: VerifyLevel): Verify {
  const isOff = level === 'off';
  return {
    ...rest,
    checksum: isOff ? 'none' : 'sha256',
    readBack: !isOff,
    ...((level === 'sample' || level === 'full') && { values: level }),
  };
}
