export { fileNameFor } from './file-name.ts';
export { readMarkdownNotebook } from './markdown/read.ts';
export { fileLimitBytes } from './markdown/text.ts';
export { writeMarkdownNotebook } from './markdown/write.ts';
export { exportPdf } from './pdf.ts';
export type { PdfTools } from './pdf.ts';
export { printPage } from './print-page.ts';
export type { PrintableNotebook } from './print-page.ts';
