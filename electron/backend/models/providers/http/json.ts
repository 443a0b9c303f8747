const stringOrBareNumber = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/gu;

/**
 * JSON, and the `NaN` and `Infinity` that Python servers write into it, which are read as `null`.
 * Throws `SyntaxError` for anything else.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/u.test(text)) throw error;
    return JSON.parse(text.replace(stringOrBareNumber, (found) => (found.startsWith('"') ? found : 'null')));
  }
}

/** The same, or `undefined` where it is no JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
