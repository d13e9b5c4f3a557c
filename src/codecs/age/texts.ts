// The words of age encryption: its card, its options, and what is wrong with them.

export const CARD_TEXTS = {
  title: 'age',
  purpose:
    'Only those with a key or the passphrase can read it; opened with the program age or rage.',
};

export const OPTION_TEXTS = {
  'recipients.title': 'Recipients',
  'recipients.help': 'Public keys of those who may read it, each beginning with age1.',
  'passphrase.title': 'Passphrase',
  'passphrase.help':
    'Instead of recipients: whoever knows it can read the file. It is never stored.',
};

export const RECIPIENT_SAYS = 'must be a public key of age, which begins with age1';

export const CONFLICT_TEXTS = {
  nobody: {
    detail: 'The encryption names nobody who may read the file.',
    remedy: 'Give a recipient’s public key (age1…) or a passphrase.',
  },
  both: {
    detail: 'age encrypts to recipients or with a passphrase, not both.',
    remedy: 'Remove the passphrase or the recipients.',
  },
  recipient: (recipient: string) => ({
    detail: `“${recipient}” is no public key of age: its checksum is wrong.`,
    remedy: 'Copy it again, whole; it begins with age1 and is 62 characters long as a rule.',
  }),
} as const;
