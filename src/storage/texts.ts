// The sentences of what is stored.

export const STORAGE_TEXTS = {
  closed: 'the store was closed',
  noDatabase: 'it has no IndexedDB here',
  outOfRange: (most: number) => `it must be a whole number from 1 to ${most}`,
  noName: 'a name is needed',
  longName: (most: number) => `it is longer than ${most} letters`,
};

export const TEMPLATE_FILE_TEXTS = {
  theFile: 'The file',
  tooLarge: 'it is larger than 16 MB',
  noObject: 'it is not an object',
  noList: '“templates” is not a list',
  emptyList: 'its list of templates is empty',
};
