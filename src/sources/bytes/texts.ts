// The English words of byte sources.
export const GENERATED_TEXTS = {
  shape: (found: string, known: string): string =>
    `“${found}” is no table that can be generated; there are ${known}.`,
  number: (found: string, most: number): string =>
    `“${found}” is not a whole number from 0 to ${String(most).replace(/\B(?=(\d{3})+$)/g, ',')}.`,
} as const;
