// jsii finds the types of a submodule only through `export *`; these files hold nothing else.
export * from './invariants';
export * from './options';
