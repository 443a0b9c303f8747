import type { Failure, FailureCode, FailureParams } from '../domain/failure.ts';

type Sentences = { readonly [Code in FailureCode]: (params: FailureParams[Code]) => string };

const providerNames: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  compatible: 'the server',
  solver: 'the solver',
};
const nameOf = (provider: string): string => providerNames[provider] ?? provider;
const said = (message: string): string => (message ? ` It said: “${message}”` : '');
const kept = 'Everything you wrote is kept.';

/** What the network's own codes mean; completes "could not be reached (…)". */
const networkReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at that address',
  ENOTFOUND: 'no server of that name was found',
  EAI_AGAIN: 'names cannot be looked up just now',
  EAI_FAIL: 'names cannot be looked up just now',
  EHOSTUNREACH: 'there is no way to it from here',
  EHOSTDOWN: 'it is switched off',
  ENETUNREACH: 'this computer seems to be offline',
  ENETDOWN: 'this computer seems to be offline',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  'proxy-refused': 'the proxy in between refused',
  'bad-port': 'no web server may use that port; try another',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself alone',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by someone this computer does not trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by someone this computer does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by someone this computer does not trust',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https; try http',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak https; try http',
};
const garbledDetails: Readonly<Record<string, string>> = {
  'not-json': 'a message that cannot be read',
  'wrong-types': 'a message of an unknown form',
  'line-too-long': 'a message without end',
};

