const longestQuote = 80;
/** Letters written from right to left, and the marks that turn the direction. */
const otherDirection = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Someone's text within a sentence: kept short, and its direction of writing kept to itself. */
function quoted(text: string): string {
  const isShort = text.length <= longestQuote;
  const shown = isShort ? text : `${text.slice(0, longestQuote).trimEnd().toWellFormed()}…`;
  return otherDirection.test(shown) ? `“\u2068${shown}\u2069”` : `“${shown}”`;
}

/** Every sentence of the window's frame: sidebar, status line, settings, notices. */
export const windowMessages = {
  brand: 'Scholium',
  untitled: 'Untitled',

  frame: {
    skipToPage: 'Skip to the page',
    openSidebar: 'Open the sidebar (Ctrl+\\)',
    closeSidebar: 'Close the sidebar (Ctrl+\\)',
    sidebar: 'Library',
    page: 'Notebook',
    status: 'Status',
    close: 'Close',
    dismiss: 'Dismiss',
    notices: 'Notices',
    dropHere: 'Drop Markdown files to make notebooks of them',
  },

  opening: {
    connecting: 'Opening the library…',
    refusedTitle: 'This window needs the address that was printed',
    refusedText:
      'Scholium only opens for whoever started it. Open the whole address that “scholium serve” or “npm start” printed, the part after the question mark included. It works once for each browser; start Scholium again for a new one.',
    failedTitle: 'The library could not be opened',
    tryAgain: 'Try again',
  },

  crash: {
    title: 'Something in this window broke',
    text: 'What was saved is safe in the library, and text that was not yet saved is kept in this browser and comes back when the window is loaded again.',
    reload: 'Load the window again',
    copy: 'Copy diagnostics',
    copied: 'Copied',
    details: 'What broke',
  },

  connection: {
    online: 'Connected',
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    banner:
      'The connection to Scholium was lost. It is being opened again; what you type is kept in this window until then.',
    refusedBanner:
      'Scholium was started anew and asks for its address again. Open the address it printed in this browser, then come back; what you typed is kept in this window.',
    closed: 'Not connected',
    tryNow: 'Try now',
  },

  save: {
    nothing: 'All saved',
    saved: (time: string) => `Saved ${time}`,
    saving: 'Saving…',
    unsaved: (cells: number, reason: string) => `Not saved${cells > 1 ? ` (${cells} cells)` : ''}: ${reason}`,
    conflict: (cells: number) =>
      cells === 1 ? 'A cell was changed in another window' : `${cells} cells were changed in another window`,
    broughtBack:
      'The cell you were writing in was removed in another window. It is back, with your text in it.',
    storageFull:
      'This browser cannot keep unsaved text. Until the connection is back, do not close this window.',
  },

  activity: {
    runs: (running: number, queued: number) => {
      const parts = [];
      if (running > 0) parts.push(`${running} running`);
      if (queued > 0) parts.push(`${queued} waiting`);
      return parts.join(' · ');
    },
    today: (tokens: string, cost: string) => `Today ${tokens} tokens · ${cost}`,
    atLeast: (figure: string) => `at least ${figure}`,
    costUnknown: 'cost unknown',
    costPartlyUnknown: 'cost not known in full',
  },

  library: {
    notebooks: 'Notebooks',
    newNotebook: 'New notebook',
    filter: 'Find a notebook',
    clearFilter: 'Clear',
    rename: 'Rename',
    renameField: 'Title of the notebook',
    remove: 'Move to the trash',
    menuOf: (title: string) => `Actions for ${quoted(title)}`,
    importFiles: 'Import Markdown…',
    trash: (count: number) => `Trash (${count})`,
    restore: 'Restore',
    restoreNamed: (title: string) => `Restore ${quoted(title)}`,
    settings: 'Settings',
    removed: (title: string) => `${quoted(title)} is in the trash.`,
    restored: (title: string) => `${quoted(title)} is back.`,
    undo: 'Undo',
    cellRemoved: 'Cell removed.',
    damaged: 'Damaged on the disk; shown as it was found',
    mineSetAside: 'The other text stands here now. Yours was set aside, not lost.',
    bringMineBack: 'Put mine below',
    imported: (count: number, title: string) =>
      count === 1 ? `${quoted(title)} was imported.` : `${count} notebooks were imported.`,
    notMarkdown: (name: string) => `${name} is not a Markdown file (.md). Nothing was imported.`,
    emptyTitle: 'No notebooks yet.',
    emptyText: 'A notebook holds notes and problems, one under the other.',
    noMatches: (text: string) => `No title contains ${quoted(text)}.`,
  },

  welcome: {
    title: 'A notebook for physics and mathematics',
    text: 'Write notes in Markdown and LaTeX. Pose a problem, choose a model, press Shift+Enter: the answer arrives typeset, and in the margin beside it stands what it took.',
    create: 'New notebook',
    import: 'Import Markdown…',
    dropHint: 'or drop .md files anywhere on this window',
    keysTitle: 'Worth knowing',
    keys: [
      { keys: 'Shift+Enter', does: 'runs a problem, or moves on' },
      { keys: 'F2', does: 'renames the notebook chosen in the sidebar' },
      { keys: 'Ctrl+\\', does: 'shows and hides the sidebar' },
    ],
    notFoundTitle: 'This notebook is not here',
    openAnother: 'Open another notebook',
  },

  recovered: {
    saved: (cells: number) =>
      cells === 1
        ? 'Text that an earlier window could not save was saved now.'
        : `Text of ${cells} cells that an earlier window could not save was saved now.`,
    orphan: 'Text of a cell that was removed meanwhile could not be saved.',
    copy: 'Copy it',
  },

  pdf: {
    making: 'Making the PDF…',
    done: (fileName: string) => `${fileName} was saved to your downloads.`,
    tryAgain: 'Try again',
  },

  model: {
    provider: 'Where',
    providers: {
      openai: 'OpenAI',
      compatible: 'Compatible server',
      solver: 'Built-in solver',
    },
    model: 'Model',
    chooseModel: 'Choose a model',
    modelId: 'Model name',
    modelIdHints: {
      openai: 'Chosen above, or any name that OpenAI knows.',
      compatible: 'As the server calls it, such as qwen3:8b',
    },
    effort: 'Reasoning effort',
    effortDefault: 'Model’s own',
    noEffort: 'This model takes no effort setting.',
    efforts: {
      none: 'None',
      minimal: 'Minimal',
      low: 'Low',
      medium: 'Medium',
      high: 'High',
      xhigh: 'Extra high',
      max: 'Maximum',
    },
    reasoning: 'reasoning',
    fast: 'no reasoning',
    solverText: 'Evaluates formulas on this computer, free and without a network. It checks its own results.',
    prices: (input: string, output: string) => `${input} in, ${output} out per million tokens`,
    priceUnknown: 'Price unknown',
    priceRead: (date: string) => `read ${date}`,
    shutsDown: (date: string) => `Will be shut down on ${date}`,
    retired: (date: string | null) => (date ? `Shut down on ${date}` : 'Shut down'),
    successor: (model: string) => `use ${model}`,
    loading: 'Asking for the models…',
    askServer: 'Ask the server',
    none: 'The server lists no models. Enter a name below.',
    retiredGroup: 'Retired',
    unlisted: (model: string) => `${model} is not in the list; it is sent as written.`,
  },

  settings: {
    title: 'Settings',
    appearance: 'Appearance',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    defaultModel: 'Model for new problems',
    defaultModelHint: 'Each notebook and each problem can choose its own.',
    openai: 'OpenAI',
    compatible: 'Compatible server',
    compatibleHint:
      'Ollama, vLLM, llama.cpp, LM Studio or any other server that speaks OpenAI’s Chat Completions.',
    address: 'Address',
    openaiAddressHint: 'Leave empty for OpenAI itself.',
    compatibleAddressHint: 'It usually ends in /v1.',
    save: 'Save',
    saved: 'Saved.',
    key: 'Key',
    keyNone: {
      openai: 'No key yet. Without one the built-in solver still works.',
      compatible: 'No key. Most local servers need none.',
    },
    keyPlaces: {
      environment: 'The key comes from the environment (OPENAI_API_KEY). Change it there.',
      keyring: 'The key is in this system’s keyring.',
      file: 'The key is in a file encrypted under your passphrase.',
      memory: 'The key is kept for this session only and forgotten when Scholium ends.',
    },
    newKey: 'New key',
    keepWhere: 'Keep it',
    keep: {
      keyring: 'in the system’s keyring',
      file: 'in a file under a passphrase',
      memory: 'for this session only',
    },
    keyringFails: (reason: string) => `The system’s keyring cannot be used here (${reason}).`,
    passphrase: 'Passphrase',
    passphraseHint: 'It is asked for once after each start. It cannot be recovered.',
    saveKey: 'Save the key',
    removeKey: 'Remove the key',
    keySaved: 'The key was saved.',
    keyRemoved: 'The key was removed.',
    keyNeverShown: 'A saved key is never shown again, and never enters a notebook, a log or an export.',
    fileLocked: 'A key is in an encrypted file that has not been opened since Scholium started.',
    unlock: 'Open the key file',
    unlocked: 'The key file is open.',
    about: 'About',
    version: 'Version',
    library: 'Library',
    pdf: 'PDF export',
    pdfWorks: 'Works on this computer.',
    pdfMissing:
      'Needs Chromium, Chrome or Edge on this computer, and none was found. Install one and start Scholium again.',
    copyDiagnostics: 'Copy diagnostics',
    copyDiagnosticsHint: 'Versions and state to paste into a report. No key, no word of yours.',
    copied: 'Diagnostics copied.',
    copyFailed: 'This browser did not allow copying. The text is shown below instead.',
  },
} as const;
