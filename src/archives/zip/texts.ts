// The words of the zip archive: its card and its options.

export const CARD_TEXTS = {
  title: 'ZIP',
  purpose: 'One file with all parts in it, compressed, that every system opens.',
};

export const OPTION_TEXTS = {
  'level.title': 'Level',
  'level.help':
    '0 packs without compressing, 1 is fastest, 9 makes the smallest file, 6 is a good middle.',
  'times.title': 'Times of the files',
  'times.help':
    'Without times the same files make the same archive whenever it is packed, so that one that is there already can be told to be identical.',
  'times.none': 'None: 1 January 1980',
  'times.export': 'When the export ran',
  'password.title': 'Password',
  'password.help':
    'Encrypts what is inside (AES-256); names and sizes stay readable. 7-Zip, WinZip and macOS open it; the Windows Explorer does not. It is never stored.',
};
