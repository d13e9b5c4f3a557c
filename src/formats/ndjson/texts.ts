// The words of the ndjson format's card.

export const CARD_TEXTS = {
  title: 'NDJSON',
  purpose: 'One JSON record per line (JSON Lines): for logs, streams and loading into databases.',
};
