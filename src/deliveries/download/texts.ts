// The words of the download delivery.

export const CARD_TEXTS = {
  title: 'Download',
  purpose: 'The browser’s own download, from private storage where the file is made first.',
};
