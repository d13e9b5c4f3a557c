// The types that are offered wherever one is chosen.
export const TYPES = [
  'utf8',
  'int64',
  'float64',
  'decimal(18,2)',
  'bool',
  'date',
  'time(us)',
  'timestamp(us)',
  'timestamp(us, UTC)',
];
