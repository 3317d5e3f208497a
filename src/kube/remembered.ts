/** A longer text is nobody's to keep: thousands of them would outlive all that was read. */
const LONGEST = 2000;

/**
 * A pure function of a text that keeps what it has given. An app says the same few images, folders and quantities again
 * and again; input may come from anybody, so with too many texts all are forgotten.
 */
export function remembered<T>(work: (text: string) => T, most = 1000): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    if (text.length > LONGEST) return work(text);
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    if (known.size >= most) known.clear();
    const value = work(text);
    known.set(text, value);
    return value;
  };
}
