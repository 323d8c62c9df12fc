// Preloaded into a worker: its wall clock jumps by as many milliseconds as it is told, relative to the true time.
const RealDate = Date;
let jumpMs = 0;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + jumpMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + jumpMs;
  }
};
process.on("message", (message) => {
  if (typeof message?.jumpMs !== "number") return;
  jumpMs = message.jumpMs;
  process.stderr.write(`clock jumped ${jumpMs}\n`);
});
