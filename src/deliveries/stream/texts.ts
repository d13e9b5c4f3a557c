// The words of the stream delivery.

export const CARD_TEXTS = {
  title: 'Stream',
  purpose: 'Hands the bytes to the host program as they are made.',
};

export const NAME = 'the stream';

export const TARGET = 'a stream to write to';

export const READER_ENDED = 'the reader ended the stream';
