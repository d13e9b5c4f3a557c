// Words of the source's form that come with the studio, in English.
import { plural } from '../counted.ts';

export const sourceWords = {
  tables: { table: 'Table', view: 'Table', sheet: 'Sheet', range: 'Range', records: 'Records' },
  tablesFound: (count: number) => `${plural(count, 'is', 'are')} in it.`,
  hidden: 'hidden',
  alternatives: 'It can also be read so',
  readAs: (title: string) => `Read as ${title}`,

  asOne: (count: number) => `Read all ${count.toLocaleString('en')} as one source`,
  oneName: (first: string, count: number) =>
    `${first} and ${count - 1} ${count === 2 ? 'other' : 'others'}`,
  apart: 'Read them apart',
  whichFile: 'File',
  whichFileHelp: (count: number) =>
    `${count.toLocaleString('en')} files lie in it that could be meant.`,
  chooseFile: 'Choose…',
  allAsOne: (count: number) => `All ${count.toLocaleString('en')} as one table`,
  chooseAgain: 'Choose again',
  files: 'Files',
  filesCount: (count: number) => plural(count, 'file', 'files'),
  moreFiles: (count: number) => `and ${count.toLocaleString('en')} more`,
  columns: 'Columns of the files',
  rules: {
    same: 'Must be the same',
    union: 'All that any has',
    first: 'Those of the first',
  },
  ruleHelp: {
    same: 'A file with other columns stops the export.',
    union: 'Null where a file lacks one; types widen where they differ.',
    first: 'What the first file lacks is left out and counted.',
  },
  nameColumn: 'Column with the file’s name',
  nameColumnHelp: 'Comes first. Empty: none.',

  address: {
    title: 'Or read from an address',
    says: 'a file or an API on the web; this page asks for it itself',
    address: 'Address',
    open: 'Open address',
    more: 'Sign-in, pages and more',
    less: 'Less',
    token: 'Token',
    password: 'Password',
    key: 'Key',
    unchanged: 'as it was',
    edit: 'Change address',
    read: 'Read this address',
    keep: 'Leave as it is',
    signIn: (host: string): string => `Sign in at ${host}`,
    signInSays: (name: string): string => `“${name}” reads an address that wants to know who asks.`,
    openIt: 'Open',
    secretHelp: 'Kept only until this page is closed, and sent to this server alone.',
    problems: {
      none: 'Give the address of a file or an API, such as https://example.org/orders.csv.',
      wrong: 'This is no address that can be read: it has to begin with https:// or http://.',
      credentials: 'Take user and password out of the address; sign-in stands below.',
      secret: 'Give the token, password or key to sign in with.',
    },
  },
};
