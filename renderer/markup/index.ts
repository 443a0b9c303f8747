export { SafeHtml } from './SafeHtml.tsx';
export { useRendered } from './use-rendered.ts';
export { useStreamed } from './use-streamed.ts';
export { startTypesetting } from './markup-host.ts';
