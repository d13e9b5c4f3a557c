// The words of the brotli codec: its card and what may be wrong with its data.

export const CARD_TEXTS = {
  title: 'Brotli',
  purpose: 'One compressed file (.br), made for the web: known by its name alone.',
};

export const OPTION_TEXTS = {
  'level.title': 'Level',
  'level.help': '0 is fastest, 11 makes the smallest file and takes long, 5 is a good middle.',
};

export const CORRUPT_TEXTS = {
  early: (size: number): string => `it ends too early, after ${size} bytes.`,
  follows: (offset: number): string => `something else follows the packed data at byte ${offset}.`,
  nonsense: (offset: number): string => `the packed data makes no sense near byte ${offset}.`,
} as const;
