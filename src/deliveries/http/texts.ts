// The words of the delivery over HTTP.

export const CARD_TEXTS = {
  title: 'Address (HTTP)',
  purpose: 'Sends each file to an address: an upload, a presigned address, an API or a webhook.',
};

export const OPTION_TEXTS = {
  'url.title': 'Address',
  'url.help':
    'Where each file goes: https://… {name} stands for the file’s name, {key} for a key that must stay secret. What the server does with a file that is there already is its own affair.',
  'method.title': 'Method',
  'method.help':
    'A POST that may have arrived is sent again only if it is signed: its webhook-id tells the receiver that it is the same.',
  'method.PUT': 'PUT: stores the file',
  'method.POST': 'POST: hands it to a program',
  'sends.title': 'Body',
  'sends.help':
    'The facts are JSON: names, rows, sizes and SHA-256 of the files, sent once. The files themselves then go nowhere.',
  'sends.file': 'The file',
  'sends.facts': 'Facts about the files (JSON)',
  'auth.title': 'Sign-in',
  'auth.help': 'What the server asks for. The secret itself is never stored.',
  'auth.none': 'None, or in the presigned address',
  'auth.bearer': 'Bearer token',
  'auth.basic': 'User and password',
  'auth.header': 'Key in a header',
  'auth.address': 'Key in the address, for {key}',
  'user.title': 'User',
  'user.help': 'The name that goes with the password.',
  'keyName.title': 'Name of the key',
  'keyName.help': 'The header that the key is sent as.',
  'credential.title': 'Secret',
  'credential.help':
    'What the token, password or key is called; its value is asked for, or taken from EXPORT_SECRET_….',
  'sign.title': 'Sign',
  'sign.help':
    'As Standard Webhooks: the header webhook-signature is “v1,” and the Base64 of HMAC-SHA256 over webhook-id, webhook-timestamp (seconds) and the body, joined by full stops. A receiver that refuses old timestamps and ids it has seen cannot be sent the same again.',
  'signingKey.title': 'Signing key',
  'signingKey.help':
    'What the key is called; one that begins with whsec_ is Base64, any other is taken as text.',
  'headers.title': 'Headers',
  'headers.help': 'Sent with each file. Keys and tokens belong under sign-in, not here.',
  'mediaType.title': 'Content-Type',
  'mediaType.help': 'What the server is told that the file is. Empty: what it is.',
  'onlyNew.title': 'Only where nothing is yet',
  'onlyNew.help':
    'Sends If-None-Match: *; a server that knows it refuses to replace what is there.',
  'readBack.title': 'Read back from the address',
  'readBack.help':
    'Asks for each file again with GET and compares it. Not possible with presigned addresses, which allow one method only.',
  'retries.title': 'Retries',
  'retries.help': 'How often a request that fails for the moment is tried again.',
  'retryDelayMs.title': 'First wait',
  'retryDelayMs.help':
    'Before the first retry; then twice as long each time, up to half by chance.',
  'longestWaitSeconds.title': 'Longest wait',
  'longestWaitSeconds.help': 'No wait is longer; a server that asks for more is given up.',
  'timeoutSeconds.title': 'Patience',
  'timeoutSeconds.help': 'How long one request may take, sending and answer together.',
} as const;

/** What the rules for old files come to at an address. */
export const EXISTING_TEXTS = {
  unasked: 'Whether a file that is there already stays, the server decides; most replace it.',
  unaskedRemedy: 'Turn on “Only where nothing is yet”, or say that it may be replaced.',
  onlyNew: '“Only where nothing is yet” is on, so no file can be replaced.',
  onlyNewRemedy: 'Turn it off, or choose to stop where a file is there already.',
  rename: 'At an address files cannot be numbered: what is there already cannot be seen.',
  append: 'Nothing can be appended to a file at an address.',
  ask: 'Nobody can be asked about files at an address: what is there already cannot be seen.',
  skip: 'A file at an address cannot be compared first: it is sent again, though it be the same.',
  skipRemedy: 'Choose to replace it, which comes to the same.',
  remedy:
    'Choose to stop, with “Only where nothing is yet”, or put {date}, {time} or {hash8} into the name.',
  remedyOfPost: 'Choose to stop or to replace: a POST hands the file to a program, which decides.',
} as const;

/** What messages are put together from. */
export const HTTP_TEXTS = {
  noAddress:
    'has to be an address such as https://example.org/exports/{name}, without a user or password in it',
  noHeader: 'has a name that no header can have',
  noHeaderValue: 'has a value that no header can have',
  noMediaType: 'has to be a media type such as text/csv',
  ownHeader:
    'cannot have this header: sign-in and keys are set with “auth”, which keeps them secret; the rest the delivery sets itself',
  secretOnly: 'has to be {"secret": "name"}, which names the secret without being it',
  nothing: 'must not be empty',
  noKey: 'has to contain {key}, as the sign-in puts the key there',
  strayKey: 'contains {key}, but the sign-in puts no key there: choose “address”',
  badKey: 'the secret has characters that no header can have',
  noName: 'has to contain {name}, or each file would replace the one before',
  noNetworkReason: 'there is no way to the network here',
  noNetworkRemedy: 'Run it from the page or the command line.',
  notReached: 'the connection failed',
  refused: 'nobody answers there',
  unknownHost: 'there is no such host',
  insecure: 'its certificate is not trusted',
  reset: 'the connection broke',
  late: (seconds: number): string => `it took longer than ${seconds} seconds`,
  redirect: 'it leads elsewhere, and files and keys are sent only where you say',
  said: (text: string): string => `: ${text}`,
  status: new Map([
    [401, 'Check the sign-in: the server wants one, or another.'],
    [403, 'The sign-in or the presigned address does not allow this, or has expired.'],
    [404, 'Check the address: the server has nothing there.'],
    [405, 'The address takes another method: choose PUT or POST.'],
    [409, 'The server has something there already.'],
    [413, 'The file is too large for the server: split or compress it.'],
    [415, 'The server wants another kind of file: choose another format or Content-Type.'],
  ]),
  statusRemedy: 'Check the address and its options; what the server says stands in its answer.',
  laterRemedy: 'The server has trouble: try again later.',
  reachRemedy: 'Check the address and the connection, and run again.',
  onceRemedy:
    'It was not tried again, as the server may have taken it: look there first. Signed requests are.',
  waitRemedy: (seconds: number): string =>
    `The server asks to wait ${seconds} seconds; raise the option “longestWaitSeconds” to do so.`,
  retry: (address: string, problem: string, ms: number, left: number): string =>
    `${address}: ${problem} Again in ${ms} ms (${left} more).`,
  sent: (count: number, place: string): string =>
    `${count === 1 ? 'One file was' : `${count} files were`} sent to ${place} and accepted, but not read back from there.`,
  factsSent: (place: string): string =>
    `Only the facts about the export were sent to ${place}; its files were not.`,
  cancelled: (sent: number, count: number, names: string, current: string): string =>
    `When it was cancelled, ${sent} of ${count} files had been sent${names === '' ? '' : ` (${names})`}; ${current} may have arrived in part or whole.`,
} as const;
