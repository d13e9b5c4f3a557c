// The sentences of the workers and of what hosts call.

export const SERVICE_TEXTS = {
  template: 'A template',
  history: 'The history',
  noStore: 'the export service was made without a store.',
  noStoreRemedy: 'Hand one over: createExportService(engine, await openStore(engine)).',
  historyLacks: (reason: string) => `The history lacks this export. ${reason}`,
  cancelled: 'The export was cancelled.',
  takesNoMore: 'The export takes no more records.',
};

export const ROWS_TEXTS = {
  readOnce: 'the rows can be read only once, and were',
  furtherValue: 'a further value',
  values: (count: number) => `${count} values`,
  newKey: 'a new key',
  none: 'none',
  date: 'a date',
  list: 'an array',
  object: 'an object',
};

export const PATH_TEXTS = {
  path: 'A path',
  reason: 'a page cannot open files by path.',
  remedy: 'Choose the file, or use the command line.',
};
