// What other people's validators say of our document: that it is OpenAPI 3.1, and that every example fits its schema
// (JSON Schema 2020-12). Gets the document's address, prints what is wrong.
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const { openapi } = JSON.parse(process.argv[2]);
const document = await (await fetch(openapi)).json();
const validity = await new Validator().validate(structuredClone(document));

const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
ajv.addSchema({ ...document, $id: 'https://document.invalid/' });
const faults = [];
let examples = 0;

const look = (node, where) => {
  if (node === null || typeof node !== 'object') return;
  if (node.schema && !node.in && (node.example !== undefined || node.examples)) {
    const judge = ajv.compile({ $ref: `https://document.invalid/#${where}/schema` });
    for (const value of node.example !== undefined ? [node.example] : Object.values(node.examples).map((one) => one.value)) {
      examples += 1;
      if (!judge(value)) faults.push(`${where}: ${ajv.errorsText(judge.errors)}`);
    }
  }
  for (const [name, value] of Object.entries(node)) look(value, `${where}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
};

look(document, '');
console.log(JSON.stringify({ valid: validity.valid, errors: validity.errors ?? null, version: document.openapi, faults, examples }));
