// The words of the gzip codec: its card and its options.

export const CARD_TEXTS = {
  title: 'gzip',
  purpose: 'One compressed file (.gz) that nearly every tool unpacks by itself.',
};

export const OPTION_TEXTS = {
  'level.title': 'Level',
  'level.help': '1 is fastest, 9 makes the smallest file, 6 is a good middle.',
};
