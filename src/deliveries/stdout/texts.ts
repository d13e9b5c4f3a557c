// The words of the standard output delivery.

export const CARD_TEXTS = {
  title: 'Standard output',
  purpose: 'One file as a stream to the next program; what is written cannot be taken back.',
};

export const NAME = 'standard output';

export const GIVEN_UP = 'the export was given up';
