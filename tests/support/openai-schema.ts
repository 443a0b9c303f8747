import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

type SchemaName =
  | 'CreateChatCompletionRequest'
  | 'CreateChatCompletionResponse'
  | 'CreateChatCompletionStreamResponse'
  | 'CreateResponse'
  | 'ErrorResponse'
  | 'ListModelsResponse'
  | 'Response'
  | 'ResponseStreamEvent';

const fixture = new URL('../fixtures/openai-schema.json', import.meta.url);

/** Checks messages against OpenAI's published schema; gives what is wrong with one, or `null`. */
export function openAiSchema(): (name: SchemaName, message: unknown) => string | null {
  const anyText = { validate: () => true };
  const formats = { unixtime: true, uri: true, date: anyText, float: true, double: true } as const;
  // Not strict: the document carries OpenAPI's own words beside JSON Schema's.
  const ajv = new Ajv2020({ strict: false, formats });
  const schema: unknown = JSON.parse(readFileSync(fixture, 'utf8'));
  if (typeof schema !== 'object' || schema === null) throw new Error('The fixture is no schema');
  ajv.addSchema(schema, 'openai');
  return (name, message) => {
    const validate = ajv.getSchema(`openai#/$defs/${name}`);
    if (!validate) throw new Error(`The fixture has no schema ${name}`);
    return validate(message) === true ? null : ajv.errorsText(validate.errors);
  };
}
