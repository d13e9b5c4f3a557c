// The words of the folder delivery.

export const CARD_TEXTS = {
  title: 'Folder',
  purpose:
    'One or more files in a folder you choose; a file that is replaced stays whole until the new one is.',
};
