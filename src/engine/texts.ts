// The engine's own sentences: what a plan, a check or a run says where no plug-in does.

/** The verb inspect. */
export const INSPECT_TEXTS = {
  given: 'Given by the host.',
  readOnce: 'Given by the host, and not looked at: these rows can be read only once.',
  unread: (why: string): string => `Given by the host, and not looked at: ${why}`,
} as const;

/** The verbs run and rehearse. */
export const RUN_TEXTS = {
  rehearsalOf: (rows: string): string => `A rehearsal with the rows “${rows}”`,
  readOnce: 'they can be read only once, and the export itself would find none left.',
  readOnceRemedy: 'Run the export, or hand the rows over so that they can be read again.',
  changeOne: 'Change one of the two.',
} as const;
