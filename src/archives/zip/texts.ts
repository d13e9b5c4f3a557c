// The words of the zip archive: its card and its options.

export const CARD_TEXTS = {
  title: 'ZIP',
  purpose: 'One file with all parts in it, compressed, that every system opens.',
};

export const OPTION_TEXTS = {
  'level.title': 'Level',
  'level.help':
    '0 packs without compressing, 1 is fastest, 9 makes the smallest file, 6 is a good middle.',
  'password.title': 'Password',
  'password.help':
    'Encrypts what is inside (AES-256); names and sizes stay readable. 7-Zip, WinZip and macOS open it; the Windows Explorer does not. It is never stored.',
};
