import { memo } from 'react';
import type { RenderedBlock } from '#shared/markup/index.ts';
import { trustedHtml } from './trusted-types.ts';
import './markup.css';

/** A text of more blocks is laid out only where it is looked at. */
const manyBlocks = 200;

interface SafeHtmlProps {
  readonly blocks: readonly RenderedBlock[];
  /** Added to `markup`. */
  readonly className?: string;
}

/**
 * Puts what `shared/markup` rendered on the page. The only place in the window where text becomes
 * HTML; the linter bans every other.
 */
export const SafeHtml = memo(function SafeHtml({ blocks, className }: SafeHtmlProps) {
  const classes = ['markup', className, blocks.length > manyBlocks ? 'is-long' : ''];
  return (
    <div className={classes.filter(Boolean).join(' ')}>
      {blocks.map(({ key, html }) => (
        <SafeBlock key={key} html={html} />
      ))}
    </div>
  );
});

const SafeBlock = memo(function SafeBlock({ html }: { readonly html: string }) {
  return <div className="markup-block" dangerouslySetInnerHTML={{ __html: trustedHtml(html) }} />;
});
