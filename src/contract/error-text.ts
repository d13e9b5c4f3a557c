// What an error code says.

/** What happened (a whole sentence) and what to do. `{name}` stands for a parameter. */
export interface ErrorText {
  sentence: string;
  hint: string;
}
