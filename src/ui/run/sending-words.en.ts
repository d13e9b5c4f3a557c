// Words of files on their way to an address.
export const sendingWords = {
  file: (name: string, number: string, count: string) =>
    count === '1'
      ? `${name} is being sent.`
      : `${name}, file ${number} of ${count}, is being sent.`,
  counted: (sent: string, total: string) => `${sent} of ${total} have gone.`,
  whole: (before: string, total: string) =>
    `It goes whole: the browser tells only at its end that it has gone (over HTTP/2 it may go as a stream, and is counted). ${before} of ${total} have gone before it.`,
  retry: (seconds: string, left: string) =>
    `Tried again in ${seconds}, ${left} more times at most.`,
  stays: 'Cancel stops at once; files that have gone stay where they are.',
} as const;
