/**
 * Puts text on the system's clipboard. Where the page may not write to it (the desktop app grants a
 * page no permission at all), the copy command does, as for a selection; it works right after a click
 * or a key alone. Rejects when neither is allowed.
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    if (!copyAsSelection(text)) throw error;
  }
}

function copyAsSelection(text: string): boolean {
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    // Editors on the page would put their own selection there.
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', put, { capture: true, once: true });
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', put, { capture: true });
  }
}
