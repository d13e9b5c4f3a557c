// Words of options that name a file.
export const fileWords = {
  choose: 'Choose a file …',
  replace: 'Replace …',
  clear: 'Clear',
  orDrop: 'or drop it here',
  chosen: (title: string) => `${title}: choose a file`,
  again: (name: string) =>
    `“${name}” is not open in this window: plans keep the name of a file, not what is in it. Choose it again.`,
  path: (path: string) =>
    `“${path}” lies where the command line ran. Choose it here to use it in this window.`,
  wrongKind: (name: string, accept: readonly string[]) =>
    `“${name}” is none of these: ${accept.join(', ')}.`,
} as const;

/** Words of text for which values are offered. */
export const offeredWords = {
  other: 'Another place …',
  choose: 'Choose …',
} as const;
