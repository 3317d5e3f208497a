import { remembered } from '../kube/remembered';

/** Text that ends in the name of a credential. */
const SECRET_WORD = /(?:password|passwd|passphrase|secret|credential|apikey|token)s?$|^(?:pwd|pass)$/;
/** Two words that name one together. */
const SECRET_PAIRS = ['api key', 'access key', 'secret key', 'private key', 'signing key', 'encryption key', 'master key', 'auth key', 'account key'];
/** A name that ends in one of these speaks about a credential, and is none. */
const ABOUT = new Set([
  'file', 'files', 'path', 'paths', 'dir', 'directory', 'name', 'names', 'url', 'uri', 'endpoint', 'host', 'port', 'ttl', 'expiry', 'expiration', 'expires', 'age',
  'timeout', 'length', 'size', 'count', 'limit', 'min', 'max', 'policy', 'enabled', 'disabled', 'required', 'type', 'id', 'ids', 'issuer', 'audience', 'header',
  'field', 'prefix', 'suffix', 'format', 'algorithm', 'alg', 'mode', 'provider', 'store', 'ref', 'namespace', 'version', 'interval', 'rotation', 'location',
  'source', 'backend', 'region', 'service', 'address', 'addr', 'scope', 'claim', 'method', 'hint', 'regex', 'pattern', 'duration', 'seconds', 'minutes', 'days',
]);
/** Values that name no credential: a switch, a path, or where the credential lies. */
const NO_CREDENTIAL = /^(?:true|false|yes|no|on|off|none|null|nil|undefined|optional|required|enabled|disabled|\/\S*|\.{1,2}\/\S*|<[^>]*>|ENC\[.*|(?:https?|file|vault|arn|sm|op|ref|awssm|gcpsm|secret|projects)[:+/]\S*)$/i;
/** A reference to a variable, or a template. */
const REFERENCE = /\$[({A-Za-z_]|\{\{|%\(|^%[A-Za-z_]/;
/** Credentials that are known by their form, whatever they are called. */
const KNOWN_FORMS: readonly (readonly [form: RegExp, noun: string])[] = [
  [/-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY-----/, 'a private key'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an access key of AWS'],
  [/\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_\w{22,255}|glpat-[\w-]{20})/, 'a token of GitHub or GitLab'],
  [/\bxox[abprs]-[\w-]{10,200}/, 'a token of Slack'],
  [/\b[rs]k_live_[A-Za-z0-9]{16,200}/, 'a key of Stripe'],
  [/\bAIza[\w-]{35}/, 'a key of Google'],
  [/\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,2000}/, 'a signed token'],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:[^\s:/@${}<>*]{1,200}@[^\s/]/i, 'an address with a password in it'],
];
/** Longer text is looked at no further: nobody writes a credential behind it. */
const LOOKED_AT = 100_000;
/** One setting of a configuration file in any of the usual notations. */
const SETTING = /^\s{0,40}(?:export |- )?["']?([A-Za-z0-9_.-]{1,100})["']?\s{0,10}[:=]\s{0,10}(.{1,300})$/;

/**
 * What a value is by its form or by its name, if it is a credential: `a private key`, `a password`. Nothing is said of
 * what only names a credential, or where one lies.
 */
export function credentialIn(name: string, value: string): string | undefined {
  return knownForm(value) ?? (isSecretName(name) && isLiteral(value) ? 'a credential by its name' : undefined);
}

/** The same for the text of a file of settings, with the name of the setting; undefined where there is none. */
export function credentialInText(text: string): { readonly noun: string; readonly setting?: string } | undefined {
  const noun = knownForm(text);
  if (noun !== undefined) return { noun };
  for (const line of text.slice(0, LOOKED_AT).split('\n')) {
    const [, name, rest] = SETTING.exec(line) ?? [];
    if (name !== undefined && isSecretName(name) && isLiteral(unquoted(rest)) && !/[()[\]]/.test(rest)) return { noun: 'a credential by its name', setting: name };
  }
  return undefined;
}

/** Tells whether a name is one of a credential: `DB_PASSWORD`, `apiKey`, `client-secret`, but not `PASSWORD_FILE`. */
function isSecretName(name: string): boolean {
  return namesSecret(name.slice(0, 200));
}

const namesSecret = remembered((name: string): boolean => {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z]+/).filter(word => word !== '');
  return words.length > 0 && !ABOUT.has(words[words.length - 1])
    && words.some((word, i) => SECRET_WORD.test(word) || SECRET_PAIRS.includes(`${word} ${words[i + 1]}`));
});

function isLiteral(value: string): boolean {
  const text = value.trim();
  return text !== '' && text.length <= LOOKED_AT && !NO_CREDENTIAL.test(text.slice(0, 500)) && !REFERENCE.test(text.slice(0, 500));
}

function knownForm(value: string): string | undefined {
  // All forms are longer than this, and most values are not.
  if (value.length < 12) return undefined;
  const text = value.slice(0, LOOKED_AT);
  return KNOWN_FORMS.find(([form]) => form.test(text))?.[1];
}

/** A value without its quotes, a comma behind it, and a remark. */
function unquoted(value: string): string {
  const text = value.trim().replace(/,$/, '');
  const quoted = /^(["'])(.*?)\1/.exec(text);
  return quoted ? quoted[2] : text.replace(/\s#.*$/, '');
}
