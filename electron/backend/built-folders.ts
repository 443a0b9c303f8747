import { fileURLToPath } from 'node:url';

/** The same folders whether this module runs from the sources or from `dist/backend`. */
const dist = import.meta.url.endsWith('.js')
  ? new URL('../', import.meta.url)
  : new URL('../../dist/', import.meta.url);

/** The window's files, to be served at `/`; built by `npm run build`. */
export const windowFolder: string = fileURLToPath(new URL('renderer/', dist));

/** `print.css` and its fonts: `PrintablePage.assetsFolder`; built by `npm run build`. */
export const printAssetsFolder: string = fileURLToPath(new URL('assets-print/', dist));
