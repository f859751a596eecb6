/** A file with a module, as a Worker imports it: compiled. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
