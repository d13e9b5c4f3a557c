// What can go wrong around a run: storage of the page, room for rows, and what nobody foresaw.
import type { ErrorText } from './error-text.ts';

export const RUN_ERRORS = {
  'scratch.full': {
    sentence:
      'There is no space left for what this export must put aside ({written} bytes so far).',
    hint: 'Free some space, or raise limits.memoryBytes if there is more memory than disk.',
  },
  'storage.newer': {
    sentence:
      'Templates and history were stored by a newer version ({version}; this one knows up to {known}).',
    hint: 'Reload the page to get the newer version. Nothing that is stored was touched.',
  },
  'storage.blocked': {
    sentence: 'Templates and history are held by another tab of an older version.',
    hint: 'Close or reload the other tabs of this page, then reload this one.',
  },
  'storage.unavailable': {
    sentence: 'This browser keeps nothing for this page: {detail}',
    hint: 'Templates and history last until the page is closed; export the templates to keep them.',
  },
  'storage.full': {
    sentence: 'There is no space left to store this.',
    hint: 'Forget some of the history, or free space for the browser.',
  },
  'storage.failed': {
    sentence: 'Templates and history could not be read or written: {detail}',
    hint: 'Try again; if it happens again, export the templates and clear what the browser keeps for this page.',
  },
  'storage.no-template': {
    sentence: 'There is no template “{id}”.',
    hint: 'It may have been deleted in another tab; choose another one.',
  },
  'storage.import.unreadable': {
    sentence: '{name} cannot be read at line {line}, column {column}: {detail}',
    hint: 'Correct it there, and import it again.',
  },
  'storage.import.no-template': {
    sentence: '{name} holds no template: {detail}',
    hint: 'Give a file with templates, one template or one configuration, as JSON or YAML.',
  },
  'run.worker-died': {
    sentence: 'The export’s worker stopped unexpectedly.',
    hint: 'Nothing half-written was kept. Run the export again; if it happens again, the file may need more memory than the browser gives.',
  },
  'run.timeout': {
    sentence: 'The export took longer than {limit}.',
    hint: 'Raise limits.timeoutMs, or export fewer rows.',
  },
  'run.unexpected': {
    sentence: 'Something unexpected happened: {detail}',
    hint: 'Nothing half-written was kept. Please report it with the code and the diagnostic bundle.',
  },
} as const satisfies Record<string, ErrorText>;
