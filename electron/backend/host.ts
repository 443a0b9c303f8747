/** What only a shell can do, and the backend asks of it. */
export interface Host {
  /** Whether `printPdf` can work here at all; looked up without starting anything. */
  canPrintPdf(): Promise<boolean>;
  /**
   * Prints one self-contained page. `html` refers to stylesheets and fonts by paths below `/assets/`,
   * which the shell serves from `assetsFolder`. Throws `AppError` `chromium-missing` or `pdf-failed`.
   */
  printPdf(page: PrintablePage, signal: AbortSignal): Promise<Uint8Array>;
}

export interface PrintablePage {
  readonly html: string;
  /** Absolute path of the folder that `/assets/…` in the page stands for. */
  readonly assetsFolder: string;
}
