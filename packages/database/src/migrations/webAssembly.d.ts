/** What this package uses of WebAssembly: @types/node leaves it to the DOM library, which servers should not see. */
declare namespace WebAssembly {
  type Exports = Record<string, unknown>;
  type Module = object;
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Record<string, Record<string, unknown>>): Promise<{ exports: Exports }>;
}
