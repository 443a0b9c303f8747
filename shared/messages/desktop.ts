/** The words of the desktop app: its menu, its dialogs and its notifications. */
export const desktopMessages = {
  name: 'Scholium',
  menu: {
    file: 'File',
    newNotebook: 'New Notebook',
    openLibrary: 'Open Library…',
    importMarkdown: 'Import Markdown…',
    exportPdf: 'Export as PDF…',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    checkForUpdates: 'Look for a Newer Version…',
    copyDiagnostics: 'Copy Diagnostics',
    about: 'About Scholium',
  },
  dialog: {
    openLibrary: 'Open a Scholium library',
    library: 'Scholium library',
    importMarkdown: 'Import Markdown notebooks',
    markdown: 'Markdown',
    exportPdf: 'Export as PDF',
    ok: 'OK',
    cancel: 'Cancel',
    quit: 'Quit',
  },
  link: {
    title: 'Open this address outside Scholium?',
    open: 'Open',
  },
  cannotOpen: {
    title: 'Scholium cannot open this',
    jupyter: (path: string) =>
      `${path} is a Jupyter notebook. Scholium cannot import those yet; export it as Markdown and open that. The file was not changed.`,
    unknown: (path: string) =>
      `${path} is neither a Scholium library (.scholium) nor a Markdown file (.md). Nothing was changed.`,
  },
  notDone: 'That could not be done',
  libraryFailed: {
    title: 'The library could not be opened',
    tryAgain: 'Try again',
    openAnother: 'Open another…',
  },
  backendRestarted: {
    title: 'A part of Scholium stopped and was started again',
    text: 'Everything that was shown as saved is in your library. What you typed since then is still in the window and is being saved now. Runs that were under way have ended with the text received so far.',
  },
  backendGaveUp: {
    title: 'Scholium’s backend stopped three times within a minute',
    text: 'It is not started again by itself. Everything that was shown as saved is in your library; what you typed since then is kept in the window. Copy the diagnostics for a report, or start it once more.',
    startAgain: 'Start again',
    copyDiagnostics: 'Copy diagnostics',
  },
  windowGone: {
    title: 'The window stopped',
    text: 'Everything that was shown as saved is in your library, and what you typed last was kept aside. Open the window again to go on where you were; runs go on meanwhile.',
    openAgain: 'Open again',
  },
  windowStuck: {
    title: 'The window does not answer',
    text: 'You can wait for it, or load it again. What you typed is kept either way.',
    wait: 'Wait',
    loadAgain: 'Load again',
  },
  withoutSandbox: {
    title: 'Scholium’s sandbox cannot start on this system',
    text: 'It keeps what a page holds away from your files, so Scholium does not open without it. Install the .deb package, which lets it start; or, if you trust all you will open, start Scholium with SCHOLIUM_WITHOUT_SANDBOX=1. Nothing was changed.',
  },
  runEnded: {
    completed: (elapsed: string) => `Answer complete after ${elapsed}`,
    failed: (elapsed: string) => `The run failed after ${elapsed}; what was received is kept`,
    cancelled: (elapsed: string) => `The run was stopped after ${elapsed}`,
    interrupted: (elapsed: string) => `The run was interrupted after ${elapsed}; what was received is kept`,
    untitled: 'Untitled notebook',
  },
  diagnostics: {
    heading: (version: string, electron: string, chrome: string, platform: string) =>
      `Scholium ${version}, Electron ${electron}, Chromium ${chrome}, ${platform}`,
    log: 'The last of the log:',
    noLog: 'There is no log.',
  },
} as const;
