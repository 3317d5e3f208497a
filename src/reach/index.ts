// jsii finds the types of a submodule only through `export *`; these files hold nothing else.
export * from './connection';
export * from './connectivity';
export * from './explanation';
export * from './network-lint';
