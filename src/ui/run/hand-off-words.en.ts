// Words of what a finished export still waits for: the share sheet, the mail program.
export const handOffWords = {
  share: {
    title: 'Ready to share',
    here: (count: number) =>
      `${count === 1 ? 'The file lies' : 'The files lie'} in this page only, until you share or save ${count === 1 ? 'it' : 'them'}; closing the page removes ${count === 1 ? 'it' : 'them'}.`,
    still: 'They can be shared again or saved for as long as this page is open.',
    stillOne: 'It can be shared again or saved for as long as this page is open.',
    open: 'Share…',
    again: 'Share again…',
    save: (count: number) => (count === 1 ? 'Save a copy' : 'Save copies'),
    done: 'Handed to the share sheet.',
    saved: 'Saved.',
    cancelled: 'Not shared.',
    refused: (names: string) =>
      `The browser does not share this: ${names}. Chrome and Edge take CSV, text and HTML, at most 10 files of 50 MB together. Save it instead, or choose another format.`,
    failed: (detail: string) => `The share sheet did not open: ${detail}`,
  },
  mail: {
    title: 'Mail draft',
    noAttachment: (names: string) =>
      `The draft has no attachment, as no page can attach files. Attach ${names} from Downloads yourself.`,
    open: 'Open in mail program',
    to: 'To',
    subject: 'Subject',
    text: 'Text',
    empty: 'left empty',
    copy: 'Copy text',
    long: (length: string) =>
      `As a link the draft has ${length} characters; some mail programs take no more than 2,000. If it does not open, copy the text.`,
  },
} as const;