/** What happened, what was kept, what to do: one sentence or two for each expected failure. */
export const failureSentences: Sentences = {
  'library-not-sqlite': ({ path }) =>
    `${path} is not a Scholium library. It was left untouched; choose another file, or a new name to start a fresh library.`,
  'library-newer': ({ path, foundVersion, knownVersion }) =>
    `${path} was written by a newer Scholium (format ${foundVersion}; this one knows up to ${knownVersion}). It was left untouched; update Scholium to open it.`,
  'library-read-only': ({ path }) =>
    `${path} cannot be written to. Nothing was changed; allow writing to the file and its folder, or copy it elsewhere and open the copy.`,
  'library-damaged': ({ path, damagedRows }) =>
    `${path} is damaged${damagedRows > 0 ? ` in ${damagedRows} places` : ''}. It was left as it is; open a copy you kept, or one that Scholium made before an update, in the backups folder beside it.`,
  'library-unreachable': ({ path, reason }) =>
    `${path} cannot be opened (${reason}). Check that its folder exists and is connected.`,
  'library-busy': ({ path }) =>
    `${path} is open in another Scholium that does not answer. Close that one, or wait for it, and try again.`,
  'library-backup-failed': ({ path, reason }) =>
    `${path} must be brought to a newer format, but its backup could not be made (${reason}). It was left untouched.`,
  'sqlite-too-old': ({ foundVersion, neededVersion }) =>
    `This SQLite (${foundVersion}) has a bug that can damage libraries; version ${neededVersion} or newer is needed. Run npm start to install it.`,
  'disk-full': ({ path }) =>
    `The disk that holds ${path} is full. What was saved before is kept; make room, and the last change is saved again.`,
  'disk-failed': ({ path, reason }) =>
    `The disk that holds ${path} reported an error (${reason}). What was saved before is kept; check that the disk is connected and sound, and the last change is saved again.`,
  'notebook-not-found': () =>
    'That notebook is not in this library. Run “scholium list” or look in the trash.',
  'cell-not-found': () => 'That cell is no longer in its notebook. Your other cells are untouched.',
  'revision-conflict': () =>
    'This was changed in another window meanwhile. Both versions are kept; look at the other one before saving yours.',
  'text-too-long': ({ lengthChars, limitChars }) =>
    `This text has ${lengthChars} characters; ${limitChars} can be kept in one place. Split it in two; nothing was lost.`,
  'cell-not-a-problem': () => 'Only problems can be run. Turn this note into a problem first.',
  'run-not-found': () => 'That run is not in this library.',
  'question-empty': () => 'There is no question to send yet. Write one, then run it.',
  'run-cut-short': ({ receivedChars }) =>
    `The connection ended before the answer did. ${receivedChars > 0 ? 'The text received so far is kept' : 'Nothing had been received'}; it may have been billed. Run it again to ask anew.`,
  'app-ended': () =>
    'Scholium ended before the answer did. The text received so far is kept; it may have been billed. Run it again to ask anew.',
  'app-ended-before-sending': () =>
    'Scholium ended before this was sent, so nothing was billed. Run it again to send it.',
  'model-not-chosen': () =>
    'No model has been chosen. Choose one in the chip below the question, or name it with --model.',
  'model-unknown': ({ model }) =>
    `The server knows no model called “${model}”. Choose another; the question is kept.`,
  'model-retired': ({ model, shutdownDate, successor }) =>
    `${model} was shut down on ${shutdownDate} and takes no more runs. ${successor ? `Choose ${successor}, its successor.` : 'Choose another model.'}`,
  'effort-unsupported': ({ model, effort, efforts }) =>
    efforts
      ? `${model} does not take effort “${effort}”. It takes ${efforts}.`
      : `${model} takes no effort setting. Choose none.`,
  'base-url-missing': () =>
    'No server address has been set. Enter one in Settings or give it with --base-url, such as http://127.0.0.1:11434/v1.',
  'base-url-invalid': ({ url }) =>
    `“${url}” is not a server address. It should look like http://127.0.0.1:11434/v1.`,
  'key-missing': ({ provider }) =>
    `There is no key for ${nameOf(provider)} yet. Add one in Settings or set OPENAI_API_KEY; without one, the built-in solver still works.`,
  'key-refused': ({ provider, message }) =>
    `The key was refused by ${nameOf(provider)} (401). Check it in Settings; nothing was billed.${said(message)}`,
  'access-denied': ({ provider, message }) =>
    `Access was denied by ${nameOf(provider)} (403); nothing was billed.${said(message)}`,
  'quota-exhausted': ({ provider, message }) =>
    `The account's quota with ${nameOf(provider)} is used up, so this was not run and not billed. Add credit or raise the limit there, then run it again.${said(message)}`,
  'rate-limited': ({ provider, retryAfterSeconds }) =>
    `Too many requests for ${nameOf(provider)} just now; this one was not billed. Run it again ${retryAfterSeconds === null ? 'in a minute' : `in ${retryAfterSeconds} s`}.`,
  'not-an-api': ({ url, status }) =>
    `${url} answered ${status}, but not as a model server does. Check the address in Settings; it usually ends in /v1.`,
  'server-unreachable': ({ url, reason }) =>
    `${url} could not be reached (${networkReasons[reason] ?? reason}). Check the address and the network; the question is kept.`,
  'server-failed': ({ status, message }) =>
    `The server failed${status === null ? '' : ` (${status})`}; what was received is kept. Try again later.${said(message)}`,
  'request-refused': ({ status, message }) =>
    `The server refused this request (${status}); nothing was billed.${said(message)}`,
  'response-garbled': ({ detail }) =>
    `The server sent something that is no answer (${garbledDetails[detail] ?? detail}). What was received before is kept; check that the address is a model server's.`,
  'answer-too-long': ({ limitChars }) =>
    `The answer passed ${limitChars} characters and was stopped there. What was received is kept; it was billed.`,
  'redirected-elsewhere': ({ url }) =>
    `The server redirects to ${url}. Your key was not sent there; if that is right, enter the new address in Settings.`,
  'solver-prose': () => 'The solver evaluates formulas; choose a model for this.',
  'solver-unreadable': ({ detail }) =>
    `The solver cannot read this formula${detail ? ` (${detail})` : ''}. Choose a model for it, or write it more simply.`,
  'solver-could-not': ({ verb }) =>
    `The solver could not ${verb} this. That does not mean it cannot be done: choose a model for it.`,
  'solver-unchecked': ({ verb }) =>
    `The solver could not ${verb} this: it found a result that failed its own check, and does not show it. Choose a model for it.`,
  'solver-too-large': ({ limit }) =>
    `This is too large for the solver (${limit}). Choose a model for it, or write it more simply.`,
  'solver-timed-out': ({ limitSeconds }) =>
    `The solver did not finish within ${limitSeconds} s and was stopped. Choose a model for it, or write it more simply.`,
  'keyring-unavailable': ({ reason }) =>
    `The system's keyring cannot be used (${reason}). Keep the key in a file under a passphrase, or for this session only.`,
  'key-malformed': () =>
    'That is no key: it has spaces or letters that keys never have. Copy it again, whole; nothing was kept.',
  'key-bound-elsewhere': ({ provider, keyOrigin, origin }) =>
    `The key for ${nameOf(provider)} was entered for ${keyOrigin} and was not sent to ${origin}. Enter it again in Settings if it belongs there too.`,
  'passphrase-wrong': () => 'That passphrase does not open the key file. The file is untouched; try again.',
  'passphrase-needed': () => 'The key is in a file under a passphrase. Enter it in Settings to use the key.',
  'file-not-found': ({ path }) => `${path} was not found.`,
  'file-unreadable': ({ path, reason }) => `${path} cannot be read (${reason}).`,
  'file-not-utf8': ({ path, byteOffset }) =>
    `${path} is not UTF-8 text (first bad byte at ${byteOffset}). Nothing was imported; save it as UTF-8 and try again.`,
  'file-too-large': ({ path, limitBytes }) =>
    `${path} is larger than ${Math.round(limitBytes / 1_000_000)} MB. Nothing was imported.`,
  'fenced-div-unclosed': ({ path, line }) =>
    `${path}: the ::: block opened in line ${line} is never closed. Nothing was imported; close it with a line of :::.`,
  'fenced-div-malformed': ({ path, line }) =>
    `${path}: what stands in braces behind the ::: in line ${line} cannot be read. Nothing was imported; write it as {.problem answer="42"}, on one line.`,
  'file-unwritable': ({ path, reason }) => `${path} could not be written (${reason}). ${kept}`,
  'chromium-missing': () =>
    `PDF export needs Chromium, Chrome or Edge on this computer, and none was found. Install one and try again. ${kept}`,
  'pdf-failed': ({ reason }) => `The PDF could not be made (${reason}). ${kept} Try again.`,
  'port-busy': ({ port }) =>
    `Port ${port} is in use by another program. Choose another with --port, or leave --port out to take any free one.`,
  'port-unusable': ({ port, reason }) =>
    `Port ${port} cannot be used (${reason}). Choose another with --port, or leave --port out to take any free one.`,
  'window-not-built': () => 'The window has not been built yet. Run npm start, which builds it.',
  'address-elsewhere': ({ path }) =>
    `${path} is open in another Scholium, which sends its runs to the address in its own settings. Close that one, or leave --base-url out. ${kept}`,
  'bad-request': ({ detail }) => `That cannot be done: ${detail}.`,
  'connection-lost': () =>
    'The connection to Scholium was lost. It reconnects by itself; what you type is kept in this window until then.',
  internal: ({ reference }) =>
    `Something went wrong in Scholium itself (reference ${reference}). ${kept} “Copy diagnostics” in Settings helps us find out why.`,
};

/** The sentence for a failure, in the user's words. */
export function sentenceFor<Code extends FailureCode>(failed: Extract<Failure, { code: Code }>): string;
export function sentenceFor(failed: Failure): string;
export function sentenceFor(failed: Failure): string {
  // The map and the union are built from the same keys, so code and parameters always match.
  const sentence = failureSentences[failed.code] as (params: Failure['params']) => string;
  return sentence(failed.params);
}
