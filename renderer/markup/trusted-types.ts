interface TrustedPolicy {
  createHTML(html: string): unknown;
  createScriptURL(url: string): unknown;
}
interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string; createScriptURL(url: string): string },
  ): TrustedPolicy;
}

/**
 * The window's one Trusted Types policy, named `scholium`. Under `require-trusted-types-for 'script'`
 * no other text becomes HTML or the address of a script.
 */
const policy = createPolicy();

function createPolicy(): TrustedPolicy {
  const rules = {
    // What `shared/markup` made is safe already; this is the door it goes through, and the only one.
    createHTML: (html: string) => html,
    createScriptURL: ownScript,
  };
  const factory: PolicyFactory | undefined = Reflect.get(globalThis, 'trustedTypes');
  return factory ? factory.createPolicy('scholium', rules) : rules;
}

/** Refuses the address of any script that is not part of the window itself. */
function ownScript(url: string): string {
  const parsed = new URL(url, globalThis.location.href);
  if (parsed.origin !== globalThis.location.origin)
    throw new TypeError(`Not a script of this window: ${url}`);
  return parsed.href;
}

/** For `SafeHtml` alone: HTML made by `shared/markup`. React passes it on to `innerHTML` as it is. */
export function trustedHtml(html: string): string {
  // React's types ask for a string; under Trusted Types this is the policy's object.
  return policy.createHTML(html) as string;
}

/** For a worker of the window itself. */
export function trustedScriptUrl(url: URL | string): string {
  // The DOM's types ask for a string; under Trusted Types this is the policy's object.
  return policy.createScriptURL(String(url)) as string;
}
