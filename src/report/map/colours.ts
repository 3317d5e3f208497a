/** Colours by name, in the light and in the dark; contrast with the ground is 4.5 at least for what is to be read. */
const COLOURS: { readonly [name: string]: readonly [light: string, dark: string] } = {
  ground: ['#ffffff', '#12161d'],
  ink: ['#1c2430', '#e6eaf0'],
  faint: ['#566070', '#a3aebd'],
  room: ['#f4f6f9', '#1a2029'],
  rim: ['#c3cad4', '#3f4a5b'],
  node: ['#ffffff', '#232b37'],
  line: ['#5f6b7c', '#8d9aad'],
  entry: ['#c2410c', '#fb923c'],
  exit: ['#7c3aed', '#b794f6'],
  added: ['#15803d', '#4ade80'],
  removed: ['#c81e1e', '#f87171'],
  changed: ['#8f5e06', '#facc15'],
  chosen: ['#0b62d6', '#6cb2ff'],
};

/** The colours as properties of what a selector picks, as the reader's system is. */
export function coloursOf(selector: string): string {
  return `${selector} { color-scheme: light dark; ${properties(0)} }\n@media (prefers-color-scheme: dark) { ${selector} { ${properties(1)} } }\n`;
}

/** The same, where a switch goes before the system. */
export function switchedColours(): string {
  return `${coloursOf(':root')}:root[data-theme="light"] { color-scheme: light; ${properties(0)} }\n:root[data-theme="dark"] { color-scheme: dark; ${properties(1)} }\n`;
}

function properties(side: 0 | 1): string {
  return Object.entries(COLOURS).map(([name, colours]) => `--${name}: ${colours[side]};`).join(' ');
}
