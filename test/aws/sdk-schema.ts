import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";

/**
 * What `@pulumi/aws` itself says of a resource's inputs and outputs, read from the declarations that it ships: which
 * there are, which must be given, and of what kind each is.
 */
export interface ResourceSchema {
  readonly inputs: Shape;
  /** Outputs that are no inputs: AWS computes them. */
  readonly computed: ReadonlyMap<string, ts.TypeNode>;
}
type Shape = ReadonlyMap<string, { readonly required: boolean; readonly type: ts.TypeNode }>;

const PACKAGE = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));
const schemas = new Map<string, ResourceSchema>();
let nested: string | null = null;

/** Schema of a type token, "aws:ec2/vpc:Vpc"; throws where the package has no such resource. */
export function schemaOf(token: string): ResourceSchema {
  const known = schemas.get(token);
  if (known !== undefined) return known;
  const [, file = "", name = ""] = /^aws:([a-zA-Z0-9]+\/[a-zA-Z0-9]+):([A-Za-z0-9]+)$/.exec(token) ?? [];
  const source = parsed(readFileSync(join(PACKAGE, `${file}.d.ts`), "utf8"));
  const args = source.statements.filter(ts.isInterfaceDeclaration).find((each) => each.name.text === `${name}Args`);
  const resource = source.statements.filter(ts.isClassDeclaration).find((each) => each.name?.text === name);
  if (args === undefined || resource === undefined) throw new Error(`@pulumi/aws has no ${token}`);
  const inputs = shapeOf(args);
  const outputs = resource.members
    .filter(ts.isPropertyDeclaration)
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) ?? false)
    .flatMap((member) => (member.type === undefined ? [] : [[member.name.getText(source), member.type] as const]));
  const schema = { inputs, computed: new Map(outputs.filter(([key]) => !inputs.has(key))) };
  schemas.set(token, schema);
  return schema;
}

/** What is wrong with the inputs of a resource, one line a fault; `isOpen` says which values are first known later. */
export const inputFaults = (token: string, inputs: unknown, isOpen: (value: unknown) => boolean): readonly string[] =>
  shapeFaults(schemaOf(token).inputs, inputs, token, isOpen);

function shapeFaults(shape: Shape, value: unknown, at: string, isOpen: (value: unknown) => boolean): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at}: not a block`];
  const given = new Map(Object.entries(value));
  const missing = [...shape].filter(([key, { required }]) => required && given.get(key) === undefined);
  return [
    ...missing.map(([key]) => `${at}.${key}: must be given`),
    ...[...given].flatMap(([key, each]) => {
      const field = shape.get(key);
      if (field === undefined) return [`${at}.${key}: no such input`];
      return each === undefined ? [] : typeFaults(field.type, each, `${at}.${key}`, isOpen);
    }),
  ];
}

/** A value against a type of the package: scalars, lists, maps, and the blocks of its `inputs`. */
function typeFaults(
  type: ts.TypeNode,
  value: unknown,
  at: string,
  isOpen: (value: unknown) => boolean,
): readonly string[] {
  if (isOpen(value)) return [];
  if (ts.isTypeReferenceNode(type)) return referenceFaults(type, value, at, isOpen);
  if (ts.isUnionTypeNode(type)) {
    const parts = type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    const faults = parts.map((part) => typeFaults(part, value, at, isOpen));
    return faults.find((each) => each.length === 0) ?? faults[0] ?? [];
  }
  if (ts.isArrayTypeNode(type))
    return Array.isArray(value)
      ? value.flatMap((item, index) => typeFaults(type.elementType, item, `${at}[${index}]`, isOpen))
      : [`${at}: not a list`];
  if (ts.isParenthesizedTypeNode(type)) return typeFaults(type.type, value, at, isOpen);
  if (ts.isTypeLiteralNode(type))
    return typeof value === "object" && value !== null && !Array.isArray(value) ? [] : [`${at}: not a map`];
  const word = SCALARS.get(type.kind);
  return word === undefined || typeof value === word ? [] : [`${at}: not a ${word}`];
}

const SCALARS = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
]);

function referenceFaults(
  type: ts.TypeReferenceNode,
  value: unknown,
  at: string,
  isOpen: (value: unknown) => boolean,
): readonly string[] {
  const name = type.typeName.getText();
  const [inner] = type.typeArguments ?? [];
  if (name === "pulumi.Input" && inner !== undefined) return typeFaults(inner, value, at, isOpen);
  const [, namespace = "", block = ""] = /^inputs\.([A-Za-z0-9]+)\.([A-Za-z0-9]+)$/.exec(name) ?? [];
  if (block !== "") return shapeFaults(nestedShape(namespace, block), value, at, isOpen);
  // An enumeration or a document: the package writes it beside "string".
  return typeof value === "string" ? [] : [`${at}: not a string`];
}

/** A block of `types/input.d.ts`; the file is too large to be parsed as a whole. */
function nestedShape(namespace: string, block: string): Shape {
  nested ??= readFileSync(join(PACKAGE, "types", "input.d.ts"), "utf8");
  const start = nested.indexOf(`export declare namespace ${namespace} {`);
  const at = nested.indexOf(`interface ${block} {`, start);
  const text = nested.slice(at, nested.indexOf("\n    }\n", at) + 6);
  const [found] = parsed(text).statements.filter(ts.isInterfaceDeclaration);
  if (start < 0 || at < 0 || found === undefined) throw new Error(`@pulumi/aws has no inputs.${namespace}.${block}`);
  return shapeOf(found);
}

const shapeOf = (declaration: ts.InterfaceDeclaration): Shape =>
  new Map(
    declaration.members
      .filter(ts.isPropertySignature)
      .flatMap((member) =>
        member.type === undefined
          ? []
          : [[member.name.getText(), { required: member.questionToken === undefined, type: member.type }] as const],
      ),
  );

const parsed = (text: string): ts.SourceFile => ts.createSourceFile("input.d.ts", text, ts.ScriptTarget.ESNext, true);
