// Loaded before what is measured (node -r): CPU seconds and the peak of memory of the whole process, start included.
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(2, `\n${JSON.stringify({ seconds: (user + system) / 1e6, mebibytes: process.resourceUsage().maxRSS / 1024 })}\n`);
});
