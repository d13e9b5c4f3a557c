// The words of the form of Parquet's schema.

export const PANEL_WORDS = {
  column: 'Column',
  type: 'Type in the file',
  required: 'Required',
  asItIs: (type: string): string => `As it is (${type})`,
  typeOf: (name: string): string => `Type of ${name}`,
  requiredOf: (name: string): string => `${name} is required`,
  noColumns: 'The columns are not known yet.',
} as const;
