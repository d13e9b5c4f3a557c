// The words of the clipboard delivery.

export const CARD_TEXTS = {
  title: 'Clipboard',
  purpose: 'Text to paste elsewhere, at most 16 MiB.',
};

export const LIMIT_TEXT = '16 MiB';
export const NAME = 'the clipboard';
export const NOT_TEXT = 'it takes UTF-8 text only (no other charset, no zip or gzip)';
