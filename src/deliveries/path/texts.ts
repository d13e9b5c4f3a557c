// The words of the path delivery.

export const CARD_TEXTS = {
  title: 'Path',
  purpose: 'A file, or files in a folder, on this computer.',
};

export const OPTION_TEXTS = {
  'path.title': 'Path',
  'path.help':
    'A file path, or a folder (one that exists, or a path that ends with /) to put the files in under their names.',
};
