// The words of the file delivery.

export const CARD_TEXTS = {
  title: 'File',
  purpose: 'One file at a place you choose, written to disk as it is made.',
};
