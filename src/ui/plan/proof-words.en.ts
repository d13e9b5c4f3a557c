// Words of how finished files are proved.
export const proofWords = {
  afterWriting: 'After writing',
  levels: { off: 'Off', checksum: 'Checksum', sample: 'Sample', full: 'Full' },
  levelHelp: {
    off: 'Files are not read again, and the receipt has no checksums.',
    checksum: 'Each file gets its SHA-256, and is read again to see that it still has it.',
    sample:
      'Checksums, and values: another part of the program reads the files, and the first 1,000 rows and every 64th behind them are compared with what was written.',
    full: 'Checksums, and values: another part of the program reads the files, and all rows, nulls, least and greatest values and sums are compared with what was written.',
  },
  otherProof: (says: string) => `None of these is set: ${says}.`,
  notCompared: (reason: string) => `Values cannot be compared here: ${reason}.`,
} as const;
