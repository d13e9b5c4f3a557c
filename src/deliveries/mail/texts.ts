// The words of the mail draft.

export const CARD_TEXTS = {
  title: 'Mail draft',
  purpose:
    'Downloads the files, and on your click opens a draft in your mail program. The draft has no attachment, as no page can attach files: you attach them.',
};

export const OPTION_TEXTS = {
  'to.title': 'To',
  'to.help': 'Addresses with commas between them; empty: the draft asks for them.',
  'subject.title': 'Subject',
  'subject.help':
    'It may hold {name}, {source}, {format}, {date}, {time}, {rows}, {parts}, {jobId}, {hash8} and {files}.',
  'text.title': 'Text',
  'text.help': 'The message, with the same variables; {files} lists the files with rows and size.',
} as const;

export const NO_ADDRESSES = 'has to be addresses such as ann@example.org, with commas between them';

export const DRAFTED =
  'A mail draft was written for you to open; nothing was sent, and it has no attachment: attach the downloaded files yourself.';
