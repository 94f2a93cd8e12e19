/** Which functions of a program refer to which, by the compiler's symbols. */
import ts from 'typescript';

/** A function, method, accessor or constructor, or a member of an object literal that is a function, such as the handler of a call. */
export interface Caller {
  readonly name: string;
  readonly file: string;
}

export type CallGraph = ReadonlyMap<Caller, ReadonlySet<Caller>>;

/** What an unnamed function does is counted for the named one around it. */
export function callGraph(program: ts.Program, isOwn: (file: string) => boolean): CallGraph {
  const checker = program.getTypeChecker();
  const callers = new Map<ts.Node, Caller>();
  const files = program.getSourceFiles().filter(({ fileName }) => isOwn(fileName));
  const graph = new Map<Caller, Set<Caller>>();

  function find(node: ts.Node, file: string): void {
    const name = nameOf(node);
    if (name !== null) callers.set(node, { name, file });
    ts.forEachChild(node, (child) => find(child, file));
  }
  function connect(node: ts.Node, around: Caller | null): void {
    const caller = callers.get(node) ?? around;
    const called =
      ts.isIdentifier(node) && caller !== null ? callers.get(declarationOf(node, checker) ?? node) : undefined;
    if (caller !== null && called !== undefined && called !== caller) calls(caller).add(called);
    ts.forEachChild(node, (child) => connect(child, caller));
  }
  function calls(caller: Caller): Set<Caller> {
    const known = graph.get(caller) ?? new Set();
    graph.set(caller, known);
    return known;
  }

  for (const file of files) find(file, file.fileName);
  for (const caller of callers.values()) calls(caller);
  for (const file of files) connect(file, null);
  return graph;
}

function nameOf(node: ts.Node): string | null {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    (ts.isPropertyAssignment(node) && ts.isFunctionLike(node.initializer)) ||
    (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isFunctionLike(node.initializer));
  if (!isNamed || node.name === undefined) return null;
  return ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : null;
}

function declarationOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Node | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  const meant =
    symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  return meant?.valueDeclaration;
}

/** This one, and whatever it reaches that runs for nothing else. */
export function onlyFor(caller: Caller, graph: CallGraph): ReadonlySet<Caller> {
  const own = new Set([caller]);
  for (const each of own) for (const called of graph.get(each) ?? []) own.add(called);
  for (let before = 0; before !== own.size;) {
    before = own.size;
    const others = [...graph].filter(([other]) => !own.has(other));
    for (const [, called] of others) for (const each of called) if (each !== caller) own.delete(each);
  }
  return own;
}

/** The files that the longest way through these functions leads to, one after another. */
export function longestWay(from: Caller, through: ReadonlySet<Caller>, graph: CallGraph): readonly string[] {
  const left = new Set(through);
  left.delete(from);
  const ways = [...(graph.get(from) ?? [])]
    .filter((called) => left.has(called))
    .map((called) => longestWay(called, left, graph));
  const longest = ways.reduce<readonly string[]>((one, other) => (other.length > one.length ? other : one), []);
  return longest.includes(from.file) ? longest : [from.file, ...longest];
}
