// The words of the zstd codec: its card and what may be wrong with its data.

export const CARD_TEXTS = {
  title: 'Zstandard',
  purpose: 'One compressed file (.zst): smaller and much faster to unpack than gzip.',
};

export const OPTION_TEXTS = {
  'level.title': 'Level',
  'level.help': '1 is fastest, 19 makes the smallest file and takes long, 3 is a good middle.',
};

export const CORRUPT_TEXTS = {
  early: (size: number): string => `it ends too early, after ${size} bytes.`,
  start: 'it does not begin as Zstandard data does.',
  follows: (offset: number): string => `something else follows the packed data at byte ${offset}.`,
  nonsense: (offset: number): string => `the packed data makes no sense near byte ${offset}.`,
  sum: 'its checksum does not match.',
  size: 'its length does not match.',
  dictionary: 'Zstandard with a dictionary of its own',
} as const;
