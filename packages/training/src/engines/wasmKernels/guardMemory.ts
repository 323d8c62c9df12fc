/** The allocator of the backend's module. */
interface WasmModule {
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

/** A WebAssembly memory ends at 4 GiB. */
const HEAP_MAX = 2 ** 32;
/** Kept for what the C++ side allocates by itself, XNNPACK's packed weights: where that fails, memory is corrupt. */
const RESERVE = 2 ** 28;

const limits = new WeakMap<WasmModule, number>();

/**
 * Makes the backend say when its memory is full: tfjs-backend-wasm 4.22 takes the null that `malloc` returns for an
 * address and writes over whatever lies there. Called again, it sets the limit anew.
 *
 * @param limitBytes no tensor lies beyond; 4 GiB less a reserve when not given
 */
export function guardMemory(module: WasmModule, limitBytes = HEAP_MAX - RESERVE): void {
  const isGuarded = limits.has(module);
  limits.set(module, limitBytes);
  if (isGuarded) return;
  // Emscripten's functions replace themselves when they are first called; what is there afterwards stays.
  module._free(module._malloc(1));
  const allocate = module._malloc;
  module._malloc = (bytes) => {
    const address = allocate(bytes) >>> 0;
    if (bytes === 0 || (address !== 0 && address + bytes <= (limits.get(module) as number))) return address;
    if (address !== 0) module._free(address);
    throw new RangeError(`out of memory: WebAssembly cannot allocate ${bytes} bytes`);
  };
}
