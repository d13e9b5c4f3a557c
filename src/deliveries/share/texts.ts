// The words of the share delivery.

export const CARD_TEXTS = {
  title: 'Share',
  purpose:
    'Makes the files, and on your click hands them to an app through the system’s share sheet. Chrome and Edge take CSV, text and HTML, at most 10 files of 50 MB together; Safari takes any.',
};

export const OPTION_TEXTS = {
  'title.title': 'Title',
  'title.help':
    'Many apps take it as a subject. It may hold {name}, {source}, {format}, {date}, {time}, {rows}, {parts}, {jobId}, {hash8} and {files}.',
  'text.title': 'Text',
  'text.help': 'A message that goes with the files, with the same variables.',
} as const;

export const READY =
  'The files were made ready to share, and lie in this page until it is closed; nobody has them yet.';
