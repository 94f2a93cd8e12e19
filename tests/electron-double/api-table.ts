/** Derives from Electron's own declarations, by the TypeScript compiler, what the double is held to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { ApiTable, Parameter, Shape, Signatures } from './api-check';

/** What the double has. Each is a type in `electron.d.ts`; `typeof X` is what stands on the class itself. */
const instances = [
  'App',
  'BrowserWindow',
  'Clipboard',
  'CommandLine',
  'Dialog',
  'DownloadItem',
  'IpcMain',
  'Menu',
  'MenuItem',
];
const others = [
  'NativeTheme',
  'PowerSaveBlocker',
  'Protocol',
  'Screen',
  'Session',
  'WebContents',
  'WebFrameMain',
  'WebRequest',
];
const statics = ['BrowserWindow', 'Menu', 'MenuItem', 'Session', 'WebContents'];

/** Reads the declarations of a project's `node_modules`. Takes a few seconds. */
export function deriveApiTable(projectRoot: string): ApiTable {
  const folder = join(projectRoot, 'node_modules', 'electron');
  const file = join(folder, 'electron.d.ts');
  const program = ts.createProgram([file], {
    types: ['node'],
    typeRoots: [join(projectRoot, 'node_modules', '@types')],
    skipLibCheck: true,
    strict: true,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  });
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`${file} could not be read`);
  return new Deriver(program.getTypeChecker(), source).table(
    String((JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version),
  );
}

class Deriver {
  private readonly checker: ts.TypeChecker;
  private readonly source: ts.SourceFile;
  private readonly declared = new Map<string, ts.Symbol>();
  private readonly options = new Map<string, Record<string, { shape: Shape; isOptional: boolean }>>();

  constructor(checker: ts.TypeChecker, source: ts.SourceFile) {
    this.checker = checker;
    this.source = source;
    const namespace = checker
      .getSymbolsInScope(source, ts.SymbolFlags.Namespace)
      .find(({ name }) => name === 'Electron');
    if (namespace === undefined) throw new Error('electron.d.ts declares no namespace Electron');
    for (const symbol of checker.getExportsOfModule(namespace)) this.declared.set(symbol.name, symbol);
  }

  table(version: string): ApiTable {
    const types: Record<string, Record<string, Signatures>> = {};
    for (const name of [...instances, ...others])
      types[name] = this.members(this.checker.getDeclaredTypeOfSymbol(this.named(name)));
    for (const name of statics) types[`typeof ${name}`] = this.staticMembers(name);
    return { version, types, options: Object.fromEntries(this.options) };
  }

  private named(name: string): ts.Symbol {
    const symbol = this.declared.get(name);
    if (symbol === undefined) throw new Error(`electron.d.ts declares no ${name}`);
    return symbol;
  }

  private staticMembers(name: string): Record<string, Signatures> {
    const type = this.checker.getTypeOfSymbol(this.named(name));
    return { ...this.members(type), new: this.signatures(type.getConstructSignatures()) };
  }

  private members(type: ts.Type): Record<string, Signatures> {
    return Object.fromEntries(
      this.checker.getPropertiesOfType(type).map((member) => {
        const found = this.checker.getTypeOfSymbolAtLocation(member, this.source);
        return [member.name, this.signatures(this.checker.getNonNullableType(found).getCallSignatures())];
      }),
    );
  }

  private signatures(signatures: readonly ts.Signature[]): Signatures {
    return signatures.map((signature) =>
      signature.parameters.map((parameter): Parameter => {
        const declaration = parameter.valueDeclaration as ts.ParameterDeclaration | undefined;
        const isRest = declaration?.dotDotDotToken !== undefined;
        const isOptional = declaration?.questionToken !== undefined;
        const type = this.checker.getTypeOfSymbolAtLocation(parameter, this.source);
        const shape = this.shape(type);
        return { shape: isRest && shape.kind === 'array' ? shape.of : shape, isOptional, isRest };
      }),
    );
  }

  private shape(type: ts.Type): Shape {
    const primitives: readonly (readonly [ts.TypeFlags, string])[] = [
      [ts.TypeFlags.String, 'string'],
      [ts.TypeFlags.Number, 'number'],
      [ts.TypeFlags.Boolean, 'boolean'],
      [ts.TypeFlags.Null, 'null'],
      [ts.TypeFlags.Undefined, 'undefined'],
    ];
    const primitive = primitives.find(([flag]) => (type.flags & flag) !== 0);
    if (primitive !== undefined) return { kind: 'primitive', name: primitive[1] };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: 'literal', value: type.value };
    if ((type.flags & ts.TypeFlags.BooleanLiteral) !== 0) {
      return { kind: 'literal', value: this.checker.typeToString(type) === 'true' };
    }
    if (type.isUnion()) return { kind: 'union', of: type.types.map((each) => this.shape(each)) };
    if (this.checker.isArrayType(type)) {
      const [element] = this.checker.getTypeArguments(type as ts.TypeReference);
      return { kind: 'array', of: element === undefined ? { kind: 'any' } : this.shape(element) };
    }
    if (type.getCallSignatures().length > 0) return { kind: 'function' };
    return this.objectShape(type);
  }

  /** Interfaces without methods are options; whatever else there is has an identity, not a shape. */
  private objectShape(type: ts.Type): Shape {
    const symbol = type.getSymbol();
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Class) !== 0)
      return { kind: 'instance', name: symbol.name };
    const isOptions =
      symbol !== undefined &&
      (symbol.flags & ts.SymbolFlags.Interface) !== 0 &&
      this.declared.get(symbol.name) === symbol &&
      this.checker.getPropertiesOfType(type).every(({ flags }) => (flags & ts.SymbolFlags.Method) === 0) &&
      this.checker
        .getBaseTypes(type as ts.InterfaceType)
        .every((base) => this.declared.has(base.getSymbol()?.name ?? ''));
    if (!isOptions) return { kind: 'any' };
    const { name } = symbol;
    if (!this.options.has(name)) {
      const members: Record<string, { shape: Shape; isOptional: boolean }> = {};
      // First, since a type may hold itself.
      this.options.set(name, members);
      for (const member of this.checker.getPropertiesOfType(type)) {
        const shape = this.shape(this.checker.getTypeOfSymbolAtLocation(member, this.source));
        members[member.name] = { shape, isOptional: (member.flags & ts.SymbolFlags.Optional) !== 0 };
      }
    }
    return { kind: 'options', name };
  }
}
