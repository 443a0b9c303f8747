import MarkdownIt from 'markdown-it';
import type { Env, MarkdownIt as ConfiguredMarkdown, Renderer, StateCore, Token } from 'markdown-it';
import { markupText } from '../messages/markup.ts';
import { escapeHtml } from './escape.ts';
import { isImageAllowed, isLinkAllowed } from './links.ts';
import { blockMaths } from './maths/block-rule.ts';
import { inlineMaths } from './maths/inline-rule.ts';
import { joinPunctuation } from './maths/joints.ts';

/** In the environment of a render: turns a formula into HTML. */
export const formulaToHtml = Symbol('formula to HTML');

/** markdown-it in two halves, so that blocks found in a cache skip the second. */
export interface Markdown {
  /** Block structure only: tokens whose inline content is not parsed yet. */
  parseBlocks(source: string, env: Env): Token[];
  /** Parses the inline content of some blocks' tokens, in place. */
  parseInlines(tokens: Token[], env: Env): Token[];
  toHtml(tokens: Token[], env: Env): string;
}

export function createMarkdown(): Markdown {
  const blocks = configured();
  blocks.core.ruler.enableOnly(['normalize', 'block']);
  const inlines = configured();
  inlines.core.ruler.push('join_punctuation', joinPunctuation);
  inlines.core.ruler.enableOnly(['strip_references', 'inline', 'text_join', 'join_punctuation']);

  return {
    parseBlocks: (source, env) => blocks.parse(source, env),
    parseInlines(tokens, env) {
      const state: StateCore = new inlines.core.State('', inlines, env);
      state.tokens = tokens;
      inlines.core.process(state);
      return state.tokens;
    },
    toHtml: (tokens, env) => inlines.renderer.render(tokens, inlines.options, env),
  };
}

function configured(): ConfiguredMarkdown {
  const markdown = new MarkdownIt('default', { html: false, linkify: false, typographer: false });
  markdown.disable(['html_block', 'html_inline']);
  markdown.validateLink = (url) => isLinkAllowed(url) || isImageAllowed(url);
  markdown.inline.ruler.before('escape', 'maths', inlineMaths);
  markdown.block.ruler.before('fence', 'maths', blockMaths, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  setRenderRules(markdown.renderer);
  return markdown;
}

function setRenderRules(renderer: Renderer): void {
  const { rules } = renderer;
  rules['formula'] = (tokens, at, _options, env) =>
    formula(tokens[at], env, tokens[at]?.meta?.['isDisplay'] === true);
  rules['joint_open'] = () => '<span class="joint">';
  rules['joint_close'] = () => '</span>';
  rules['formula_block'] = (tokens, at, _options, env) =>
    `<div class="formula-block">${formula(tokens[at], env, true)}</div>\n`;
  rules['formula_source'] = (tokens, at) =>
    `<pre class="formula-source"><code>${escapeHtml(tokens[at]?.content ?? '')}</code></pre>\n`;
  rules['fence'] = (tokens, at, _options, env) => {
    const token = tokens[at];
    const language = /^\s*([A-Za-z0-9+#_-]{1,32})/.exec(token?.info ?? '')?.[1] ?? '';
    if (language === 'math') return `<div class="formula-block">${formula(token, env, true)}</div>\n`;
    const marked = language ? ` class="language-${escapeHtml(language)}"` : '';
    return `<pre><code${marked}>${escapeHtml(token?.content ?? '')}</code></pre>\n`;
  };
  rules['image'] = (tokens, at, options, env, self) => {
    const token = tokens[at];
    const alternative = self.renderInlineAsText(token?.children ?? [], options, env);
    return image(String(token?.attrGet('src') ?? ''), alternative);
  };
  rules['link_open'] = (tokens, at) => {
    const url = String(tokens[at]?.attrGet('href') ?? '');
    const title = tokens[at]?.attrGet('title');
    const said = title ? ` title="${escapeHtml(String(title))}"` : '';
    return isLinkAllowed(url) ? `<a ${linkAttributes(url)}${said}>` : '<a>';
  };
  rules['table_open'] = () => '<div class="table"><table>\n';
  rules['table_close'] = () => '</table></div>\n';
  rules['th_open'] = (tokens, at) => aligned('th', tokens[at]);
  rules['td_open'] = (tokens, at) => aligned('td', tokens[at]);
  rules['ordered_list_open'] = (tokens, at) => {
    const start = Number(tokens[at]?.attrGet('start') ?? 1);
    return Number.isInteger(start) && start !== 1 ? `<ol start="${start}">\n` : '<ol>\n';
  };
}

function formula(token: Token | undefined, env: Env | undefined, isDisplay: boolean): string {
  const toHtml = env?.[formulaToHtml];
  if (!token || typeof toHtml !== 'function') return '';
  return String(toHtml({ tex: token.content, isDisplay }));
}

/** Only data inside the text is shown: an image from elsewhere would tell its server who reads what. */
function image(url: string, alternative: string): string {
  const text = escapeHtml(alternative);
  if (isImageAllowed(url)) return `<img src="${escapeHtml(url)}" alt="${text}">`;
  const label = escapeHtml(markupText.remoteImage(alternative));
  return isLinkAllowed(url) ? `<a class="remote-image" ${linkAttributes(url)}>${label}</a>` : text;
}

function linkAttributes(url: string): string {
  const target = url.startsWith('#') ? '' : ' target="_blank" rel="noreferrer noopener"';
  return `href="${escapeHtml(url)}"${target}`;
}

function aligned(tag: 'th' | 'td', token: Token | undefined): string {
  const side = /^text-align:(left|center|right)$/.exec(String(token?.attrGet('style') ?? ''))?.[1];
  return side ? `<${tag} class="align-${side}">` : `<${tag}>`;
}
