import { shellSentences } from '#shared/messages/shell.ts';

/** A page with one sentence, for a browser that was turned away. */
export function sentencePage(sentence: string): string {
  return page('', `<p>${escapeHtml(sentence)}</p>`);
}

/**
 * A page that leads on to `url` by itself. Where the step there is taken from our own page, the
 * browser sends the strict cookie along; a redirect that began on another site would go without it.
 */
export function onwardPage(url: string): string {
  const safeUrl = escapeHtml(url);
  return page(
    `<meta http-equiv="refresh" content="0;url=${safeUrl}">`,
    `<p><a href="${safeUrl}">${escapeHtml(shellSentences.openIt)}</a></p>`,
  );
}

function page(head: string, body: string): string {
  const style =
    ':root{color-scheme:light dark}body{max-width:34rem;margin:20vh auto;padding:0 1.5rem;font:1.1rem/1.6 Georgia,serif}';
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Scholium</title>' +
    `<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">${head}` +
    `<style>${style}</style></head><body><main>${body}</main></body></html>`
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
