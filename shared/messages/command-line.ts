/** Every sentence and label of the `scholium` command. */
export const commandLine = {
  about:
    'A research notebook for physics and mathematics that shows what every answer took.\n' +
    'Notebooks live in one library file; a problem in them can be run against a model or the built-in solver.',
  verbs: {
    serve: 'open a library in the browser, until Ctrl+C',
    list: 'list the notebooks of a library',
    import: 'make a notebook of each Markdown file; none is made when one of them cannot be read',
    run: 'run the problems of a notebook and print their answers',
    export: 'write a notebook, with its answers, to a file',
  },
  arguments: {
    files: 'Markdown files in UTF-8',
    notebook: 'a notebook’s id (see “scholium list”), or a Markdown file',
  },
  options: {
    library: 'the library file; your own when left out (a FILE.md is then worked on in memory)',
    port: 'the port to listen on; any free one when left out',
    noOpen: 'only print the address, open no browser',
    json: 'print JSON',
    provider: 'where to send the problems: openai, compatible or solver',
    baseUrl: 'the server’s address for this run, such as http://127.0.0.1:11434/v1',
    model: 'the model’s id',
    effort: 'the reasoning effort: none, minimal, low, medium, high, xhigh or max',
    cell: 'run only the Nth problem, counted from 1',
    to: 'the format: pdf',
    output: 'the file to write; named after the notebook when left out',
  },
  version: 'print the version',
  help: 'print help',
  helpAfter:
    'A problem in a Markdown file is a block of its own:\n\n' +
    '  ::: {.problem domain="mechanics"}\n  What is $1+1$?\n  ::: {.key}\n  2\n  :::\n  :::\n\n' +
    'Exit code 0: done. 1: a run did not complete. 2: bad usage or input.',

  ownerGone:
    'The Scholium that has this library open ended meanwhile; what it had saved is kept. Give the command again.',

  usage: {
    noVerb: 'Say what to do: serve, list, import, run or export. “scholium --help” explains them.',
    unknownVerb: (verb: string) => `There is no “${verb}” here; use serve, list, import, run or export.`,
    unknownOption: (option: string, verb: string) =>
      `${option} is not an option of “${verb}”; “scholium ${verb} --help” lists those there are.`,
    missingValue: (option: string) => `${option} needs a value after it.`,
    missingArgument: (verb: string) => `${verb} needs to be told what; “scholium ${verb} --help” shows how.`,
    missingOption: (option: string) => `${option} is needed.`,
    tooMany: (verb: string) => `${verb} was given too much; “scholium ${verb} --help” shows what it takes.`,
    port: (given: string) => `“${given}” is no port; it is a number from 0 to 65535.`,
    cell: (given: string) => `“${given}” is no problem’s number; problems are counted from 1.`,
    noSuchProblem: (given: number, problems: number) =>
      problems === 1
        ? `There is no problem ${given}: the notebook has one.`
        : `There is no problem ${given}: the notebook has ${problems === 0 ? 'none' : problems}.`,
    provider: (given: string) => `“${given}” is no provider; use openai, compatible or solver.`,
    effort: (given: string) => `“${given}” is no effort; use none, minimal, low, medium, high, xhigh or max.`,
    format: (given: string) => `“${given}” cannot be exported to; use pdf.`,
    solverAddress: 'The solver is built in and takes no --base-url.',
    wrong: (detail: string) => `That cannot be understood: ${detail}.`,
  },

  serve: {
    ready: (url: string) => `Scholium is open at\n\n  ${url}\n`,
    openedInBrowser: 'Your browser was asked to open it. Ctrl+C ends Scholium.',
    openByHand: 'Open this address in a browser on this machine. Ctrl+C ends Scholium.',
    ending: 'Saving and ending …',
    lost: (sentence: string) => `The library was lost: ${sentence}`,
  },
  list: {
    none: 'There are no notebooks in this library yet.',
    untitled: 'Untitled',
    cells: (count: number) => (count === 1 ? '1 cell' : `${count} cells`),
  },
  import: {
    done: (title: string, cells: string, id: string) => `${title || 'Untitled'} (${cells}): ${id}`,
  },
  run: {
    noProblems: 'This notebook has no problems to run.',
    problem: (number: number) => `Problem ${number}`,
    queued: 'queued',
    phases: { waiting: 'waiting', thinking: 'thinking', writing: 'writing' },
    states: {
      completed: 'answered',
      failed: 'failed',
      cancelled: 'stopped',
      interrupted: 'interrupted',
    },
    progress: (problem: string, doing: string) => `${problem}: ${doing}`,
    stopping: 'Stopping; what was received is kept.',
    noAnswer: '(no answer)',
  },
  export: {
    printing: (title: string) => `Printing ${title}`,
    done: (path: string) => `Wrote ${path}`,
  },
} as const;
